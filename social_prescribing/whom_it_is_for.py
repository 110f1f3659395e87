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
# In abuse the partner who is spoken of is the one who is feared.
PARTNERS = {"husband", "wife", "partner", "man", "boyfriend", "girlfriend"}


def is_for(whom, text, *, needs):
    """Whether a text is for the one whom it names, and does not only speak of them."""
    is_feared = whom in PARTNERS and any(need["id"] == "domestic_abuse" for need in needs)
    return not (is_feared or DOES_FOR.search(text) or LENT_PHONE.search(text))
