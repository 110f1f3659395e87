"""Words of days: which a text names as good, and which it leaves out.

All of it reads plain words, as `in_plain_words` gives them.
"""

import re
from datetime import timedelta

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
DAYS = (*WEEKDAYS, "saturday", "sunday")
DAYS_AHEAD = 7  # a date within a week is its weekday; a later one is for the link worker to read

DAY = r"(?:mon|tue|tues|wed|weds|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?(?:'?s)?"
DAY_WORD = re.compile(rf"\b{DAY}\b")
DAY_RANGE = re.compile(rf"\b({DAY}) (?:to|till|-|–|through|thru) ({DAY})\b")
# Besides its name a day may be told from today, and some have a name together.
DAY_SAID = rf"(?:{DAY}|today|tomorrow|overmorrow|tonight|week ?ends?|week ?days?)"
OF_DAY = r"(?: (?:mornings?|afternoons?|evenings?|nights?|am|pm))?"
ONE_OR_RANGE = rf"{DAY_SAID}{OF_DAY}(?: (?:to|till|-|–) {DAY_SAID})?"
AND = r" ?(?:, ?)?(?:or|and|nor|&|/|not|no) ?(?:on |a |the )?"
DAY_LIST = rf"{ONE_OR_RANGE}(?: ?, {ONE_OR_RANGE})*?(?:{AND}{ONE_OR_RANGE})+|{ONE_OR_RANGE}"
COMMA_LIST = rf"{ONE_OR_RANGE}(?:(?: ?,|{AND}) ?{ONE_OR_RANGE})*"
LEADS_TO_A_DAY = (
    r"(?:(?:good|free|in|do|available|able|ring|phone|calls?|calling|ringing|phoning|me|make"
    r"|manage|possible|so|really|be"
    r"|here|home|about|this|next|for|on|a|the|to|from|at|any|come|every|early|late|of) )*"
)
A_SPAN = r"(?: (?:from |between )?\d[\d:apm]* ?(?:to|till|and|-|–) ?\d[\d:apm]*)?"
IS_GOOD_AFTER_ALL = r"(?! (?:is |are |would be |would )?(?:better|best|fine|suits|ok|okay|instead))"
# "not monday or tuesday"; with "except" and the like also "except monday, tuesday".
EXCLUDED_DAYS = re.compile(
    rf"\b(?:(?:not?) {LEADS_TO_A_DAY}({DAY_LIST})"
    rf"|(?:except|instead of|rather than|better than|but not|but no"
    rf"|swap|cancel|scrap|forget|(?:change|move|switch)(?: it)? from"
    rf"|(?:change|move|switch)(?= \w+ to)) {LEADS_TO_A_DAY}"
    rf"({COMMA_LIST}))\b{OF_DAY}{A_SPAN}{IS_GOOD_AFTER_ALL}"
)
# "wednesdays are no good", "friday's out"
BAD_DAYS = re.compile(
    rf"\b({COMMA_LIST})(?: (?:i'm|is|are|'s|just|really|now|a))* "
    rf"(?:(?:not|no|doesn't|is not) (?:really |any |so |very |longer )?(?:good|great|use|suits?"
    rf"|work|possible"
    rf"|free|ok|okay|in|then|happening|available|suitable|convenient)"
    rf"|(?:a )?(?:bad|out\b(?! of)|hopeless|taken|full|impossible|write off|mental|hectic|murder"
    r"|awkward|tricky|difficult|no go)"
    rf"|busy|excepted|excluded|aside|(?:i|we) not(?: do| manage| make)?(?! mind)|a nightmare"
    rf"|(?:doesn't|not) suit|no(?= ?(?:[,;]|$)))\b"
)
OTHER_DAYS = re.compile(
    r"\b(?:any|every|all|the|my) other(?: week)? ?days?\b|\b(?:on )?other days?\b|\bother ones\b"
    r"|\b(?:the )?rest of (?:the )?week\b|\brest(?: of them)? (?:is|are|fine|ok)\b"
    r"|\b(?:free|in|ok|fine|good|home) the rest\b|\bthe rest$|\b(?:any other|another) time\b"
    r"|\b(?:another|a different) day\b"
    r"|\botherwise (?:free|ok|okay|fine|good|in|home|available|any)\b|\bthe others?\b"
)
WHOLE_DAYS = re.compile(r"\bweek ?days?\b|\b(?:during|through) the week\b")
PARTS_OF_THE_WEEK = (
    (re.compile(r"\b(?:end|back end|tail end) of (?:the |this )?week\b"), DAYS[3:5]),
    (re.compile(r"\b(?:start|beginning|early) (?:of|in) (?:the |this )?week\b"), DAYS[:2]),
    (re.compile(r"\bmid ?-? ?week\b|\bmiddle of (?:the |this )?week\b"), DAYS[1:4]),
    (WHOLE_DAYS, WEEKDAYS),
    (
        re.compile(r"(?<!not )(?<!no )(?<!before )(?<!before the )\b(?:the )?week ?ends?\b"),
        DAYS[5:],
    ),
)


# "Thursday onwards", "no till wednesday": from then to the end of the week.
FROM_A_DAY = re.compile(
    rf"\b({DAY}) onwards?\b|\bfrom ({DAY}|tomorrow)\b(?! (?:to|till|-|–|through|thru|morning))"
    rf"|\b(?:not|no|nothing|unavailable|away|busy|course|training|work|working|hospital|holiday"
    rf"|college|out|off) (?:(?!{DAY}\b)\w+ ){{0,3}}?(?:till|before)"
    rf" (?:after )?({DAY})\b"
)


def named_days(said, now):
    """Every day that the words name, in the order of the week."""
    days = set()
    for first, last in DAY_RANGE.findall(said):
        start, end = DAYS.index(_day(first)), DAYS.index(_day(last))
        days.update(DAYS[start : end + 1] if start <= end else DAYS[start:] + DAYS[: end + 1])
    for found in FROM_A_DAY.finditer(said):
        word = next(filter(None, found.groups()))
        first = now + timedelta(days=1) if word == "tomorrow" else None
        start = first.weekday() if first else DAYS.index(_day(word))
        days.update(DAYS[start : max(start + 1, len(WEEKDAYS))])
    days.update(_day(word) for word in DAY_WORD.findall(said))
    for pattern, together in PARTS_OF_THE_WEEK:
        if pattern.search(said):
            days.update(together)
    for pattern, ahead in FROM_TODAY:
        if pattern.search(said):
            days.add(DAYS[(now + timedelta(days=ahead)).weekday()])
    return tuple(day for day in DAYS if day in days)


FROM_TODAY = (
    (re.compile(r"\btoday\b|\btonight\b|\bthis (?:morning|afternoon|evening)\b"), 0),
    (re.compile(r"\btomorrow\b"), 1),
    (re.compile(r"\bovermorrow\b"), 2),
)


def _day(word):
    return next(day for day in DAYS if day.startswith(word[:3]))


def without_bad_days(said, now):
    """`(days that do not suit, said without them)`."""
    out = set()
    for pattern in (BAD_DAYS, EXCLUDED_DAYS):
        while found := pattern.search(said):
            out.update(named_days(next(filter(None, found.groups())), now))
            said = f"{said[: found.start()]} {said[found.end() :]}"
    return out, said


# ---------------------------------------------------------------------- dates

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
MONTH = rf"(?P<month>{'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in MONTHS)}|sept)"
DATE = re.compile(
    # "Text me 1st" is no date.
    r"(?<!me )(?<!us )(?<!her )(?<!him )"
    rf"\b(?:on )?(?:{DAY} )?(?:the )?(?P<day>\d{{1,2}}) ?(?:st|nd|rd|th)\b(?: of)?(?: {MONTH}\b)?"
    r"(?! (?:floor|flat|street|st|avenue|ave|birthday|time|kid|baby|year))"
    rf"|\b(?P<day2>\d{{1,2}}) (?:of )?{MONTH.replace('month', 'month2')}\b"
    rf"|(?<!flat )\b(?P<day4>\d{{1,2}}) ?/ ?(?P<number>\d{{1,2}})\b"
    rf"|\b{MONTH.replace('month', 'month3')} (?:the )?(?P<day3>\d{{1,2}})\b(?:st|nd|rd|th)?(?!:)"
)
A_LATER_DATE = "a later date"
WEEKS_AHEAD = re.compile(
    rf"\b(?:a )?(?:week|fortnight) (?:on|from|come) (?:{DAY}|tomorrow|today)\b|\b{DAY} week\b"
    r"|\bin (?:a|1|2|3|few|couple of) (?:fortnight|weeks?)(?: time)?\b"
    r"|\bweek after next\b|\bnext month\b"
)


def dates_as_days(said, now):
    """ "the 26th" as its weekday where it lies within a week, else as a later date."""

    def as_day(found):
        number = int(found["day"] or found["day2"] or found["day3"] or found["day4"])
        month = found["month"] or found["month2"] or found["month3"]
        for ahead in range(DAYS_AHEAD):
            date = now + timedelta(days=ahead)
            is_its_month = MONTHS[date.month - 1].startswith(month or "") and (
                found["number"] in (None, str(date.month))
            )
            if date.day == number and is_its_month:
                return DAYS[date.weekday()]
        if found["number"]:
            return found[0]  # "9/10" is two hours more often than the ninth of October
        return A_LATER_DATE

    return DATE.sub(as_day, WEEKS_AHEAD.sub(A_LATER_DATE, said))
