"""The audit log: who looked at, or changed, which patient's record, and when.

Rows are only ever added: the database itself refuses to change or delete one.
They name records by reference, never by a patient's name, number or words, so
that they can outlive what they speak of.
"""

from getpass import getuser

from django.db import models
from django.utils import timezone

REFUSAL = "The audit log cannot be changed"
TABLE = "social_prescribing_auditentry"


class Action(models.TextChoices):
    """What somebody did. The values are stored."""

    VIEW = "view", "Opened"
    LIST = "list", "Saw in a list"
    SEARCH = "search", "Searched"
    CHANGE = "change", "Changed"
    EXPORT = "export", "Exported"
    REFUSED = "refused", "Was refused"
    SIGN_IN = "sign_in", "Signed in"
    SIGN_OUT = "sign_out", "Signed out"
    ADMINISTER = "administer", "Administered"


class AuditEntry(models.Model):
    """One thing that one person did. No foreign keys: nothing can cascade into it."""

    happened_at = models.DateTimeField(default=timezone.now)
    who = models.CharField("by", max_length=150, help_text="Email they sign in with, or a command")
    roles = models.CharField(max_length=120, blank=True)
    action = models.CharField(max_length=20, choices=Action)
    what = models.CharField(max_length=60, help_text="Page or step, for example: record_attempt")
    reference = models.CharField(max_length=40, blank=True, help_text="The record, if one")
    patient_number = models.BigIntegerField(null=True, blank=True)
    practice_code = models.CharField(max_length=10, blank=True)
    listed = models.TextField(blank=True, help_text="References shown in a list, or exported")
    details = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=45, blank=True, help_text="Where the browser was")

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "audit log"
        indexes = [
            # The audit log's page: one record, one person, one practice.
            models.Index(fields=["reference", "-id"], name="audit_by_reference"),
            models.Index(fields=["who", "-id"], name="audit_by_person"),
            models.Index(fields=["practice_code", "-id"], name="audit_by_practice"),
        ]

    def __str__(self):
        return f"{self.who} {self.get_action_display().lower()} {self.reference or self.what}"


def note_export_by_command(references):
    """Somebody at the server had these records written out."""
    AuditEntry.objects.create(
        who=f"{getuser()} at the server"[:150],
        action=Action.EXPORT,
        what="callbacks",
        listed=" ".join(references),
    )


def protect_audit_log(sender=None, *, using="default", **_):
    """Have the database refuse every change of the log; done after each migrate."""
    from django.db import connections

    connection = connections[using]
    if TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in GUARDS.get(connection.vendor, ()):
            cursor.execute(statement)


def _sqlite_guards():
    for event in ("UPDATE", "DELETE"):
        name = f"audit_log_no_{event.lower()}"
        yield f"DROP TRIGGER IF EXISTS {name}"
        yield (
            f"CREATE TRIGGER {name} BEFORE {event} ON {TABLE} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )


GUARDS = {
    "sqlite": tuple(_sqlite_guards()),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION refuse_audit_log_change() RETURNS trigger AS $$ "
        f"BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; "
        "END $$ LANGUAGE plpgsql",
        f"DROP TRIGGER IF EXISTS audit_log_no_change ON {TABLE}",
        f"DROP TRIGGER IF EXISTS audit_log_no_truncate ON {TABLE}",
        f"CREATE TRIGGER audit_log_no_change BEFORE UPDATE OR DELETE ON {TABLE} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_audit_log_change()",
        f"CREATE TRIGGER audit_log_no_truncate BEFORE TRUNCATE ON {TABLE} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_log_change()",
    ),
}
