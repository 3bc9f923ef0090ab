"""Affiliating, changing, ending, undoing; what happens in the member's own household (CGU-3.15, 3.16)."""

import datetime

import pytest
import time_machine
from django.test import Client

from employers.companies.models import Company, GroupContract
from employers.workforce import actions
from employers.workforce.models import Affiliation, Source, What
from members.card.models import Card
from members.coverage.models import Cover, Policy
from members.enrolment import actions as enrolment
from members.households.models import Person, Role
from portals import jobs
from portals.access import isolation
from portals.access.models import Grant
from portals.accounts.models import Space
from portals.secrets import unseal
from privacy.models import Entry
from tests import builders
from tests.cast import Cast
from tests.employers.contributions.objects import contract_of
from tests.employers.workforce.objects import BORN, HIRED, NIR, affiliated, operation_of, others

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-3.16")]

NOON = datetime.datetime(2026, 10, 14, 10, tzinfo=datetime.UTC)
TODAY = NOON.date()


@pytest.fixture(autouse=True)
def clock() -> object:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def contract(cast: Cast) -> GroupContract:
    return contract_of(cast.company)


def covers_of(affiliation: Affiliation) -> list[tuple[datetime.date, datetime.date | None]]:
    with isolation.system():
        covers = Cover.objects.filter(policy=affiliation.policy_id).order_by("start_date")
        return list(covers.values_list("start_date", "end_date"))


def cards_of(policy_id: int | None) -> int:
    """The cards in force of a policy, once jobs have followed what happened."""
    jobs.run_due()
    with isolation.system():
        return Card.objects.filter(policy=policy_id, revoked_at=None).count()


def again(affiliation: Affiliation) -> Affiliation:
    with isolation.system():
        return Affiliation.objects.select_related("company").get(pk=affiliation.pk)


def end_of(affiliation: Affiliation, last_day: datetime.date) -> Affiliation:
    with isolation.tenant(Space.EMPLOYER, affiliation.company_id):
        operation = operation_of(Company.objects.get(pk=affiliation.company_id))
        return actions.end(
            by=operation.by, operation=operation, affiliation=affiliation, reason="démission", last_day=last_day,
            rights_end=last_day,
        )  # fmt: skip


def undo(affiliation: Affiliation, what: What) -> None:
    with isolation.tenant(Space.EMPLOYER, affiliation.company_id):
        item = (
            affiliation.items.filter(what=what, operation__undone_at=None)
            .order_by("-pk")
            .select_related("operation__by")
            .first()
        )
        assert item is not None
        actions.undo(by=item.operation.by, operation=item.operation)


def test_an_employee_is_covered_in_a_household_of_their_own(cast: Cast, contract: GroupContract) -> None:
    made = affiliated(cast.company, start_date=HIRED)
    assert (made.population, made.company_id, made.end_date) == (contract.population, cast.company.pk, None)
    assert covers_of(made) == [(HIRED, None)]
    with isolation.system():
        person = Person.objects.get(pk=made.person_id or 0)
        policy = Policy.objects.get(pk=made.policy_id or 0)
        assert (person.role, person.birth_date, person.email) == (Role.MEMBER, BORN, "")
        assert (policy.group_contract, policy.plan_id) == (contract.contract_number, contract.plan_id)
        assert unseal(f"person:{person.person_ref}", "members_person.nir", person.nir_sealed or b"") == NIR
    assert Entry.objects.filter(action="workforce.affiliated").exists()


def test_whoever_is_insured_already_keeps_their_household_their_space_and_their_card(cast: Cast) -> None:
    with isolation.system():
        person = builders.person(family_name="Le Roux", given_names="Maëlle Anne", birth_date=BORN, nir=NIR)
    account = builders.account(person)
    with isolation.system():
        Grant.objects.filter(account=account).update(ended_on=TODAY, closes_on=datetime.date(2028, 10, 14))
    made = affiliated(cast.company, start_date=HIRED)
    assert made.person_id == person.pk
    grant = Grant.objects.get(account=account)
    assert (grant.ended_on, grant.closes_on) == (None, None)
    policy = made.policy_id
    assert cards_of(policy) == 1
    with time_machine.travel(NOON + datetime.timedelta(minutes=1)):
        undo(made, What.AFFILIATED)
        assert cards_of(policy) == 0


def test_a_name_and_a_birth_date_are_not_enough_outside_the_company(cast: Cast) -> None:
    with isolation.system():
        stranger = builders.person(family_name="Le Roux", given_names="Maëlle", birth_date=BORN)
    assert affiliated(cast.company, nir="").person_id != stranger.pk


def test_somebody_who_comes_back_is_the_same_person(cast: Cast) -> None:
    first = affiliated(cast.company, start_date=datetime.date(2026, 8, 1), nir="")
    end_of(first, datetime.date(2026, 9, 30))
    back = affiliated(cast.company, start_date=HIRED, nir="")
    assert back.person_id == first.person_id
    assert back.policy_id != first.policy_id


def test_nobody_is_affiliated_twice(cast: Cast) -> None:
    affiliated(cast.company)
    with pytest.raises(actions.AlreadyCovered):
        affiliated(cast.company, family_name="Leroux", employee_number="")  # the NIR says who it is
    with pytest.raises(actions.AlreadyCovered):
        affiliated(cast.company, nir="", employee_number="")
    with pytest.raises(actions.Duplicate):
        affiliated(cast.company, family_name="Morvan", nir="")
    with pytest.raises(actions.OutOfBounds):
        affiliated(cast.company, family_name="Morvan", nir="", start_date=datetime.date(2026, 1, 1))
    affiliated(cast.rival)  # another employer knows nothing of it


def test_a_bulk_is_written_whole_or_not_at_all(cast: Cast, contract: GroupContract) -> None:
    rows = [actions.Row(contract, employee, HIRED) for employee in others(5)]
    rows[3] = actions.Row(contract, rows[1].employee, HIRED)
    with isolation.tenant(Space.EMPLOYER, cast.company.pk):
        operation = operation_of(cast.company, source=Source.FILE)
        with pytest.raises(actions.RowsRefused) as refused:
            actions.affiliate_all(by=operation.by, operation=operation, rows=rows)
        assert {place: [found.code for found in problems] for place, problems in refused.value.problems.items()} == {
            3: ["duplicate"]
        }
        assert not Affiliation.objects.exists()


def test_a_bulk_costs_the_same_queries_at_any_size(
    cast: Cast, contract: GroupContract, django_assert_max_num_queries: object
) -> None:
    with isolation.tenant(Space.EMPLOYER, cast.company.pk):
        operation = operation_of(cast.company, source=Source.FILE)
        rows = [actions.Row(contract, employee, HIRED) for employee in others(400)]
        with django_assert_max_num_queries(60):  # type: ignore[operator]  # the plugin's own type is private
            made = actions.affiliate_all(by=operation.by, operation=operation, rows=rows)
    assert [affiliation.employee_number for affiliation in made[:2]] == ["A00000", "A00001"]


def test_an_affiliation_undone_leaves_nobody_covered_and_may_be_made_again(cast: Cast) -> None:
    made = affiliated(cast.company)
    policy = made.policy_id
    undo(made, What.AFFILIATED)
    made = again(made)
    assert made.undone_at is not None and made.person_id is None
    with isolation.system():
        assert not Cover.objects.filter(policy=policy).exists()
    assert covers_of(affiliated(cast.company)) != []


def test_undo_is_refused_after_a_day_after_a_later_change_and_after_care(cast: Cast, clock: object) -> None:
    made = affiliated(cast.company, start_date=HIRED)
    end_of(made, datetime.date(2026, 10, 31))
    with pytest.raises(actions.ChangedSince):
        undo(made, What.AFFILIATED)
    undo(made, What.ENDED)
    with isolation.system():
        person = Person.objects.get(pk=made.person_id or 0)
        line = builders.benefit(person, care_date=datetime.date(2026, 10, 3))
        type(line).objects.filter(pk=line.pk).update(policy=made.policy_id)
    with pytest.raises(actions.UsedSince):
        undo(made, What.AFFILIATED)
    with time_machine.travel(NOON + datetime.timedelta(hours=24, seconds=1)), pytest.raises(actions.UndoTooLate):
        undo(made, What.AFFILIATED)


@pytest.mark.commitment("CGU-3.15")
def test_an_end_closes_the_family_too_and_is_put_back_as_it_was(cast: Cast) -> None:
    made = affiliated(cast.company, start_date=datetime.date(2026, 9, 1))
    child = enrolment.NewDependant(Role.CHILD, "Le Roux", "Noé", datetime.date(2020, 2, 3))
    enrolment.add_dependant(by=cast.company_account, policy_id=made.policy_id or 0, dependant=child, first_day=HIRED)
    before = covers_of(made)
    last = datetime.date(2026, 10, 31)
    ended = end_of(made, last)
    assert (ended.end_date, ended.left_on, ended.end_reason) == (last, last, "démission")
    assert {end for _, end in covers_of(made)} == {last}
    undo(made, What.ENDED)
    made = again(made)
    assert (made.end_date, made.end_reason, made.left_on) == (None, "", None)
    assert covers_of(made) == before


def test_an_end_told_again_replaces_the_first_and_its_undo_brings_it_back(cast: Cast) -> None:
    made = affiliated(cast.company, start_date=datetime.date(2026, 9, 1))
    end_of(made, datetime.date(2026, 10, 31))
    later = end_of(made, datetime.date(2026, 11, 30))
    assert covers_of(later) == [(datetime.date(2026, 9, 1), datetime.date(2026, 11, 30))]
    undo(made, What.ENDED)
    assert covers_of(made) == [(datetime.date(2026, 9, 1), datetime.date(2026, 10, 31))]
    undo(made, What.ENDED)
    assert covers_of(made) == [(datetime.date(2026, 9, 1), None)]


def test_an_end_has_bounds(cast: Cast) -> None:
    made = affiliated(cast.company, start_date=HIRED)
    with pytest.raises(actions.OutOfBounds):
        end_of(made, datetime.date(2026, 9, 30))
    with pytest.raises(actions.OutOfBounds):
        end_of(made, datetime.date(2027, 12, 31))


def test_the_months_after_an_end_are_covered_for_whoever_was(cast: Cast) -> None:
    made = affiliated(cast.company, start_date=datetime.date(2026, 9, 1))
    end_of(made, datetime.date(2026, 10, 31))
    until = datetime.date(2027, 8, 31)
    assert enrolment.continue_cover(by=None, policy_id=made.policy_id or 0, last_day=until) == 1
    assert covers_of(made)[1:] == [(datetime.date(2026, 11, 1), until)]


def test_a_correction_changes_what_the_company_knows_and_nothing_else(cast: Cast) -> None:
    made = affiliated(cast.company)
    other = affiliated(cast.company, family_name="Morvan", nir="", employee_number="M-0043")
    with isolation.tenant(Space.EMPLOYER, cast.company.pk):
        operation = operation_of(cast.company)
        changed = actions.change(by=operation.by, operation=operation, affiliation=made, population="Cadres")
        assert (changed.population, changed.employee_number) == ("Cadres", "M-0042")
        with pytest.raises(actions.Duplicate):
            actions.change(by=operation.by, operation=operation, affiliation=made, employee_number="M-0043")
    undo(changed, What.CHANGED)
    made = again(made)
    assert made.population == other.population


def test_the_new_member_opens_their_space_with_what_they_know(cast: Cast, client: Client) -> None:
    """The sign-up's match: member number, birth date, name; nothing that their employer holds alone."""
    from members.households.signup import match

    made = affiliated(cast.company, start_date=HIRED)
    with isolation.system():
        number = Person.objects.select_related("household").get(pk=made.person_id or 0).household.member_number
        answers = {
            "member_number": number, "birth_date": BORN.isoformat(), "family_name": "Le Roux",
            "email": "maelle@example.org",
        }  # fmt: skip
        assert match(answers, TODAY) is not None
