"""The pages of a space that does not open: why, since when, and what remains. All answer 403."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from portals.access.entry import Closing, Standing, Switched
from portals.access.models import CompanyRole, Grant
from portals.access.services import Service
from portals.accounts.landing import HOMES
from portals.accounts.models import Space

ADMINISTRATORS_NAMED = 5


def restricted(request: HttpRequest, standing: Standing, service: Service | None) -> HttpResponse:
    """Suspended or closed by the mutual, wholly or for this service (CGU-7.1, 7.2)."""
    context = {"standing": standing, "service": service}
    return render(request, "portals/access/restricted.html", context, status=403)


def withdrawn(request: HttpRequest, closing: Closing) -> HttpResponse:
    """The whole space has been withdrawn (CGU-7.5)."""
    return render(request, "portals/access/withdrawn.html", {"closing": closing}, status=403)


def switched_off(request: HttpRequest, switch: Switched) -> HttpResponse:
    """The service is off for everybody in the space, for a while or for good (CGU-3.1)."""
    return render(request, "portals/access/switched_off.html", {"switch": switch}, status=403)


def no_access(request: HttpRequest) -> HttpResponse:
    """No grant is open today: it has not begun, or the two years are over (CGU-7.3)."""
    return render(request, "portals/access/no_access.html", status=403)


def not_your_role(request: HttpRequest, grant: Grant, service: Service) -> HttpResponse:
    """The role given by the organisation or the practice does not open this service (or not its forms).

    Who may change that is named: the administrators, or the professional.
    """
    decides = CompanyRole.ADMINISTRATOR if grant.space == Space.EMPLOYER else ""
    deciders = Grant.objects.filter(space=grant.space, tenant_id=grant.tenant_id, role=decides)
    reachable = deciders.open_on(timezone.localdate()).filter(account__is_active=True)
    names = list(reachable.order_by("id").values_list("account__display_name", flat=True)[:ADMINISTRATORS_NAMED])
    context = {"grant": grant, "service": service, "administrators": names, "home": HOMES[Space(grant.space)]}
    return render(request, "portals/access/not_your_role.html", context, status=403)


def consult_only(request: HttpRequest) -> HttpResponse:
    """The representative may read for the person, and change nothing."""
    return render(request, "portals/access/consult_only.html", status=403)


def read_only(request: HttpRequest, grant: Grant) -> HttpResponse:
    """What the space rests on has ended: nothing changes any more, everything can be read (CGU-7.3)."""
    return render(request, "portals/access/read_only.html", {"grant": grant}, status=403)
