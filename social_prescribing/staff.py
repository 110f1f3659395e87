"""The roles that people have beside ringing patients: practice staff, leads, administrators.

Who rings patients is a LinkWorker; everybody else has a StaffRole. One person
may have several, for example a provider's lead who also has a caseload.
"""

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models

from social_prescribing.practices import Practice, Provider


class Role(models.TextChoices):
    """What somebody is on the desk. The values are stored, also in the audit log."""

    LINK_WORKER = "link_worker", "Link worker"
    THEMATIC_LINK_WORKER = "thematic_link_worker", "Thematic link worker"
    PRACTICE_STAFF = "practice_staff", "Practice staff"
    PROVIDER_LEAD = "provider_lead", "Provider lead"
    PROGRAMME_LEAD = "programme_lead", "Programme lead"
    ADMINISTRATOR = "administrator", "Administrator"


# The first two are LinkWorker rows: they need a caseload, and a name that patients hear.
GIVEN_ROLES = [
    (role.value, role.label)
    for role in (
        Role.PRACTICE_STAFF,
        Role.PROVIDER_LEAD,
        Role.PROGRAMME_LEAD,
        Role.ADMINISTRATOR,
    )
]


class StaffRole(models.Model):
    """One role of one person, and where it holds."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="staff_roles"
    )
    role = models.CharField(max_length=20, choices=GIVEN_ROLES)
    provider = models.ForeignKey(
        Provider,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="leads",
        help_text="For a provider lead only",
    )
    practices = models.ManyToManyField(
        Practice, related_name="staff", blank=True, help_text="For practice staff only"
    )
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "provider"], name="one_row_a_role_and_provider"
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=models.Q(provider=None),
                name="one_row_a_role_without_provider",
            ),
            models.CheckConstraint(
                name="provider_leads_have_a_provider",
                condition=~models.Q(role="provider_lead") | models.Q(provider__isnull=False),
            ),
        ]

    def __str__(self):
        role = self.get_role_display()
        return f"{role}, {self.provider}" if self.provider else role


class Person(User):
    """Somebody who can sign in, as the administration names them; no table of its own."""

    class Meta:
        proxy = True
        verbose_name = "person"
        verbose_name_plural = "people"
        ordering = ["first_name", "last_name"]

    def __str__(self):
        return self.get_full_name() or self.username
