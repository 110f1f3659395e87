"""When it is good to ring, in every wording we could think of, in a table."""

from datetime import datetime

import pytest

from social_prescribing.answers import read_answers
from social_prescribing.contact_times import (
    merge_times,
    read_contact_times,
    times_in_words,
    times_to_slot,
)
from social_prescribing.working_time import GLASGOW

MONDAY = datetime(2026, 11, 23, 10, tzinfo=GLASGOW)

# What is said; days; not before; not after; part of the day.
TIMES = [
    ("AFTER 6 IS NO GOOD. BEFORE 12", "", "", "12:00", "any"),
    ("make it thursday instead of wednesday", "thu", "", "", "any"),
    ("actually afternoons, got the jobcentre in the mornings", "", "", "", "afternoon"),
    ("mornings", "", "", "", "morning"),
    ("any day but Wednesday", "mon tue thu fri", "", "", "any"),
    ("the morra", "tue", "", "", "any"),
    ("the morra efter 2", "tue", "14:00", "", "any"),
    ("Thursday efter 4", "thu", "16:00", "", "any"),
    ("when the wean's at nursery so 9 to 12", "", "09:00", "12:00", "morning"),
    ("no Fridays a go tae mosque", "mon tue wed thu", "", "", "any"),
    ("half past two onwards", "", "14:30", "", "any"),
    ("10-12 weekdays", "mon tue wed thu fri", "10:00", "12:00", "morning"),
    ("not mondays", "tue wed thu fri", "", "", "any"),
    ("any day but tuesday or thursday after 1", "mon wed fri", "13:00", "", "any"),
    ("am at dialysis mon wed fri so tues or thurs", "tue thu", "", "", "any"),
    ("ma husband works days so between 9 and 4", "", "09:00", "16:00", "any"),
    ("no before 10 a drop the weans aff", "", "10:00", "", "any"),
    ("efter ma work, a finish hauf 2", "", "14:30", "", "any"),
    ("whenever suits her", "", "", "", "any"),
    ("any time efter dinner", "", "", "", "any"),
    ("anytime before 3", "", "", "15:00", "any"),
    ("anytime but no before 11", "", "11:00", "", "any"),
    ("any time on a tuesday", "tue", "", "", "any"),
    ("any day after 4pm", "", "16:00", "", "any"),
    ("weekday mornings", "mon tue wed thu fri", "", "", "morning"),
    ("mornings but not monday", "tue wed thu fri", "", "", "morning"),
    ("tuesday morning or thursday afternoon", "tue thu", "", "", "any"),
    ("mon to wed mornings", "mon tue wed", "", "", "morning"),
    ("early doors", "", "", "", "morning"),
    ("no too early", "", "10:00", "", "any"),
    ("no too early mibbe 11", "", "11:00", "12:00", "morning"),
    ("after 5 cos i work", "", "17:00", "", "any"),
    ("i work till 5 so after that", "", "17:00", "", "any"),
    ("i work 9 to 5", "", "17:00", "", "any"),
    ("am working 9-5 so evenings", "", "", "", "evening"),
    ("evenings after 6", "", "18:00", "", "evening"),
    ("after 6pm monday to thursday", "mon tue wed thu", "18:00", "", "any"),
    ("before the weans get in fae school", "", "", "14:30", "any"),
    ("efter the weans are in their bed", "", "19:00", "", "evening"),
    ("after 7", "", "19:00", "", "any"),
    ("around dinner time", "", "12:00", "14:00", "afternoon"),
    ("about 1ish", "", "13:00", "14:00", "afternoon"),
    ("back of 3", "", "15:00", "", "any"),
    ("the back of 4", "", "16:00", "", "any"),
    ("at 10am", "", "10:00", "11:00", "morning"),
    ("10 o'clock on tuesday", "tue", "10:00", "11:00", "morning"),
    ("2pm", "", "14:00", "15:00", "afternoon"),
    ("14:30", "", "14:30", "15:30", "afternoon"),
    ("12.30 to 2", "", "12:30", "14:00", "afternoon"),
    ("between half 9 and 11", "", "09:30", "11:00", "morning"),
    ("between ten and twelve", "", "10:00", "12:00", "morning"),
    ("from 9 till 11 in the morning", "", "09:00", "11:00", "morning"),
    ("9-11am", "", "09:00", "11:00", "morning"),
    ("1-3pm", "", "13:00", "15:00", "afternoon"),
    ("half 12", "", "12:30", "13:30", "afternoon"),
    ("quarter past 3", "", "15:15", "16:15", "afternoon"),
    ("any morning except friday", "mon tue wed thu", "", "", "morning"),
    ("fridays only", "fri", "", "", "any"),
    ("only fridays", "fri", "", "", "any"),
    ("next tuesday", "tue", "", "", "any"),
    ("tuesday", "tue", "", "", "any"),
    ("tues and thurs", "tue thu", "", "", "any"),
    ("tuesday/thursday pm", "tue thu", "", "", "afternoon"),
    ("wed or fri am", "wed fri", "", "", "morning"),
    ("am", "", "", "", "morning"),
    ("pm", "", "", "", "afternoon"),
    ("pm best", "", "", "", "afternoon"),
    ("mornings r better", "", "", "", "morning"),
    ("i prefer afternoons", "", "", "", "afternoon"),
    ("afternoons only, i'm no up before 12", "", "12:00", "", "afternoon"),
    ("I sleep til 1 because of night shift", "", "13:00", "", "any"),
    ("dont ring before 12", "", "12:00", "", "any"),
    ("please dont phone efter 8 at night", "", "", "20:00", "any"),
    ("not at weekends", "mon tue wed thu fri", "", "", "any"),
    ("weekends only", "sat sun", "", "", "any"),
    ("sat or sun", "sat sun", "", "", "any"),
    ("not on a sunday", "mon tue wed thu fri", "", "", "any"),
    ("not first thing", "", "10:00", "", "any"),
    ("first thing in the morning", "", "", "", "morning"),
    ("late afternoon", "", "", "", "afternoon"),
    ("late morning", "", "", "", "morning"),
    ("early afternoon", "", "", "", "afternoon"),
    ("lunchtime", "", "12:00", "14:00", "afternoon"),
    ("at lunch", "", "12:00", "14:00", "afternoon"),
    ("on my lunch break 12 to 1", "", "12:00", "13:00", "afternoon"),
    ("3 o clock", "", "15:00", "16:00", "afternoon"),
    ("three o'clock on a wednesday", "wed", "15:00", "16:00", "afternoon"),
    ("straight away", "", "", "", "any"),
    ("now", "", "", "", "any"),
    ("right now if you can", "", "", "", "any"),
    ("today", "mon", "", "", "any"),
    ("this afternoon", "mon", "", "", "afternoon"),
    ("the night", "mon", "", "", "evening"),
    ("tonight after 7", "mon", "19:00", "", "evening"),
    ("the day", "mon", "", "", "any"),
    ("tomorrow", "tue", "", "", "any"),
    ("tomorrow morning before 11", "tue", "", "11:00", "morning"),
    ("monday before 12 or wednesday", "mon wed", "", "12:00", "any"),
    ("any time its ma day aff thursday", "thu", "", "", "any"),
    ("i'm free monday and tuesday, not wednesday", "mon tue", "", "", "any"),
    ("not wednesday, any other day", "mon tue thu fri", "", "", "any"),
    ("every day bar tuesday", "mon wed thu fri", "", "", "any"),
    ("all day except between 1 and 2", "", "", "", "any"),
    ("mornings are nae good", "", "12:00", "", "any"),
    ("mornings are bad for me", "", "12:00", "", "any"),
    ("no mornings", "", "12:00", "", "any"),
    ("cant do mornings", "", "12:00", "", "any"),
    ("afternoons dont suit", "", "", "12:00", "any"),
    ("not in the evening", "", "", "17:00", "any"),
    ("after nursery drop off at quarter past 9", "", "09:15", "", "any"),
    ("after 9.15", "", "09:15", "", "any"),
    ("once the kids are at school", "", "09:30", "14:30", "any"),
    ("when he's out, he works mon to fri 8 till 4", "mon tue wed thu fri", "08:00", "16:00", "any"),
    ("when my man is at his work, 8 to 4", "", "08:00", "16:00", "any"),
    ("no wednesday, thats ma pals day", "mon tue thu fri", "", "", "any"),
    ("thursdays i'm at the hospital so not then", "mon tue wed fri", "", "", "any"),
    ("am free all day tuesdays", "tue", "", "", "any"),
    ("Tue 14:00-16:00", "tue", "14:00", "16:00", "afternoon"),
    ("after prayers about 2", "", "14:00", "", "any"),
    ("no during fajr... efter 10 is fine", "", "10:00", "", "any"),
    ("not between 12 and 2", "", "", "", "any"),
    ("any time not thursday afternoon", "mon tue wed fri", "", "", "any"),
    ("Tuesday 2-4", "tue", "14:00", "16:00", "afternoon"),
    ("wed after half 3", "wed", "15:30", "", "any"),
    ("2 or 3 oclock", "", "14:00", "15:00", "afternoon"),
    ("half 10ish", "", "10:30", "11:30", "morning"),
    ("1030", "", "10:30", "11:30", "morning"),
    ("from 1130", "", "11:30", "", "any"),
    ("after 1pm but before 4", "", "13:00", "16:00", "afternoon"),
    ("after 1 and before 4", "", "13:00", "16:00", "afternoon"),
    ("before 4 but after 1", "", "13:00", "16:00", "afternoon"),
    ("no later than 3", "", "", "15:00", "any"),
    ("by 4", "", "", "16:00", "any"),
    ("up to 2pm", "", "", "14:00", "any"),
    ("till 12", "", "", "12:00", "any"),
    ("not after 3", "", "", "15:00", "any"),
    ("no after 6", "", "", "18:00", "any"),
    ("never on a friday", "mon tue wed thu", "", "", "any"),
    ("Mondays Wednesdays or Fridays, mornings", "mon wed fri", "", "", "morning"),
    ("soon as possible", "", "", "", "any"),
    ("as soon as you can", "", "", "", "any"),
    ("ony time", "", "", "", "any"),
    ("any time at all hen", "", "", "", "any"),
    ("disnae matter", "", "", "", "any"),
    ("am easy", "", "", "", "any"),
    ("dont mind", "", "", "", "any"),
    ("you choose", "", "", "", "any"),
    ("whenever really but no the morra", "mon wed thu fri", "", "", "any"),
    ("any day, 11 to 2", "", "11:00", "14:00", "any"),
    ("monday and the morra after 5", "mon tue", "17:00", "", "any"),
    ("in the mornings before 11.30", "", "", "11:30", "morning"),
    ("at the weekend", "sat sun", "", "", "any"),
    ("after I take my mum to the day centre at 10", "", "10:00", "", "any"),
    ("i start work at 2", "", "", "14:00", "any"),
    ("ma shift starts at 3 so before that", "", "", "15:00", "any"),
    ("efter ma tea", "", "", "", "evening"),
    ("after 4 on school days", "", "16:00", "", "any"),
    ("when the kids go to bed, after 8", "", "20:00", "", "evening"),
    ("mon-thurs", "mon tue wed thu", "", "", "any"),
    ("mon - fri 9 - 3", "mon tue wed thu fri", "09:00", "15:00", "any"),
]


@pytest.mark.parametrize(("text", "days", "not_before", "not_after", "part"), TIMES)
def test_when_it_is_good_to_ring(text, days, not_before, not_after, part):
    times = read_contact_times(text, now=MONDAY)
    slot = times_to_slot(times)
    assert " ".join(day[:3] for day in slot["days"]) == days
    assert (slot["not_before"] or "", slot["not_after"] or "") == (not_before, not_after)
    assert slot["preference"] == part


@pytest.mark.parametrize(
    ("before", "then", "in_words"),
    [
        ("monday after 2", "*tuesday", "Tuesday, after 2pm"),
        ("mornings", "actually evenings", "evenings"),
        ("tuesday before 12", "thursday not tuesday", "Thursday, before 12pm"),
        ("mornings", "after 3", "after 3pm"),
        ("tuesday mornings", "any time is fine", "any time"),
        ("any time", "no fridays", "any day but Friday"),
        ("weekdays", "10 to 12", "Monday to Friday, 10am to 12pm"),
        ("tuesday or wednesday after 2", "a cannae dae wednesday noo", "Tuesday, after 2pm"),
        ("wednesday mornings", "dentist on wednesday, kin ye make it friday", "Friday, mornings"),
        ("wednesday", "wednesday's no good noo", "any day but Wednesday"),
        ("tuesday after 2", "no this week though", "Tuesday, after 2pm"),
        ("tuesday after 2", "a dinnae mind noo, ony day", "any time"),
    ],
)
def test_what_is_said_later_changes_only_what_it_names(before, then, in_words):
    slot = times_to_slot(read_contact_times(before, now=MONDAY))
    merged = merge_times(slot, read_contact_times(then, now=MONDAY))
    assert times_in_words(merged) == in_words


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("nah dont leave 1", "voicemail"),
        ("no dont leave one, the boys pick up my phone", "voicemail"),
        ("(07700) 900 - 471", "phone"),
        ("he checks ma phone every night an asks who ive been talkin to", ""),
    ],
)
def test_what_is_no_time_to_ring(text, asks):
    assert read_answers(text, asks=asks).times is None


def test_a_day_in_the_story_before_the_call_is_no_day_to_ring():
    said = "nothin in the cupboards till friday, can someone ring me, mornings best"
    times = read_answers(said).times
    assert (times.days, times.preference) == ((), "morning")
