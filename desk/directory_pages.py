"""`/services`: the directory for other programs, read-only, in Open Referral's shape (HSDS 3.0).

Open to anybody: it holds what charities publish of themselves, and no patient.
"""

from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import JsonResponse
from django.views.decorators.http import require_safe

from social_prescribing.globe import EARTH_KM
from social_prescribing.needs import NEEDS
from social_prescribing.open_referral import as_page, as_service, as_term, id_of
from social_prescribing.places import find_place
from social_prescribing.support_changes import SupportChange
from social_prescribing.supports import Support

PER_PAGE, MOST_PER_PAGE = 50, 200
METRES_IN_A_DEGREE = EARTH_KM * 1000 * 3.14159265 / 180


@login_not_required
@require_safe
def list_services(request):
    """One page of services, each with all that belongs to it.

    Asked by `search`, `taxonomy_term_id`, `organization_id`, `modified_after`, `postcode` with
    `proximity` (metres), `page` and `per_page`.
    """
    return _page(request.GET, _found, as_service)


@login_not_required
@require_safe
def show_service(request, service_id):
    """One service by its UUID."""
    for support_id in Support.objects.filter(listed=True).values_list("id", flat=True):
        if id_of("service", support_id) == str(service_id):
            return _answer(as_service(Support.objects.get(pk=support_id)))
    return _answer({"detail": "There is no such service"}, status=404)


@login_not_required
@require_safe
def list_terms(request):
    """The needs, as taxonomy terms, by `page` and `per_page`."""
    return _page(request.GET, lambda asked: list(NEEDS), as_term)


def _answer(content, **options):
    """JSON that a page of anybody's may read, as Open Referral UK wants it."""
    return JsonResponse(content, headers={"Access-Control-Allow-Origin": "*"}, **options)


def _page(asked, find, shape):
    try:
        found = find(asked)
        per_page = min(int(asked.get("per_page") or PER_PAGE), MOST_PER_PAGE)
        page = int(asked.get("page") or 1)
    except ValueError as problem:
        return _answer({"detail": str(problem)}, status=400)
    if page < 1 or per_page < 1:
        return _answer({"detail": "page and per_page begin at 1"}, status=400)
    paginator = Paginator(found, per_page)
    on_page = paginator.page(page).object_list if page <= paginator.num_pages else []
    contents = [shape(one) for one in on_page]
    return _answer(as_page(contents, page=page, per_page=per_page, count=paginator.count))


def _found(asked):
    supports = Support.objects.filter(listed=True, closed_on=None)
    supports = supports.prefetch_related("need_rows", "areas", "changes").order_by("id")
    if words := asked.get("search"):
        supports = supports.filter(
            Q(name__icontains=words)
            | Q(organisation__icontains=words)
            | Q(description__icontains=words)
        )
    if term := asked.get("taxonomy_term_id"):
        supports = supports.filter(need_rows__need__in=_needs_of(term))
    if organization := asked.get("organization_id"):
        names = Support.objects.order_by().values_list("organisation", flat=True).distinct()
        ours = [name for name in names if id_of("organization", name) == organization]
        supports = supports.filter(organisation__in=ours)
    if moment := asked.get("modified_after"):
        supports = supports.filter(_modified_since(date.fromisoformat(moment[:10])))
    return _near(supports, asked) if asked.get("postcode") else supports


def _modified_since(day):
    """Modified on a day or after it: `last_modified` knows no hour, so the day itself counts."""
    changed = SupportChange.objects.filter(noticed_on__gte=day).values("support")
    return Q(confirmed_on__gte=day) | Q(checked_on__gte=day) | Q(id__in=changed)


def _needs_of(term):
    """The need that a taxonomy term's id, or its code, names; a list of one or none."""
    return [need for need in NEEDS if term in (need, id_of("taxonomy_term", need))]


def _near(supports, asked):
    place = find_place(asked["postcode"])
    if place is None or place.latitude is None:
        raise ValueError("postcode: no such place")
    degrees = float(asked.get("proximity") or 5000) / METRES_IN_A_DEGREE
    return supports.filter(
        latitude__range=(place.latitude - degrees, place.latitude + degrees),
        longitude__range=(place.longitude - degrees * 1.8, place.longitude + degrees * 1.8),
    )
