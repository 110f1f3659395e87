"""Random walks: patients who open, answer, interrupt and correct themselves in any order.

Each walk is a patient made up from a seed, so that one which goes wrong can be walked
again. They speak through the trained model and the real channel code. What must hold in
every conversation is checked as it goes; how the walks went as a whole is counted.
"""

import random
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from statistics import median

import yaml

from social_prescribing.callbacks import Status
from social_prescribing.conversations import Channel, Direction
from social_prescribing.safety_alerts import SafetyAlert
from social_prescribing.segments import segments as segments_of
from tests.conversations.player import Player

PHRASES = Path(__file__).with_name("walks") / "phrases.yml"
MOST_TURNS = 30

# How often a patient does what.
WANTS_CALL, GREETS_FIRST, TELLS_ALL_AT_ONCE = 0.85, 0.25, 0.15
INTERRUPTS, CORRECTS, SAYS_DANGER, SAYS_MORE_AFTER = 0.12, 0.10, 0.05, 0.3
BY_SMS = 0.7

# What one text may bring up again: the summary after a change, "how" after "not safe".
MAY_COME_AGAIN = {"confirm", "need", "safety_check", "feedback"}


@lru_cache
def phrases():
    return yaml.safe_load(PHRASES.read_text(encoding="utf-8"))


@dataclass
class Walk:
    """One patient's walk and what came of it."""

    seed: int
    player: Player
    wrong: list = field(default_factory=list)  # what did not hold, a sentence each
    answered: dict = field(default_factory=dict)  # asks → what the patient last meant
    said: dict = field(default_factory=dict)  # asks → the words they said it in
    danger: str | None = None
    is_cancelled: bool = False
    turns_until_queued: int | None = None
    state: dict = field(default_factory=dict)

    def __post_init__(self):
        self.random = random.Random(self.seed)
        self.wants_call = self.random.random() < WANTS_CALL
        self.interrupted_at = None

    # ------------------------------------------------------------- walking

    async def walk(self):
        """Walk to the end: the patient answers until nothing is asked, then may say more."""
        await self._open()
        while (asks := self.player.open_question) and len(self.player.said) < MOST_TURNS:
            await self._next(asks)
        if self.random.random() < SAYS_MORE_AFTER and self._is_queued():
            await self._say_afterwards()
        self._check_end()
        return self

    async def _open(self):
        opening = self._pick("openings")
        text = opening["says"]
        if self.random.random() < GREETS_FIRST:
            await self._send(self._pick("greetings"))
        if self.random.random() < TELLS_ALL_AT_ONCE and self.wants_call:
            area = self._answer("area")
            text += f". {area['says']}. can somebody ring me"
            self.answered["want_callback"] = True
        await self._send(text)
        self.answered["need"] = opening["needs"]

    async def _next(self, asks):
        roll = self.random.random()
        if self.danger is None and roll < SAYS_DANGER / 8:
            await self._say_danger()
        elif roll < INTERRUPTS and self.interrupted_at != asks:
            self.interrupted_at = asks
            await self._interrupt(asks)
        elif roll < INTERRUPTS + CORRECTS and self._may_correct():
            await self._correct(asks)
        else:
            await self._answer_it(asks)

    async def _answer_it(self, asks):
        if asks == "need":
            options = self.player.said[-1][1][-1].options
            await self._send(options[0] if options else self._pick("openings")["says"])
            return
        answer = self._answer(asks)
        await self._send(answer["says"])

    def _answer(self, asks):
        fitting = phrases()["answers"].get(asks)
        if fitting is None:
            self._fail(f"asked {asks!r}, to which nobody has an answer")
            return {"says": "yes", "means": True}
        if asks == "want_callback":
            fitting = [a for a in fitting if a["means"] is self.wants_call]
        answer = self.random.choice(fitting)
        self.said.pop(asks, None)  # the last one said stands last
        self.answered[asks], self.said[asks] = answer["means"], answer["says"]
        return answer

    async def _interrupt(self, asks):
        await self._send(self._pick("interruptions"))
        if self.player.open_question != asks:
            self._fail(f"after an interruption {asks!r} stands open no more")

    def _may_correct(self):
        return any(self.said.get(asks) for asks in ("area", "name"))

    async def _correct(self, asks):
        what = self.random.choice([a for a in ("area", "name") if self.said.get(a)])
        old = self.answered[what]
        other = [a for a in phrases()["answers"][what] if a["means"] != old]
        new = self.random.choice(other)["means"]
        last = next(reversed(self.said))
        # A lone star puts right what was said last.
        ways = [w for w in phrases()["corrections"][what] if last == what or w[0] != "*"]
        text = self.random.choice(ways)
        self.answered[what] = new
        await self._send(text.format(old=old, new=new))

    async def _say_danger(self):
        danger = self._pick("dangers")
        self.danger = danger["kind"]
        replies = await self._send(danger["says"])
        if not any("999" in reply.text for reply in replies):
            self._fail(f"danger was not answered: {danger['says']!r}")

    async def _say_afterwards(self):
        more = self._pick("afterwards")
        self.is_cancelled = more["cancels"]
        await self._send(more["says"])

    async def _send(self, text):
        was_open = self.player.open_question if self.player.said else None
        answered_before = dict(self.answered)
        replies = await self.player.send(text)
        if not 1 <= len(replies) <= 2:
            self._fail(f"{len(replies)} texts in a row after {text!r}")
        if any(not reply.text.strip() for reply in replies):
            self._fail(f"an empty text after {text!r}")
        asks = self.player.open_question
        answers_again = asks in answered_before and asks != was_open and asks not in MAY_COME_AGAIN
        if answers_again and asks not in ("area", "want_callback"):
            self._fail(f"{asks!r} is asked though it was answered")
        if asks and asks == was_open and asks not in MAY_COME_AGAIN and text == self.said.get(asks):
            self._fail(f"{asks!r} is asked again after the plain answer {text!r}")
        if self.turns_until_queued is None and self._is_queued():
            self.turns_until_queued = len(self.player.said)
        return replies

    def _pick(self, what):
        return self.random.choice(phrases()[what])

    # ------------------------------------------------------------- checking

    def _fail(self, why):
        self.wrong.append(why)

    def _open_callbacks(self):
        conversation = self.player.conversation_now()
        return list(conversation.callbacks.exclude(status=Status.CLOSED))

    def _is_queued(self):
        return bool(self._open_callbacks())

    def _check_end(self):
        callbacks = self._open_callbacks()
        if len(callbacks) > 1:
            self._fail("two callbacks are open")
        if self.player.open_question:
            self._fail(f"goes round in circles at {self.player.open_question!r}")
        elif self.wants_call and not callbacks and not self.is_cancelled:
            self._fail("a dead end: a call is wanted, none is queued and nothing is asked")
        if self.danger and not self._has_alert():
            self._fail("danger, and nobody was called in")
        if callbacks and not self.wants_call and not self.danger:
            self._fail("a call is queued that nobody wanted")
        if self.is_cancelled and callbacks:
            self._fail("a call stands that was cancelled")
        for unsaid in self._supports_never_said():
            self._fail(f"{unsaid!r} counts as named, and no text names it")
        if callbacks:
            self.state = self._differences(callbacks[0])

    def _supports_never_said(self):
        conversation = self.player.conversation_now()
        sent = conversation.messages.filter(direction=Direction.OUTBOUND)
        said = "\n".join(sent.values_list("text", flat=True))
        named = conversation.signpostings.values_list("support__name", flat=True)
        return [name for name in named if name not in said]

    def _has_alert(self):
        return SafetyAlert.objects.filter(conversation=self.player.conversation_now()).exists()

    def _differences(self, callback):
        """What the queue holds otherwise than the patient meant: name → (holds, meant)."""
        times = self.answered.get("time") or {}
        meant = {"name": self.answered.get("name"), "phone": self.answered.get("phone")}
        meant |= {"voicemail_ok": self.answered.get("voicemail")} | times
        meant |= {"area": self.answered.get("area")}
        differences = {}
        for name, wanted in meant.items():
            holds = getattr(callback, name)
            holds = f"{holds:%H:%M}" if hasattr(holds, "hour") else holds
            if wanted is not None and holds != wanted:
                differences[name] = (holds, wanted)
        return differences

    @property
    def completed(self):
        """Whether who wanted a call got into the queue."""
        return self.turns_until_queued is not None

    @property
    def segments_until_queued(self):
        """SMS segments up to the text that says the call is queued."""
        until = self.player.said[: self.turns_until_queued]
        return sum(segments_of(reply.text) for _, replies in until for reply in replies)

    @property
    def segments(self):
        """SMS segments of everything that the patient was sent."""
        sent = self.player.conversation_now().messages.filter(direction=Direction.OUTBOUND)
        return sum(segments_of(message.text) for message in sent)

    @property
    def transcript(self):
        return f"seed {self.seed}\n{self.player.transcript}"


async def walk(agent, contact_number, seed):
    """Walk one patient. Returns the Walk."""
    # Not from the walk's own chances, or who wants a call would nearly always text.
    by_sms = random.Random(f"channel of {seed}").random() < BY_SMS
    player = Player(
        agent=agent,
        address=f"+4477{seed:08}" if by_sms else f"session of walk {seed}",
        contact_number=contact_number if by_sms else None,
        channel=Channel.SIMULATED_SMS if by_sms else Channel.WEB,
    )
    return await Walk(seed, player).walk()


def report(walks):
    """Figures of many walks, a line each."""
    wanting = [w for w in walks if w.wants_call and not w.danger]
    done = [w for w in wanting if w.completed]
    kinds = Counter(why.partition(" after")[0] for w in walks for why in w.wrong)
    exactly = [w for w in done if not w.state]
    return {
        "conversations": len(walks),
        "completed, of those who want a call": len(done) / len(wanting),
        "patient turns until queued, median": median(w.turns_until_queued for w in done),
        "outbound segments until queued, median": median(w.segments_until_queued for w in done),
        "outbound segments in all, median": median(w.segments for w in done),
        "queued exactly as meant": len(exactly) / len(done),
        "conversations in which all holds": sum(not w.wrong for w in walks) / len(walks),
        "what did not hold": dict(kinds.most_common()),
    }
