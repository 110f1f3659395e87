"""Registers the desk with Django."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class DeskConfig(AppConfig):
    name = "desk"

    def ready(self):
        from desk import sign_in_log  # noqa: F401  (listens from then on)


class AdministrationConfig(AdminConfig):
    """Django's admin, under our own sign-in and roles."""

    default_site = "desk.admin_site.AdministrationSite"
