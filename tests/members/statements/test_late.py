"""A line is on one statement and one only: that of its month of payment, or the next one when it came too late."""

import datetime
from collections import Counter
from decimal import Decimal

import pytest
import time_machine
from django.db import transaction
from django.db.utils import ProgrammingError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from members.benefits.models import BenefitLine
from members.households.models import Person
from members.statements.actions import issue_month
from members.statements.contents import PrintedStatement, printed
from members.statements.models import Statement, StatementIssue
from members.statements.rules import next_month
from portals.access import isolation
from tests import builders
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-3.7")]

SEPTEMBER, OCTOBER, NOVEMBER = (datetime.date(2026, month, 1) for month in (9, 10, 11))
MUCH_LATER = datetime.datetime(2027, 6, 2, 9, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def much_later() -> object:
    with time_machine.travel(MUCH_LATER, tick=False):
        yield


def issue(month: datetime.date) -> int:
    return issue_month(month=month, by=None)


def acts_of(person: Person, month: datetime.date) -> list[str]:
    told = told_to(person, month)
    return sorted(line.act for of in told.persons for line in of.lines) if told else []


def told_to(person: Person, month: datetime.date) -> PrintedStatement | None:
    with isolation.system():
        statement = Statement.objects.filter(recipient=person, period=month).first()
        return printed(statement) if statement else None


def change(line: BenefitLine, **fields: object) -> None:
    with isolation.system():
        BenefitLine.objects.filter(pk=line.pk, care_date=line.care_date).update(**fields)


def test_what_comes_too_late_for_its_month_is_on_the_next_statement(cast: Cast) -> None:
    issue(OCTOBER)
    builders.benefit(cast.bob, act_label="Arrivé trop tard", payment_date=datetime.date(2026, 10, 30))
    builders.benefit(cast.bob, act_label="De novembre", payment_date=datetime.date(2026, 11, 4))
    issue(NOVEMBER)
    assert acts_of(cast.bob, OCTOBER) == ["Vaccin de Bob"]
    assert acts_of(cast.bob, NOVEMBER) == ["Arrivé trop tard", "De novembre"]
    told = told_to(cast.bob, NOVEMBER)
    assert told is not None
    assert [line.act for line in told.late] == ["Arrivé trop tard"]
    assert told.late_sum == Decimal("9.00")
    issue(datetime.date(2026, 12, 1))
    assert told_to(cast.bob, datetime.date(2026, 12, 1)) is None


def test_whoever_was_forgotten_gets_the_next_statement_and_a_second_run_makes_nothing(cast: Cast) -> None:
    issue(OCTOBER)
    nour = builders.person(given_names="Nour")
    builders.benefit(nour, act_label="Oubliée")
    assert issue(OCTOBER) == 0
    issue(NOVEMBER)
    assert acts_of(nour, NOVEMBER) == ["Oubliée"]


def test_a_payment_that_is_only_known_afterwards_is_stated_once(cast: Cast) -> None:
    line = builders.benefit(cast.bob, act_label="En attente", payment_date=None)
    moved = builders.benefit(cast.bob, act_label="Avancé", payment_date=datetime.date(2026, 11, 20))
    issue(OCTOBER)
    change(line, payment_date=datetime.date(2026, 10, 31))
    change(moved, payment_date=datetime.date(2026, 10, 29))
    change(moved, act_label="Avancé, corrigé")
    issue(NOVEMBER)
    assert acts_of(cast.bob, NOVEMBER) == ["Avancé, corrigé", "En attente"]


def test_a_line_that_was_stated_is_not_stated_again_when_it_changes(cast: Cast) -> None:
    issue(OCTOBER)
    change(cast.bob_line, payment_date=datetime.date(2026, 11, 3), expense=Decimal("31.00"))
    assert issue(NOVEMBER) == 0
    change(cast.bob_line, payment_date=datetime.date(2026, 10, 9))
    assert issue(datetime.date(2026, 12, 1)) == 0


def test_months_before_the_first_issue_are_not_made_up_for(cast: Cast) -> None:
    builders.benefit(cast.bob, act_label="D’août", payment_date=datetime.date(2026, 8, 4))
    issue(SEPTEMBER)
    builders.benefit(cast.bob, act_label="D’août encore", payment_date=datetime.date(2026, 8, 5))
    issue(OCTOBER)
    assert acts_of(cast.bob, OCTOBER) == ["Vaccin de Bob"]


def test_the_pdf_says_so(cast: Cast) -> None:
    from members.statements.documents import statement_html

    issue(OCTOBER)
    builders.benefit(cast.bob, act_label="Arrivé trop tard", payment_date=datetime.date(2026, 10, 30))
    issue(NOVEMBER)
    with isolation.system():
        html = statement_html(Statement.objects.select_related("recipient").get(recipient=cast.bob, period=NOVEMBER))
    assert "Dont 1 soin payé avant novembre\u00a02026, 9,00\u202f€ de la mutuelle" in html


@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_to_change_what_an_issue_saw() -> None:
    builders.benefit(builders.person())
    issue(OCTOBER)
    with pytest.raises(ProgrammingError, match="permission denied"), isolation.system():
        StatementIssue.objects.update(lines_until=0)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("issue"), st.integers(8, 12)),
        st.tuples(st.just("line"), st.integers(8, 12)),
        st.tuples(st.just("expected"), st.just(0)),
        st.tuples(st.just("paid"), st.integers(8, 12)),
    ),
    max_size=10,
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_the_order_no_line_is_lost_and_none_is_stated_twice(db: None, steps: list[tuple[str, int]]) -> None:
    """Lines come, payments become known, months are issued in any order; at the end every month after the first is."""
    with transaction.atomic():
        person = builders.person()
        expected: list[BenefitLine] = []
        names: list[str] = []
        for what, month in [*steps, *(("issue", month) for month in range(8, 13)), ("issue", 13)]:
            if what == "issue":
                issue(datetime.date(2026, month, 1) if month < 13 else datetime.date(2027, 1, 1))
                continue
            day = datetime.date(2026, month, 9) if month else None
            if what == "paid" and expected:
                change(expected.pop(), payment_date=day)
            elif what != "paid":
                names.append(f"Soin {len(names)}")
                line = builders.benefit(person, act_label=names[-1], payment_date=day)
                expected += [line] if day is None else []
        stated = Counter(act for month in months_issued() for act in acts_of(person, month))
        unpaid = {line.act_label for line in expected}
        assert stated == Counter(name for name in names if name not in unpaid)
        transaction.set_rollback(True)


def months_issued() -> list[datetime.date]:
    months = list(StatementIssue.objects.order_by("period").values_list("period", flat=True))
    assert months == sorted(set(months))
    assert all(month == next_month(month - datetime.timedelta(days=1)) for month in months)
    return months
