"""The pages of the second factor: its code at sign-in, setting it up, recovery codes."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST
from django_otp import login as otp_login

from desk import second_factor
from desk.permissions import any_role
from desk.records import note_own_account
from desk.sign_in import finish_sign_in, who_started
from desk.sign_in_log import note_wrong_code


class CodeForm(forms.Form):
    """One code; whether it is the right one is asked of the device."""

    code = forms.CharField(
        label="Code",
        max_length=20,
        error_messages={"required": "Write the code"},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "spellcheck": "false", "autocapitalize": "none"}
        ),
    )

    def refuse(self, device):
        """Say that the code was wrong, and how long to wait where that is so."""
        seconds = second_factor.seconds_to_wait(device) if device else 0
        wait = f" Wait {seconds} seconds before the next try." if seconds > 1 else ""
        self.add_error("code", f"That code is not right, or was used already.{wait}")


@login_not_required
@require_http_methods(["GET", "POST"])
def sign_in_code(request):
    """The second step of signing in: the app's code, or a recovery code."""
    user = who_started(request)
    if user is None:
        return redirect("sign_in")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        device = second_factor.check_code(user, form.cleaned_data["code"])
        if device is not None:
            return _let_in(request, user, device)
        note_wrong_code(request, user)
        form.refuse(second_factor.app_of(user))
    return _page(request, "desk/account/sign_in_code.html", form)


@login_not_required
@require_http_methods(["GET", "POST"])
def sign_in_set_up(request):
    """The second step of somebody's first sign-in: set the second factor up."""
    user = who_started(request)
    if user is None or second_factor.has_second_factor(user):
        return redirect("sign_in")
    return _set_up(request, user)


@any_role
@require_http_methods(["GET", "POST"])
def set_up(request):
    """Set up another app in place of the one before, for somebody who is signed in."""
    return _set_up(request, request.user)


@any_role
@require_POST
def renew_recovery_codes(request):
    """New recovery codes for whoever has an app; those from before no longer work."""
    if not second_factor.has_second_factor(request.user):
        return redirect("set_up_second_factor")
    codes = second_factor.new_recovery_codes(request.user)
    note_own_account(request, "New recovery codes")
    return _show_codes(request, codes, "account")


def _set_up(request, user):
    device = second_factor.new_app(user)
    form = CodeForm(request.POST or None)
    if form.is_valid():
        codes = second_factor.confirm_app(device, form.cleaned_data["code"])
        if codes is not None:
            go_on_to = "account"
            if not request.user.is_authenticated:
                go_on_to = finish_sign_in(request, user)
            otp_login(request, device)
            note_own_account(request, "Second factor set up")
            return _show_codes(request, codes, go_on_to)
        form.refuse(device)
    more = {
        "qr_code": second_factor.qr_code(device),
        "address": device.config_url,
        "key": second_factor.key_in_groups(device),
    }
    return _page(request, "desk/account/set_up_second_factor.html", form, more)


def _show_codes(request, codes, go_on_to):
    """Shown in answer to the form itself, once: they stand nowhere else."""
    return render(
        request, "desk/account/recovery_codes.html", {"codes": codes, "go_on_to": go_on_to}
    )


def _let_in(request, user, device):
    go_on_to = finish_sign_in(request, user)
    otp_login(request, device)
    left = second_factor.recovery_codes_left(user)
    if second_factor.is_recovery_code(device):
        messages.warning(
            request, f"You used a recovery code. {left} left: make new ones in your account."
        )
    is_ours = url_has_allowed_host_and_scheme(go_on_to, allowed_hosts={request.get_host()})
    return redirect(go_on_to if is_ours else "home")


def _page(request, template, form, more=None):
    context = {"form": form, **(more or {})}
    return render(request, template, context, status=422 if form.errors else 200)
