"""Every address of the desk. All need a signed-in link worker but those marked public."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView
from django.http import HttpResponse
from django.urls import path

from desk import callback_page, callback_queue, caseload, safety_board
from desk.sign_in import SignIn
from desk.try_out import try_out


@login_not_required
def healthz(request):
    """For whatever watches whether the desk is up."""
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [
    # Public.
    path("sign-in/", SignIn.as_view(), name="sign_in"),
    # Whoever has no place on the desk must still be able to leave it.
    path("sign-out/", login_not_required(LogoutView.as_view()), name="sign_out"),
    path("try/", try_out, name="try"),
    path("healthz", healthz, name="healthz"),
    # Link workers only.
    path("", callback_queue.queue, name="queue"),
    path("callbacks/<str:reference>/", callback_page.callback_page, name="callback"),
    path("callbacks/<str:reference>/claim/", callback_queue.claim, name="claim"),
    path("callbacks/<str:reference>/attempt/", callback_page.attempt, name="attempt"),
    path("callbacks/<str:reference>/close/", callback_page.close, name="close"),
    path("callbacks/<str:reference>/release/", callback_page.release, name="release"),
    path("caseload/", caseload.caseload, name="caseload"),
    path("safety/", safety_board.board, name="safety_board"),
    path("safety/banner/", safety_board.banner, name="safety_banner"),
    path("safety/<int:pk>/", safety_board.alert_page, name="safety_alert"),
    path("safety/<int:pk>/close/", safety_board.close_alert, name="close_alert"),
]
