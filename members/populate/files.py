"""Writes a portfolio as feed files, one household at a time: memory does not grow with the portfolio."""

import csv
import datetime
import itertools
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

from members.populate import cast, invoices, network, plans, slips
from members.populate.amounts import euros
from members.populate.care import COLUMNS as BENEFIT_COLUMNS
from members.populate.care import benefit_lines
from members.populate.people import Household, Person, households

HISTORY_MONTHS = 36
# In the order in which feeds must be loaded.
KINDS = (
    "plans", "guarantees", "companies", "group_contracts", "professionals", "agreements", "persons", "policies",
    "covers", "affiliations", "benefits", "contribution_slips", "contribution_lines", "transfers", "invoices", "invoice_lines",
)  # fmt: skip
PLAN_COLUMNS = ("plan_code", "name", "kind", "responsible", "valid_from", "valid_to")
GUARANTEE_COLUMNS = (
    "plan_code", "act_family", "valid_from", "valid_to", "basis", "rate", "amount", "annual_cap", "cap_unit", "wording",
)  # fmt: skip
PERSON_COLUMNS = (
    "person_ref", "member_number", "rank", "role", "family_name", "birth_name", "given_names", "birth_date",
    "birth_rank", "sex", "nir", "email", "phone", "address_line1", "address_line2", "postcode", "city", "country",
    "iban", "scheme_code", "office_code", "alsace_moselle",
)  # fmt: skip
POLICY_COLUMNS = (
    "policy_number", "member_number", "plan_code", "start_date", "end_date", "end_reason", "group_contract",
)  # fmt: skip
COVER_COLUMNS = ("policy_number", "person_ref", "start_date", "end_date")
AFFILIATION_COLUMNS = (
    "contract_number", "person_ref", "start_date", "employee_number", "end_date", "end_reason",
)  # fmt: skip
SCHEMES = ("01", "01", "01", "01", "01", "01", "02", "04", "08", "91")

Row = tuple[str, ...]
# A household, the months of its history, and the seed of that history.
History = tuple[Household, int, int]


def write_portfolio(
    folder: Path,
    *,
    members: int,
    seed: int,
    today: datetime.date,
    with_cast: bool = False,
    progress: Callable[[Iterable[History]], Iterable[History]] = iter,
) -> dict[str, Path]:
    """Writes every file into `folder` and returns them by kind, in loading order.

    Care goes up to the day before `today`. `with_cast` adds the demo's fixed households before the others; `progress`
    wraps the households, for a bar.
    """
    known = [(home, months, cast.SEED) for home, months in cast.households(today)] if with_cast else []
    fabricated = ((home, HISTORY_MONTHS, seed) for home in households(members, seed, today))
    _write(folder, "plans", PLAN_COLUMNS, _plan_rows())
    _write(folder, "guarantees", GUARANTEE_COLUMNS, _guarantee_rows())
    _write(folder, "companies", network.COMPANY_COLUMNS, network.companies(members, seed))
    _write(folder, "group_contracts", network.CONTRACT_COLUMNS, network.group_contracts(members, seed, today))
    _write(folder, "professionals", network.PROFESSIONAL_COLUMNS, network.professionals(members, seed))
    _write(folder, "agreements", network.AGREEMENT_COLUMNS, network.agreements(members, seed, today))
    contracts = {row[0]: row for row in network.group_contracts(members, seed, today)}
    billing = slips.Billing(contracts, seed, today)
    _write_households(folder, progress(itertools.chain(known, fabricated)), today, billing)
    _write_invoices(folder, invoices.invoices(members, seed, today))
    return {kind: folder / f"{kind}.csv" for kind in KINDS}


def _write(folder: Path, kind: str, columns: Row, rows: Iterable[Row]) -> None:
    with (folder / f"{kind}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def _write_households(folder: Path, homes: Iterable[History], today: datetime.date, billing: slips.Billing) -> None:
    with ExitStack() as stack:

        def writer(kind: str, columns: Row) -> Callable[[Iterable[Row]], object]:
            file = stack.enter_context((folder / f"{kind}.csv").open("w", encoding="utf-8", newline=""))
            lines = csv.writer(file, lineterminator="\n")
            lines.writerow(columns)
            return lines.writerows

        persons = writer("persons", PERSON_COLUMNS)
        policies = writer("policies", POLICY_COLUMNS)
        covers = writer("covers", COVER_COLUMNS)
        affiliations = writer("affiliations", AFFILIATION_COLUMNS)
        benefits = writer("benefits", BENEFIT_COLUMNS)
        billed = writer("contribution_slips", slips.SLIP_COLUMNS), writer("contribution_lines", slips.LINE_COLUMNS)
        yesterday = today - datetime.timedelta(days=1)
        for home, months, seed in homes:
            persons(_person_row(home, person) for person in home.persons)
            policies([_policy_row(home)])
            covers(_cover_rows(home))
            affiliations(_affiliation_rows(home))
            benefits(benefit_lines(home, seed, first_day(today, months), yesterday))
            _write_slips(billed, billing.seen(home))
        _write_slips(billed, billing.rest())


def _write_slips(writers: tuple[Callable[[Iterable[Row]], object], ...], written: slips.Rows) -> None:
    for write, rows in zip(writers, written, strict=True):
        write(rows)


def _write_invoices(folder: Path, practices: Iterable[tuple[str, list[invoices.Invoice]]]) -> None:
    columns = (
        ("invoices", invoices.INVOICE_COLUMNS),
        ("invoice_lines", invoices.LINE_COLUMNS),
        ("transfers", invoices.TRANSFER_COLUMNS),
    )
    with ExitStack() as stack:
        writers = []
        for kind, names in columns:
            file = stack.enter_context((folder / f"{kind}.csv").open("w", encoding="utf-8", newline=""))
            writers.append(csv.writer(file, lineterminator="\n"))
            writers[-1].writerow(names)
        heads, lines, transfers = writers
        for ref, invoiced in practices:
            heads.writerows(invoices.invoice_row(ref, one) for one in invoiced)
            for one in invoiced:
                lines.writerows(invoices.line_rows(ref, one))
            transfers.writerows(invoices.transfer_rows(ref, invoiced))


def first_day(today: datetime.date, months: int) -> datetime.date:
    """The first day of the month, so many months before the one of `today`."""
    month = today.year * 12 + today.month - 1 - months
    return datetime.date(month // 12, month % 12 + 1, 1)


def _iso(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""


def _plan_rows() -> Iterator[Row]:
    for plan in plans.PLANS:
        yield plan.code, plan.name, plan.kind, "1", _iso(plans.OPENING), ""


def _guarantee_rows() -> Iterator[Row]:
    for line in plans.guarantees():
        fixed = line.basis == "FIXED"
        yield (
            line.plan, line.family, _iso(line.valid_from), _iso(line.valid_to), line.basis,
            "" if fixed else euros(line.percent), euros(line.amount) if fixed else "",
            euros(line.annual_cap) if fixed else "", "EUR" if fixed else "", line.wording,
        )  # fmt: skip


def _person_row(home: Household, person: Person) -> Row:
    return (
        person.ref, home.member_number, str(person.rank), person.role, person.family_name, person.birth_name,
        person.given_names, _iso(person.birth_date), "1", person.sex, person.nir, person.email, person.phone,
        home.address_line1, home.address_line2, home.city.postcode, home.city.name, "FR", person.iban,
        SCHEMES[home.number % len(SCHEMES)], f"{home.city.department[:2]}1", "1" if home.city.alsace_moselle else "0",
    )  # fmt: skip


def _policy_row(home: Household) -> Row:
    return (
        home.policy_number, home.member_number, home.plan, _iso(home.start), _iso(home.end), home.end_reason,
        home.group_contract,
    )  # fmt: skip


def _cover_rows(home: Household) -> Iterator[Row]:
    for person in home.persons:
        yield home.policy_number, person.ref, _iso(person.cover_start), _iso(person.cover_end)


def _affiliation_rows(home: Household) -> Iterator[Row]:
    """The employee of a group contract is the member of the household."""
    for person in home.persons:
        if home.group_contract and person.role == "member":
            yield (
                home.group_contract, person.ref, _iso(person.cover_start), f"M{home.number:06d}", _iso(home.end),
                "démission" if home.end else "",
            )  # fmt: skip
