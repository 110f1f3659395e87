"""Every page behind the sign-in is for link workers: others are told so, clearly."""

from django.shortcuts import render

from social_prescribing.link_workers import LinkWorker


class LinkWorkerRequiredMiddleware:
    """Puts the signed-in link worker on the request, or refuses the page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.link_worker = None
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        # Django marks public views so; whoever is not signed in was sent away before this.
        if not getattr(view, "login_required", True) or not request.user.is_authenticated:
            return None
        request.link_worker = (
            LinkWorker.objects.select_related("provider").filter(user=request.user).first()
        )
        if request.link_worker is None:
            return render(request, "desk/not_a_link_worker.html", status=403)
        return None
