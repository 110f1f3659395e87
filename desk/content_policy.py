"""What a browser may load and run on the desk: our own files, nothing written into a page.

A patient's words that looked like a script would stay words even if a template
forgot to escape them.
"""

from django.conf import settings


class ContentPolicyMiddleware:
    """Sends the content security policy with every answer."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.policy = "; ".join(
            (
                "default-src 'self'",
                "img-src 'self' data:",  # the design system draws its icons as data
                f"connect-src 'self' {settings.BOT_URL}",  # the try-out page talks to the bot
                "object-src 'none'",
                "base-uri 'none'",
                "form-action 'self'",
                "frame-ancestors 'none'",
            )
        )

    def __call__(self, request):
        response = self.get_response(request)
        response.headers["Content-Security-Policy"] = self.policy
        # What patients wrote stays out of a shared computer's cache.
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response
