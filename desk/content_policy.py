"""What a browser may load, and keep, of our pages."""

from urllib.parse import urlsplit

from django.conf import settings

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    # The design system draws some of its icons as data: images in its style sheet.
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}


class ContentPolicyMiddleware:
    """Sends a strict Content-Security-Policy: a patient's words can never run as a script."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", content_policy(request.path))
        return response


class NothingKeptMiddleware:
    """Keeps pages about patients out of the browser's store, where "back" would show them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers["Cache-Control"] = "no-store"
        return response


def content_policy(path):
    """The policy as a header; the try-out pages alone may also talk to the bot.

    The made-up practice's website loads the chat from the bot, as a real one does.
    """
    policy = dict(POLICY)
    bot = _origin(settings.BOT_URL)
    if path.startswith("/try/"):
        policy["connect-src"] = f"'self' {bot}"
    if path == "/try/website/":
        policy["script-src"] = bot
    return "; ".join(f"{directive} {sources}" for directive, sources in policy.items())


def _origin(url):
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
