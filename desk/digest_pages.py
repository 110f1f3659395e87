"""The weekly email: switched on and off on one's own account, or by the link in it."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from desk.permissions import allowed_for
from social_prescribing.digests import switch_digest, user_of_token
from social_prescribing.staff import Role

GETS_DIGEST = frozenset({Role.PRACTICE_STAFF})
IS_ON = "The weekly email is on. The next one comes on Monday morning."
IS_OFF = "The weekly email is off. You can switch it on again here."


class DigestForm(forms.Form):
    """On or off."""

    on = forms.BooleanField(required=False)


@allowed_for(GETS_DIGEST)
@require_POST
def choose_digest(request):
    """Switch one's own weekly email on or off, on the account page."""
    form = DigestForm(request.POST)
    form.full_clean()
    is_on = form.cleaned_data["on"]
    switch_digest(request.user, on=is_on)
    messages.success(request, IS_ON if is_on else IS_OFF)
    return redirect("account")


# Whoever has the token may stop it: mail programs post here by themselves, with no cookie of ours.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def stop_digest(request, token):
    """Where the link in the email leads. Only a press stops it: mail scanners open every link."""
    user = user_of_token(token)
    if user is None:
        raise Http404("No email had this link in it")
    if request.method == "POST":
        switch_digest(user, on=False)
    return render(request, "desk/stop_digest.html", {"is_off": request.method == "POST"})
