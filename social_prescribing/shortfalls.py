"""Shortfalls: why nothing was named for a need, or what is wrong with what was.

Asked only of needs that the suggestions leave open, so that a patient who is helped
waits no longer for it.
"""

import numpy as np

from social_prescribing.directory import directory
from social_prescribing.gaps import Kind, Why
from social_prescribing.languages import ENGLISH
from social_prescribing.suggestions import is_full, times_named
from social_prescribing.supports import Reach
from social_prescribing.weighing import WALKING_KM, barriers, speaks

LONG_WAIT = 4  # weeks


def shortfalls(asked, suggestions, *, named_before=()):
    """What is left open of the needs asked for: {need id: (Kind, Why)}.

    asked: the Asked that the suggestions answer.
    named_before: Supports already named to this patient; "any others?" opens no gap.
    """
    met_before = {need for support in named_before for need in support.needs}
    found = {}
    for need in asked.needs:
        for_it = [named for named in suggestions if need in named.support.needs]
        if for_it and (why := _hitch(for_it, asked)):
            found[need] = Kind.HINDERED, why
        elif not for_it and need not in met_before and (why := why_nothing_fits(need, asked)):
            found[need] = Kind.UNMET, why
    return found


def why_nothing_fits(need, asked):
    """The Why that is nearest to help, or None where something fits and only found no room."""
    index = directory.by_need(need)
    stands = barriers(index, asked)
    here = ~stands.people & ~stands.place
    fitting = np.flatnonzero(here & ~stands.gone & ~stands.shut & ~stands.unchecked)
    if len(fitting):
        supports = [index.entries[position].support for position in fitting]
        return Why.FULL if _all_full(supports, asked) else None
    reachable = ~stands.gone
    nearest_to_help = (
        (Why.SHUT, here & (stands.closed | (reachable & stands.shut))),
        (Why.UNCHECKED, here & reachable),
        (Why.FAR, ~stands.people & reachable),
        (Why.OTHERS, ~stands.place & reachable),
    )
    return next((why for why, entries in nearest_to_help if entries.any()), Why.NONE)


def _all_full(supports, asked):
    if any(support.weekly_limit is None for support in supports):
        return False
    named = times_named([support.id for support in supports], asked.at)
    return all(is_full(support, named) for support in supports)


def _hitch(suggestions, asked):
    """What is wrong with every one of them, or None."""
    if asked.language != ENGLISH and not any(
        speaks(found.support.languages, asked.language) for found in suggestions
    ):
        return Why.ENGLISH
    if all((found.support.wait_weeks or 0) >= LONG_WAIT for found in suggestions):
        return Why.FULL
    if all(_is_beyond_a_walk(found) for found in suggestions):
        return Why.FAR
    return None


def _is_beyond_a_walk(found):
    """Whether one has to go there, and cannot walk."""
    support = found.support
    must_go = support.reach == Reach.LOCAL or not (support.phone or support.text_number)
    return must_go and found.distance_km is not None and found.distance_km > WALKING_KM
