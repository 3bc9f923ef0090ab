"""Reads about the contracts of a company: what each covers, at which rates, and the texts that hold for it."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from employers.companies.models import GroupContract
from employers.contributions.models import ContributionLine, ContributionSlip, Structure
from employers.contributions.rules import rate_words
from members.benefits.explanation import as_line
from members.coverage.models import Guarantee
from members.guarantees.queries import table_on
from members.guarantees.rules import Words, words_of
from members.library.models import LegalDocument
from members.library.queries import readable
from members.library.rules import Stretch


@dataclass(frozen=True)
class Level:
    """A line of the guarantee table in force, as the contract writes it and in plain words."""

    row: Guarantee
    words: Words


@dataclass(frozen=True)
class Rate:
    """What the last slip reckoned for one population and structure. Nobody is counted here."""

    population: str
    structure: str
    base: Decimal
    rate: Decimal
    employer_share: Decimal | None

    @property
    def words(self) -> str:
        return rate_words(self.rate)


@dataclass(frozen=True)
class Terms:
    """A contract on a day. `rates` are those of the period that began on `rates_since`, None without a slip."""

    contract: GroupContract
    day: datetime.date
    levels: tuple[Level, ...]
    rates: tuple[Rate, ...]
    rates_since: datetime.date | None

    @property
    def is_running(self) -> bool:
        ended = self.contract.end_date is not None and self.contract.end_date < self.day
        return self.contract.start_date <= self.day and not ended

    @property
    def is_coming(self) -> bool:
        return self.day < self.contract.start_date

    @property
    def employee_share(self) -> Decimal | None:
        """What is left to the employee, None when the feed does not say the employer's share."""
        share = self.contract.employer_share
        return None if share is None else 1 - share


def contracts_of(company_id: int) -> list[GroupContract]:
    """Every contract of a company with its plan: those without an end first, then the latest. One query."""
    contracts = GroupContract.objects.filter(company=company_id).select_related("plan")
    return list(contracts.order_by("-end_date", "start_date", "contract_number"))


def terms_of(company_id: int, day: datetime.date) -> list[Terms]:
    """The contracts of a company as they are on a day, the running ones first. Three queries."""
    contracts = contracts_of(company_id)
    plans = {contract.plan_id for contract in contracts}
    rows = Guarantee.objects.filter(plan_id__in=plans).select_related("act_family", "plan")
    by_plan: dict[int, list[Guarantee]] = {}
    for row in rows.order_by("act_family__position", "act_family_id", "-valid_from"):
        by_plan.setdefault(row.plan_id, []).append(row)
    rates = _last_rates(company_id)
    told = [_terms(contract, day, by_plan.get(contract.plan_id, []), rates) for contract in contracts]
    return sorted(told, key=lambda one: (not one.is_running, not one.is_coming))


def _terms(
    contract: GroupContract,
    day: datetime.date,
    rows: Sequence[Guarantee],
    rates: dict[int, tuple[datetime.date, tuple[Rate, ...]]],
) -> Terms:
    since, of_contract = rates.get(contract.pk, (None, ()))
    levels = tuple(Level(row, words_of(as_line(row), row.act_family_id)) for row in table_on(rows, day))
    return Terms(contract, day, levels, of_contract, since)


def _last_rates(company_id: int) -> dict[int, tuple[datetime.date, tuple[Rate, ...]]]:
    """By contract: the first day of the last period that was reckoned, and its rates."""
    newest = (
        ContributionSlip.objects.filter(company=company_id, lines__adjusts_period=None, lines__isnull=False)
        .order_by("contract", "-period_start", "-pk")
        .distinct("contract")
    )
    lines = ContributionLine.objects.filter(slip__in=newest.values("pk"), adjusts_period=None).select_related("slip")
    found: dict[int, tuple[datetime.date, dict[Rate, None]]] = {}
    for line in lines.order_by("slip_id", "line"):
        found.setdefault(line.slip.contract_id, (line.slip.period_start, {}))[1][_rate(line)] = None
    return {contract: (since, tuple(rates)) for contract, (since, rates) in found.items()}


def _rate(line: ContributionLine) -> Rate:
    label = str(Structure(line.structure).label)
    return Rate(line.population, label, line.base, line.rate, line.employer_share)


def stretches_of(contracts: Iterable[GroupContract]) -> list[Stretch]:
    """From when to when each plan and contract held, for the library's rules."""
    return [
        Stretch(contract.plan_id, contract.contract_number, contract.start_date, contract.end_date)
        for contract in contracts
    ]


def documents_of(company_id: int) -> tuple[list[LegalDocument], list[Stretch]]:
    """Every version of the texts that a contract of the company lets one read, and what its contracts span."""
    stretches = stretches_of(contracts_of(company_id))
    return readable(stretches), stretches
