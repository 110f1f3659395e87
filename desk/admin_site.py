"""The administration: Django's admin under our own sign-in, for administrators only."""

from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator

from desk.permissions import may_administer

NOT_AN_ADMINISTRATOR = "Only an administrator of the programme sees these pages."

PAGES = {
    "Practices": (
        ("Practice", "Names, telephones, what we promise patients, who is on call"),
        ("Site", "Surgeries, branches and opening hours; bring a list in as CSV"),
        ("ContactNumber", "The numbers that patients text, and which practices share one"),
        ("Provider", "The charities that employ link workers"),
    ),
    "People": (
        ("Person", "Accounts, roles, invitations, lost phones"),
        ("LinkWorker", "Who rings patients, for which practices; bring a list in as CSV"),
        ("Theme", "Groups that thematic link workers work for, and their needs"),
        ("Absence", "Who is away, and who covers"),
    ),
}


class AdministrationSite(AdminSite):
    site_header = site_title = "Blether administration"
    index_title = "What would you like to look after?"
    site_url = "/start/"
    enable_nav_sidebar = False

    def get_app_list(self, request, app_label=None):
        """Grouped by what a programme officer thinks of, not by Django's apps."""
        models = {
            model["object_name"]: model
            for app in super().get_app_list(request)
            for model in app["models"]
        }
        return [
            {
                "name": group,
                "app_label": app_label or "social_prescribing",
                "app_url": reverse("admin:index"),
                "has_module_perms": True,
                "models": [models[name] | {"says": says} for name, says in pages],
            }
            for group, pages in PAGES.items()
        ]

    def app_index(self, request, app_label, extra_context=None):
        return redirect("admin:index")

    def register(self, model_or_iterable, admin_class=None, **options):
        """Packages bring pages of their own; here are only ours, in words of this programme."""
        if admin_class is not None and admin_class.__module__.startswith("desk."):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request):
        """Yes for administrators. Who is signed in as something else is told so at once."""
        if not request.user.is_authenticated:
            return False
        if not may_administer(request.user):
            raise PermissionDenied(NOT_AN_ADMINISTRATOR)
        return True

    def get_urls(self):
        """Without what the desk's own pages do: signing out and changing a password."""
        ours = {"logout", "password_change", "password_change_done"}
        return [route for route in super().get_urls() if getattr(route, "name", "") not in ours]

    @method_decorator(login_not_required)
    def login(self, request, extra_context=None):
        """One sign-in for the whole desk."""
        if request.user.is_authenticated:
            return redirect("home")
        return redirect_to_login(request.GET.get(REDIRECT_FIELD_NAME, reverse("admin:index")))
