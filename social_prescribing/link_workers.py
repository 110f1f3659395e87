"""LinkWorker: of a practice, or thematic across all practices."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from social_prescribing import needs as need_names
from social_prescribing.practices import Practice, Provider


def check_need_ids(need_ids):
    """Refuse what is no list of need ids."""
    unknown = set(need_ids) - {need_id for need_id, _ in need_names.CHOICES}
    if unknown:
        raise ValidationError(f"Not a need: {', '.join(sorted(unknown))}")


class Theme(models.Model):
    """A group that thematic link workers work for, across all practices."""

    id = models.SlugField(
        primary_key=True, max_length=20, help_text="A short word for exports, for example: asylum"
    )
    name = models.CharField(max_length=60, unique=True)
    needs = models.JSONField(
        default=list,
        validators=[check_need_ids],
        help_text="A callback with one of these needs is in this theme's queue",
    )

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class LinkWorker(models.Model):
    """A person who rings patients back."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="link_worker"
    )
    name = models.CharField(max_length=60)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="link_workers")
    practices = models.ManyToManyField(Practice, related_name="link_workers", blank=True)
    theme = models.ForeignKey(
        Theme,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="link_workers",
        help_text="For a thematic link worker only; their queue is then the theme's everywhere",
    )
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    @property
    def first_name(self):
        """What the patient hears: "This is Sam …"."""
        return self.name.split()[0]

    @property
    def is_thematic(self):
        return self.theme_id is not None

    @property
    def theme_needs(self):
        """Need ids of this link worker's theme; empty for a link worker of practices."""
        return self.theme.needs if self.is_thematic else []
