"""A quote as a whole: what one line takes is not there for the next, and what is presumed is said."""

import datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from members.benefits.engine import Basis, GuaranteeLine, Law
from members.quotes.rules import (
    Act,
    Amounts,
    BaseFrom,
    Cause,
    Circumstances,
    QuoteLine,
    Tariff,
    Terms,
    causes_of,
    engine_version,
    estimate,
    total,
    valid_until,
)

DAY = datetime.date(2026, 11, 3)
LENS = Act("VM1", "Verre progressif", "OPTI", Decimal("0.60"), zero_out_of_pocket=False)
FRAME = Act("M03", "Monture", "OPTI", Decimal("0.60"), zero_out_of_pocket=False)
CLASS_A = Act("M01", "Monture de classe A", "RAC0", Decimal("0.60"), zero_out_of_pocket=True)
KINE = Act("AMK", "Kinésithérapie", "AUXM", Decimal("0.60"), zero_out_of_pocket=False)
DAILY = Act("FJ", "Forfait journalier", "FJ", Decimal(0), zero_out_of_pocket=False)
NICKEL = Tariff(Decimal("0.05"))
OPTICS = GuaranteeLine(Basis.FIXED, amount=Decimal(200), annual_cap=Decimal(200))
LAW = Law(
    frame_limit=Decimal(100), renewal_months=Decimal(24), early_renewal_months=Decimal(12), franchise_cap=Decimal(50),
    franchise_daily_cap_care=Decimal(4), price_limits={"M01": Decimal(30)},
)  # fmt: skip
TERMS = Terms(
    responsible=True,
    law=LAW,
    guarantees={"OPTI": OPTICS, "AUXM": GuaranteeLine(Basis.BASE, rate=Decimal(1))},
    tariffs={"VM1": NICKEL, "M03": NICKEL, "M01": Tariff(Decimal(9)), "AMK": Tariff(None, Decimal(1))},
)


def glasses(*lines: tuple[Act, str]) -> list[QuoteLine]:
    return [QuoteLine(act.label, act, Decimal(price)) for act, price in lines]


def test_the_ceiling_of_the_year_is_shared_by_the_lines_of_one_quote() -> None:
    rows = estimate(glasses((LENS, "150"), (LENS, "150"), (FRAME, "120")), Circumstances(DAY), TERMS)
    assert [row.settlement.mutual for row in rows] == [Decimal("149.97"), Decimal("50.03"), Decimal(0)]
    assert total(rows).mutual == 200


def test_what_was_used_before_is_not_there_any_more() -> None:
    used = Terms(**{**vars(TERMS), "used": {"OPTI": Decimal(180)}})
    [row] = estimate(glasses((LENS, "150")), Circumstances(DAY), used)
    assert row.settlement.mutual == 20


def test_glasses_too_early_are_not_paid_unless_sight_changed() -> None:
    early = Terms(**{**vars(TERMS), "last_equipment": datetime.date(2025, 6, 1)})
    [refused] = estimate(glasses((LENS, "150")), Circumstances(DAY), early)
    [taken] = estimate(glasses((LENS, "150")), Circumstances(DAY, early_renewal=True), early)
    assert (refused.settlement.mutual, taken.settlement.mutual) == (0, Decimal("149.97"))


def test_class_a_leaves_nothing_to_pay() -> None:
    [row] = estimate(glasses((CLASS_A, "30")), Circumstances(DAY), TERMS)
    assert row.settlement.own == 0


def test_franchises_of_one_day_stop_at_the_limit_of_the_law() -> None:
    lines = [QuoteLine("Séance", KINE, Decimal(18)) for _ in range(6)]
    rows = estimate(lines, Circumstances(DAY), TERMS)
    assert sum(row.settlement.deduction for row in rows) == 4


def test_minors_bear_no_franchise() -> None:
    [row] = estimate([QuoteLine("Séance", KINE, Decimal(18))], Circumstances(DAY, is_minor=True), TERMS)
    assert row.settlement.deduction == 0


def test_a_base_comes_from_the_quote_the_tariff_or_the_price() -> None:
    told = QuoteLine("Séance", KINE, Decimal(18), base=Decimal(16))
    free = QuoteLine("Prothèse", Act("PA1", "Prothèse", "DENT", Decimal("0.6"), zero_out_of_pocket=False), Decimal(900))
    rows = estimate([told, *glasses((LENS, "10"), (KINE, "18")), free], Circumstances(DAY), TERMS)
    assert [row.base_from for row in rows] == [BaseFrom.QUOTE, BaseFrom.TARIFF, BaseFrom.PRICE, BaseFrom.NONE]
    assert rows[-1].settlement.scheme == 0


def test_a_responsible_plan_pays_every_day_of_the_daily_charge() -> None:
    [row] = estimate([QuoteLine("Forfait", DAILY, Decimal(230), Decimal(10))], Circumstances(DAY), TERMS)
    assert row.settlement.own == 0


PRICES = st.decimals(min_value=1, max_value=3000, places=2)


@given(st.lists(st.tuples(st.sampled_from([LENS, FRAME, CLASS_A, KINE, DAILY]), PRICES), min_size=1, max_size=5))
def test_the_shares_of_every_line_make_its_price(lines: list[tuple[Act, Decimal]]) -> None:
    rows = estimate([QuoteLine(act.label, act, price) for act, price in lines], Circumstances(DAY), TERMS)
    for row in rows:
        done = row.settlement
        assert done.scheme + done.mutual + done.other + done.own == row.line.price
        assert min(done.scheme, done.mutual, done.own) >= 0
    assert sum(row.settlement.mutual for row in rows if row.line.act.family == "OPTI") <= 200


def test_it_holds_two_months_and_never_beyond_the_year_nor_the_cover() -> None:
    today = datetime.date(2026, 10, 9)
    assert valid_until(today, datetime.date(2026, 10, 20)) == datetime.date(2026, 12, 9)
    assert valid_until(datetime.date(2026, 11, 20), datetime.date(2026, 12, 1)) == datetime.date(2026, 12, 31)
    ends = (None, datetime.date(2026, 11, 30))
    assert valid_until(today, datetime.date(2026, 10, 20), *ends) == datetime.date(2026, 11, 30)


def test_the_version_of_the_engine_is_a_fingerprint() -> None:
    assert len(engine_version()) == 12
    assert int(engine_version(), 16) >= 0


def amounts(**changes: object) -> Amounts:
    same: dict[str, object] = {
        "expense": Decimal(30), "base": Decimal(30), "scheme": Decimal(19), "mutual": Decimal(9), "other": Decimal(0),
        "acts": frozenset({"G"}),
    }  # fmt: skip
    return Amounts(**{**same, **changes})  # type: ignore[arg-type]  # each value has the type of its name


def test_it_says_why_the_payment_differs() -> None:
    foreseen = amounts()
    assert causes_of(foreseen, amounts()) == [Cause.SAME]
    assert causes_of(foreseen, amounts(mutual=Decimal(4))) == [Cause.MUTUAL]
    assert causes_of(foreseen, amounts(scheme=Decimal(8))) == [Cause.SCHEME]
    assert causes_of(foreseen, amounts(expense=Decimal(50))) == [Cause.PRICE]
    assert causes_of(foreseen, amounts(base=Decimal(25), acts=frozenset({"C"}))) == [Cause.ACTS, Cause.BASE]
    assert causes_of(foreseen, amounts(other=Decimal(5))) == [Cause.OTHER]
