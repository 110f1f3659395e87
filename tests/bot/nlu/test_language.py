import pytest

from bot.nlu.language import guess_language

TEXTS = {
    "ar": ["ليس لدي مال للطعام", "أحتاج مساعدة في السكن", "زوجي يضربني"],
    "fa": ["من پول ندارم", "به کمک نیاز دارم", "خانه ندارم کمک کنید"],
    "ur": ["مجھے مدد چاہیے", "میرے پاس پیسے نہیں ہیں", "mujhe madad chahiye"],
    "pl": ["nie mam co jesc", "potrzebuje pomocy z mieszkaniem", "mąż mnie bije"],
    "uk": ["мені потрібна допомога", "немає грошей на їжу", "я дуже самотня"],
    "ru": ["мне нужна помощь", "нет денег на еду", "муж меня бьет"],
    "ro": ["nu am bani de chirie", "am nevoie de ajutor", "copiii mei nu au mancare"],
    "es": ["no tengo dinero para comer", "necesito ayuda por favor", "me siento muy sola"],
    "zh": ["我需要帮助", "没有钱吃饭"],
    "ti": ["ሓገዝ የድልየኒ ኣሎ", "ገንዘብ የብለይን"],
    "fr": ["je n'ai pas d'argent", "j\u2019ai besoin d\u2019aide", "je suis seule ici"],
    "pt": ["não tenho dinheiro", "preciso de ajuda por favor", "nao tenho onde dormir"],
    "pa": ["ਮੈਨੂੰ ਮਦਦ ਚਾਹੀਦੀ ਹੈ", "ਘਰ ਵਿੱਚ ਖਾਣਾ ਨਹੀਂ"],
    "ku": ["ez alîkarî dixwazim", "pere min nîne", "من پێویستم بە یارمەتی"],
    "tr": ["yard\u0131ma ihtiyac\u0131m var", "param yok yemek yok", "kalacak yerim yok"],
}
ENGLISH = [
    "aye", "no", "si", "G51", "1", "o", "", "😀", "naw", "al no dae it",
    "nae food in the hoose", "ma da es no weel", "gonnae gies a haun", "pain in ma chest",
    "am sa lonely", "u no wat", "as soon as possible", "em no", "mi amigo wants 2 know",
    "wouldnt mind a lend o a heater", "same as a social worker?", "la de da", "a wis oan ma ain",
    "Jose Maria", "Mohammed Khan", "dae a no get a say", "eh",
]  # fmt: skip


@pytest.mark.parametrize(("code", "text"), [(c, t) for c, texts in TEXTS.items() for t in texts])
def test_a_language_is_recognised_from_a_few_words(code, text):
    assert guess_language(text) == code


@pytest.mark.parametrize("text", ENGLISH)
def test_scots_short_answers_and_names_are_english(text):
    assert guess_language(text) == "en"


def test_an_english_text_with_a_foreign_name_or_word_is_english():
    assert guess_language("my friend نور needs a place to stay tonight") == "en"
    assert guess_language("i have a café in Dennistoun and señor Diaz is my landlord") == "en"
