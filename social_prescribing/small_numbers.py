"""Small numbers, hidden: a count of a few people in one place may tell who they are.

The one home of this rule, for every page, mail and export that counts patients beyond
those who look after them. A total beside its parts gives a single hidden part away:
show no total there, or hide a second part.
"""

FEWEST_SHOWN = 5
HIDDEN = f"fewer than {FEWEST_SHOWN}"


def hide_small(count):
    """The count itself from five upwards, else None: nought too, so that None tells nothing."""
    return count if count >= FEWEST_SHOWN else None


def show_count(count):
    """A count as pages, mails and exports show it: `12`, `1,204`, `fewer than 5`."""
    shown = hide_small(count)
    return HIDDEN if shown is None else f"{shown:,}"
