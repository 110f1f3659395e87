"""Site: where a practice sees its patients, its surgery or a branch, and when it is open there."""

from django.core.exceptions import ValidationError
from django.db import models

from social_prescribing.opening_hours import check_hours, next_closing, next_opening, open_now
from social_prescribing.practice_names import find_site
from social_prescribing.practices import Practice
from social_prescribing.spoken_hours import hours_in_words
from social_prescribing.working_time import GLASGOW

# What hours or addresses may take of a text that also says whom to ring: three lines or so.
LONGEST_LINES = 140


def check_site_hours(hours):
    """Refuse hours that are not in OpenStreetMap's syntax, in words for who typed them."""
    try:
        check_hours(hours)
    except ValueError as error:
        raise ValidationError(
            f"These hours cannot be read: {error}. "
            "Write them like Mo-Fr 08:30-18:00; We 08:30-13:00"
        ) from error


class Site(models.Model):
    """One address of a practice: its surgery, or a branch of it."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="sites")
    is_branch = models.BooleanField("a branch", default=False)
    name = models.CharField(
        max_length=40,
        blank=True,
        help_text="What patients call a branch, for example: Balornock branch",
    )
    address = models.CharField(max_length=150, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    neighbourhood = models.CharField(
        max_length=60, blank=True, help_text="Where supports “near the practice” are looked for"
    )
    hours = models.CharField(
        "opening hours",
        max_length=200,
        blank=True,
        validators=[check_site_hours],
        help_text="In OpenStreetMap’s syntax: Mo-Fr 08:30-18:00; We 08:30-13:00",
    )

    class Meta:
        ordering = ["is_branch", "name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["practice"],
                condition=models.Q(is_branch=False),
                name="one_surgery_beside_the_branches",
            ),
            models.CheckConstraint(
                name="branches_have_a_name",
                condition=models.Q(is_branch=False) | ~models.Q(name=""),
            ),
        ]

    def __str__(self):
        return self.name or str(self.practice)

    @property
    def area(self):
        """What to look for supports near: the neighbourhood, or else the postcode."""
        return self.neighbourhood or self.postcode

    @property
    def postcode_district(self):
        return self.postcode.split()[0] if " " in self.postcode else self.postcode


def main_site(practice):
    """The practice's surgery, or None where no address of it is known."""
    return practice.sites.filter(is_branch=False).first()


def site_near(practice, text):
    """The site that a text names; the surgery where it names none; None where none is known."""
    sites = list(practice.sites.all())
    return find_site(text, sites) or next((s for s in sites if not s.is_branch), None)


def opening_at(practice, at):
    """`(open now?, when that changes)` of the surgery at a moment (aware datetime).

    Both None where the hours are not known, or say nothing of a bank holiday; the second
    one also where it never shuts.
    """
    site = main_site(practice)
    hours = site.hours if site else ""
    is_open = open_now(hours, at)
    if is_open is None:
        return None, None
    return is_open, (next_closing if is_open else next_opening)(hours, at)


def opening_hours_in_words(practice, at):
    """The hours of every site as a text says them, a line each; "" where none are known.

    The surgery comes first; branches follow as far as there is room.
    """
    day = at.astimezone(GLASGOW).date()
    sites = practice.sites.exclude(hours="")
    return _lines_of((site, hours_in_words(site.hours, day)) for site in sites)


def addresses_in_words(practice):
    """Where every site is, a line each, as far as there is room; "" where nothing is known."""
    sites = practice.sites.exclude(address="")
    return _lines_of((s, [", ".join(filter(None, [s.address, s.postcode]))]) for s in sites)


def _lines_of(said_by_site):
    lines = []
    for site, said in said_by_site:
        more = [f"{site.name}: {line}" if site.is_branch else line for line in said]
        if len("\n".join([*lines, *more])) > LONGEST_LINES:
            break
        lines += more
    return "\n".join(lines)
