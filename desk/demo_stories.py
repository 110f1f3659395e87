"""Seven patients of the demo programme, each in a voice of their own.

A story holds what the patient writes. What is asked, and in which order, is for
SelfReferral to say; the words are those of domain.yml.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from social_prescribing.asked_needs import record_asked_needs
from social_prescribing.callback_moves import claim_callback
from social_prescribing.callback_requests import change_callback, request_callback
from social_prescribing.callback_work import record_try
from social_prescribing.callbacks import URGENT_WITHIN, AttemptResult
from social_prescribing.consent import Purpose, record_consent
from social_prescribing.conversations import (
    Channel,
    Direction,
    Inbound,
    Message,
    receive_message,
    send_reply,
)
from social_prescribing.days_there import end_of_promise
from social_prescribing.languages import ENGLISH
from social_prescribing.link_workers import LinkWorker
from social_prescribing.needs import in_patient_words
from social_prescribing.on_call import next_look
from social_prescribing.own_words import greeting
from social_prescribing.phone_numbers import show
from social_prescribing.places import find_place
from social_prescribing.practices import ContactNumber, Practice
from social_prescribing.promises import details_of, how_to_reach, promise_to, summary_of
from social_prescribing.safe_contact import is_private
from social_prescribing.safety_alerts import attach_to_callback, raise_safety_alert
from social_prescribing.segments import segments
from social_prescribing.self_referrals import SelfReferral
from social_prescribing.signposting import record_signposting
from social_prescribing.suggestions import one_line, suggest_supports
from social_prescribing.words import wording
from social_prescribing.working_time import next_working_moment, spoken


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
    on_behalf_of: str = ""
    claimed_by: str = ""  # sign-in
    attempts: list = field(default_factory=list)  # (result, note)


NAMED = 2  # as many supports as fit into one text with the offer of a call

STORIES = (
    Story(
        texted="+447700900101",
        practice="DEMO1",
        phone="+447700900211",
        ago=timedelta(hours=3, minutes=20),
        opening="awright pal am skint til thursday n the meters oot, been sittin in the dark "
        "since last night. dinny know who tae ask",
        needs=("energy", "money"),
        answers={
            "area": "possil, just aff saracen st",
            "want_callback": "aye go on then",
            "name": "Shug",
            "time": "no before 10 a drop the wean aff",
            "voicemail": "aye nae bother",
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
        on_behalf_of="dad",
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
    """One story on its way through the real rules, asked as actions/questions.py asks."""

    def __init__(self, number, story):
        self.number, self.story = number, story
        self.practice = Practice.objects.get(code=story.practice)
        self.referral = SelfReferral(
            phone=story.phone, language=story.language, on_behalf_of=story.on_behalf_of or None
        )
        self.asked_at = timezone.now() - story.ago
        self.callback, self.texts = None, 0

    def tell(self):
        message = self._receive(self.story.opening)
        before = self._read_opening(message)
        while asks := self.referral.next_question():
            self._reply(message, asks, before=before)
            message, before = self._receive(self._answer_to(asks)), ""
            self._read(message, asks)
        bland = "__bland" if is_private(self.callback) else ""
        send_reply(message, _words(f"confirmed{bland}", reference=self.callback.reference))
        _make_older(self.callback, self.story.ago)
        self._follow_up()

    def _receive(self, text):
        self.texts += 1
        inbound = Inbound(
            channel=Channel.SIMULATED_SMS,
            address=self.story.phone,
            text=text,
            provider_id=f"demo-{self.number}-{self.texts}",
            contact_number=ContactNumber.objects.get(e164=self.story.texted),
        )
        message = receive_message(inbound)[0]
        # Told here; a bot that runs beside must not answer it again.
        message.answered_at = timezone.now()
        message.save(update_fields=["answered_at"])
        return message

    def _read_opening(self, message):
        """Returns what is said before the first question."""
        conversation, triage = message.conversation, self._triage(self.story.needs)
        if conversation.practice:
            self.referral.practice = conversation.practice.code
        if self.story.safety:
            self.referral.notice_danger(message.text, triage)
            raise_safety_alert(conversation, kind=self.story.safety, words=message.text)
            return _words(f"danger_{self.story.safety}")
        self.referral.take(message.text, asks="", intent="tell_need", triage=triage)
        return self._greeting(conversation)

    def _read(self, message, asks):
        self.referral.take(message.text, asks=asks, intent="", triage=self._triage(()))
        if asks == "practice":
            self.referral.practice = self.practice.code
        if asks == "voicemail":
            change_callback(self.callback, voicemail_ok=self.referral.voicemail)
        elif self.referral.is_ready:
            self._queue(message.conversation)
        if asks == "confirm":
            self._record_agreement(message.conversation, asks)

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

    def _reply(self, message, asks, *, before):
        """Ask, and say before it what fits into one text with it, or else in a text of its own."""
        variation, gaps = self._wording(message.conversation, asks)
        gaps |= {"reach": how_to_reach(self.referral)}
        question = _words(f"ask_{asks}" + (f"__{variation}" if variation else ""), **gaps)
        if before and segments(f"{before}\n{question}") == 1:
            question = f"{before}\n{question}"
        elif before:
            send_reply(message, before)
        send_reply(message, question, asks=asks)

    def _wording(self, conversation, asks):
        """`(variation, gaps)` of a question."""
        referral, phone = self.referral, show(self.story.phone)
        if asks == "area":
            return "first", {}
        if asks == "want_callback":
            return self._offer(conversation)
        if asks == "safe_contact":
            kind = "how" if referral.is_safe is False else "for" if referral.on_behalf_of else ""
            return kind, {"phone": phone, "whom": referral.on_behalf_of}
        if asks == "voicemail":
            return "queued", self._promise()
        if asks == "confirm" and is_private(self.callback):
            return "queued_bland", self._promise() | {
                "phone": phone,
                "details": details_of(referral),
            }
        if asks == "confirm" and referral.safe_contact is None:
            return "rest", {"noted": details_of(referral)}
        practices = self._practice_name(conversation) + "?"
        return "", {
            "name": referral.name,
            "practices": practices,
            "summary": summary_of(referral),
        }

    def _offer(self, conversation):
        needs = in_patient_words(self.referral.needs[:2])
        if self.referral.safety:
            return "danger", {"looks": next_look(self.practice, self.asked_at)}
        supports = self._name_supports(conversation)
        return "" if supports else "no_supports", {"needs": needs, "supports": supports}

    def _name_supports(self, conversation):
        self.referral.supports_offered = True
        near = find_place(self.referral.area)
        found = suggest_supports(self.referral.needs, near, limit=NAMED, unchecked_too=True)
        record_asked_needs(conversation, self.referral.needs)
        record_signposting(conversation, found)
        return "\n".join(map(one_line, found))

    def _promise(self):
        due = spoken(self.callback.due_by, now=self.asked_at)
        return promise_to(self.callback) | {"due": due}

    def _greeting(self, conversation):
        only = conversation.contact_number.only_practice
        return greeting(self._practice_name(conversation), only.own_words if only else "")

    def _practice_name(self, conversation):
        practices = conversation.contact_number.practices.all()
        return " or ".join(practice.name_for_texts for practice in practices)

    def _queue(self, conversation):
        """Enough is known; what is asked after it changes the call that is queued."""
        self.callback = request_callback(conversation, self.referral.to_request(self.practice))
        self.callback.due_by = _due_by(self.callback, self.asked_at)
        attach_to_callback(conversation, self.callback)
        self.referral.is_queued = True
        self._record_agreement(conversation, "want_callback")

    def _record_agreement(self, conversation, asks):
        asked = conversation.messages.filter(asks=asks).last()
        yes = conversation.messages.filter(direction=Direction.INBOUND, pk__gt=asked.pk).first()
        record_consent(conversation, purpose=Purpose.CALLBACK, wording=asked.text, answer=yes.text)

    def _follow_up(self):
        if not self.story.claimed_by:
            return
        link_worker = LinkWorker.objects.get(user__username=self.story.claimed_by)
        claim_callback(self.callback, link_worker=link_worker)
        for result, note in self.story.attempts:
            record_try(self.callback, link_worker=link_worker, result=result, note=note)


def _words(response, **gaps):
    """What the bot would say."""
    return wording(f"utter_{response}", **gaps)


def _make_older(callback, ago):
    """Move a story into the past."""
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
    callback.save(update_fields=["requested_at", "due_by"])


def _due_by(callback, requested_at):
    if callback.is_urgent:
        return next_working_moment(requested_at) + URGENT_WITHIN
    practice = callback.practice
    return end_of_promise(practice, requested_at, days=practice.callback_within_days)
