"""Languages: their names for staff, and which one a patient says they speak best."""

import re

# ISO 639-1 code → what staff read, and how patients name it, as a pattern.
LANGUAGES = {
    "am": ("Amharic", "amharic"),
    "ar": ("Arabic", "arabic|arabi"),
    "bfi": ("British Sign Language", "bsl|british sign language|sign language"),
    "bn": ("Bengali", "bengali|bangla"),
    "en": ("English", "english"),
    "es": ("Spanish", "spanish|espa[nñ]ol"),
    "fa": ("Farsi or Dari", "farsi|dari|persian"),
    "fr": ("French", "french|fran[cç]ais"),
    "it": ("Italian", "italian|italiano"),
    "ku": ("Kurdish", "kurdish|sorani|kurmanji"),
    "pa": ("Punjabi", "punjabi|panjabi"),
    "pl": ("Polish", "polish|polski"),
    "ps": ("Pashto", "pashto|pushto"),
    "pt": ("Portuguese", "portuguese|portugu[eê]s"),
    "ro": ("Romanian", "romanian|rom[aâ]n[aă]"),
    "ru": ("Russian", "russian"),
    "so": ("Somali", "somali"),
    "ti": ("Tigrinya", "tigrinya|tigrigna"),
    "tr": ("Turkish", "turkish|t[uü]rk[cç]e"),
    "uk": ("Ukrainian", "ukrainian"),
    "ur": ("Urdu", "urdu"),
    "vi": ("Vietnamese", "vietnamese"),
    "zh": ("Chinese", "chinese|mandarin|cantonese"),
}
ENGLISH = "en"

# "Polish shop" says nothing of what is spoken; these words do.
SPOKEN = re.compile(
    r"\b(?:speaks?|talk|interpreter|translat\w*|language|please|pls|plz|only|best|better"
    r"|(?:no|not|little|small|bad)(?: good| much| very)? english)\b",
    re.IGNORECASE,
)
SHORT_ANSWER = 3  # words

WANTS_INTERPRETER = re.compile(
    r"\b(?:interpreter|translator|translat\w+)\b|\bsome ?(?:one|body) (?:who|that) (?:speaks"
    r"|can speak)"
    r"|\b(?:my|ma) (?:own )?language\b|\b(?:no|not|little|bad|wee bit of|don'?t speak|dont speak)"
    r" (?:very |much |any |good |too good )*english\b|\benglish (?:is )?(?:not|no|bad|poor)",
    re.IGNORECASE,
)


def language_name(code):
    """`Arabic` for `ar`; what is not known is shown as it is stored."""
    return LANGUAGES[code][0] if code in LANGUAGES else code


def read_language(text, *, asks=""):
    """The code of the language that a patient says they speak, or None.

    "English" counts only where no other language is named: "urdu, little english" is Urdu.
    """
    is_said = SPOKEN.search(text) or asks == "language" or len(text.split()) <= SHORT_ANSWER
    if not is_said:
        return None
    named = [
        code
        for code, (_, pattern) in LANGUAGES.items()
        if re.search(rf"\b(?:{pattern})\b", text, re.IGNORECASE)
    ]
    others = [code for code in named if code != ENGLISH]
    if others:
        return others[0]
    is_english = named and re.search(r"\benglish (?:is )?(?:fine|ok|please)\b", text, re.IGNORECASE)
    return ENGLISH if is_english else None


def wants_interpreter(text):
    """Whether a text asks for an interpreter, or says that English is hard."""
    return bool(WANTS_INTERPRETER.search(text))
