"""Sign in with email and password, then with a second factor; and out again."""

import time

from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator

from desk.demo_programme import DEMO_ACCOUNTS, DEMO_PASSWORD, demo_is_loaded
from desk.idle import TIMED_OUT
from desk.live import is_poll
from desk.permissions import access_of
from desk.second_factor import has_second_factor, must_have_second_factor

# Between the password and the code nobody is signed in: the session only knows who it may be.
STARTED = "sign_in_started"
CODE_WITHIN_SECONDS = 10 * 60


class SignInForm(AuthenticationForm):
    """Everybody's username is their email, in lower case."""

    error_messages = {
        "invalid_login": "That email and password do not match. Check both and try again.",
        "inactive": "This account is closed. Ask your programme's administrator.",
        "made_up": "Made-up people cannot sign in here: this desk is for real patients.",
    }

    username = forms.EmailField(
        label="Email",
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )

    def confirm_login_allowed(self, user):
        super().confirm_login_allowed(user)
        if access_of(user).is_demo and settings.DEMO_ACCOUNTS != "open":
            raise forms.ValidationError(self.error_messages["made_up"])

    def clean_username(self):
        return self.cleaned_data["username"].lower()


class SignIn(LoginView):
    template_name = "desk/account/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get(self, request, *args, **kwargs):
        # A page left open overnight polls without a session: it is told to reload,
        # so that the sign-in form is never put into the middle of it.
        if is_poll(request):
            return HttpResponse(status=204, headers={"HX-Refresh": "true"})
        return super().get(request, *args, **kwargs)

    def form_valid(self, form):
        """The password is right. Who has or must have a second factor is not in yet."""
        user = form.get_user()
        if has_second_factor(user):
            return self._go_on(user, "sign_in_code")
        if must_have_second_factor(user):
            return self._go_on(user, "sign_in_set_up")
        return super().form_valid(form)

    def get_redirect_url(self):
        """The first page is the queue, and not every role's: then each goes to their own."""
        asked_for = super().get_redirect_url()
        return "" if asked_for == reverse("queue") else asked_for

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["has_timed_out"] = TIMED_OUT in self.request.GET
        if settings.DEMO_ACCOUNTS == "open" and demo_is_loaded():
            context |= {"demo_accounts": DEMO_ACCOUNTS, "demo_password": DEMO_PASSWORD}
        return context

    def _go_on(self, user, step):
        self.request.session.flush()
        self.request.session[STARTED] = {
            "user": user.pk,
            "backend": user.backend,
            "next": self.get_success_url(),
            "at": time.time(),
        }
        return redirect(step)


@method_decorator(login_not_required, name="dispatch")
class SignOut(LogoutView):
    """Open to everybody: leaving harms nobody, whatever their role."""


def who_started(request):
    """The user whose password was right a moment ago, or None."""
    started = request.session.get(STARTED)
    if started is None or time.time() - started["at"] > CODE_WITHIN_SECONDS:
        return None
    return get_user_model().objects.filter(pk=started["user"], is_active=True).first()


def finish_sign_in(request, user):
    """Sign in whoever has shown both factors. Returns where they wanted to go."""
    started = request.session.pop(STARTED)
    login(request, user, backend=started["backend"])
    return started["next"]
