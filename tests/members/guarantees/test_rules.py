"""Guarantees in words, and the examples: pure functions."""

import datetime
from decimal import Decimal

import pytest

from members.benefits import reference
from members.benefits.engine import Basis, GuaranteeLine, Law, Unit
from members.guarantees.examples import CODES, EXAMPLES, ActFacts, Plan, Worked, worked
from members.guarantees.rules import law_notes, words_of

DAY = datetime.date(2026, 10, 9)
LAW = Law.of(reference.parameters_at(DAY))


def facts(day: datetime.date = DAY) -> dict[str, ActFacts]:
    """The shipped tables, as the page reads them from the database."""
    known = {code: reference.codes()[code] for code in CODES}
    return {
        code: ActFacts(
            family=act.family,
            rate=act.scheme_rate,
            is_zero_basket=act.zero_out_of_pocket,
            base=reference.tariff_at(code, "base", day),
            deduction=reference.tariff_at(code, "deduction", day) or Decimal(0),
        )
        for code, act in known.items()
    }


def example(title: str, *, day: datetime.date = DAY, local: bool = False, **lines: GuaranteeLine) -> Worked:
    chosen = next(one for one in EXAMPLES if one.title.startswith(title))
    law = Law.of(reference.parameters_at(day))
    done = worked(chosen, facts(day), Plan(lines, law, responsible=True, alsace_moselle=local, day=day))
    assert done is not None
    return done


def test_every_example_names_acts_and_families_that_exist() -> None:
    assert reference.codes().keys() >= CODES
    assert {one.family for one in EXAMPLES} == {family.code for family in reference.families()}


def test_every_example_can_be_worked_today_and_adds_up() -> None:
    for one in EXAMPLES:
        done = worked(one, facts(), Plan({}, LAW, responsible=True, alsace_moselle=False, day=DAY))
        assert done is not None, one.title
        assert done.scheme + done.mutual + done.own == done.expense > 0
        assert min(done.scheme, done.mutual, done.own - done.deduction) >= 0


@pytest.mark.commitment("CGU-3.4")
def test_a_consultation_leaves_the_two_euros_of_the_law() -> None:
    """30 € at 70 %: 21 € less 2 € from the scheme, 9 € from the mutual (CGU-3.4; ameli.fr, participation forfaitaire)."""
    done = example("Une consultation", MED=GuaranteeLine(Basis.BASE, rate=Decimal("1.5")))
    assert (done.expense, done.scheme, done.mutual, done.own, done.deduction) == tuple(
        Decimal(amount) for amount in ("30", "19", "9", "2", "2")
    )


def test_the_tariff_is_that_of_the_day() -> None:
    assert example("Une consultation", day=datetime.date(2024, 1, 5)).expense == Decimal("26.50")


def test_the_local_scheme_pays_more() -> None:
    assert example("Une consultation", local=True).scheme == Decimal("25.00")


def test_glasses_are_paid_up_to_the_ceiling_and_the_frame_up_to_the_laws_limit() -> None:
    """Frame 130 €, of which the law lets 100 € be paid; lenses 260 €; the ceiling of 200 € counts both."""
    optics = GuaranteeLine(Basis.FIXED, amount=Decimal(200), annual_cap=Decimal(200), cap_unit=Unit.EUROS)
    done = example("Des lunettes de classe B", OPTI=optics)
    assert done.expense == Decimal(390)
    assert done.mutual == Decimal(200)
    assert done.own == Decimal(190) - done.scheme


def test_the_basket_of_the_law_leaves_nothing() -> None:
    for title in ("Une monture de classe A", "Une couronne du panier", "Une aide auditive de classe 1"):
        assert example(title).own == 0, title


def test_an_example_without_a_tariff_on_that_day_is_not_told() -> None:
    crown = next(one for one in EXAMPLES if one.title.startswith("Une couronne céramo"))
    day = datetime.date(2019, 1, 1)
    assert worked(crown, facts(day), Plan({}, LAW, responsible=True, alsace_moselle=False, day=day)) is None


@pytest.mark.parametrize(
    ("line", "family", "short", "ceiling"),
    [
        (GuaranteeLine(Basis.BASE, rate=Decimal(1)), "MED", "100\u202f% du tarif de base", ""),
        (GuaranteeLine(Basis.BASE, rate=Decimal("1.75")), "MED", "175\u202f% du tarif de base", ""),
        (GuaranteeLine(Basis.EXPENSE, rate=Decimal(1)), "FJ", "Toute la dépense", ""),
        (
            GuaranteeLine(Basis.FIXED, amount=Decimal(200), annual_cap=Decimal(200)),
            "OPTI",
            "200,00\u202f€ par équipement",
            "200,00\u202f€ par personne et par an",
        ),
        (
            GuaranteeLine(Basis.FIXED, amount=Decimal(25), annual_cap=Decimal(4), cap_unit=Unit.ACTS),
            "DOUX",
            "25,00\u202f€ par séance",
            "4 actes par personne et par an",
        ),
        (GuaranteeLine(Basis.FIXED, amount=Decimal(0), annual_cap=Decimal(0)), "DOUX", "Rien de prévu", ""),
    ],
)
def test_a_line_is_said_in_plain_words(line: GuaranteeLine, family: str, short: str, ceiling: str) -> None:
    words = words_of(line, family)
    assert (words.short, words.ceiling) == (short, ceiling)
    assert words.whole.endswith(".")


def test_what_the_law_adds_has_the_figures_of_the_law() -> None:
    optics = " ".join(law_notes("OPTI", LAW, responsible=True))
    assert "100\u202f%\u00a0Santé" in optics
    assert "100,00\u202f€" in optics
    assert "24 mois" in optics
    assert "1\u202f700,00\u202f€" in " ".join(law_notes("AUDI", LAW, responsible=True))
    assert law_notes("OPTI", Law(), responsible=True) == law_notes("OPTI", Law(), responsible=True)[:1]
    assert "pas responsable" in law_notes("OPTI", LAW, responsible=False)[0]
