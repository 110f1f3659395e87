"""One's own account: password, second factor; and a new password for who forgot theirs."""

from django.contrib.auth import views
from django.contrib.auth.decorators import login_not_required
from django.contrib.messages.views import SuccessMessageMixin
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from desk.digest_pages import GETS_DIGEST
from desk.permissions import access_of, any_role
from desk.records import note_own_account
from desk.second_factor import app_of, must_have_second_factor, recovery_codes_left
from social_prescribing.digests import wants_digest


@any_role
@require_safe
def show_account(request):
    context = {
        "access": access_of(request.user),
        "app": app_of(request.user),
        "codes_left": recovery_codes_left(request.user),
        "must_have_second_factor": must_have_second_factor(request.user),
        "gets_email": access_of(request.user).has_any(GETS_DIGEST),
        "wants_email": wants_digest(request.user),
    }
    return render(request, "desk/account/account.html", context)


@method_decorator(login_not_required, name="dispatch")
class ForgottenPassword(views.PasswordResetView):
    """Emails a link to whoever has an account; the answer is the same for who has none."""

    template_name = "desk/account/forgotten_password.html"
    email_template_name = "desk/account/forgotten_password_email.txt"
    subject_template_name = "desk/account/forgotten_password_subject.txt"
    success_url = reverse_lazy("password_link_sent")


@method_decorator(login_not_required, name="dispatch")
class PasswordLinkSent(views.PasswordResetDoneView):
    template_name = "desk/account/password_link_sent.html"


@method_decorator(login_not_required, name="dispatch")
class NewPassword(SuccessMessageMixin, views.PasswordResetConfirmView):
    """Where an invitation, or the link for a forgotten password, leads."""

    template_name = "desk/account/new_password.html"
    success_url = reverse_lazy("sign_in")
    success_message = "Your password is set. Sign in with it."


class ChangePassword(SuccessMessageMixin, views.PasswordChangeView):
    """Signs out every other browser that this person is signed in with."""

    template_name = "desk/account/change_password.html"
    success_url = reverse_lazy("account")
    success_message = "Your password is changed."

    def form_valid(self, form):
        note_own_account(self.request, "Password changed")
        return super().form_valid(form)
