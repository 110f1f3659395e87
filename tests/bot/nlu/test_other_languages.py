import pytest

from bot.nlu.labels import DANGERS, NEEDS
from bot.nlu.language import guess_language, read_signs
from bot.nlu.lexicon import LexiconError
from bot.nlu.other_languages import OTHER_LANGUAGES, fold, known_words, read_known_words
from social_prescribing.languages import LANGUAGES

CODES = sorted(path.stem for path in OTHER_LANGUAGES.glob("*.tsv"))
REQUIRED = {
    "ar", "fa", "ur", "pl", "uk", "ru", "ro", "es", "zh", "ti", "fr", "pt", "pa", "ku", "tr",
}  # fmt: skip


@pytest.fixture
def words(tmp_path):
    def read(lines, code="pl"):
        path = tmp_path / f"{code}.tsv"
        path.write_text(lines, encoding="utf-8")
        return read_known_words(path)

    return read


def needs_in(known, text):
    return [need["id"] for need in known.needs(fold(text))]


def test_the_languages_that_glasgow_needs_are_there():
    assert set(CODES) >= REQUIRED
    assert set(CODES) <= set(read_signs())
    assert set(CODES) <= set(LANGUAGES)  # staff read its name


@pytest.mark.parametrize("code", CODES)
def test_each_language_has_words_for_every_need_and_danger(code):
    known = known_words(code)
    assert {*NEEDS, *DANGERS} <= set(known.entries)


@pytest.mark.parametrize("code", CODES)
def test_each_file_says_that_it_is_to_be_checked(code):
    first = (OTHER_LANGUAGES / f"{code}.tsv").read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("#")
    assert "checked" in first


def test_a_star_stands_for_any_ending_and_for_any_beginning(words):
    known = words("housing\tmieszkani*\nfood\t*طعام\n")
    assert needs_in(known, "o mieszkaniu") == ["housing"]
    assert needs_in(known, "zamieszkanie") == []
    assert needs_in(known, "للطعام") == ["food"]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("ur", "meri biwi bohat bimar hai aur main akela us ka khayal rakhta hun"),
        ("tr", "eşime tek başıma bakıyorum, çok yoruldum"),
    ],
)
def test_looking_after_somebody_alone_is_no_loneliness(code, text):
    assert needs_in(known_words(code), text) == ["carers"]


def test_who_looks_after_somebody_and_says_more_than_alone_may_be_lonely_too():
    known = known_words("ur")
    text = "biwi bimar hai us ka khayal rakhta hun, main akela hun, koi dost nahi"
    assert needs_in(known, text) == ["loneliness", "carers"]


def test_accents_and_letters_that_look_alike_make_no_difference(words):
    known = words("housing\tmąż łódka\nmoney\tديون\n")
    assert needs_in(known, "MAZ   lodka") == ["housing"]
    assert needs_in(known, "دیون") == ["money"]


def test_words_joined_by_a_plus_must_all_be_there_in_any_order(words):
    known = words("suicide_self_harm\tnie chc* + żyć\n")
    assert known.danger(fold("żyć już nie chcę")) == "suicide_self_harm"
    assert known.danger(fold("nie chcę jeść")) is None


def test_a_bar_parts_words_of_which_one_is_enough(words):
    known = words("food\tchleb*|mleko\nsuicide_self_harm\tnie + chcę|mogę + żyć\n")
    assert needs_in(known, "mleko") == ["food"]
    assert known.danger(fold("nie mogę już żyć")) == "suicide_self_harm"
    assert known.danger(fold("mogę żyć")) is None


def test_what_a_harmless_phrase_covers_is_no_danger_but_the_rest_is(words):
    known = words("suicide_self_harm\tumieram\nharmless\tumieram z głodu\n")
    assert known.danger(fold("umieram z głodu")) is None
    assert known.danger(fold("umieram z głodu i umieram")) == "suicide_self_harm"


def test_a_need_with_more_words_comes_first_and_is_surer(words):
    known = words("food\tchleb*\nmoney\tdług*\nmoney\tpieni*\n")
    found = known.needs(fold("długi, pieniądze i chleb"))
    assert [need["id"] for need in found] == ["money", "food"]
    assert found[0]["confidence"] > found[1]["confidence"]


def test_chinese_is_read_without_spaces(words):
    assert needs_in(words("food\t没有饭吃\n", code="zh"), "我家没有饭吃了") == ["food"]


@pytest.mark.parametrize("line", ["gardening\tkwiat\n", "food chleb\n", "food\t\n"])
def test_a_line_that_cannot_be_read_is_refused_with_its_place(words, line):
    with pytest.raises(LexiconError, match="line 2"):
        words(f"# Polish\n{line}")


@pytest.mark.parametrize(
    ("text", "code", "need"),
    [
        ("Nie mam co jeść, dzieci są głodne", "pl", "food"),
        ("no tengo dinero para comer, mis hijos tienen hambre", "es", "food"),
        ("ليس عندي سكن وأنام في الشارع", "ar", "homelessness"),
        ("мне очень одиноко, нет друзей", "ru", "loneliness"),
        ("je cherche un travail s'il vous plaît", "fr", "employment_learning"),
        ("eşim beni dövüyor yardım edin", "tr", "domestic_abuse"),
    ],
)
def test_plain_texts_are_understood(text, code, need):
    assert guess_language(text) == code
    assert need in needs_in(known_words(code), text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("nie chcę już żyć, mam dość", "pl"),
        ("ya no quiero vivir, quiero morir", "es"),
        ("لا أريد أن أعيش أريد أن أموت", "ar"),
        ("я не хочу больше жить", "ru"),
        ("je veux mourir, je ne veux plus vivre", "fr"),
        ("我不想活了", "zh"),
        ("artık yaşamak istemiyorum", "tr"),
    ],
)
def test_a_wish_to_die_is_danger_in_any_language(text, code):
    assert guess_language(text) == code
    assert known_words(code).danger(fold(text)) == "suicide_self_harm"


AFRAID_OR_HIT = [
    ("pl", "Boję się męża, wczoraj znowu mnie uderzył. Mam małe dziecko"),
    ("pl", "mąż mnie bije"),
    ("ar", "زوجي ضربني مرة ثانية"),
    ("ar", "أنا خايفة من زوجي"),
    ("ar", "زوجي يضربني"),
    ("es", "tengo miedo de mi marido"),
    ("es", "mi marido me ha vuelto a pegar"),
    ("es", "mi esposo me pega"),
    ("fa", "شوهرم دوباره منو زد"),
    ("fa", "از شوهرم می‌ترسم"),
    ("fa", "شوهرم کتکم می‌زند"),
    ("fr", "j'ai peur de mon mari"),
    ("fr", "mon mari m'a encore frappée hier"),
    ("fr", "mon compagnon me frappe"),
    ("it", "mio marito mi ha picchiata di nuovo"),
    ("it", "ho paura di mio marito"),
    ("it", "mio marito mi picchia"),
    ("ku", "مێردەکەم دوێنێ دیسان لێی دام"),
    ("ku", "لە مێردەکەم دەترسم"),
    ("ku", "ji mêrê xwe ditirsim"),
    ("ku", "mêrê min li min dixe"),
    ("pa", "gharwale ne kal fer mainu kuttya"),
    ("pa", "ਮੈਨੂੰ ਘਰਵਾਲੇ ਤੋਂ ਡਰ ਲੱਗਦਾ"),
    ("pa", "ਘਰਵਾਲਾ ਮੈਨੂੰ ਮਾਰਦਾ ਹੈ"),
    ("pt", "o meu marido bateu-me outra vez"),
    ("pt", "tenho medo do meu marido"),
    ("pt", "meu marido me bate"),
    ("ro", "soțul m-a bătut iar aseară"),
    ("ro", "mi-e frica de sotul meu"),
    ("ro", "bărbatul mă bate"),
    ("ru", "муж снова меня ударил"),
    ("ru", "я боюсь своего мужа"),
    ("ru", "муж меня бьёт"),
    ("so", "ninkayga mar kale ayuu i garaacay"),
    ("so", "ninkayga waan ka baqayaa"),
    ("so", "ninkayga wuu i garaacaa"),
    ("ti", "ሰብኣየይ ትማሊ እንደገና ሃሪሙኒ"),
    ("ti", "ካብ ሰብኣየይ እፈርህ"),
    ("ti", "ሰብኣየይ ይሃርመኒ"),
    ("tr", "kocam dün yine bana vurdu"),
    ("tr", "kocamdan korkuyorum"),
    ("tr", "eşim beni dövüyor"),
    ("uk", "чоловік вчора знов мене вдарив"),
    ("uk", "боюся свого чоловіка"),
    ("uk", "чоловік мене б’є"),
    ("ur", "شوہر نے کل پھر مجھے مارا"),
    ("ur", "mujhe apne shohar se dar lagta hai"),
    ("ur", "mera shohar mujhe marta hai"),
    ("vi", "hôm qua chồng lại đánh tôi"),
    ("vi", "em rất sợ chồng"),
    ("vi", "chồng tôi đánh tôi"),
    ("zh", "老公昨天又打我"),
    ("zh", "我很怕老公"),
    ("zh", "丈夫打我"),
]


@pytest.mark.parametrize(("code", "text"), AFRAID_OR_HIT)
def test_who_is_afraid_of_a_partner_or_hit_by_one_is_in_danger(code, text):
    assert known_words(code).danger(fold(text)) == "abuse_danger"


def test_every_language_knows_fear_of_a_partner_and_being_hit():
    assert {code for code, text in AFRAID_OR_HIT} == set(CODES)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("pl", "były mąż bił mnie wiele lat temu, teraz mieszkam sama"),
        ("pl", "bałam się męża, ale to było lata temu"),
        ("ar", "زوجي السابق كان يضربني من سنين"),
        ("es", "mi ex me pegaba hace diez años"),
        ("fr", "mon ex m'a frappée il y a dix ans, j'y pense encore"),
        ("it", "il mio ex marito mi picchiava anni fa"),
        ("pa", "gharwala mainu marda si, hun main kalli rehndi"),
        ("pt", "o meu ex batia-me há muitos anos"),
        ("ro", "fostul ma batea acum multi ani"),
        ("ru", "бывший муж бил меня много лет назад"),
        ("so", "ninkaygii hore wuu i garaaci jiray"),
        ("uk", "колишній чоловік бив мене багато років тому"),
        ("ur", "mera pehla shohar mujhe marta tha"),
        ("vi", "chồng cũ trước đây hay đánh tôi"),
        ("zh", "前夫以前打我，现在没事了"),
        ("zh", "老公打我电话，我没接到"),
        ("vi", "số chồng tôi là 07700900123"),
        ("fa", "شوهرم زنگ میزنه"),
        ("ro", "mă bate gândul să mă mut, soțul lucrează"),
    ],
)
def test_what_is_long_past_or_only_sounds_like_it_is_no_danger(code, text):
    assert known_words(code).danger(fold(text)) is None
