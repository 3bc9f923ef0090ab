"""Worked examples of the engine, each with its source (`examples.csv`), and what holds whatever the figures."""

import csv
import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.benefits import reference
from members.benefits.engine import (
    Basis,
    Basket,
    Care,
    GuaranteeLine,
    Law,
    Rule,
    SchemeTerms,
    Settlement,
    Told,
    Unit,
    Used,
    basket_of,
    guarantee_year,
    scheme_terms,
    settle,
)
from portals.dates import months_after

EXAMPLES = list(csv.DictReader((Path(__file__).parent / "examples.csv").read_text(encoding="utf-8").splitlines()))


def guarantee_from(words: str) -> GuaranteeLine | None:
    """`BR 3.00 cap 1200 EUR`, `FIXED 25`, `none`."""
    if words == "none":
        return None
    basis, figure, *cap = words.split()
    fixed = basis == Basis.FIXED
    return GuaranteeLine(
        basis=Basis(basis),
        rate=None if fixed else Decimal(figure),
        amount=Decimal(figure) if fixed else None,
        annual_cap=Decimal(cap[1]) if cap else None,
        cap_unit=Unit(cap[2]) if cap else Unit.EUROS,
    )


def used_from(words: str) -> Used:
    said = dict(word.split("=") for word in words.split())
    glasses = said.get("glasses")
    return Used(
        of_ceiling=Decimal(said.get("ceiling", "0")),
        participation=Decimal(said.get("participation", "0")),
        franchise=Decimal(said.get("franchise", "0")),
        on_day=Decimal(said.get("day", "0")),
        last_equipment=datetime.date.fromisoformat(glasses) if glasses else None,
    )


def settled(row: dict[str, str]) -> Settlement:
    """The example through the shipped tables: base, rate and deduction come from them unless the row says otherwise."""
    code, day = reference.codes()[row["act_code"]], datetime.date.fromisoformat(row["day"])
    flags = row["flags"].split()
    care = Care(
        act_code=code.code,
        family=code.family,
        day=day,
        expense=Decimal(row["expense"]),
        quantity=Decimal(row["quantity"] or "1"),
        basket=basket_of(code.code, code.family, zero_out_of_pocket=code.zero_out_of_pocket),
        is_minor="minor" in flags,
        early_renewal="early" in flags,
        alsace_moselle="local" in flags,
        coordinated="uncoordinated" not in flags,
        optam={"optam": True, "non_optam": False}.get(next((f for f in flags if f.endswith("optam")), "")),
        other=next((Decimal(flag.removeprefix("other=")) for flag in flags if flag.startswith("other=")), Decimal(0)),
    )
    base, _, rate = row["base"].partition("@")
    told = Told(
        base=Decimal(base) if base else reference.tariff_at(code.code, "base", day) or Decimal(0),
        rate=Decimal(rate) if rate else code.scheme_rate or Decimal(0),
        deduction_per_unit=reference.tariff_at(code.code, "deduction", day) or Decimal(0),
    )
    used, law = used_from(row["before"]), Law.of(reference.parameters_at(day))
    return settle(care, scheme_terms(care, told, used, law), guarantee_from(row["guarantee"]), used, law)


@pytest.mark.parametrize("row", EXAMPLES, ids=[row["name"] for row in EXAMPLES])
def test_it_gives_the_worked_example(row: dict[str, str]) -> None:
    result = settled(row)
    found = (result.scheme, result.deduction, result.mutual, result.own)
    assert found == tuple(Decimal(row[part]) for part in ("scheme", "deduction", "mutual", "own"))
    assert row["source"]
    if row["ceiling_left"]:
        assert result.ceiling is not None
        assert result.ceiling.after == Decimal(row["ceiling_left"])


def test_there_are_sixty_examples_and_no_two_alike() -> None:
    assert len(EXAMPLES) >= 60
    assert len({tuple(row.values())[1:9] for row in EXAMPLES}) == len(EXAMPLES)


MONEY = st.decimals(0, 3000, places=2)
SHARES = st.decimals(0, 1, places=2)
FAMILIES = st.sampled_from(
    ["MED", "AUXM", "LABO", "PHAR", "DENT", "OPTI", "AUDI", "HOSP", "FJ", "TRAN", "RAC0", "DOUX"]
)
CARES = st.builds(
    Care,
    act_code=st.sampled_from(["G", "PH7", "PH4", "M03", "PAU", "FJ", "OSTE"]),
    family=FAMILIES,
    day=st.just(datetime.date(2026, 3, 10)),
    expense=MONEY,
    quantity=st.integers(1, 6).map(Decimal),
    basket=st.sampled_from(Basket),
    is_minor=st.booleans(),
    alsace_moselle=st.booleans(),
    coordinated=st.booleans(),
    optam=st.sampled_from([True, False, None]),
    other=MONEY,
)
TOLD = st.builds(Told, base=MONEY, rate=SHARES, deduction_per_unit=st.decimals(0, 5, places=2))
GUARANTEES = st.none() | st.builds(
    GuaranteeLine,
    basis=st.sampled_from(Basis),
    rate=st.decimals(0, 5, places=2),
    amount=st.none() | MONEY,
    annual_cap=st.none() | MONEY,
    cap_unit=st.sampled_from(Unit),
)
USED = st.builds(
    Used,
    of_ceiling=MONEY,
    participation=st.decimals(0, 60, places=2),
    franchise=st.decimals(0, 60, places=2),
    on_day=st.decimals(0, 10, places=2),
    last_equipment=st.none() | st.dates(datetime.date(2020, 1, 1), datetime.date(2026, 3, 9)),
)
LAW = Law.of(reference.parameters_at(datetime.date(2026, 3, 10)))


@given(care=CARES, told=TOLD, guarantee=GUARANTEES, used=USED, responsible=st.booleans())
def test_the_parts_add_up_and_none_is_negative(
    care: Care, told: Told, guarantee: GuaranteeLine | None, used: Used, responsible: bool
) -> None:
    found = settle(care, scheme_terms(care, told, used, LAW), guarantee, used, LAW, responsible=responsible)
    assert found.scheme + found.mutual + found.other + found.own == care.expense
    assert min(found.scheme, found.deduction, found.mutual, found.other, found.own) >= 0
    assert found.mutual <= care.expense - found.scheme - found.other


@given(care=CARES, told=TOLD, guarantee=GUARANTEES, used=USED)
def test_a_responsible_plan_never_pays_what_the_law_withholds(
    care: Care, told: Told, guarantee: GuaranteeLine | None, used: Used
) -> None:
    found = settle(care, scheme_terms(care, told, used, LAW), guarantee, used, LAW)
    assert found.mutual <= max(Decimal(0), care.expense - found.scheme - found.deduction - found.other)


@given(care=CARES, told=TOLD, guarantee=GUARANTEES, used=USED)
def test_a_ceiling_is_never_negative_and_never_grows(
    care: Care, told: Told, guarantee: GuaranteeLine | None, used: Used
) -> None:
    ceiling = settle(care, scheme_terms(care, told, used, LAW), guarantee, used, LAW).ceiling
    if ceiling is not None:
        assert 0 <= ceiling.after <= ceiling.before <= ceiling.cap


@given(care=CARES, told=TOLD, rate=st.decimals(0, 4, places=2), more=st.decimals(0, 2, places=2), used=USED)
def test_a_better_guarantee_never_pays_less(care: Care, told: Told, rate: Decimal, more: Decimal, used: Used) -> None:
    terms = scheme_terms(care, told, used, LAW)
    poor, rich = (
        settle(care, terms, GuaranteeLine(Basis.BASE, rate=share), used, LAW).mutual for share in (rate, rate + more)
    )
    assert poor <= rich


@given(care=CARES, told=TOLD, cap=MONEY, before=MONEY, more=MONEY)
def test_what_was_used_already_never_raises_the_amount(
    care: Care, told: Told, cap: Decimal, before: Decimal, more: Decimal
) -> None:
    line = GuaranteeLine(Basis.FIXED, amount=Decimal(100), annual_cap=cap)
    terms = scheme_terms(care, told, Used(), LAW)
    early, late = (settle(care, terms, line, Used(of_ceiling=used), LAW).mutual for used in (before, before + more))
    assert late <= early


def test_the_steps_say_which_rules_applied() -> None:
    terms = SchemeTerms(base=Decimal("0.05"), rate=Decimal("0.60"), full_rate=Decimal("0.60"))
    care = Care("M03", "OPTI", datetime.date(2026, 3, 10), Decimal(150))
    found = settle(care, terms, guarantee_from("FIXED 200 cap 200 EUR"), Used(of_ceiling=Decimal(150)), LAW)
    assert [step.rule for step in found.steps] == [
        Rule.SCHEME_SHARE, Rule.FIXED_AMOUNT, Rule.FRAME_LIMIT, Rule.CEILING,
    ]  # fmt: skip
    assert found.ceiling is not None
    assert (found.ceiling.before, found.ceiling.after, found.ceiling.taken) == (50, 0, 50)


@pytest.mark.parametrize(
    ("valid_from", "day", "year"),
    [
        ("2018-01-01", "2026-09-24", ("2026-01-01", "2026-12-31")),
        ("2025-07-01", "2026-06-30", ("2025-07-01", "2026-06-30")),
        ("2025-07-01", "2026-07-01", ("2026-07-01", "2027-06-30")),
        ("2024-02-29", "2025-02-27", ("2024-02-29", "2025-02-27")),
        ("2024-02-29", "2025-02-28", ("2025-02-28", "2026-02-27")),
    ],
)
def test_the_year_of_a_guarantee_turns_on_its_first_day(valid_from: str, day: str, year: tuple[str, str]) -> None:
    start, end = guarantee_year(datetime.date.fromisoformat(valid_from), datetime.date.fromisoformat(day))
    assert (start.isoformat(), end.isoformat()) == year


def test_months_end_on_the_last_day_of_a_shorter_month() -> None:
    assert months_after(datetime.date(2024, 2, 29), 12) == datetime.date(2025, 2, 28)
    assert months_after(datetime.date(2026, 1, 31), 1) == datetime.date(2026, 2, 28)
