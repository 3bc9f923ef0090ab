"""Reads of the room: somebody's own drafts, and what a file is compared with."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet

from employers.companies.models import Company, GroupContract
from employers.companies.queries import running_on
from employers.dsn.models import DsnDraft
from employers.dsn.proposals import SIREN, Comparison, Held, Portfolio, compare
from employers.dsn.sealing import Content, content_of
from employers.workforce.models import Affiliation
from employers.workforce.queries import affiliations_of, facts_of, fingerprint
from employers.workforce.rules import NO_END, Known, identity_key
from members.households.models import Person
from portals.access import isolation
from portals.access.models import Grant


@dataclass(frozen=True)
class Review:
    """A draft as its page shows it."""

    draft: DsnDraft
    content: Content
    comparison: Comparison


def drafts_of(grant: Grant) -> QuerySet[DsnDraft]:
    """The files that the account sent for this company, latest first."""
    own = DsnDraft.objects.filter(company=grant.tenant_id, account=grant.account_id)
    return own.select_related("operation", "company").order_by("-pk")


def review_of(draft: DsnDraft, today: datetime.date) -> Review:
    """The file compared with the employees as they are now. Six queries, whatever the size of either."""
    content = content_of(draft)
    portfolio, known = _read(draft.company, today)
    return Review(draft, content, compare(content.file, portfolio, known))


def _read(company: Company, today: datetime.date) -> tuple[Portfolio, Known]:
    """What the file is compared with, and what the rules ask, from one reading of the affiliations."""
    rows = list(affiliations_of(company.pk).select_related("contract").order_by("start_date", "pk"))
    nirs = _nirs([row.person_id for row in rows if row.person_id is not None])
    known = Known(today=today, fingerprint=fingerprint)
    by_nir: dict[bytes, list[Held]] = defaultdict(list)
    by_name: dict[tuple[str, str, datetime.date], list[Held]] = defaultdict(list)
    for row in rows:
        held, end = _held(row), row.end_date or NO_END
        key = identity_key(row.family_name, row.given_names, row.birth_date)
        by_name[key].append(held)
        known.people[key] = max(end, known.people.get(key, end))
        if row.employee_number:
            known.numbers[row.employee_number] = max(end, known.numbers.get(row.employee_number, end))
        if (mark := nirs.get(row.person_id or 0)) is not None:
            by_nir[mark].append(held)
            known.nirs[mark] = max(end, known.nirs.get(mark, end))
    contracts = running_on(GroupContract.objects.filter(company=company), today)
    portfolio = Portfolio(
        siren=company.siret[:SIREN],
        contracts={contract.contract_number: facts_of(contract) for contract in contracts},
        by_nir={mark: tuple(helds) for mark, helds in by_nir.items()},
        by_name={key: tuple(helds) for key, helds in by_name.items()},
    )
    return portfolio, known


def _nirs(person_ids: list[int]) -> dict[int, bytes]:
    """Fingerprints of the employees' NIR by person, read in the system's context: they say nothing by themselves."""
    with isolation.system():
        persons = Person.objects.filter(pk__in=person_ids, nir_index__isnull=False)
        return {pk: bytes(index or b"") for pk, index in persons.values_list("pk", "nir_index")}


def _held(row: Affiliation) -> Held:
    return Held(
        id=row.pk,
        contract_id=row.contract_id,
        contract_number=row.contract.contract_number,
        population=row.population,
        family_name=row.family_name,
        given_names=row.given_names,
        birth_date=row.birth_date,
        employee_number=row.employee_number,
        email=row.email,
        start_date=row.start_date,
        end_date=row.end_date,
    )
