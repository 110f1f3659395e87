"""Invitations: a link with which somebody chooses their first password, or another one."""

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

SUBJECT = "Your account on the Blether desk"
WORDS = """Hello {name},

you now have an account on the Blether desk. Choose a password here:

{link}

The link works for three days, once. You sign in with this email, {email}. At your first sign-in
you will set up a second factor: have your phone beside you.
"""


def invitation_path(user):
    """The path of a link that works for three days, until the password is set."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    token = default_token_generator.make_token(user)
    return reverse("new_password", kwargs={"uidb64": uid, "token": token})


def send_invitation(user, link):
    """Email the link. Returns whether a mail server took it; without one, nobody is told."""
    name = user.first_name or "there"
    words = WORDS.format(name=name, link=link, email=user.email)
    send_mail(SUBJECT, words, settings.DEFAULT_FROM_EMAIL, [user.email])
    return bool(settings.EMAIL_HOST)
