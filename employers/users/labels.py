"""What the grants of the employer space are called, in the header and on the page that changes of company."""

from collections.abc import Sequence

from employers.companies.models import Company
from portals.access.models import CompanyRole, Grant
from portals.access.switching import Label, register_labels
from portals.accounts.models import Space
from portals.presentation.formats import siret

QUALITY = "mandat"


def labels_of(grants: Sequence[Grant]) -> dict[int, Label]:
    """The company's name, and what the account is there. One query."""
    companies = Company.objects.in_bulk([grant.tenant_id for grant in grants])
    return {
        grant.pk: Label(
            name=companies[grant.tenant_id].name,
            detail=f"{_capacity(grant)}, SIRET {siret(companies[grant.tenant_id].siret)}",
            quality=QUALITY if grant.represents else "",
        )
        for grant in grants
        if grant.tenant_id in companies
    }


def _capacity(grant: Grant) -> str:
    return "Tiers déclarant" if grant.represents else CompanyRole(grant.role).label


register_labels(
    Space.EMPLOYER,
    labels_of,
    menu="Changer d’entreprise",
    question="Pour quelle entreprise agissez-vous",
    search="Nom de l’entreprise",
)
