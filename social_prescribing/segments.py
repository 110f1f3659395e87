"""SMS segments: what a text costs, and which characters keep it cheap."""

# https://www.3gpp.org/ftp/Specs/archive/23_series/23.038: the basic set, less what counts double.
GSM_7 = frozenset(
    "@£$¥èéùìòÇ\nØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
# Letters of a lone segment and of each of several, in the GSM alphabet and outside it.
ALONE, OF_SEVERAL = 160, 153
ALONE_OTHERS, OF_SEVERAL_OTHERS = 70, 67
# No text to a patient takes more.
MOST_SEGMENTS = 2
LONGEST_TEXT = MOST_SEGMENTS * OF_SEVERAL


def segments(text):
    """How many SMS segments a text takes."""
    if set(text) <= GSM_7:
        length, alone, of_several = len(text), ALONE, OF_SEVERAL
    else:
        length = len(text.encode("utf-16-le")) // 2
        alone, of_several = ALONE_OTHERS, OF_SEVERAL_OTHERS
    return 1 if length <= alone else -(-length // of_several)


def outside_gsm_7(text):
    """The characters that would make a text longer, each once, in order."""
    return "".join(sorted(set(text) - GSM_7))
