"""Languages by name, for staff: Django knows most of them, the rest stand here."""

from django.conf.locale import LANG_INFO

OTHERS = {
    "am": "Amharic",
    "ku": "Kurdish",
    "so": "Somali",
    "ti": "Tigrinya",
    "zh": "Chinese",
    "fa": "Farsi",
    "pa": "Punjabi",
}


def language_name(code):
    """`Arabic` for `ar`; what is no known code is shown as it is."""
    return OTHERS.get(code) or LANG_INFO.get(code, {}).get("name") or code
