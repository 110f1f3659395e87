"""A morning at the desk, built through the real rules: every page of it in every state."""

from datetime import date, time, timedelta
from functools import cached_property

from django.apps import apps
from django.test import Client
from django.utils import timezone

from desk.invitations import invitation_path
from social_prescribing.callback_work import finish_callback, record_try
from social_prescribing.callbacks import AttemptResult, Callback, Outcome, Status
from social_prescribing.caseloads import hand_over
from social_prescribing.conversations import Channel
from social_prescribing.digests import switch_token
from social_prescribing.gaps import Kind, Why
from social_prescribing.inbox import MOST_TRIES, Reply, record_failed_try, texts_to_answer
from social_prescribing.link_workers import Absence, DaysAtPractice
from social_prescribing.on_call import OnCallContact
from social_prescribing.outbox import Failure, claim_message, record_not_sent, send_text
from social_prescribing.patient_texts import write_to_patient
from social_prescribing.places import find_place
from social_prescribing.safety_alerts import (
    close_safety_alert,
    own_safety_alert,
    raise_safety_alert,
    take_safety_step,
)
from social_prescribing.signposting import record_signposting
from social_prescribing.staff import Role
from social_prescribing.staff_referrals import refer_patient
from social_prescribing.suggestions import suggest_supports
from social_prescribing.support_changes import note_added
from social_prescribing.support_checks import CheckAnswer, record_check
from tests.desk.routes import GIVEN, every_route
from tests.factories import (
    a_callback,
    a_contact_number,
    a_link_worker,
    a_message,
    a_practice,
    a_staff_member,
    a_theme,
    a_user,
    some_gaps,
)

POSSIL = find_place("Possilpark")
THURSDAY_TEN = "2026-11-26 10:00"


class DeskWorld:
    """Link workers, their callbacks in every state, and the pages to look at."""

    def __init__(self):
        self.practice = a_practice(
            name="Possil Practice", name_for_texts="Possil Practice", neighbourhood="Possilpark"
        )
        self.govan = a_practice(name="Govan Practice", provider=self.practice.provider)
        a_contact_number(self.practice)
        self.sam = a_link_worker(self.practice, self.govan, name="Sam Reid")
        self.morag = a_link_worker(self.practice, name="Morag Sinclair")
        self.reception = a_staff_member(Role.PRACTICE_STAFF, self.practice)
        self.stops_email = switch_token(self.reception)
        self.lead = a_staff_member(Role.PROVIDER_LEAD, provider=self.practice.provider)
        self.programme_lead = a_staff_member(Role.PROGRAMME_LEAD)
        self.administrator = a_staff_member(Role.ADMINISTRATOR)
        self.invited = a_user()
        a_theme()
        self._practice()
        self._queue()
        self._caseload()
        self._alerts()
        self._texts()
        self._asked_for_before()
        self._gaps()

    def _practice(self):
        """What an administrator tells of a practice."""
        self.practice.own_words = "Sam and Morag are our link workers."
        self.practice.save()
        self.practice.sites.create(postcode="G22 6LJ", hours="Mo-Fr 08:30-18:00")
        self.practice.sites.create(is_branch=True, name="Balornock branch", hours="Tu 09:00-12:00")
        DaysAtPractice.objects.filter(link_worker=self.morag).update(days=["monday", "tuesday"])
        OnCallContact.objects.create(
            practice=self.practice, name="Dr Ahmed", email="ahmed@example.test"
        )

    def _queue(self):
        self.waiting = self._callback("Wee Jeanie", "am pure skint hen and theres nae food in")
        self._callback(
            "Donna", "he has ma keys and ma phone", needs=("domestic_abuse",), is_urgent=True,
            safety="abuse_danger", is_safe_to_ring=False, safe_contact="txt first, he reads it",
        )  # fmt: skip
        self._callback(
            "Amal", "انا بحاجة الى طعام لاطفالي", needs=("food",), language="ar", interpreter=True,
            practice=self.govan, time_preference="morning", time_words="mornings",
        )  # fmt: skip
        refer_patient(
            practice=self.practice, name="Mrs McLeish", phone="0141 496 0555", needs=["loneliness"],
            words="on her own since her sister died", referred_by="Reception",
        )  # fmt: skip

    def _caseload(self):
        mine = {"status": Status.CLAIMED, "link_worker": self.sam}
        self.fresh = self._callback("Shug", "the meter's oot again", not_before=time(9), **mine)
        supports = suggest_supports(["food", "energy"], None)
        record_signposting(self.fresh.conversation, supports)
        self.later = self._callback(
            "Elspeth", "naebody to talk to", needs=("loneliness",), time_preference="afternoon",
            time_words="afternoons", voicemail_ok=True, **mine,
        )  # fmt: skip
        self.unsafe = self._callback(
            "Kirsty", "he counts every penny", needs=("money",), is_safe_to_ring=False,
            safe_contact="only while hes at work, after 9", not_before=time(9), **mine,
        )  # fmt: skip
        self.child = self._callback("Kayleigh", "feel dead low at school", age=14, **mine)
        self.tried = self._callback("Tam", "they've stopped ma benefits", **mine)
        record_try(self.tried, link_worker=self.sam, result=AttemptResult.NO_ANSWER)
        self.reached = self._callback("Rab", "nae food in", needs=("food",), area="G22", **mine)
        record_signposting(self.reached.conversation, suggest_supports(["food"], None))
        record_try(self.reached, link_worker=self.sam, result=AttemptResult.REACHED)
        self.texting = self._callback("Bridie", "damp in the wean's room", **mine)
        write_to_patient(self.texting, "Is the landlord the council?", link_worker=self.sam)
        a_message("naw its private", address=self.texting.conversation.address)
        self.closed = self._callback("Ena", "ma pension's short", **mine)
        finish_callback(
            self.closed, link_worker=self.sam, outcome=Outcome.REACHED,
            supports=[support.support for support in supports], follow_up_on=date(2026, 12, 10),
        )  # fmt: skip
        given = self._callback("Jim", "lost ma job", status=Status.CLAIMED, link_worker=self.morag)
        hand_over(given, link_worker=self.morag, to=self.sam, note="Likes to be rung after two")
        Absence.objects.create(
            link_worker=self.sam, first_day=date(2026, 12, 1), last_day=date(2026, 12, 4),
            covered_by=self.morag,
        )  # fmt: skip

    def _alerts(self):
        self.alert = raise_safety_alert(
            self.fresh.conversation, kind="suicide_self_harm", words="I cant go on anymore"
        )
        own_safety_alert(self.alert, link_worker=self.morag)
        take_safety_step(self.alert, what="Rang, no answer", link_worker=self.morag)
        self.closed_alert = raise_safety_alert(
            self.tried.conversation, kind="abuse_danger", words="he is at the door"
        )
        close_safety_alert(
            self.closed_alert, link_worker=self.sam, note="She is at her sister's", reason="safe"
        )

    def _texts(self):
        """One that the bot could not answer, one that did not arrive."""
        unanswered = a_message("ma unlikely words", practice=self.practice).conversation
        for _ in range(MOST_TRIES):
            record_failed_try(texts_to_answer(unanswered.pk), fallback=Reply("Sorry"))
        lost = a_message(practice=self.practice, channel=Channel.SMS, address="+447700900123")
        sent = send_text(lost.conversation, "A link worker will ring at 2.")
        claim_message(sent)
        record_not_sent(sent, Failure.UNREACHABLE, code=30003)

    def _asked_for_before(self):
        """What figures are counted from: needs of other weeks, and a support that changed."""
        last_week = timezone.now() - timedelta(weeks=1)
        for days in range(6):
            asked = last_week - timedelta(days=days)
            asker = self._callback(f"Asker {days}", "nae food in", needs=("food",))
            Callback.objects.filter(pk=asker.pk).update(requested_at=asked)
            asker.attempts.create(
                link_worker=self.sam, result=AttemptResult.NO_ANSWER, rung_at=asked
            )
        near, other, new = (one.support for one in suggest_supports(["food"], POSSIL))
        note_added([new])
        record_check(near, CheckAnswer.WAITING_LIST, checked_by="Pat", weeks=6)
        record_check(other, CheckAnswer.CLOSED, checked_by="Pat")

    def _gaps(self):
        some_gaps(34, "transport", "G22", practice=self.practice, things=["hospital_lift"])
        some_gaps(16, "transport", "G51", practice=self.govan, beside=["money", "disability"])
        some_gaps(9, "youth", "G51", practice=self.govan, why=Why.FULL)
        some_gaps(7, "asylum_immigration", "G21", kind=Kind.HINDERED, why=Why.ENGLISH)
        some_gaps(3, "food", "G15", practice=self.practice, why=Why.SHUT)

    def _callback(self, name, words, **given):
        practice = given.pop("practice", self.practice)
        conversation = a_message(words, practice=practice).conversation
        return a_callback(
            name=name, words=words, practice=practice, conversation=conversation, **given
        )

    @cached_property
    def pages(self):
        """Name → (who looks, address): every state, and every page of the URLs beside."""
        pages = dict(self.states)
        named = {path for _, path in pages.values()}
        for route, path in every_route(self._fill):
            if path not in named and (who := self._who_gets_a_page(path)):
                pages[route.replace(":", "-")] = (*who, path)
        return pages

    def _fill(self, route):
        """What fills an address of this route: something that is there."""
        given = GIVEN | {"reference": self.fresh.reference, "number": self.alert.pk}
        if route.startswith("admin:social_prescribing_"):
            noun = route.split("_")[2]
            given["object_id"] = apps.get_model("social_prescribing", noun).objects.first().pk
        return given

    def _who_gets_a_page(self, path):
        """The first who is answered with a page there, in a tuple; () where nobody is."""
        for who in (None, self.sam, self.reception, self.programme_lead, self.administrator):
            client = Client()
            if who is not None:
                client.force_login(getattr(who, "user", who))
            answer = client.get(path)
            if answer.status_code == 200 and b"<html" in answer.getvalue():
                return (who,)
        return ()

    @property
    def states(self):
        """Name → (who looks, address) of pages that have something to show."""
        sam = self.sam
        of = "/callbacks/{}/".format
        practice = f"/administration/social_prescribing/practice/{self.practice.pk}/change/"
        return {
            "queue": (sam, "/"),
            "queue-filtered": (sam, "/?need=food&due=urgent"),
            "queue-of-one-need": (sam, "/?need=food"),
            "search-found": (sam, "/search/?q=Ena"),
            "search-nothing": (sam, "/search/?q=nobody+like+this"),
            "caseload": (sam, "/caseload/"),
            "caseload-empty": (self.morag, "/caseload/"),
            "callback-waiting": (sam, of(self.waiting.reference)),
            "callback-fresh": (sam, of(self.fresh.reference)),
            "callback-not-now": (sam, of(self.later.reference)),
            "callback-unsafe": (sam, of(self.unsafe.reference)),
            "callback-of-a-child": (sam, of(self.child.reference)),
            "callback-tried": (sam, of(self.tried.reference)),
            "callback-reached": (sam, of(self.reached.reference)),
            "callback-texting": (
                sam,
                of(self.texting.reference) + "?template=utter_desk_ask_time",
            ),
            "callback-closed": (sam, of(self.closed.reference)),
            "call-sheet": (sam, of(self.fresh.reference) + "sheet/"),
            "add-person": (sam, "/add/"),
            "add-person-reception": (self.reception, "/add/"),
            "out-there": (self.reception, "/out-there/"),
            "out-there-of-several": (sam, f"/out-there/?practice={self.govan.code}"),
            "out-there-email": (self.reception, "/out-there/email/"),
            "account-reception": (self.reception, "/account/"),
            "stop-email": (self.reception, f"/out-there/email/stop/{self.stops_email}/"),
            "posters": (self.reception, "/posters/"),
            "posters-draft": (
                sam,
                f"/posters/?practice={self.practice.code}&language=ur&size=card",
            ),
            "posters-no-number": (sam, f"/posters/?practice={self.govan.code}"),
            "safety": (sam, "/safety/"),
            "safety-alert": (sam, f"/safety/{self.alert.pk}/"),
            "safety-alert-closed": (sam, f"/safety/{self.closed_alert.pk}/"),
            "gaps": (self.programme_lead, "/gaps/"),
            "gaps-of-one-need": (self.lead, "/gaps/?need=transport"),
            "gaps-nothing": (self.programme_lead, "/gaps/?need=legal"),
            "new-password": (None, invitation_path(self.invited)),
            "new-password-too-late": (None, "/sign-in/new/MQ/set-password/"),
            "practice": (self.administrator, practice),
            "practice-with-empty-rows": (self.administrator, practice + "?empty_rows"),
            "refused": (self.reception, "/caseload/"),
            "not-found": (sam, "/callbacks/BL-NONE/"),
        }
