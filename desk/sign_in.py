"""Sign in with email and password."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator

from desk.demo_programme import DEMO_PASSWORD, DEMO_SIGN_IN, demo_is_loaded


class SignInForm(AuthenticationForm):
    """A link worker's username is their email, in lower case."""

    error_messages = {
        "invalid_login": "That email and password do not match. Check both and try again.",
        "inactive": "This account is closed. Ask your provider's lead.",
    }

    username = forms.EmailField(
        label="Email",
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )

    def clean_username(self):
        return self.cleaned_data["username"].lower()


class SignIn(LoginView):
    template_name = "desk/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get(self, request, *args, **kwargs):
        # A page left open overnight polls without a session: it is told to reload,
        # so that the sign-in form is never put into the middle of it.
        if "HX-Request" in request.headers:
            return HttpResponse(status=204, headers={"HX-Refresh": "true"})
        return super().get(request, *args, **kwargs)

    def get_redirect_url(self):
        """The first page is the queue, and not every role's: then each goes to their own."""
        asked_for = super().get_redirect_url()
        return "" if asked_for == reverse("queue") else asked_for

    def get_context_data(self, **kwargs):
        demo = {"demo_sign_in": DEMO_SIGN_IN, "demo_password": DEMO_PASSWORD}
        return super().get_context_data(**kwargs) | (demo if demo_is_loaded() else {})


@method_decorator(login_not_required, name="dispatch")
class SignOut(LogoutView):
    """Open to everybody: leaving harms nobody, whatever their role."""
