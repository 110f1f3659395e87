"""Registers the rules with Django."""

from django.apps import AppConfig


class SocialPrescribingConfig(AppConfig):
    name = "social_prescribing"
    verbose_name = "Social prescribing"
    default_auto_field = "django.db.models.BigAutoField"
