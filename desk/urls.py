"""Every page of the desk. Only sign-in, the try-out page and healthz are public."""

from django.contrib import admin
from django.urls import path

from desk.audit_log import show_audit_log
from desk.callback_page import (
    claim,
    close,
    record,
    release,
    show_callback,
)
from desk.callback_queue import show_queue
from desk.caseload import show_caseload
from desk.health import healthz
from desk.home import show_home
from desk.safety_board import close_alert, show_alert, show_alerts, show_banner
from desk.sign_in import SignIn, SignOut
from desk.try_out import try_out, try_website

urlpatterns = [
    path("", show_queue, name="queue"),
    path("claim/", claim, name="claim"),
    path("callbacks/<str:reference>/", show_callback, name="callback"),
    path("callbacks/<str:reference>/attempt/", record, name="record_attempt"),
    path("callbacks/<str:reference>/close/", close, name="close_callback"),
    path("callbacks/<str:reference>/release/", release, name="release_callback"),
    path("caseload/", show_caseload, name="caseload"),
    path("safety/", show_alerts, name="safety"),
    path("safety/banner/", show_banner, name="safety_banner"),
    path("safety/<int:number>/", show_alert, name="safety_alert"),
    path("safety/<int:number>/close/", close_alert, name="close_safety_alert"),
    path("start/", show_home, name="home"),
    path("audit-log/", show_audit_log, name="audit_log"),
    path("administration/", admin.site.urls),
    path("sign-in/", SignIn.as_view(), name="sign_in"),
    path("sign-out/", SignOut.as_view(), name="sign_out"),
    path("try/", try_out, name="try"),
    path("try/website/", try_website, name="try_website"),
    path("healthz", healthz, name="healthz"),
]
