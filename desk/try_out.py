"""The try-out page: a patient's phone in the browser, talking to the very same bot."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render

from desk.demo_programme import DEMO_PASSWORD, DEMO_SIGN_IN
from social_prescribing.practices import ContactNumber, Practice


@login_not_required
def try_out(request):
    """Show the phone. It works without signing in, as a patient's would."""
    numbers = ContactNumber.objects.filter(is_demo=True).prefetch_related("practices")
    return render(
        request,
        "desk/try.html",
        {
            "bot_url": settings.BOT_URL,
            "contact_numbers": [
                {
                    "e164": number.e164,
                    "shown": str(number),
                    "practices": list(number.practices.all()),
                }
                for number in numbers
            ],
            "demo_sign_in": DEMO_SIGN_IN if numbers else "",
            "demo_password": DEMO_PASSWORD if numbers else "",
        },
    )


@login_not_required
def try_website(request):
    """Show a made-up practice's website with the chat on it, by the one line that puts it there."""
    practice = Practice.objects.filter(is_demo=True).first()
    return render(
        request, "desk/try_website.html", {"bot_url": settings.BOT_URL, "practice": practice}
    )
