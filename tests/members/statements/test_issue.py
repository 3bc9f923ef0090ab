"""Freezing a month: who receives what, once, whatever changes afterwards."""

import datetime
import re
from decimal import Decimal

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.utils import ProgrammingError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from members.households.models import Household, Person, Role
from members.households.queries import viewpoint
from members.households.rules import HouseholdPerson
from members.statements.actions import RENDER, issue_month
from members.statements.contents import printed
from members.statements.models import Statement, StatementState
from members.statements.rules import MonthNotOver, is_paid_for, month_before, next_month, recipient_of
from portals import jobs
from portals.access import isolation
from portals.jobs import Job, Priority, schedules
from privacy.audit.models import Entry
from tests import builders
from tests.cast import ALICE_IBAN, LINA_IBAN, Cast

OCTOBER = datetime.date(2026, 10, 1)


def issue(month: datetime.date = OCTOBER) -> int:
    return issue_month(month=month, by=None)


def statement_of(person: Person) -> Statement:
    with isolation.system():
        return Statement.objects.get(recipient=person)


@pytest.mark.commitment("CGU-3.7")
def test_each_recipient_gets_their_own_lines_and_those_of_children(cast: Cast, november: None) -> None:
    assert issue() == 4
    alice = printed(statement_of(cast.alice))
    assert [person.name for person in alice.persons] == ["Alice Le Goff", "Inès Benali"]
    assert [line.act for person in alice.persons for line in person.lines] == [
        "Consultation généraliste", "Détartrage d’Inès",
    ]  # fmt: skip
    for person, act in ((cast.home.samir, "Ostéopathie de Samir"), (cast.home.lina, "Analyse de Lina")):
        own = printed(statement_of(person))
        assert [line.act for of in own.persons for line in of.lines] == [act]


@pytest.mark.commitment("PDP-1.2")
def test_the_holder_is_told_what_arrived_for_an_adult_and_nothing_of_the_care(cast: Cast, november: None) -> None:
    issue()
    alice = statement_of(cast.alice)
    assert printed(alice).others == (("Samir Benali", Decimal("9.00")),), "Lina has an account of her own"
    assert "Ostéopathie" not in str(alice.content)
    assert "Lina" not in str(alice.content)


def test_the_totals_are_those_of_the_lines(cast: Cast, november: None) -> None:
    builders.benefit(
        cast.alice, paid_to="professional", expense="85.00", scheme_amount="30.00", deduction="0", mutual_amount="45.50",
        other_amount="5.00",
    )  # fmt: skip
    issue()
    found = statement_of(cast.alice)
    assert (found.line_count, found.expense, found.scheme_amount) == (3, Decimal("145.00"), Decimal("68.00"))
    assert (found.mutual_amount, found.other_amount) == (Decimal("63.50"), Decimal("5.00"))
    assert (found.paid_to_insured, found.paid_to_professionals) == (Decimal("18.00"), Decimal("45.50"))
    sums = printed(found).sums
    assert (sums.expense, sums.mutual, sums.other) == (found.expense, found.mutual_amount, found.other_amount)
    assert sums.scheme + sums.deduction == found.scheme_amount
    assert sums.expense == sums.scheme + sums.deduction + sums.mutual + sums.other + sums.own


def test_payments_add_up_to_what_the_mutual_paid(cast: Cast, november: None) -> None:
    builders.benefit(cast.alice, mutual_amount="11.00")
    reversed_line = builders.benefit(cast.alice, mutual_amount="12.00", payment_ref="VIR8")
    builders.reversal(reversed_line, payment_ref="VIR9", payment_date=datetime.date(2026, 10, 20))
    issue()
    told = printed(statement_of(cast.alice))
    assert [(payment.ref, payment.amount) for payment in told.payments] == [
        ("VIR20261006000001", Decimal("29.00")), ("VIR8", Decimal("12.00")), ("VIR9", Decimal("-12.00")),
    ]  # fmt: skip
    assert sum(payment.amount for payment in told.payments) == told.sums.mutual


def test_only_what_was_paid_in_the_month_counts(cast: Cast, november: None) -> None:
    for day in (datetime.date(2026, 9, 30), datetime.date(2026, 11, 1), None):
        builders.benefit(cast.bob, act_label="Un autre mois", payment_date=day)
    builders.benefit(cast.bob, act_label="Dernier jour", payment_date=datetime.date(2026, 10, 31))
    issue()
    acts = [line.act for person in printed(statement_of(cast.bob)).persons for line in person.lines]
    assert sorted(acts) == ["Dernier jour", "Vaccin de Bob"]


def test_a_second_run_makes_nothing_and_changes_nothing(cast: Cast, november: None) -> None:
    issue()
    before = statement_of(cast.bob)
    builders.benefit(cast.bob, act_label="Arrivé trop tard")
    assert issue() == 0
    assert statement_of(cast.bob).content == before.content
    assert Job.objects.filter(kind=RENDER).count() == 4


def test_a_statement_stays_as_it_was_when_lines_and_people_change(cast: Cast, november: None) -> None:
    issue()
    with isolation.system():
        Person.objects.filter(pk=cast.bob.pk).update(family_name="Renommé", address_line1="Ailleurs")
        cast.bob_line.expense = Decimal("999.00")
        cast.bob_line.save()
    told = printed(statement_of(cast.bob))
    assert (told.recipient, told.sums.expense) == ("Bob Tanguy", Decimal("30.00"))


@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_to_change_a_frozen_statement(november: None) -> None:
    builders.benefit(builders.person())
    issue()
    with pytest.raises(ProgrammingError, match="permission denied"), isolation.system():
        Statement.objects.update(expense=0)


def test_numbers_and_codes_have_their_form_and_are_unique(cast: Cast, november: None) -> None:
    issue()
    with isolation.system():
        found = list(Statement.objects.values_list("recipient_id", "number", "verification_code"))
    assert all(number == f"R-2026-10-{recipient:010d}" for recipient, number, _ in found)
    form = re.compile(r"(?:[2-9A-HJ-NP-Z]{4}-){2}[2-9A-HJ-NP-Z]{4}")
    assert all(form.fullmatch(code) for _, _, code in found)
    assert len({code for _, _, code in found}) == 4


def test_names_with_quotes_and_backslashes_are_frozen_as_they_are(november: None, db: None) -> None:
    person = builders.person(family_name='O\'Brien-"Le\\Goff"', given_names="Zoé")
    builders.benefit(person, act_label='Soin "à 100 %"\\', professional_name="Dr L’Hénaff\t")
    issue()
    told = printed(statement_of(person))
    assert told.recipient == 'Zoé O\'Brien-"Le\\Goff"'
    assert told.persons[0].lines[0].act == 'Soin "à 100 %"\\'


def test_each_statement_has_one_job_that_any_other_work_passes(cast: Cast, november: None) -> None:
    issue()
    queued = Job.objects.filter(kind=RENDER)
    with isolation.system():
        ids = set(Statement.objects.filter(state=StatementState.DUE).values_list("pk", flat=True))
    assert set(queued.values_list("subject_id", flat=True)) == ids
    assert set(queued.values_list("priority", flat=True)) == {Priority.BATCH}


def test_a_month_that_is_not_over_is_refused(cast: Cast, november: None) -> None:
    with pytest.raises(MonthNotOver):
        issue(datetime.date(2026, 11, 1))
    last_minute = time_machine.travel(datetime.datetime(2026, 10, 31, 22, 59, tzinfo=datetime.UTC), tick=False)
    with last_minute, pytest.raises(MonthNotOver):
        issue()
    with time_machine.travel(datetime.datetime(2026, 10, 31, 23, 0, tzinfo=datetime.UTC), tick=False):
        assert issue() == 4, "November has begun in Paris"


def test_issuing_is_written_in_the_journal(cast: Cast, november: None) -> None:
    issue()
    entry = Entry.objects.get(action="statements.issued")
    assert (entry.object_id, entry.details) == ("2026-10", {"statements": 4})


def test_the_command_says_how_many(cast: Cast, november: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("issue_statements", "--period=2026-10")
    call_command("issue_statements", "--period=2026-10")
    assert capsys.readouterr().out.splitlines() == ["issued=4", "issued=0"]
    with pytest.raises(CommandError, match="not over"):
        call_command("issue_statements", "--period=2026-11")
    with pytest.raises(CommandError, match="not a month"):
        call_command("issue_statements", "--period=octobre")


def test_the_past_month_is_issued_by_itself_on_the_second_night(cast: Cast) -> None:
    for instant in ((2026, 11, 1, 12), (2026, 11, 2, 1, 59), (2026, 11, 2, 2, 1)):
        with isolation.system():
            assert not Statement.objects.exists()
        with time_machine.travel(datetime.datetime(*instant, tzinfo=datetime.UTC), tick=False):  # type: ignore[misc]
            schedules.make_occurrences()
            jobs.run_due([schedules.KIND])
    with isolation.system():
        assert set(Statement.objects.values_list("period", flat=True)) == {OCTOBER}


AGES = st.dates(datetime.date(2008, 1, 1), datetime.date(2012, 12, 31)) | st.sampled_from(
    [datetime.date(2010, 10, 31), datetime.date(2010, 11, 1), datetime.date(2010, 10, 30), datetime.date(1980, 2, 29)]
)
PEOPLE = st.lists(
    st.tuples(st.sampled_from(list(Role)), AGES, st.sampled_from(["", ALICE_IBAN, LINA_IBAN]), st.booleans()),
    min_size=1,
    max_size=4,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=PEOPLE)
def test_the_sql_and_the_rules_say_the_same(db: None, people: list[tuple[Role, datetime.date, str, bool]]) -> None:
    with time_machine.travel(datetime.datetime(2026, 11, 2, 9, tzinfo=datetime.UTC), tick=False), transaction.atomic():
        house = builders.household()
        made = [
            builders.person(house, role=role, birth_date=birth, iban=iban, given_names=f"P{index}")
            for index, (role, birth, iban, _) in enumerate(people)
        ]
        for person, (*_, to_insured) in zip(made, people, strict=True):
            builders.benefit(person, paid_to="insured" if to_insured else "professional", act_label=person.given_names)
        issue()
        agree(house, {person.pk: to_insured for person, (*_, to_insured) in zip(made, people, strict=True)})
        transaction.set_rollback(True)


def agree(house: Household, paid_to_insured: dict[int, bool]) -> None:
    """Each line is on the statement that the rules name, and the holder is told of those that they name."""
    with isolation.system():
        some = next(iter(paid_to_insured))
        persons = list(viewpoint(household_id=house.pk, person_id=some, day=OCTOBER, is_represented=False).persons)
        found = {s.recipient_id: printed(s) for s in Statement.objects.filter(household=house)}
    acts = {pk: {line.act for person in told.persons for line in person.lines} for pk, told in found.items()}
    for person in persons:
        recipient = recipient_of(person, persons, month=OCTOBER)
        assert person.given_names in acts[recipient.id]
        assert sum(person.given_names in told for told in acts.values()) == 1
    told_others = {name for told in found.values() for name, _ in told.others}
    assert told_others == {
        person.full_name
        for person in persons
        if paid_to_insured[person.id] and is_paid_for(person, persons, month=OCTOBER)
    }


def test_months_follow_one_another() -> None:
    assert next_month(datetime.date(2026, 12, 31)) == datetime.date(2027, 1, 1)
    assert month_before(datetime.date(2027, 1, 2)) == datetime.date(2026, 12, 1)


def test_without_a_member_everyone_receives_their_own() -> None:
    child = HouseholdPerson(1, Role.CHILD, datetime.date(2020, 1, 1), "Inès", "Benali", False)
    assert recipient_of(child, [child], month=OCTOBER) == child
    assert not is_paid_for(child, [child], month=OCTOBER)
