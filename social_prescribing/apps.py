"""Registers the rules with Django."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SocialPrescribingConfig(AppConfig):
    name = "social_prescribing"
    verbose_name = "Social prescribing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from social_prescribing.audit_log import protect_audit_log

        # After every migrate, not in one migration: SQLite makes a table anew to change it,
        # and its triggers would be gone.
        post_migrate.connect(protect_audit_log, sender=self)
