"""Whom a call is for: a text may speak of somebody, and be for whoever writes it."""

import re

# "I do everything for ma mum" tells of one's own work.
DOES_FOR = re.compile(
    r"\b(?:i|i'?m|a|ah|am|a'?m) (?:\w+ ){0,2}(?:do|doin|doing|care|caring|cook\w*|clean\w*)"
    r"(?: \w+){0,2} for (?:my|ma|our|oor)\b",
    re.IGNORECASE,
)
# "Ma daughter is lettin me use her phone": whose phone it is, is not whom the call is for.
LENT_PHONE = re.compile(
    r"\b(?:us(?:e|ing|in)|borrow\w*|len[dt]\w*|on|got|have|it'?s|this is)\b[^.!?]{0,12}"
    r"\b(?:her|his|their|\w+'?s) (?:phone|fone|mobile|number)\b",
    re.IGNORECASE,
)
# "My mum and dad are splittin up" tells of a home; "my mum and dad need a ramp" is for them.
BOTH_PARENTS = re.compile(
    r"^\W*(?:my|ma|our|oor) (?:mum|mam|maw|ma|mother|dad|da|father) (?:and|an|n|&) (?:my |ma )?"
    r"(?:mum|mam|maw|ma|mother|dad|da|father)\b"
    r"(?! (?:need|want|could|cannae|can'?t|cannot|would|both need))",
    re.IGNORECASE,
)
PLAINLY_FOR = re.compile(r"\b(?:for|fur|behalf|about|aboot)\b", re.IGNORECASE)
# In abuse the partner who is spoken of is the one who is feared.
PARTNERS = {"husband", "wife", "partner", "man", "boyfriend", "girlfriend"}


# In these dangers whoever is named first is the one who does the harm, or may.
DONE_BY_SOMEBODY = {"abuse_danger", "child_protection", "harm_to_others"}


def is_for(whom, text, *, triage):
    """Whether a text is for the one whom it names, and does not only speak of them."""
    is_abuse = any(need["id"] == "domestic_abuse" for need in triage["needs"])
    is_harm = triage["safety"]["id"] in DONE_BY_SOMEBODY and triage["safety"]["act"] != "none"
    is_feared = (is_abuse and whom in PARTNERS) or (is_harm and not PLAINLY_FOR.search(text))
    only_told_of = (DOES_FOR, LENT_PHONE, BOTH_PARENTS)
    return not (is_feared or any(told.search(text) for told in only_told_of))
