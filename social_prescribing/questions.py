"""A patient's own questions, where they stand beside an answer: "Shug. is it free?"."""

import re

FLAGS = re.IGNORECASE
QUESTION_OPENS = re.compile(
    r"^\W*(?:(?:and|an|n|but|so|aye but|eh|oh|sorry|hang on|wait) )*(?:who|whit|what|why|when|where"
    r"|whaur|how"
    r"|is it|is this|is that|is she|is he|are you|are ye|r u|are they|do you|do ye|do they|do i"
    r"|does|would|wid|wull"
    r"|will|can (?:i|a|you|ye|she|he|they|anybody|someone)|could (?:i|you|she)|gonnae|who's|what's"
    r"|whats"
    r"|whit's|whos|hows|is there|am i|whose|which)\b",
    FLAGS,
)
PLACE = (
    r"(?:the |ma |my |your |yer )?(?:\w+ )?(?:surgery|surgrey|practice|practise|doctors?|doctor'?s"
    r"|gps?|health centre|branch|place)"
)
MEDICINE = (
    r"(?:prescriptions?|perscriptions?|inhalers?|puffers?|tablets|pills|meds|medication|medicines?"
    r"|insulin|scripts?)\b"
)
OTHERS = (
    r"(?:doctors?|gps?|practice|surgery|nurse|reception\w*|family|mum|maw|husband|wife|partner|dwp"
    r"|jobcentre|social work(?:ers?)?|council|home office|police|boss|employer|work"
    r"|landlord|school|neighbours?|son|daughter)"
)
# "Need somebody to collect my prescription" wants help of another kind.
FETCHES = re.compile(
    r"\b(?:collect\w*|pick\w*|deliver\w*|fetch\w*|lift|bus|afford|pay|cost\w*)\b", FLAGS
)
# What is asked, as the bot's intents name it. Only where the words leave no doubt.
ASKED = {
    "ask_cost": r"\bfree\b|\bcosts?\b|\bpay(?:ing)?\b|\bcharged?\b|\bhow much\b|\bmoney for\b",
    "ask_who_sees": (
        rf"\b{OTHERS} (?:\w+ )?(?:be |get |hear|see|find out|know|telt|told)\b"
        r"|\bwho(?:'s|s| is| will| gets| gonnae|'ll| can)? .{0,20}(?:sees?|reads?|know|told"
        r"|see this)"
        r"|\bconfidential\b|\bprivate\b|\bbetween us\b|\bkept? (?:it )?(?:secret|quiet)"
        rf"|\btell (?:ma\b|my\b|the\b|anyone\b|anybody\b|{OTHERS}\b)|\bpass(?:ed)? on\b"
    ),
    "ask_robot": r"\brobot\b|\bcomputer\b|\breal person\b|\bhuman\b|\ba bot\b|\bmachine\b",
    "ask_how_long": (
        r"\bhow long\b|\bwhen (?:will|wull|is|are|would|can|do) (?:she|he|they|you|somebody"
        r"|someone|a|the|i)"
        r"|\bhow soon\b|\bwhat (?:day|time) (?:will|wull)\b"
    ),
    "ask_opening_hours": (
        r"\bopen(?:ing|s)? (?:times?|hours?)\b"
        r"|\b(?:are|r) (?:you|ye|yous|youse) (?:\w+ ){0,2}(?:open(?! to)|shut|closed)\b"
        rf"|\b(?:is|does|are) {PLACE} (?:\w+ ){{0,2}}(?:open|shut|closed?|opening)\b"
        rf"|\b(?:when|what time|whit time|what days?) .{{0,12}}{PLACE} (?:\w+ )?(?:open|shut|close)"
        r"|\b(?:when|time|days?) (?:do|dae|are|d'?)? ?(?:you|ye|yous|youse) (?:\w+ )?"
        r"(?:open|shut|close)\b"
    ),
    "ask_where": (
        rf"\bwh(?:ere|aur)(?:'?s| is| are| aboots?| abouts?)* {PLACE}(?: \w+)?\W*$"
        r"|^\W*wh(?:ere|aur) (?:are|ur|r) (?:you|ye|yous|youse)(?: based| again)?\W*$"
        rf"|\b(?:address|post ?code) (?:of|for|is) {PLACE}\b"
        r"|\b(?:your|yer) (?:address|post ?code)\b"
    ),
    "ask_prescription": (
        rf"\b(?:repeat|re-?order|order|renew|re-?new) (?:\w+ ){{0,3}}{MEDICINE}"
        r"|\brepeats?\b(?! it| that|ed)(?=.*\b(?:need|order|want|get|due|ready)\b)"
        rf"|\b(?:need|want|get|got|getting|have|more|send|run|ran|oot|out)\b (?:\w+ ){{0,4}}"
        r"(?:prescriptions?|perscriptions?|inhalers?|puffers?|repeat meds|repeats)\b"
        r"|^\W*(?:(?:a|my|ma|the|new|repeat) )*(?:prescriptions?|perscriptions?|inhalers?)"
        r"(?: please| pls)?\W*$"
    ),
    "ask_link_worker": (
        r"\blink ?worker\b"
        r"|\b(?:can|could|do|does|will) (?:you|ye|yous|they|she|he)\b.{0,12}\b(?:do|fill|help)\b"
        r".{0,25}\bforms?\b"
    ),
    "ask_who_are_you": r"\bwho (?:are you|is this|r u|am i)\b|\bwho's this\b|\bwhos this\b",
    "ask_why": r"\bwhy\b.{0,25}\b(?:need|want|ask|know|know that|my|ma|matter)\b|\bwhat (?:do you"
    "|d'?you|dae ye) need .{0,20}for\b",
}
ASKED = {intent: re.compile(words, FLAGS) for intent, words in ASKED.items()}
LONGEST_ASKING = 10  # words; in more there is something else to hear
OF_PRACTICE = ("ask_opening_hours", "ask_where", "ask_prescription")
CLAUSES = re.compile(
    r"(?<=[?!;\n])\s*|(?<=[a-z]{2}[.])\s+|(?<=[.]{2})\s*(?![.])|(?<=…)\s*|,\s+"
    r"|\s+(?=but (?:who|what|why|when|how|is|will))"
    r"|\s+(?=(?:and|an|n|&) (?:(?:can|could|will|would|gonnae) (?:you|ye|yous|i|a|she|he|they)"
    r"|how|when|what|who|is it|are you|do you) )",
    FLAGS,
)


def is_question(text):
    """Whether a text, or the clause given, asks something."""
    return text.rstrip().endswith("?") or bool(QUESTION_OPENS.search(text))


def read_question_of_practice(text):
    """The intent of a short text that asks the practice for something it does itself, or None.

    When it is open, where it is, a repeat prescription.
    """
    if len(text.split()) > LONGEST_ASKING or FETCHES.search(text):
        return None
    return next((intent for intent in OF_PRACTICE if ASKED[intent].search(text)), None)


def split_question(text):
    """`(the rest, the question)`: both empty where there is none of it."""
    clauses = [clause.strip() for clause in CLAUSES.split(text) if clause and clause.strip()]
    asked = [clause for clause in clauses if is_question(clause)]
    rest = [clause for clause in clauses if not is_question(clause)]
    return ", ".join(clause.rstrip(" ,.;") for clause in rest), " ".join(asked)


def read_question(text):
    """The intent of a question in the text that is plain in its words, or None."""
    _, asked = split_question(text)
    if not asked:
        return None
    return next((intent for intent, words in ASKED.items() if words.search(asked)), None)
