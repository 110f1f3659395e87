"""Every page of the desk. Only the steps of sign-in, the try-out page and healthz are public."""

from django.contrib import admin
from django.urls import path

from desk.account import (
    ChangePassword,
    ForgottenPassword,
    NewPassword,
    PasswordLinkSent,
    show_account,
)
from desk.audit_log import show_audit_log
from desk.callback_actions import (
    claim,
    claim_best,
    close,
    correct,
    pass_on,
    record,
    release,
    write_note,
)
from desk.callback_page import show_callback, show_sheet
from desk.callback_queue import show_queue
from desk.callback_texts import hand_back, text_ahead, write_text
from desk.caseload import be_away, show_caseload
from desk.digest_pages import choose_digest, stop_digest
from desk.directory_pages import list_services, list_terms, show_service
from desk.gaps_page import download_gaps, show_gaps
from desk.health import healthz
from desk.home import show_home
from desk.idle import still_here
from desk.notices_page import read_notice
from desk.out_there_page import show_email, show_out_there
from desk.permissions import any_role
from desk.posters_page import send_poster, show_posters
from desk.safety_board import (
    close_alert,
    own_alert,
    show_alert,
    show_alerts,
    show_banner,
    take_step,
)
from desk.search import show_found
from desk.second_factor_pages import (
    renew_recovery_codes,
    set_up,
    sign_in_code,
    sign_in_set_up,
)
from desk.sign_in import SignIn, SignOut
from desk.staff_referral_page import add_person
from desk.supports_to_check import check_support, show_supports_to_check
from desk.texts_page import mark_text_read, show_texts
from desk.try_out import try_out, try_website

urlpatterns = [
    path("", show_queue, name="queue"),
    path("search/", show_found, name="search"),
    path("add/", add_person, name="add_person"),
    path("claim/", claim, name="claim"),
    path("claim/next/", claim_best, name="claim_next"),
    path("callbacks/<str:reference>/", show_callback, name="callback"),
    path("callbacks/<str:reference>/sheet/", show_sheet, name="call_sheet"),
    path("callbacks/<str:reference>/ringing/", text_ahead, name="text_ahead"),
    path("callbacks/<str:reference>/text/", write_text, name="write_text"),
    path("callbacks/<str:reference>/hand-back/", hand_back, name="hand_back"),
    path("callbacks/<str:reference>/hand-over/", pass_on, name="hand_over"),
    path("callbacks/<str:reference>/needs/", correct, name="correct_needs"),
    path("callbacks/<str:reference>/note/", write_note, name="write_note"),
    path("callbacks/<str:reference>/attempt/", record, name="record_attempt"),
    path("callbacks/<str:reference>/close/", close, name="close_callback"),
    path("callbacks/<str:reference>/release/", release, name="release_callback"),
    path("caseload/", show_caseload, name="caseload"),
    path("caseload/away/", be_away, name="be_away"),
    path("notices/<int:number>/read/", read_notice, name="read_notice"),
    path("safety/", show_alerts, name="safety"),
    path("safety/banner/", show_banner, name="safety_banner"),
    path("safety/<int:number>/", show_alert, name="safety_alert"),
    path("safety/<int:number>/own/", own_alert, name="own_safety_alert"),
    path("safety/<int:number>/step/", take_step, name="take_safety_step"),
    path("safety/<int:number>/close/", close_alert, name="close_safety_alert"),
    path("texts/", show_texts, name="texts"),
    path("texts/read/", mark_text_read, name="mark_text_read"),
    path("out-there/", show_out_there, name="out_there"),
    path("out-there/email/", show_email, name="out_there_email"),
    path("out-there/email/choose/", choose_digest, name="choose_digest"),
    path("out-there/email/stop/<str:token>/", stop_digest, name="stop_digest"),
    path("start/", show_home, name="home"),
    path("gaps/", show_gaps, name="gaps"),
    path("gaps/csv/", download_gaps, name="gaps_csv"),
    path("audit-log/", show_audit_log, name="audit_log"),
    path("administration/", admin.site.urls),
    path("sign-in/", SignIn.as_view(), name="sign_in"),
    path("sign-in/code/", sign_in_code, name="sign_in_code"),
    path("sign-in/second-factor/", sign_in_set_up, name="sign_in_set_up"),
    path("sign-in/forgotten/", ForgottenPassword.as_view(), name="forgotten_password"),
    path("sign-in/forgotten/sent/", PasswordLinkSent.as_view(), name="password_link_sent"),
    path("sign-in/new/<uidb64>/<token>/", NewPassword.as_view(), name="new_password"),
    path("account/", show_account, name="account"),
    path("account/password/", any_role(ChangePassword.as_view()), name="change_password"),
    path("account/second-factor/", set_up, name="set_up_second_factor"),
    path("account/recovery-codes/", renew_recovery_codes, name="renew_recovery_codes"),
    path("still-here/", still_here, name="still_here"),
    path("sign-out/", SignOut.as_view(), name="sign_out"),
    path("try/", try_out, name="try"),
    path("try/website/", try_website, name="try_website"),
    path("posters/", show_posters, name="posters"),
    path("posters/<str:code>/<slug:language>/<slug:size>.<slug:form>", send_poster, name="poster"),
    path("supports/", show_supports_to_check, name="supports_to_check"),
    path("supports/<slug:support_id>/check/", check_support, name="check_support"),
    path("services", list_services, name="services"),
    path("services/<uuid:service_id>", show_service, name="service"),
    path("taxonomy_terms", list_terms, name="taxonomy_terms"),
    path("healthz", healthz, name="healthz"),
]
