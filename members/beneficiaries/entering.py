"""What every page of the room starts from: who looks, by which policy, and the objects that they may name."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest

from members.beneficiaries.models import BeneficiaryRequest
from members.beneficiaries.queries import Standing, all_rules, may_add, policies_of, requests_of, standings_of
from members.beneficiaries.rules import Rule
from members.coverage.models import Policy
from members.households.models import Person
from members.households.rules import Viewpoint
from members.households.viewpoints import viewpoint_of
from portals.access.entry import account_of


@dataclass(frozen=True)
class Desk:
    """The point of view, the rules, and the running policies of whoever looks; the first of them is the one in hand."""

    viewpoint: Viewpoint
    rules: list[Rule]
    policies: list[Policy]

    @property
    def policy(self) -> Policy | None:
        return self.policies[0] if self.policies else None

    @property
    def viewer(self) -> Person:
        """The person in whose name one asks. One query."""
        return Person.objects.get(pk=self.viewpoint.viewer.id)


def desk_of(request: HttpRequest, *, adding: bool = False) -> Desk:
    """Three queries. Raises Http404 for whoever may not add, when it is about `adding`.

    `?contrat=`: another of the household's policies than the first.
    """
    viewpoint = viewpoint_of(request)
    if adding and not may_add(viewpoint):
        raise Http404
    wanted = request.GET.get("contrat", "")
    policies = policies_of(viewpoint)
    policies.sort(key=lambda policy: str(policy.pk) != wanted)  # stable: the others keep their order
    return Desk(viewpoint, all_rules(), policies)


def standing_of(desk: Desk, person_id: int) -> Standing:
    """A person whom the viewer manages. Raises Http404 for any other."""
    found = (standing for standing in standings_of(desk.viewpoint, desk.rules) if standing.person.id == person_id)
    standing = next(found, None)
    if standing is None or standing.cover is None:
        raise Http404
    return standing


def request_of(request: HttpRequest, request_id: int) -> BeneficiaryRequest:
    """A request in the viewer's name, or one's own draft; another's is as unknown as one that never was."""
    rows = requests_of(viewpoint_of(request), account_of(request))
    row = rows.defer(None).select_related("person", "policy", "account").filter(pk=request_id).first()
    if row is None:
        raise Http404
    return row
