"""Names of the languages that Blether can tell apart (data/lexicon/languages.tsv)."""

NAMES = {
    "ar": "Arabic",
    "en": "English",
    "es": "Spanish",
    "fa": "Farsi or Dari",
    "fr": "French",
    "ku": "Kurdish",
    "pa": "Punjabi",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "so": "Somali",
    "ti": "Tigrinya",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "zh": "Chinese",
}


def language_name(code):
    """`Arabic` for `ar`; what is not known is shown as it is stored."""
    return NAMES.get(code, code)
