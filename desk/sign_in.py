"""Sign in with an email and a password."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpResponse


class SignInForm(AuthenticationForm):
    """Django's own form, in our words. The username is the email."""

    error_messages = {
        "invalid_login": "That email and password do not match. Check both and try again.",
        "inactive": "This sign-in has been switched off.",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Email"
        self.fields["username"].widget = forms.EmailInput(
            attrs={"autocomplete": "username", "class": "ds_input", "maxlength": 150}
        )
        self.fields["password"].widget.attrs |= {"class": "ds_input"}

    def clean_username(self):
        return self.cleaned_data["username"].strip().lower()


class SignIn(LoginView):
    template_name = "desk/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get(self, request, *args, **kwargs):
        # A page left open overnight polls on: it is sent here whole, not into its middle.
        if "HX-Request" in request.headers:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return super().get(request, *args, **kwargs)
