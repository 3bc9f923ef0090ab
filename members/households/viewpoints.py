"""From a request to the point of view it is made from."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone

from members.households.models import Person
from members.households.queries import viewpoint_by
from members.households.rules import Viewpoint
from portals.access.entry import grant_of


def viewpoint_of(request: HttpRequest) -> Viewpoint:
    """What the signed-in member may see today (Europe/Paris), for themselves or for whom they act. One query.

    Raises PermissionDenied when the account's grant is no longer one of its household.
    """
    grant = grant_of(request)
    try:
        return viewpoint_by(grant, day=timezone.localdate())
    except Person.DoesNotExist as error:
        raise PermissionDenied("Vous n’êtes plus rattaché à ce contrat.") from error
