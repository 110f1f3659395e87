"""Seven patients of the demo programme, each in a voice of their own.

A story holds what the patient writes. What is asked, in which order and in
which words is the bot's own doing: SelfReferral asks, domain.yml has the words.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from desk.spoken_times import spoken_moment
from social_prescribing.asked_needs import record_asked_needs
from social_prescribing.callback_moves import claim_callback
from social_prescribing.callback_requests import request_callback
from social_prescribing.callback_work import record_try
from social_prescribing.callbacks import URGENT_WITHIN, AttemptResult
from social_prescribing.consent import Purpose, record_consent
from social_prescribing.conversations import Channel, Inbound, Message, receive_message, send_reply
from social_prescribing.days_there import end_of_promise
from social_prescribing.languages import ENGLISH
from social_prescribing.link_workers import LinkWorker
from social_prescribing.needs import in_patient_words
from social_prescribing.on_call import next_look
from social_prescribing.own_words import greeting
from social_prescribing.phone_numbers import show
from social_prescribing.places import find_place
from social_prescribing.practices import ContactNumber, Practice
from social_prescribing.safety_alerts import attach_to_callback, raise_safety_alert
from social_prescribing.self_referrals import SelfReferral
from social_prescribing.signposting import record_signposting
from social_prescribing.suggestions import one_line, suggest_supports
from social_prescribing.words import wording
from social_prescribing.working_time import next_working_moment


@dataclass(frozen=True)
class Story:
    """What one made-up patient writes, and what happened since."""

    texted: str  # contact number
    practice: str  # practice code
    phone: str
    ago: timedelta
    opening: str
    needs: tuple
    answers: dict  # by what the bot asks
    safety: str = ""
    language: str = "en"
    claimed_by: str = ""  # sign-in
    attempts: list = field(default_factory=list)  # (result, note)


STORIES = (
    Story(
        texted="+447700900101",
        practice="DEMO1",
        phone="+447700900211",
        ago=timedelta(hours=3, minutes=20),
        opening="awright pal am skint til thursday n the meters oot, been sittin in the dark wi "
        "the wean since last night. dinny know who tae ask",
        needs=("energy", "money"),
        answers={
            "area": "possil, just aff saracen st",
            "want_callback": "aye go on then",
            "name": "Shug",
            "time": "no before 10 a drop the wean aff",
            "voicemail": "aye nae bother",
            "safe_contact": "aye it's just me n the wean",
            "confirm": "aye",
        },
    ),
    Story(
        texted="+447700900102",
        practice="DEMO2",
        phone="+447700900222",
        ago=timedelta(minutes=14),
        opening="he's smashed ma phone once already an he says next time he'll kill me. am in the "
        "bathroom the now wi the door locked",
        needs=("domestic_abuse",),
        safety="abuse_danger",
        answers={
            "want_callback": "yes please",
            "name": "Donna",
            "safe_contact": "yes but only while hes at his work, 10 to 2. "
            "if a man answers say its the dentist",
            "confirm": "yes",
        },
    ),
    Story(
        texted="+447700900101",
        practice="DEMO1",
        phone="+447700900233",
        ago=timedelta(hours=22),
        opening="السلام عليكم. My english small. Home Office send letter, I must leave flat in 28 "
        "days, me wife two children. I not understand where we go. Please help thank you",
        needs=("asylum_immigration", "homelessness"),
        language="ar",
        answers={
            "area": "G22",
            "want_callback": "yes please",
            "name": "Yahya",
            "time": "any day after 2, before i have english class",
            "voicemail": "no",
            "safe_contact": "yes",
            "confirm": "yes",
        },
    ),
    Story(
        texted="+447700900104",
        practice="DEMO4",
        phone="+447700900244",
        ago=timedelta(hours=5),
        opening="hiya idk if this is the right place lol but everyone at school hates me n i cant "
        "face goin in anymore. im 16. havent told any1",
        needs=("youth", "mental_wellbeing"),
        answers={
            "area": "easterhouse",
            "want_callback": "ok",
            "name": "Kayleigh",
            "time": "after 4 n not tuesdays",
            "voicemail": "no pls dont",
            "safe_contact": "no my mum picks up ma phone sometimes. txt me 1st pls",
            "safe_contact again": "text first then ring if i say its ok",
            "confirm": "yeh",
        },
    ),
    Story(
        texted="+447700900103",
        practice="DEMO3",
        phone="+447700900255",
        ago=timedelta(days=1, hours=4),
        opening="Good afternoon. My husband passed away in the spring and I find the days very "
        "long. I no longer see anybody from one week to the next. I should be glad of some "
        "company. Yours sincerely, Margaret Auld (Mrs)",
        needs=("loneliness", "bereavement"),
        answers={
            "area": "Drumchapel, near the shopping centre",
            "want_callback": "Yes, that would be kind.",
            "name": "Margaret Auld",
            "time": "Any morning would suit me very well.",
            "voicemail": "Yes, by all means.",
            "safe_contact": "Yes, I live alone.",
            "confirm": "Yes, that is correct.",
        },
        claimed_by="sam@demo.example",
        attempts=[
            (AttemptResult.VOICEMAIL_LEFT, "Left my first name and the number. Try before 11.")
        ],
    ),
    Story(
        texted="+447700900105",
        practice="DEMO5",
        phone="+447700900266",
        ago=timedelta(days=1, hours=7),
        opening="Hello, I am writing about my dad. He is 81 and cannot get up the stairs to the "
        "bath any more. I do everything for him after my shifts and I am exhausted. Is there any "
        "help?",
        needs=("carers", "disability"),
        answers={
            "area": "Castlemilk",
            "want_callback": "Yes please",
            "practice": "Castlemilk",
            "name": "Imran",
            "time": "Mondays or Thursdays before 1pm",
            "voicemail": "Yes that's fine",
            "safe_contact": "Yes",
            "confirm": "Yes",
        },
        claimed_by="catriona@demo.example",
        attempts=[(AttemptResult.NO_ANSWER, "")],
    ),
    Story(
        texted="+447700900105",
        practice="DEMO6",
        phone="+447700900277",
        ago=timedelta(hours=8, minutes=40),
        opening="hi there is black mould aw over the weans room n she is coughin every nite. "
        "factor says its condensation. been on at them since jan, nobody listens",
        needs=("housing",),
        answers={
            "area": "the gorbals",
            "want_callback": "yes",
            "practice": "gorbals",
            "name": "Chantelle",
            "time": "anytime, im aff the now",
            "voicemail": "aye",
            "safe_contact": "aye",
            "confirm": "yes",
        },
    ),
)


def tell_demo_stories():
    """Write every story that is not there yet."""
    for number, story in enumerate(STORIES, start=1):
        first_id = f"demo-{number}-1"
        if not Message.objects.filter(channel=Channel.SIMULATED_SMS, provider_id=first_id).exists():
            _Telling(number, story).tell()


class _Telling:
    """One story on its way through the real rules."""

    def __init__(self, number, story):
        self.number, self.story = number, story
        self.practice = Practice.objects.get(code=story.practice)
        self.referral = SelfReferral(phone=story.phone, language=story.language)
        self.texts = 0

    def tell(self):
        message = self._receive(self.story.opening)
        self._read_opening(message)
        while asks := self.referral.next_question():
            self._reply(message, asks)
            text = self._answer_to(asks)
            message = self._receive(text)
            self._read(text, asks)
        callback = self._queue(message)
        _make_older(callback, self.story.ago)
        self._follow_up(callback)

    def _receive(self, text):
        self.texts += 1
        inbound = Inbound(
            channel=Channel.SIMULATED_SMS,
            address=self.story.phone,
            text=text,
            provider_id=f"demo-{self.number}-{self.texts}",
            contact_number=ContactNumber.objects.get(e164=self.story.texted),
        )
        return receive_message(inbound)[0]

    def _read_opening(self, message):
        conversation, triage = message.conversation, self._triage(self.story.needs)
        if conversation.practice:
            self.referral.practice = conversation.practice.code
        send_reply(message, self._greeting(conversation))
        if self.story.safety:
            self.referral.notice_danger(message.text, triage)
            send_reply(message, _words(f"danger_{self.story.safety}"))
            raise_safety_alert(conversation, kind=self.story.safety, words=message.text)
        else:
            self.referral.take(message.text, asks="", intent="tell_need", triage=triage)

    def _read(self, text, asks):
        self.referral.take(text, asks=asks, intent="", triage=self._triage(()))
        if asks == "practice":
            self.referral.practice = self.practice.code

    def _triage(self, needs):
        danger = {
            "id": self.story.safety or "none",
            "act": "alarm" if self.story.safety else "none",
        }
        found = [{"id": need, "confidence": 1.0} for need in needs]
        return {"needs": found, "unsure_between": [], "safety": danger, "language": ENGLISH}

    def _answer_to(self, asks):
        if asks == "safe_contact" and self.referral.is_safe is False:
            return self.story.answers["safe_contact again"]
        return self.story.answers[asks]

    def _reply(self, message, asks):
        gaps = {
            "needs": in_patient_words(self.referral.needs[:2]),
            "practices": self._practice_name(message.conversation) + "?",
            "name": self.referral.name,
            "phone": show(self.story.phone),
            "summary": self._summary(),
            "supports": "",
            "looks": next_look(self.practice, timezone.now() - self.story.ago),
        }
        if self.referral.supports_are_due:
            gaps["supports"] = self._name_supports(message.conversation)
        variation = self._variation(asks, gaps["supports"])
        send_reply(message, _words(f"ask_{asks}{variation}", **gaps), asks=asks)

    def _variation(self, asks, supports):
        if asks == "want_callback":
            return "__danger" if self.referral.safety else "" if supports else "__no_supports"
        return "__how" if asks == "safe_contact" and self.referral.is_safe is False else ""

    def _summary(self):
        about = in_patient_words(self.referral.needs[:2])
        when = self.story.answers.get("time", "as soon as we can")
        return f"{self.referral.name}, {show(self.story.phone)}\nRing: {when}\nAbout: {about}"

    def _name_supports(self, conversation):
        self.referral.supports_offered = True
        near = find_place(self.referral.area or self.practice.neighbourhood)
        suggestions = suggest_supports(self.referral.needs, near, unchecked_too=True)
        record_asked_needs(conversation, self.referral.needs)
        record_signposting(conversation, suggestions)
        return "\n".join(f"- {one_line(suggestion)}" for suggestion in suggestions)

    def _greeting(self, conversation):
        only = conversation.contact_number.only_practice
        return greeting(self._practice_name(conversation), only.own_words if only else "")

    def _practice_name(self, conversation):
        practices = conversation.contact_number.practices.all()
        return " or ".join(practice.name_for_texts for practice in practices)

    def _queue(self, message):
        conversation = message.conversation
        asked = conversation.messages.filter(asks="confirm").last()
        callback = request_callback(conversation, self.referral.to_request(self.practice))
        attach_to_callback(conversation, callback)
        record_consent(
            conversation, purpose=Purpose.CALLBACK, wording=asked.text, answer=message.text
        )
        send_reply(
            message,
            _words(
                "queued__urgent" if callback.is_urgent else "queued",
                name=callback.name,
                who="A link worker",
                rings_from=self.practice.shown_rings_from,
                due=spoken_moment(_due_by(callback, timezone.now() - self.story.ago)),
                reference=callback.reference,
            ),
        )
        return callback

    def _follow_up(self, callback):
        if not self.story.claimed_by:
            return
        link_worker = LinkWorker.objects.get(user__username=self.story.claimed_by)
        claim_callback(callback, link_worker=link_worker)
        for result, note in self.story.attempts:
            record_try(callback, link_worker=link_worker, result=result, note=note)


def _words(response, **gaps):
    """What the bot would say."""
    return wording(f"utter_{response}", **gaps)


def _make_older(callback, ago):
    """Move a story into the past, with the due time that it would have had."""
    conversation, now = callback.conversation, timezone.now()
    messages = list(conversation.messages.all())
    for number, message in enumerate(messages):
        message.written_at = now - ago - timedelta(seconds=25 * (len(messages) - number))
    Message.objects.bulk_update(messages, ["written_at"])
    started = messages[0].written_at
    type(conversation).objects.filter(pk=conversation.pk).update(started_at=started)
    conversation.signpostings.update(named_at=started)
    conversation.consents.update(given_at=now - ago)
    conversation.safety_alerts.update(raised_at=started)
    callback.events.update(happened_at=now - ago)
    callback.requested_at = now - ago
    callback.due_by = _due_by(callback, callback.requested_at)
    callback.save(update_fields=["requested_at", "due_by"])


def _due_by(callback, requested_at):
    if callback.is_urgent:
        return next_working_moment(requested_at) + URGENT_WITHIN
    practice = callback.practice
    return end_of_promise(practice, requested_at, days=practice.callback_within_days)
