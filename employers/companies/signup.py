"""Which legal person may open an account in the employer space (CGU-1.3)."""

import datetime
from collections import defaultdict
from collections.abc import Sequence

from employers.companies.models import Company, GroupContract
from employers.companies.queries import running_on
from portals.access.models import Basis, CompanyRole
from portals.accounts.identifiers import as_typed
from portals.accounts.signup import Answers, Door, Ends, Match


def match(answers: Answers, today: datetime.date) -> Match | None:
    """The company or association with this SIRET, a running group contract of this number, and this contact address.

    The address must be the one that the company declared: a SIRET is public, and contract numbers travel.
    """
    contracts = running_on(GroupContract.objects.select_related("company"), today)
    contract = contracts.filter(contract_number=answers["contract_number"], company__siret=answers["siret"]).first()
    if contract is None:
        return None
    company = contract.company
    if not company.email or company.email.lower() != answers["email"].strip().lower():
        return None
    return Match(
        tenant_id=company.pk,
        subject_id=company.pk,
        display_name=answers["person_name"],
        email=company.email,
        organisation_name=company.name,
        role=CompanyRole.ADMINISTRATOR,
    )


def recognises(company_id: int, answers: Answers) -> bool:
    """Whether the proof of a fraud report is this company's SIRET, with or without spaces."""
    return Company.objects.filter(pk=company_id, siret=as_typed(answers["proof"])).exists()


def personal_words(company_id: int) -> list[str]:
    """Names and numbers of the company."""
    company = Company.objects.get(pk=company_id)
    numbers = list(company.contracts.values_list("contract_number", flat=True))
    return [company.siret, company.name, company.email, company.city, *numbers]


def ends_of(company_ids: Sequence[int], today: datetime.date) -> Ends:
    """The last days of the group contracts that have begun. One query."""
    contracts = GroupContract.objects.filter(company_id__in=company_ids, start_date__lte=today)
    ends: dict[int, list[datetime.date | None]] = defaultdict(list)
    for company_id, end in contracts.values_list("company_id", "end_date"):
        ends[company_id].append(end)
    return ends


DOOR = Door(
    basis=Basis.GROUP_CONTRACT,
    match=match,
    personal_words=personal_words,
    recognises=recognises,
    ends_of=ends_of,
    fed_by=frozenset({"group_contracts"}),
)
