"""What is left open of a patient's needs, kept as gaps at the three moments when it shows.

A match for who texts, a match for whom staff add (nothing is named to them, but what the
directory lacks it lacks for them too), and the end of a call. Why and what is counted:
docs/decisions/2026-11-28-gaps.md.
"""

from social_prescribing.callback_match import asked_by, district_of
from social_prescribing.callbacks import Outcome
from social_prescribing.gaps import Kind, Why, needs_not_met, record_gaps
from social_prescribing.shortfalls import shortfalls
from social_prescribing.signposting import WentThere, is_of_demo
from social_prescribing.suggestions import answer, may_name_unchecked
from social_prescribing.things import read_things

MOST_SUPPORTS = 3  # as many as a patient is named


def record_match(conversation, asked, suggestions, *, words, district, named_before=()):
    """What the suggestions leave open of the needs asked for.

    words: what the patient told, to be held against our list of things.
    """
    left_open = shortfalls(asked, suggestions, named_before=named_before)
    things = read_things(words, left_open) if left_open else {}
    record_gaps(conversation, asked.needs, left_open, district=district, things=things)


def record_added(callback, needs):
    """What the directory leaves open for somebody whom staff added, matched as if they texted.

    needs: those that staff ticked; who has texted of one already was matched then.
    """
    conversation = callback.conversation
    known = _needs_of(conversation.signpostings) | needs_not_met(conversation)
    asked = asked_by(
        callback,
        needs=[need for need in needs if need not in known],
        unchecked_too=may_name_unchecked(is_demo=is_of_demo(conversation)),
    )
    record_match(
        conversation,
        asked,
        answer(asked, limit=MOST_SUPPORTS),
        words=callback.words,
        district=district_of(callback),
    )


def record_call(callback):
    """What a call that is over leaves open.

    A need with a support agreed on is met, whatever the match had found. Where the patient
    was reached for good, a need is left open for which no support was agreed on and none
    named by text; the link worker may have helped all the same, so it is counted apart.
    """
    conversation, needs = callback.conversation, callback.need_ids
    agreed = _needs_of(callback.agreed_supports)
    record_gaps(conversation, [need for need in needs if need in agreed], {})
    if callback.outcome != Outcome.REACHED or callback.follow_up_on or callback.safety:
        return
    named = _needs_of(conversation.signpostings.exclude(went_there=WentThere.NO))
    known = agreed | named | needs_not_met(conversation)
    left = [need for need in needs if need not in known]
    asked = asked_by(callback, needs=left)
    found = shortfalls(asked, answer(asked, limit=MOST_SUPPORTS)) if left else {}
    record_gaps(
        conversation,
        left,
        {need: _after_a_call(*found.get(need, (Kind.NOT_AGREED, Why.UNSAID))) for need in left},
        district=district_of(callback),
        things=read_things(callback.words, left),
        together=needs,
    )


def _after_a_call(kind, why):
    return (kind if kind == Kind.UNMET else Kind.NOT_AGREED), why


def _needs_of(rows):
    """Ids of the needs that the supports of some rows meet."""
    rows = rows.select_related("support").prefetch_related("support__need_rows")
    return {need for row in rows for need in row.support.needs}
