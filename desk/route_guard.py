"""No page is open by oversight: a view that does not say who may see it is refused."""

from django.core.exceptions import PermissionDenied

SAYS_NOTHING = "This page does not say who may see it, so nobody may."


class RouteGuardMiddleware:
    """Refuses a view that is neither public, nor for certain roles, nor of the administration."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not says_who(view, request.resolver_match.namespaces):
            raise PermissionDenied(SAYS_NOTHING)


def says_who(view, namespaces):
    """Whether a view says who may open it. Django's admin asks `may_administer` by itself."""
    is_public = not getattr(view, "login_required", True)
    return is_public or hasattr(view, "allowed_for") or "admin" in namespaces
