"""Lists as CSV: a preview with each bad row and why; all of a file or nothing of it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from social_prescribing.audit_log import Action, AuditEntry
from social_prescribing.link_workers import LinkWorker
from social_prescribing.practice_list import shortened
from social_prescribing.practices import ContactNumber, Practice, Provider
from social_prescribing.sites import main_site
from social_prescribing.staff import Person, Role
from tests.factories import a_practice, a_provider, a_staff_member, a_theme

pytestmark = pytest.mark.django_db

# As Public Health Scotland publishes it, made-up practices.
PHS = """\
PracticeCode,GPPracticeName,PracticeListSize,AddressLine1,AddressLine2,AddressLine3,AddressLine4,\
Postcode,TelephoneNumber,PracticeType,HB,HSCP,DataZone,GPCluster
40001,Balmore Practice,5400,138 Balmore Road,Possilpark,Glasgow,,G22 6LJ,0141 496 0201,GMS,\
S08000031,S37000034,S01010000,North
40002,Doctors Example and Partners Medical Centre,3100,1 High St,,Glasgow,,G513UU,01414960202,GMS,\
S08000031,S37000034,S01010001,South
70001,Far Away Practice,100,1 High St,Inverness,,,IV1 1AA,01463 712345,GMS,\
S08000022,S37000016,S01010002,Highland
"""
# As ../shared/directory/gp_practices.csv has it: no codes, no postcodes, no telephones.
FIRST_SEVEN = """\
practice_code,name,postcode,neighbourhood,link_worker,source_url,note
,Garscadden Burn Medical Practice,,Drumchapel,yes,http://example.test,names as of about 2014
,Green Practice,,Govan,yes,http://example.test,names as of about 2014
"""


@pytest.fixture
def admin(signed_in):
    return signed_in(a_staff_member(Role.ADMINISTRATOR))


def preview(admin, noun, text, **given):
    file = SimpleUploadedFile("list.csv", text if isinstance(text, bytes) else text.encode())
    path = reverse(f"admin:social_prescribing_{noun}_import")
    return admin.post(path, {"import_file": file, "format": "0", "resource": "0", **given})


def confirm(admin, noun, page):
    path = reverse(f"admin:social_prescribing_{noun}_process_import")
    initial = page.context["confirm_form"].initial
    data = {name: getattr(value, "pk", value) or "" for name, value in initial.items()}
    return admin.post(path, data | {"format": "0"})


def bring_in(admin, noun, text, **given):
    return confirm(admin, noun, preview(admin, noun, text, **given))


def reasons(page):
    """Line of the file → why it cannot be read, of a preview."""
    return {
        row.number + 1: " ".join(
            str(error) for errors in row.field_specific_errors.values() for error in errors
        )
        for row in page.context["result"].invalid_rows
    }


def test_the_list_of_all_scotland_becomes_glasgows_practices(admin):
    provider = a_provider()
    page = preview(admin, "practice", PHS, provider=provider.pk, only_glasgow="on")
    assert not Practice.objects.exists()
    assert "<strong>2</strong> new" in page.content.decode()
    confirm(admin, "practice", page)
    balmore, example = Practice.objects.order_by("code")
    assert (balmore.name, balmore.neighbourhood) == ("Balmore Practice", "Possilpark")
    assert (balmore.postcode_district, balmore.reception_phone) == ("G22", "+441414960201")
    assert (balmore.provider, balmore.rings_from) == (provider, "+441414960201")
    surgery = main_site(balmore)
    assert (surgery.address, surgery.postcode) == (
        "138 Balmore Road, Possilpark, Glasgow",
        "G22 6LJ",
    )
    assert main_site(example).postcode == "G51 3UU"
    assert example.name_for_texts == "Drs Example & Partners"
    assert example.postcode_district == example.neighbourhood == "G51"


def test_the_same_list_again_changes_nothing_and_keeps_what_was_mended_by_hand(admin):
    provider = a_provider()
    bring_in(admin, "practice", PHS, provider=provider.pk, only_glasgow="on")
    Practice.objects.filter(code="40001").update(
        name_for_texts="Balmore", rings_from="+441414960299", neighbourhood="Balmore"
    )
    page = preview(admin, "practice", PHS, provider=provider.pk, only_glasgow="on")
    assert "is here already" in page.content.decode()
    other = PHS.replace("Balmore Practice", "New Balmore Practice")
    bring_in(admin, "practice", other, provider=provider.pk, only_glasgow="on")
    practice = Practice.objects.get(code="40001")
    assert practice.name == "New Balmore Practice"
    assert (practice.name_for_texts, practice.rings_from) == ("Balmore", "+441414960299")


def test_hours_and_own_words_come_with_a_list_of_ones_own_and_a_later_one_keeps_them(admin):
    provider = a_provider()
    bring_in(admin, "practice", PHS, provider=provider.pk, only_glasgow="on")
    own = (
        "PracticeCode,Opening hours,Own words\n"
        "40001,Mo-Fr 08:30-18:00,We\u2019re beside the library\n"
    )
    page = preview(admin, "practice", own)
    assert "<ins>Mo-Fr 08:30-18:00</ins>" in page.content.decode()
    confirm(admin, "practice", page)
    bring_in(admin, "practice", PHS, provider=provider.pk, only_glasgow="on")
    practice = Practice.objects.get(code="40001")
    assert practice.own_words == "We're beside the library."
    surgery = main_site(practice)
    assert (surgery.hours, surgery.postcode) == ("Mo-Fr 08:30-18:00", "G22 6LJ")


def test_hours_and_own_words_that_cannot_go_out_say_why(admin):
    bring_in(admin, "practice", PHS, provider=a_provider().pk, only_glasgow="on")
    bad = (
        "PracticeCode,Opening hours,Own words\n40001,half eight to six,\n40002,,Reply STOP to us\n"
    )
    why = reasons(preview(admin, "practice", bad))
    assert "Write hours like Mo-Fr" in why[2] and "Leave out STOP" in why[3]


def test_branches_come_as_a_list_and_a_row_without_a_name_is_the_surgery(admin):
    practice = a_practice(code="40001")
    text = (
        "practice,name,address,postcode,hours\n"
        "40001,,138 Balmore Road,g226lj,Mo-Fr 08:30-18:00\n"
        '40001,Balornock branch,7 Wallacewell Road,G21 3AB,"Tu,Th 09:00-12:00"\n'
    )
    bring_in(admin, "site", text)
    surgery, branch = practice.sites.all()
    assert (surgery.is_branch, surgery.postcode) == (False, "G22 6LJ")
    assert (branch.is_branch, branch.hours) == (True, "Tu,Th 09:00-12:00")
    again = preview(admin, "site", text).content.decode()
    assert "is here already" in again
    bad = "practice,name,postcode,hours\n49999,A branch,,\n40001,B branch,Govan,\n40001,,,all day\n"
    why = reasons(preview(admin, "site", bad))
    assert "No practice has the code 49999" in why[2]
    assert "“Govan” is not a postcode" in why[3] and "cannot be read" in why[4]


def test_each_bad_row_says_its_line_and_why(admin):
    page = preview(
        admin,
        "practice",
        "PracticeCode,GPPracticeName,Postcode,TelephoneNumber,Provider\n"
        "40001,Fine Practice,G22 6LJ,0141 496 0201,A Provider\n"
        ",No Code Practice,G22 6LJ,0141 496 0202,A Provider\n"
        "40003,,Govan,ring us,A Provider\n"
        "40001,Twice Practice,G22 6LJ,0141 496 0204,A Provider\n"
        "40005,Unknown Provider Practice,G22 6LJ,0141 496 0205,Nobody\n"
        "40006,No Provider Practice,G22 6LJ,0141 496 0206,\n"
        f"{'4' * 11},Long Code Practice,G22 6LJ,0141 496 0207,A Provider\n",
        provider=a_provider().pk and "",
    )
    why = reasons(page)
    assert set(why) == {3, 4, 5, 6, 7, 8}
    assert "No practice code" in why[3]
    assert "No name" in why[4] and "“Govan” is not a postcode" in why[4]
    assert "“ring us” is not a telephone number" in why[4]
    assert "stands in the file twice" in why[5]
    assert "No provider is called “Nobody”" in why[6]
    assert "No provider: name one" in why[7]
    assert "10 characters" in why[8]
    shown = page.content.decode()
    assert "Nothing is imported: 6 rows need mending" in shown
    assert shown.count("“ring us” is not a telephone number") == 1
    assert "confirm_form" not in page.context
    assert not Practice.objects.exists()


def test_the_first_seven_practices_lack_what_a_text_service_needs(admin):
    why = reasons(preview(admin, "practice", FIRST_SEVEN, provider=a_provider().pk))
    assert set(why) == {2, 3}
    assert "No practice code" in why[2] and "No telephone number" in why[2]
    assert "postcode" not in why[2]  # the neighbourhood is enough


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("a,b\n1,2\n", "no column PracticeCode"),
        (b"PracticeCode,GPPracticeName\n1,Caf\xe9\n", "CSV UTF-8"),
    ],
    ids=["other columns", "another encoding"],
)
def test_a_file_that_is_no_practice_list_says_so(file, says, admin):
    assert says in preview(admin, "practice", file).content.decode()


def test_nothing_is_half_imported_when_a_row_turns_bad_after_the_preview(admin):
    provider = Provider.objects.create(name="Soon Gone")
    text = (
        "PracticeCode,GPPracticeName,Postcode,TelephoneNumber,Provider\n"
        "40001,First Practice,G22 6LJ,0141 496 0201,A Provider\n"
        "40002,Second Practice,G22 6LJ,0141 496 0202,Soon Gone\n"
    )
    a_provider("A Provider")
    page = preview(admin, "practice", text)
    provider.delete()
    answer = confirm(admin, "practice", page)
    assert answer.status_code == 422
    assert "Nothing was imported" in answer.content.decode()
    assert not Practice.objects.exists()


def test_what_was_imported_is_in_the_audit_log(admin):
    bring_in(admin, "practice", PHS, provider=a_provider().pk, only_glasgow="on")
    entries = AuditEntry.objects.filter(action=Action.ADMINISTER, details="Imported: new")
    assert {entry.reference for entry in entries} == {
        f"practice {practice}"[:40] for practice in Practice.objects.all()
    }


def test_link_workers_come_with_their_accounts_practices_and_themes(admin):
    practices = [a_practice(code="40001"), a_practice(code="40002")]
    a_theme("asylum")
    text = (
        "email,name,provider,practices,theme\n"
        "Sam@example.test,Sam Reid,A Provider,40001 40002,\n"
        "leila@example.test,Leila Haddad,A Provider,,asylum\n"
    )
    page = preview(admin, "linkworker", text)
    assert not Person.objects.filter(username="sam@example.test").exists()
    confirm(admin, "linkworker", page)
    sam, leila = LinkWorker.objects.order_by("-name")
    assert set(sam.practices.all()) == set(practices)
    assert (sam.user.username, sam.user.has_usable_password()) == ("sam@example.test", False)
    assert leila.is_thematic and leila.theme_id == "asylum"


def test_link_workers_come_with_their_days(admin):
    a_practice(code="40001"), a_practice(code="40002")
    given = (
        "email,name,provider,practices,days\nsam@example.test,Sam Reid,A Provider,40001 40002,{}\n"
    )
    bring_in(admin, "linkworker", given.format('"40001 Mo, Wednesday"'))
    sam = LinkWorker.objects.get()
    days = dict(sam.days_at_practices.values_list("practice__code", "days"))
    assert days == {"40001": ["monday", "wednesday"], "40002": []}
    assert (
        "is here already"
        in preview(admin, "linkworker", given.format("40001 Mo We")).content.decode()
    )
    bring_in(admin, "linkworker", given.format("40001 Mo; 40002 Th"))
    days = dict(sam.days_at_practices.values_list("practice__code", "days"))
    assert days == {"40001": ["monday"], "40002": ["thursday"]}
    for cell, says in (("49999 Mo", "none of the practices"), ("40001 Sunday", "names no days")):
        assert says in reasons(preview(admin, "linkworker", given.format(cell)))[2]


def test_a_list_without_days_leaves_them_alone(admin):
    practice = a_practice(code="40001")
    text = "email,name,provider,practices\nsam@example.test,{},A Provider,40001\n"
    bring_in(admin, "linkworker", text.format("Sam Reid"))
    practice.days_of_link_workers.update(days=["friday"])
    bring_in(admin, "linkworker", text.format("Sam Reid-Orr"))
    assert practice.days_of_link_workers.get().days == ["friday"]


def test_a_bad_row_of_link_workers_says_why(admin):
    a_practice(code="40001")
    page = preview(
        admin,
        "linkworker",
        "email,name,provider,practices,theme\n"
        "no email,,,,\n"
        "sam@example.test,Sam Reid,A Provider,40001 49999,\n"
        "leila@example.test,Leila Haddad,A Provider,,nothing\n",
    )
    why = reasons(page)
    assert "not an email" in why[2] and "No name" in why[2] and "No provider" in why[2]
    assert "No practice has the code 49999" in why[3]
    assert "No theme is called “nothing”" in why[4]
    assert not Person.objects.filter(username="sam@example.test").exists()


def test_contact_numbers_come_with_the_practices_that_share_them(admin):
    a_practice(code="40001"), a_practice(code="40002")
    bring_in(admin, "contactnumber", "number,practices\n07700 900101,40001;40002\n")
    number = ContactNumber.objects.get(e164="+447700900101")
    assert {practice.code for practice in number.practices.all()} == {"40001", "40002"}
    why = reasons(preview(admin, "contactnumber", "number,practices\nnone,40001\n07700900102,\n"))
    assert "not a telephone number" in why[2] and "No practice" in why[3]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Balmore Practice", "Balmore Practice"),
        ("Doctors Example and Partners Medical Centre", "Drs Example & Partners"),
        ("Drs Treadgold, Duffy & Morley and others of Pollok", "Drs Treadgold, Duffy & Morley"),
    ],
)
def test_a_name_for_texts_is_short(name, short):
    assert shortened(name).startswith(short)
    assert len(shortened(name)) <= 30
