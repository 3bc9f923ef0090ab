"""From a request to the account and the point of view it is made from."""

import datetime

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone

from members.households.models import Person
from members.households.queries import viewpoint
from members.households.rules import Viewpoint
from portals.access.models import Grant
from portals.accounts.models import Account
from portals.accounts.rules import two_years_after


def viewpoint_of(request: HttpRequest) -> Viewpoint:
    """What the signed-in member may see today (Europe/Paris). One query.

    Raises PermissionDenied when the account's grant is no longer one of its household.
    """
    grant: Grant | None = request.grant  # type: ignore[attr-defined]  # set by IsolationMiddleware
    if grant is None:
        raise PermissionDenied("Votre accès à cet espace est terminé ou n’a pas encore commencé.")
    try:
        return viewpoint(household_id=grant.tenant_id, person_id=grant.subject_id, day=timezone.localdate())
    except Person.DoesNotExist as error:
        raise PermissionDenied("Vous n’êtes plus rattaché à ce contrat.") from error


def closing_day_of(request: HttpRequest) -> datetime.date | None:
    """The last day of a space whose cover has ended (CGU-7.3); None while the person is covered."""
    grant: Grant | None = request.grant  # type: ignore[attr-defined]  # set by IsolationMiddleware
    until = grant.access_until if grant else None
    return until if until and until < two_years_after(timezone.localdate()) else None


def account_of(request: HttpRequest) -> Account:
    """The account that makes the request. Raises PermissionDenied for nobody, whom the sign-in page stops before."""
    if not isinstance(request.user, Account):
        raise PermissionDenied
    return request.user
