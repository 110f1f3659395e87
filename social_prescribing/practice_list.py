"""A practice list as CSV: Public Health Scotland's, or one's own, row by row into practices.

Public Health Scotland publishes every GP practice of Scotland each quarter, with
columns such as PracticeCode, GPPracticeName, Postcode, TelephoneNumber and HSCP.
It says nothing of how a text should name a practice or which provider's link
workers serve it; what is missing is worked out here or asked for.
"""

import re

from social_prescribing.errors import InvalidPhoneNumber
from social_prescribing.opening_hours import check_hours
from social_prescribing.own_words import plain_words, why_not_own_words
from social_prescribing.phone_numbers import PhoneNumber
from social_prescribing.places import find_place
from social_prescribing.practices import Practice
from social_prescribing.sites import main_site

# How a column may be called, capitals, spaces and dashes apart → what it is here.
COLUMNS = {
    "practicecode": "code",
    "code": "code",
    "gppracticename": "name",
    "practicename": "name",
    "name": "name",
    "nameintexts": "name_for_texts",
    "namefortexts": "name_for_texts",
    "provider": "provider",
    "neighbourhood": "neighbourhood",
    "postcode": "postcode",
    "postcodedistrict": "postcode_district",
    "telephonenumber": "reception_phone",
    "telephone": "reception_phone",
    "phone": "reception_phone",
    "receptionphone": "reception_phone",
    "ringsfrom": "rings_from",
    "callbackwithindays": "callback_within_days",
    "attemptsallowed": "attempts_allowed",
    "address": "address",
    "addressline1": "address_1",
    "addressline2": "address_2",
    "addressline3": "address_3",
    "addressline4": "address_4",
    "openinghours": "hours",
    "hours": "hours",
    "ownwords": "own_words",
    "greeting": "own_words",
    "hscp": "partnership",
    "hscpname": "partnership",
}
# Glasgow City Health and Social Care Partnership: its code since 2019, the one before, its name.
GLASGOW_CITY = {"s37000034", "s37000015", "glasgow city", "glasgow city hscp"}

POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9][A-Z]{2})", re.IGNORECASE)
DISTRICT = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?", re.IGNORECASE)

LONGEST_FOR_TEXTS = Practice._meta.get_field("name_for_texts").max_length
SHORTER = (
    ("Medical Practice", "Practice"),
    ("Medical Centre", "Practice"),
    ("Health Centre", "HC"),
    ("Group Practice", "Practice"),
    (" and ", " & "),
    ("Doctors", "Drs"),
)


def column_name(header):
    """What a column is here, or its own name where nothing here is called so."""
    bare = re.sub(r"[^a-z0-9]", "", (header or "").lower())
    return COLUMNS.get(bare, header)


def is_in_glasgow(row):
    """Whether a row's partnership is Glasgow City's; so is one whose file names none."""
    said = str(row.get("partnership") or "").strip().lower()
    return not said or said in GLASGOW_CITY


def read_practice_row(row, *, known=None):
    """Fill a row (a dict by column) with what a practice needs.

    known: the Practice of that code, if there is one; what the row leaves empty
        stays as it is.
    Returns (what a practice is made of, {column: why it cannot be read}).
    """
    read = {name: _cell(row, name) or _as_known(known, name) for name in FIELDS}
    surgery = main_site(known) if known else None
    read |= {name: _cell(row, name) or _as_known(surgery, name) for name in OF_SURGERY}
    wrong = {}
    if not read["code"]:
        wrong["code"] = "No practice code. In Public Health Scotland’s list it is PracticeCode."
    if not read["name"]:
        wrong["name"] = "No name."
    read["name_for_texts"] = read["name_for_texts"] or shortened(read["name"])
    _read_place(row, read, wrong)
    _read_phones(read, wrong)
    _read_surgery(row, read, wrong)
    _read_own_words(read, wrong)
    return read, wrong


FIELDS = (
    "code",
    "name",
    "name_for_texts",
    "own_words",
    "neighbourhood",
    "postcode_district",
    "reception_phone",
    "rings_from",
)
# What stands on its surgery: sites.py.
OF_SURGERY = ("address", "postcode", "hours")


def read_postcode(text):
    """A whole postcode as it is written, "G22 6LJ", or "" where the text is none."""
    found = POSTCODE.fullmatch(" ".join((text or "").split()))
    return f"{found[1]} {found[2]}".upper() if found else ""


def shortened(name):
    """A name of at most 30 characters for texts, cut between words."""
    for long, short in SHORTER:
        if len(name) <= LONGEST_FOR_TEXTS:
            break
        name = name.replace(long, short)
    if len(name) > LONGEST_FOR_TEXTS:
        name = name[: LONGEST_FOR_TEXTS + 1].rpartition(" ")[0].rstrip(" ,&-")
    return name


def _as_known(known, name):
    return getattr(known, name) if known else ""


def _cell(row, name):
    return " ".join(str(row.get(name) or "").split())


def _read_place(row, read, wrong):
    if postcode := _cell(row, "postcode"):
        found = POSTCODE.fullmatch(postcode) or DISTRICT.fullmatch(postcode)
        if found is None:
            wrong["postcode"] = f"“{postcode}” is not a postcode."
            return
        read["postcode_district"] = (found[1] if found.re is POSTCODE else found[0]).upper()
    if not read["neighbourhood"]:
        read["neighbourhood"] = _neighbourhood_in(row) or read["postcode_district"]
    if not read["postcode_district"]:
        place = find_place(read["neighbourhood"])
        read["postcode_district"] = place.district if place else ""
    if not read["postcode_district"]:
        wrong["postcode"] = "No postcode, and no neighbourhood that is known."


def _neighbourhood_in(row):
    """The line of an address that names a neighbourhood, from the last one up."""
    for line in ("address_4", "address_3", "address_2"):
        said = str(row.get(line) or "").strip()
        place = find_place(said) if said else None
        if place is not None and place.kind == "neighbourhood":
            return place.name
    return ""


def _read_surgery(row, read, wrong):
    lines = [_cell(row, f"address_{number}") for number in range(1, 5)]
    read["address"] = _cell(row, "address") or ", ".join(filter(None, lines)) or read["address"]
    # A district alone says where the practice is, and no address.
    read["postcode"] = read_postcode(read["postcode"])
    try:
        if read["hours"]:
            check_hours(read["hours"])
    except ValueError as error:
        wrong["hours"] = f"{error}. Write hours like Mo-Fr 08:30-18:00; We 08:30-13:00."


def _read_own_words(read, wrong):
    read["own_words"] = plain_words(read["own_words"])
    name = read["name_for_texts"]
    if read["own_words"] and (why := why_not_own_words(read["own_words"], name_for_texts=name)):
        wrong["own_words"] = why


def _read_phones(read, wrong):
    if not read["reception_phone"]:
        wrong["reception_phone"] = "No telephone number."
        return
    # Until somebody says otherwise, a link worker's call shows the practice's own number.
    read["rings_from"] = read["rings_from"] or read["reception_phone"]
    for name in ("reception_phone", "rings_from"):
        try:
            read[name] = PhoneNumber.parse(read[name]).e164
        except InvalidPhoneNumber:
            wrong[name] = f"“{read[name]}” is not a telephone number."
