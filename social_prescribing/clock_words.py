"""Words of the clock: from when and until when a text says that a call suits.

All of it reads plain words, as `in_plain_words` gives them.
"""

import re
from datetime import datetime, time, timedelta

from social_prescribing.day_words import DAY

CLOCK = (
    r"(?:(?P<{0}half>half(?: past)?|quarter past|quarter to|quarter after"
    r"|(?:5|10|20|25)(?: minutes?)? (?:past|after)|(?:20|25)(?: minutes?)? to"
    r"|(?:5|10) minutes? to) )?"
    r"(?P<{0}hour>\d{{1,2}})(?!\d)(?:[:.](?P<{0}minute>\d{{2}}))?(?:\s*(?P<{0}meridiem>am"
    r"|pm|oclock))?"
    r"(?! ?(?:min|minute|hour|hr|week|year|month|kids|st|nd|rd|th|day|times?|people|pound|quid"
    r"|mile)s?\b)"
)


def a_clock(name):
    """The pattern of a clock time, its groups named after `name`."""
    return CLOCK.format(name)


NOT = r"(?:not|no|nothing|n't)(?: \w+){0,3}? "
ABOUT = (
    r"(?:about |around |at |the back of |back of |roughly |like |say |maybe |probably |i'm |the"
    r" |in )*"
)
# "past 2" in "half past 2" is no bound.
NOT_HALF = r"(?<!half )(?<!quarter )(?<!\d )(?<!minutes )"
BETWEEN = re.compile(
    rf"\b(?:between |from |any time )?{ABOUT}(?!2[05] to){a_clock('a')} ?(?:-"
    rf"|–|to|and|till|&|or) ?(?:at )?{ABOUT}{a_clock('b')}(?!\d)"
)
NOT_BETWEEN = re.compile(rf"\b(?:not?|except|but) (?:\w+ ){{0,3}}{BETWEEN.pattern}")
NEGATED_BEFORE = re.compile(rf"\b{NOT}(?:before|till|earlier than|ahead of) {ABOUT}{a_clock('a')}")
NEGATED_AFTER = re.compile(rf"\b{NOT}(?:after|later than|past) {ABOUT}{a_clock('a')}")
NOT_BEFORE = (
    re.compile(rf"{NOT_HALF}\b(?:after|from|past|later than) {ABOUT}{a_clock('a')}"),
    re.compile(
        rf"\b(?:finish|finished|finishes|done|home|back|free|up|in|stop|stops|get in"
        rf"|get home) (?:from (?:[a-z]+ ){{1,3}}(?=by|at|about))?"
        rf"(?:from )?(?:my )?(?:the )?(?:work |job |school )?(?:by |from |after )?"
        rf"{ABOUT}{a_clock('a')}"
    ),
    # Who comes to them: "she's away by ten".
    re.compile(
        rf"\b(?:she|he|they|nurse|carers?|kids)(?:'s|'re| is| are)? (?:all )?(?:away|gone|done|off"
        rf"|finished|leaves?|out|left) (?:by |at |about )*{a_clock('a')}"
    ),
    re.compile(rf"\bearliest (?:is |would be |at )?{a_clock('a')}"),
    re.compile(rf"\bback (?:of|ae|a|i) {a_clock('a')}"),
    re.compile(
        rf"{a_clock('a')} (?:onwards|onward|on(?= *$| *[,.;]| please| is| would| suits| best)"
        rf"|or later|or after|and after|plus|(?:at the )?earliest)\b"
    ),
    re.compile(rf"\b(?:after|once) (?:[a-z']+ ){{1,8}}(?:at |about |that's |, ?)+{a_clock('a')}"),
)
NOT_AFTER = (
    re.compile(rf"\b(?:before|by|up to|up till|no later than|till) {ABOUT}{a_clock('a')}"),
    re.compile(rf"\b(?:before|up to) (?:[a-z']+ ){{1,6}}(?:at|about) {a_clock('a')}"),
    re.compile(rf"\blatest (?:is |would be |at )?{a_clock('a')}"),
    re.compile(rf"^to {ABOUT}{a_clock('a')}"),
    re.compile(
        rf"\b(?:start|starts|starting|leave|go out|head out|be out|get out|i'm out"
        rf"|away) (?:my work |work |the house |for work |out |again |by |at )*{ABOUT}{a_clock('a')}"
    ),
    re.compile(rf"{a_clock('a')} (?:latest|at the latest|or before|or earlier|max)\b"),
)
# What stands before the hour, in minutes.
PAST = {
    "": 0, "half": 30, "half past": 30, "quarter past": 15, "quarter after": 15, "quarter to": -15,
}  # fmt: skip
AT = (
    re.compile(rf"\b(?:at|about|around|roughly|maybe|say|like) {ABOUT}{a_clock('a')}"),
    re.compile(
        rf"(?:^|[,;.] )[ ,]*{a_clock('a')}(?: (?:is|would|will|be|best|suits?|good|fine|works?"
        rf"|please|instead"
        rf"|then).*)?[ ,.?]*$"
    ),
    re.compile(
        rf"\b(?:do|for|make it|make that) {a_clock('a')}(?: (?:instead|then|please))*[ ,.?]*$"
    ),
    re.compile(rf"\b(?:{DAY}|tomorrow|today) (?:at )?{a_clock('a')}"),
    re.compile(rf"{a_clock('a')} (?:on )?(?:{DAY}|tomorrow|today)\b"),
    # A figure that is plainly of the clock: "10am on tuesday", "half 3 the morra".
    re.compile(rf"{a_clock('a')}(?<=m)"),
    re.compile(
        rf"(?=half|quarter|(?:5|10|20|25)(?: minutes?)? (?:past|to)|\d{{1,2}}[:.]"
        rf"|\d{{1,2}} oclock){a_clock('a')}"
    ),
)

# "After 6 is no good" shuts out what follows six.
BAD_BOUND = re.compile(
    rf"\b(?P<which>after|from|before|till) {ABOUT}{a_clock('a')}(?: (?:is|would be|are))? ?,? ?"
    r"(?:just )?(?:(?:no|not) (?:any )?(?:good|great|use|suit|work|possible|ok|for me|, too)"
    r"|is too|too) ?(?:late|early)?\b"
)
# "4 rather than 2": what is put right is no time.
NOT_AT = re.compile(rf"(?<=\d)( \w+)? (?:rather than|instead of|not|no longer) {a_clock('a')}$")
NOT_DO = re.compile(rf"\bnot (?:do|make|manage) (?:at )?{a_clock('a')}(?: now| any more)?")
# "I'm never up before 12 so after that": the hour that was named last.
AFTER_THAT = re.compile(
    r"\b(?:after|from|past|not (?:\w+ )?before) (?:that|then|this|it)\b|\b(?:thereafter"
    r"|afterwards?|after wards)\b"
    r"|\b(?:so|then|free|ok|okay|fine|good|anytime|any time|,) after[ .]*$"
    r"|\bafter (?=(?:is|would be|suits)\b)|\bthen (?:i'm )?(?:free|ok)\b|\b(?:free|ok) then\b"
)
BETWEEN_THEM = re.compile(r"\bin between[ .]*$|\bbetween (?:those|these|them|then)\b")
BEFORE_THAT = re.compile(
    r"\bbefore (?:that|then|this|it)\b|\bbeforehand\b|\bso before[ .]*$|\bbefore (?=(?:is"
    r"|would be|suits)\b)"
)

# What a day with children at school, or a usual working day, means on the clock. Longer
# phrases come first; words such as "the" and "my" are left out of both sides.
HABITS = (
    (("kids at school", "kids in school", "kids at nursery", "school hours", "school time",
      "children at school", "children in school"),
     time(9, 30), time(14, 30)),
    (("after school run", "after school drop", "after drop off", "after dropoff", "after dropping",
      "after nursery run", "after nursery drop", "after drop kids", "after take kids",
      "back from school run", "back from nursery run", "back from school drop",
      "kids away to school", "kids go to school", "kids away at school", "kids off to school",
      "kids out to school", "kids dropped off"),
     time(9, 30), None),
    (("before school run", "before school pick", "before pick up", "before pickup",
      "before kids get", "before get kids", "before kids come", "before pick kids",
      "before collect kids"),
     None, time(14, 30)),
    (("after school", "after pick up", "after pickup", "home from school"), time(15, 30), None),
    (("after kids in bed", "after kids bed", "after kids asleep", "once kids in bed",
      "once kids asleep", "kids in their bed", "kids asleep", "kids down", "after bedtime",
      "after kids down", "after bed time", "kids in bed", "kids to bed"), time(19), None),
    (("not too early", "no too early", "not early", "no early", "not very early"), time(10), None),
    (("after work", "home from work", "in from work", "finish work"), time(17), None),
    (("before work",), None, time(9)),
    (("not before noon", "no before noon", "not before midday", "no before midday",
      "not before lunch", "no before lunch", "not till noon", "not till after lunch",
      "not till lunch", "not before dinner time", "no before dinner time",
      "not before lunchtime", "not till midday", "no till midday", "no till lunch",
      "after noon", "from noon", "after midday", "after lunch", "from midday", "midday on"),
     time(12), None),
    (("up to lunch", "till lunch", "up to dinner time", "between breakfast and lunch"),
     None, time(12)),
    (("after dinner time", "after lunchtime"), time(13), None),
    (("before noon", "before midday", "before lunch"), None, time(12)),
    (("lunchtime", "lunch time", "lunch break", "on break", "at noon", "at midday", "dinner time",
      "about midday", "at lunch", "around lunch", "about lunch", "over lunch", "lunch hour"),
     time(12), time(14)),
    (("teatime", "tea time"), time(16), time(18)),
)  # fmt: skip
NOT_AT_A_MEAL = re.compile(
    r"\b(?:not?|except) (?:\w+ )?(?:at|during|around|over) (?:the |my )?(?:lunch|dinner"
    r"|tea) ?(?:time)?"
)
LEFT_OUT = re.compile(r"\b(?:the|my|ma|i've|i|i'm|are|is|ur|morning)\b ?")


def read_bounds(said, *, is_late=False):
    """`(not before, not after)` as a text names them by the clock, or by the habits of a day.

    is_late: an evening is spoken of, so that "8" is eight at night.
    """
    start, end = _read_told(said, is_late)
    return (start, end) if start or end else _read_habits(said)


def _read_told(said, is_late):
    said = NOT_AT.sub(r"\1", BAD_BOUND.sub(_turned, said))
    said = NOT_DO.sub(" ", NOT_BETWEEN.sub(" ", said))
    before, said = _cut_out((NEGATED_BEFORE,), said, is_late)
    after, said = _cut_out((NEGATED_AFTER,), said, is_late)
    if before or after:
        told_before, said = _cut_out(NOT_BEFORE, said, is_late)
        told_after, _ = _cut_out(NOT_AFTER, said, is_late)
        return _both(max, before, told_before), _both(min, after, told_after)
    if between := BETWEEN.search(said):
        start, end = read_span(between, is_late)
        if start and end and start != end:
            return start, end
    not_before, said = _cut_out(NOT_BEFORE, said, is_late)
    not_after, said = _cut_out(NOT_AFTER, said, is_late)
    if not_before is None and not_after is None:
        not_before, _ = _cut_out(AT, said, is_late)
        # "at 2" means a call around two, so an hour is left for it.
        not_after = not_before and _later(not_before, hours=1)
    return not_before, not_after


# "After 1, I'm in bed before that" says already which side of the hour suits.
SAYS_FROM = re.compile(r"\b(?:after|from|past) (?:\w+ )?\d")


def read_then(said):
    """`(not before, not after)` of "I get up at 9 so after that", by the hour named before."""
    if (found := BETWEEN_THEM.search(said)) and len(
        clocks := clocks_in(said[: found.start()])
    ) == 2:
        return clocks[0], clocks[1]
    for pattern, is_start in ((AFTER_THAT, True), (BEFORE_THAT, False)):
        found = pattern.search(said)
        if found and not is_start and SAYS_FROM.search(said):
            continue
        clocks = found and (clocks_in(said[: found.start()]) or clocks_in(said[found.end() :]))
        if clocks:
            return (clocks[-1], None) if is_start else (None, clocks[0])
    return None, None


def _turned(found):
    hour = " ".join(filter(None, [found["ahalf"], found["ahour"]]))
    minute = f":{found['aminute']}" if found["aminute"] else ""
    return f"not {found['which']} {hour}{minute}{found['ameridiem'] or ''}"


def clocks_in(said):
    """Every clock time of a text, in its order."""
    return [
        moment for found in re.finditer(a_clock("a"), said) if (moment := read_clock(found, "a"))
    ]


def read_span(between, is_late=False):
    """From when to when a match of BETWEEN lasts: "9 to 1" and "10 till 2" go over noon."""
    start, end = read_clock(between, "a", is_late), read_clock(between, "b", is_late)
    if start and end and start > end and start.hour >= 12:
        start = start.replace(hour=start.hour - 12)
    if start and end and between["bmeridiem"] == "pm" and not between["ameridiem"]:
        later = _later(start, hours=12) if start.hour < 12 else start
        start = later if later < end else start
    return start, end


def _both(stricter, first, second):
    """Of two bounds the one that keeps to both, of one that one."""
    return stricter(first, second) if first and second else first or second


def _read_habits(said):
    said = LEFT_OUT.sub("", NOT_AT_A_MEAL.sub(" ", said))
    not_before = not_after = None
    for phrases, start, end in HABITS:
        for phrase in phrases:
            if phrase in said:
                # Read once: "before noon" also stands in "not before noon".
                said = said.replace(phrase, "")
                not_before, not_after = not_before or start, not_after or end
    return not_before, not_after


def _cut_out(patterns, said, is_late):
    """`(clock time, said without it)` of the first pattern that is found."""
    for pattern in patterns:
        if found := pattern.search(said):
            return read_clock(found, "a", is_late), f"{said[: found.start()]} {said[found.end() :]}"
    return None, said


# "after 7" is seven in the evening: nobody is rung at seven in the morning.
FROM_THIS_HOUR = 8
# Eight o'clock is one at night where people speak of their tea or of the children's bed.
BED_HOUR = 8
BED = re.compile(r"\b(?:tea|bed|bedtime)\b")


def read_clock(found, name, is_late=False):
    """The clock time of one group of a match; afternoon where the hour alone leaves it open."""
    hour, minute = int(found[name + "hour"]), int(found[name + "minute"] or 0)
    half, meridiem = found[name + "half"] or "", found[name + "meridiem"] or ""
    minute += _minutes(half)
    if hour > 23 or minute > 59:
        return None
    is_open = meridiem in ("", "oclock")
    is_late = is_late or (hour == BED_HOUR and bool(BED.search(found.string)))
    if hour < 12 and (meridiem == "pm" or (is_open and (hour < FROM_THIS_HOUR or is_late))):
        hour += 12
    return _later(time(hour), minutes=minute)


def _minutes(half):
    if half in PAST:
        return PAST[half]
    number, *_, way = half.split()
    return -int(number) if way == "to" else int(number)


def _later(moment, **shift):
    return (datetime.combine(datetime(2000, 1, 1), moment) + timedelta(**shift)).time()
