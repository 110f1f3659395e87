"""Small numbers, hidden: a count of a few people in one place may tell who they are.

The one home of this rule, for every page, mail and export that counts patients beyond
those who look after them. A total beside its parts gives a single hidden part away:
show no total there, or hide a second part.
"""

FEWEST_SHOWN = 5
ROUNDED_TO = 5
HIDDEN = f"fewer than {FEWEST_SHOWN}"


def hide_small(count):
    """The count itself from five upwards, else None: nought too, so that None tells nothing."""
    return count if count >= FEWEST_SHOWN else None


def show_count(count):
    """A count as pages, mails and exports show it: `12`, `1,204`, `fewer than 5`."""
    shown = hide_small(count)
    return HIDDEN if shown is None else f"{shown:,}"


def round_count(count):
    """A count to the nearest five, else None as in hide_small.

    For figures that overlap (totals, filters, one year beside another): what is left when one
    is taken from another may be off by four, as much as is hidden at most.
    """
    return None if hide_small(count) is None else ROUNDED_TO * round(count / ROUNDED_TO)


def hide_parts(counts, *, unlisted=0):
    """The parts of one whole as they may be shown: {name: rounded count, or None}.

    Whoever knows the whole, rounded, still cannot tell any hidden part: where what is hidden
    adds up to fewer than five, or can only be the most there is room for, the smallest of
    what could be shown is hidden with it.

    counts: {name: patients}; unlisted: patients of the whole who are in no named part.
    """
    whole = sum(counts.values()) + unlisted
    shown = {name: count for name, count in counts.items() if hide_small(count) is not None}
    while shown and _give_away(list(shown.values()), whole, len(counts) - len(shown), unlisted):
        shown.pop(min(shown, key=shown.get))
    return {name: round_count(count) if name in shown else None for name, count in counts.items()}


def _give_away(shown, whole, hidden, unlisted):
    """Whether the parts shown (counts) tell one of so many hidden ones to who knows the whole."""
    left = whole - sum(shown)
    if 0 < left < FEWEST_SHOWN:
        return True
    if left == 0 or unlisted >= FEWEST_SHOWN:
        return False
    off = ROUNDED_TO // 2
    least_left = round_count(whole) - off - sum(round_count(count) + off for count in shown)
    all_small = (FEWEST_SHOWN - 1) * (hidden + (unlisted > 0))
    one_large = round_count(min(shown)) + off + FEWEST_SHOWN - 1
    return least_left >= max(all_small, one_large)
