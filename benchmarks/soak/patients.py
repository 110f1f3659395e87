"""The patients of the soak: each texts, waits for the answer, and goes on to a queued callback."""

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from tests.providers.twilio import NoAnswer
from tests.providers.twilio_wire import inbound_form

# From the first words to a queued callback, and a word of thanks; with what stands in the last
# text of each answer, as an answer may take two.
SAYS = (
    (
        "this is Shug, ma leccy meter is empty, am in G22, can someone phone me any time",
        "is a voicemail OK?",
    ),
    ("naw", "Is that right?"),
    ("aye", "Your reference is"),
    ("aye", ""),
    ("thanks hen", ""),
)
# A provider's own patience with a webhook.
ACKNOWLEDGED_WITHIN_SECONDS = 15
POSTERS = 24


@dataclass
class Patient:
    """One phone."""

    address: str
    said: int = 0
    sent_at: float = 0.0
    is_waiting: bool = False


@dataclass
class Figures:
    """What was measured. Times in seconds, by the moment at which the text was sent."""

    acknowledged: list = field(default_factory=list)
    answered: list = field(default_factory=list)
    repeats: int = 0
    refused: int = 0


class Crowd:
    """Patients who together send so many texts a second, each provider id twice in the end.

    Args:
        bots: what stands behind the contact number; a repeat goes to the other one.
        stand_in: Twilio's stand-in, which gets the answers.

    Attributes:
        repeats_at_once: whether a text is repeated right after it was taken; else it is
            kept, and repeated among the texts that come once this is set.
    """

    repeats_at_once = True

    def __init__(self, bots, stand_in, *, patients, rate):
        self._bots, self._stand_in, self._rate = bots, stand_in, rate
        self.patients = [Patient(f"+4479460{number:05}") for number in range(patients)]
        self._by_address = {patient.address: patient for patient in self.patients}
        self.figures = Figures()
        self._to_repeat = []
        self._lock = threading.Lock()
        self._posters = ThreadPoolExecutor(POSTERS)
        stand_in.on_taken = self._get

    def text_until(self, has_ended):
        """Send texts at the rate, until something holds or all is said and answered."""
        turn = time.monotonic()
        while not has_ended() and not self.is_done():
            patient = self._next()
            if patient is not None:
                words, _ = SAYS[patient.said - 1]
                self._posters.submit(self._send, patient, words)
            turn += 1 / self._rate
            time.sleep(max(0.0, turn - time.monotonic()))
            turn = max(turn, time.monotonic() - 1)

    def repeat_what_is_left(self):
        """Repeat what was kept and is not repeated yet."""
        self._repeat(most=len(self._to_repeat))

    def slow_down_to(self, rate):
        """Texts a second from now on."""
        self._rate = rate

    def wait_for_answers(self, *, seconds):
        """Wait until every text is answered; returns whether they are."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if not any(patient.is_waiting for patient in self.patients):
                return True
            time.sleep(0.1)
        return False

    @property
    def texts_sent(self):
        return sum(patient.said for patient in self.patients)

    def is_done(self):
        return all(p.said == len(SAYS) and not p.is_waiting for p in self.patients)

    def _next(self):
        """A patient who has had their answer and goes on; where all wait for one, a new one.

        So conversations stand at every stage at any moment. (The first text of each takes the
        bot the longest, and all first texts at once would be a crowd that no practice has.)
        """
        with self._lock:
            free = [p for p in self.patients if not p.is_waiting and p.said < len(SAYS)]
            if not free:
                return None
            patient = max(free, key=lambda p: (p.said > 0, -p.sent_at))
            patient.said += 1
            patient.is_waiting = True
            patient.sent_at = time.monotonic()
            return patient

    def _send(self, patient, words):
        form = inbound_form(patient.address, words)
        first = random.randrange(len(self._bots))
        self._post_until_taken(form, first)
        self._to_repeat.append((form, first + 1))
        if self.repeats_at_once:
            self._repeat(most=2)  # this one, and one that was kept before

    def _repeat(self, *, most):
        for _ in range(most):
            try:
                form, other = self._to_repeat.pop()
            except IndexError:
                return
            with self._lock:
                self.figures.repeats += 1
            self._post_until_taken(form, other)

    def _post_until_taken(self, form, first):
        """Twilio's fallback address: where one bot does not answer, the other is asked."""
        for number in range(first, first + 400):
            began = time.monotonic()
            try:
                bot = self._bots[number % len(self._bots)].url
                status = self._stand_in.call("/webhooks/twilio/webhook", form, bot=bot)
                if status == 200:
                    took = time.monotonic() - began
                    with self._lock:
                        self.figures.acknowledged.append((began, took))
                    return
            except NoAnswer:
                pass
            with self._lock:
                self.figures.refused += 1
            time.sleep(0.25)
        raise RuntimeError("No bot took a text for minutes")

    def _get(self, taken):
        """A reply reached a phone."""
        with self._lock:
            patient = self._by_address.get(taken.to)
            if patient is None:
                return
            _, last = SAYS[patient.said - 1]
            if patient.is_waiting and last in taken.body:
                patient.is_waiting = False
                took = time.monotonic() - patient.sent_at
                self.figures.answered.append((patient.sent_at, took))
