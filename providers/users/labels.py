"""What the grants of the professional space are called, in the header and on the page that changes of practice."""

from collections.abc import Sequence

from portals.access.models import DelegateRole, Grant
from portals.access.switching import Label, register_labels
from portals.accounts.models import Space
from providers.agreements.models import Professional
from providers.agreements.signup import practice_of


def labels_of(grants: Sequence[Grant]) -> dict[int, Label]:
    """The practice's name, where it is, and what the account is there. One query."""
    practices = Professional.objects.in_bulk([grant.tenant_id for grant in grants])
    return {
        grant.pk: Label(
            name=practice_of(practices[grant.tenant_id]),
            detail=f"{_capacity(grant)}, {practices[grant.tenant_id].postcode} {practices[grant.tenant_id].city}",
        )
        for grant in grants
        if grant.tenant_id in practices
    }


def _capacity(grant: Grant) -> str:
    return str(DelegateRole(grant.role).label) if grant.is_delegated else "Titulaire"


register_labels(
    Space.PROFESSIONAL,
    labels_of,
    menu="Changer de cabinet",
    question="Pour quel cabinet agissez-vous",
    search="Nom du cabinet",
)
