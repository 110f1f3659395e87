"""Who may see or do what.

Every view says which roles may open it (`@allowed_for(SEES_PATIENTS)`); one that
says nothing is open to nobody. Which of the patients a role may see is asked of
`access_of(request.user)`, and a patient's record is opened through desk/records.py
alone, which asks here and writes the audit log.

`check_…` raises PermissionDenied, its twin `may_…` answers yes or no. What a
callback's status allows is another question; that one is answered by its table
in social_prescribing.callbacks.
"""

from functools import cached_property, wraps

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from social_prescribing.audit_log import AuditEntry
from social_prescribing.callbacks import Callback, Status, callbacks_for
from social_prescribing.link_workers import LinkWorker
from social_prescribing.practices import Practice
from social_prescribing.safety_alerts import SafetyAlert, are_shown
from social_prescribing.staff import Role

LINK_WORKERS = frozenset({Role.LINK_WORKER, Role.THEMATIC_LINK_WORKER})
# A provider's lead sees what their link workers see; the others see no patient.
SEES_PATIENTS = LINK_WORKERS | {Role.PROVIDER_LEAD}
# Who may add a person by hand.
MAY_REFER = LINK_WORKERS | {Role.PROVIDER_LEAD, Role.PRACTICE_STAFF}
READS_AUDIT_LOG = frozenset({Role.PROVIDER_LEAD, Role.PROGRAMME_LEAD})
READS_GAPS = frozenset({Role.PROVIDER_LEAD, Role.PROGRAMME_LEAD})
# Counts, gaps and supports, without any patient.
SEES_FIGURES = SEES_PATIENTS | {Role.PRACTICE_STAFF, Role.PROGRAMME_LEAD}
ADMINISTERS = frozenset({Role.ADMINISTRATOR})
EVERY_ROLE = frozenset(Role)

NO_ROLE = (
    "You are signed in, but this account has no role on the desk yet. "
    "Ask your programme's administrator to add you."
)
NOT_FOR_YOUR_ROLE = "This page is not for your role: {roles}."
NOT_A_LINK_WORKER = "Only a link worker does this, and this account is not a link worker's."
NOT_YOUR_CALLBACK = "This callback belongs to a practice that you do not work for."
NOT_YOUR_PRACTICE = "You do not work for this practice, or there is none with this code."
NOT_YOUR_ALERT = "This safety alert belongs to a practice and provider that you do not work for."


class Access:
    """What one signed-in person is on the desk. Asked of the database once a request."""

    def __init__(self, user):
        self.user = user

    @cached_property
    def link_worker(self):
        """The LinkWorker that this person is, or None."""
        workers = LinkWorker.objects.select_related("provider", "theme", "user")
        return workers.filter(user=self.user.pk).first()

    @cached_property
    def roles(self):
        """All their roles: a frozenset of Role."""
        roles = {Role(given.role) for given in self._given}
        if self.link_worker is not None:
            is_thematic = self.link_worker.is_thematic
            roles.add(Role.THEMATIC_LINK_WORKER if is_thematic else Role.LINK_WORKER)
        if self.user.is_superuser:
            roles.add(Role.ADMINISTRATOR)
        return frozenset(roles)

    @cached_property
    def led_providers(self):
        """Ids of the providers that they lead."""
        return [given.provider_id for given in self._given if given.role == Role.PROVIDER_LEAD]

    @property
    def practices(self):
        """Practices that they work for, in whatever role; a lead's are all of the provider."""
        return Practice.objects.filter(
            Q(link_workers__user=self.user.pk)
            | Q(staff__user=self.user.pk, staff__role=Role.PRACTICE_STAFF)
            | Q(provider__in=self.led_providers)
        ).distinct()

    @cached_property
    def is_demo(self):
        """A made-up person, whose password everybody knows."""
        worker = self.link_worker
        return bool(worker and worker.is_demo) or any(given.is_demo for given in self._given)

    def has_any(self, roles):
        return not self.roles.isdisjoint(roles)

    @property
    def roles_in_words(self):
        return ", ".join(sorted(role.label for role in self.roles)).lower()

    @cached_property
    def _given(self):
        return list(self.user.staff_roles.all())


def access_of(user):
    """The Access of a signed-in user; asked again in the same request, the same one."""
    if not hasattr(user, "_desk_access"):
        user._desk_access = Access(user)
    return user._desk_access


def allowed_for(roles):
    """Open a view to people with one of these roles, and refuse everybody else."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            check_has_role(request.user, roles)
            return view(request, *args, **kwargs)

        guarded.allowed_for = frozenset(roles)
        return guarded

    return decorate


def any_role(view):
    """Open a view to whoever is signed in, also before they have a role."""
    view.allowed_for = EVERY_ROLE
    return view


def check_has_role(user, roles):
    access = access_of(user)
    if not access.roles:
        raise PermissionDenied(NO_ROLE)
    if not access.has_any(roles):
        raise PermissionDenied(NOT_FOR_YOUR_ROLE.format(roles=access.roles_in_words))


def check_link_worker(user):
    """The LinkWorker that this user is, or PermissionDenied."""
    link_worker = access_of(user).link_worker
    if link_worker is None:
        raise PermissionDenied(NOT_A_LINK_WORKER)
    return link_worker


def may_administer(user):
    return user.is_active and access_of(user).has_any(ADMINISTERS)


# ------------------------------------------------------------------------- patients


def callbacks_seen_by(access):
    """Callbacks of their practices or theme; a provider's lead sees all of the provider's.

    Where a shared number left the practice unknown, every one of them may help.
    """
    of_lead = Q(practice__provider__in=access.led_providers) | Q(practice=None)
    if access.link_worker is None:
        return Callback.objects.filter(of_lead) if access.led_providers else Callback.objects.none()
    of_worker = callbacks_for(access.link_worker)
    if not access.led_providers:
        return of_worker
    return Callback.objects.filter(Q(pk__in=of_worker.values("pk")) | of_lead)


def alerts_for(access):
    """Safety alerts that this person may see.

    More people than see the callback: danger must find somebody who is at the
    desk. So everyone of the practice's provider sees it, whoever works on its
    theme, and everybody where the practice is not known.
    """
    worker = access.link_worker
    if worker is None and not access.led_providers:
        return SafetyAlert.objects.none()
    providers = [*access.led_providers, *([worker.provider_id] if worker else [])]
    theirs = Q(conversation__practice=None) | Q(conversation__practice__provider__in=providers)
    if worker:
        of_theme = Callback.objects.filter(callback_needs__need__in=worker.theme_needs)
        theirs |= Q(conversation__practice__in=worker.practices.all())
        theirs |= Q(conversation__in=of_theme.values("conversation"))
    return SafetyAlert.objects.filter(theirs, are_shown())


def may_see_callback(access, callback):
    """Their practice's, their theme's, on their caseload, or with an open alert they may see."""
    return (
        is_on_their_caseload(access, callback)
        or callbacks_seen_by(access).filter(pk=callback.pk).exists()
        or alerts_for(access).filter(conversation=callback.conversation_id, closed_at=None).exists()
    )


def is_on_their_caseload(access, callback):
    """They hold it, or held it when it was closed."""
    worker = access.link_worker
    return worker is not None and callback.link_worker_id == worker.pk


def holds_callback(link_worker, callback):
    """Only who holds a callback works on it; the rules check it again as they write."""
    return (
        link_worker is not None
        and callback.status == Status.CLAIMED
        and callback.link_worker_id == link_worker.pk
    )


def may_see_alert(access, alert):
    return alerts_for(access).filter(pk=alert.pk).exists()


def check_may_see_callback(access, callback):
    if not may_see_callback(access, callback):
        raise PermissionDenied(NOT_YOUR_CALLBACK)


def check_may_see_alert(access, alert):
    if not may_see_alert(access, alert):
        raise PermissionDenied(NOT_YOUR_ALERT)


# ------------------------------------------------------------------------ practices


def practices_with_figures(access):
    """Practices whose figures this person may see, without any patient: a programme lead all."""
    if Role.PROGRAMME_LEAD in access.roles:
        return Practice.objects.all()
    return access.practices


def practices_printed_by(access):
    """Practices whose posters they print: a thematic link worker, who works everywhere, all."""
    if Role.THEMATIC_LINK_WORKER in access.roles:
        return Practice.objects.all()
    return practices_with_figures(access)


def check_may_print_for(access, practice):
    if not practices_printed_by(access).filter(pk=practice.pk).exists():
        raise PermissionDenied(NOT_YOUR_PRACTICE)


# ------------------------------------------------------------------------ audit log


def audit_entries_for(access):
    """What a lead may read of the audit log: a programme lead all, a provider's lead their own.

    Their own is what happened to records of their practices, and what their people did.
    """
    if Role.PROGRAMME_LEAD in access.roles:
        return AuditEntry.objects.all()
    codes = Practice.objects.filter(provider__in=access.led_providers).values("code")
    people = LinkWorker.objects.filter(provider__in=access.led_providers).values("user__username")
    return AuditEntry.objects.filter(Q(practice_code__in=codes) | Q(who__in=people))
