"""Signing in and out in the audit log, also when it fails."""

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from desk.permissions import access_of
from social_prescribing.audit_log import Action, AuditEntry


@receiver(user_logged_in)
def note_sign_in(request, user, **_):
    _write(request, user.get_username(), Action.SIGN_IN, user)


@receiver(user_logged_out)
def note_sign_out(request, user, **_):
    if user is not None:
        _write(request, user.get_username(), Action.SIGN_OUT, user, "sign_out")


@receiver(user_login_failed)
def note_failure(credentials, request=None, **_):
    _write(request, credentials.get("username", ""), Action.REFUSED)


def note_wrong_code(request, user):
    """The password was right and the second factor was not."""
    _write(request, user.get_username(), Action.REFUSED, what="sign_in_code")


def _write(request, who, action, user=None, what="sign_in"):
    AuditEntry.objects.create(
        who=who[:150],
        roles=" ".join(sorted(access_of(user).roles)) if user else "",
        action=action,
        what=what,
        address=request.META.get("REMOTE_ADDR", "") if request else "",
    )
