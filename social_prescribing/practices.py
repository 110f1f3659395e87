"""Provider, Practice, and the contact numbers that practices share."""

from django.core.validators import URLValidator
from django.db import models

from social_prescribing.phone_numbers import PhoneNumber, show
from social_prescribing.practice_names import COMMON_WORDS, find_answered


class Provider(models.Model):
    """The charity that employs link workers for a group of practices."""

    name = models.CharField(max_length=100, unique=True)
    is_demo = models.BooleanField(default=False)

    def __str__(self):
        return self.name


class Practice(models.Model):
    """A GP practice, known by its practice code."""

    code = models.CharField("practice code", max_length=10, unique=True)
    name = models.CharField(max_length=100)
    name_for_texts = models.CharField(
        max_length=30, help_text="How a text names the practice, for example: Possil Demo Practice"
    )
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="practices")
    neighbourhood = models.CharField(max_length=60)
    postcode_district = models.CharField(max_length=4)
    keyword = models.CharField(
        max_length=20,
        blank=True,
        help_text="One word that its poster asks to text, for example POSSIL. "
        "Empty: the first word of the neighbourhood",
    )
    other_names = models.CharField(
        max_length=300,
        blank=True,
        help_text="What patients call it: its doctors, its street, an old name",
    )
    web_chat_page = models.CharField(
        "page with the chat",
        max_length=200,
        blank=True,
        validators=[URLValidator(["https"], message="Write it whole: https://www.…")],
        help_text="The page of its website that has Blether’s chat, for posters. "
        "Empty: posters do not name it",
    )
    own_words = models.CharField(
        "own words in the greeting",
        max_length=150,
        blank=True,
        help_text="A sentence of the practice’s own in the first text to each patient, for "
        "example: Morag and Sam are our link workers.",
    )
    reception_phone = models.CharField(max_length=16)
    rings_from = models.CharField(
        max_length=16, help_text="The number that a patient's phone shows when a link worker rings"
    )
    callback_within_days = models.PositiveSmallIntegerField(
        default=3, help_text="Working days within which we promise to ring"
    )
    attempts_allowed = models.PositiveSmallIntegerField(
        default=3, help_text="Tries at ringing before a callback may be closed as unreachable"
    )
    hours_between_attempts = models.PositiveSmallIntegerField(
        default=2, help_text="Hours before the next try on the same day"
    )
    text_after_attempts = models.PositiveSmallIntegerField(
        default=2, help_text="After this many tries the next one waits for another day"
    )
    days_to_next_attempt = models.PositiveSmallIntegerField(
        default=1, help_text="Working days from the tries of one day to the next try"
    )
    days_before_closing = models.PositiveSmallIntegerField(
        default=2, help_text="Working days from the last try to the kind closing text"
    )
    forgotten_after_days = models.PositiveSmallIntegerField(
        default=2,
        help_text="Working days without any work after which a claim comes back to the queue",
    )
    alert_climbs_after_minutes = models.PositiveSmallIntegerField(
        default=15,
        help_text="Minutes after which a safety alert nobody looked at goes to the on-call list",
    )
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    @property
    def poster_keyword(self):
        """The one word to text, in capitals."""
        words = [w for w in self.neighbourhood.split() if w.casefold() not in COMMON_WORDS]
        return (self.keyword or next(iter(words), self.code)).upper()

    @property
    def shown_rings_from(self):
        """The calling number as people in Scotland write it."""
        return show(self.rings_from)


class ContactNumber(models.Model):
    """A number patients text; one practice's own, or shared by several."""

    e164 = models.CharField("number", max_length=16, unique=True)
    practices = models.ManyToManyField(Practice, related_name="contact_numbers")
    is_demo = models.BooleanField(default=False)

    def __str__(self):
        return show(self.e164)

    @property
    def only_practice(self):
        """The practice that owns this number alone, or None where several share it."""
        practices = list(self.practices.all()[:2])
        return practices[0] if len(practices) == 1 else None


def find_contact_number(text):
    """Return the ContactNumber that a patient texted, or None if it is not ours.

    Raises:
        InvalidPhoneNumber: `text` is not of the E.164 shape.
    """
    return ContactNumber.objects.filter(e164=PhoneNumber.from_provider(text).e164).first()


def find_practice(text, *, among=None):
    """Return the one practice that `text` names, or None: see practice_names.py.

    `among` narrows the search, for example to the practices that share a number.
    """
    return find_answered(text, list(Practice.objects.all() if among is None else among))
