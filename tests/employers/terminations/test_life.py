"""An employee leaves: what happens to the affiliation, in the household, and what the company is told of it."""

import datetime

import pytest
import time_machine

from employers.companies.models import Company
from employers.terminations.actions import terminate
from employers.terminations.export import termination_files
from employers.terminations.models import EmployeeTermination
from employers.terminations.rules import DatesRefused
from employers.terminations.words import Continuing, Reason, State
from employers.workforce import actions as workforce
from employers.workforce.models import Affiliation
from members.coverage.models import Cover, Policy
from members.households.models import Person, Role
from members.portability import actions as portability
from members.portability.models import IndividualOffer, Portability
from members.portability.words import Cause, Ground, OfferState
from members.portability.words import State as Standing
from portals.access import isolation
from portals.access.models import Grant
from portals.accounts.models import Space
from privacy.deaths.models import Death, Way
from privacy.deaths.models import State as DeathState
from tests import builders
from tests.cast import Cast
from tests.employers.terminations.objects import left
from tests.employers.workforce.objects import affiliated, operation_of
from tests.newcomer import mails

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-3.15")]

D = datetime.date
NOON = datetime.datetime(2026, 10, 14, 10, tzinfo=datetime.UTC)
LAST = D(2026, 10, 31)
ENDS = D(2027, 10, 31)
DIED = D(2026, 10, 12)


@pytest.fixture(autouse=True)
def clock() -> object:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def employee(cast: Cast) -> Affiliation:
    return affiliated(cast.company, start_date=D(2026, 10, 1))


def again(affiliation: Affiliation) -> Affiliation:
    with isolation.system():
        return Affiliation.objects.get(pk=affiliation.pk)


def ends_of(affiliation: Affiliation) -> set[datetime.date | None]:
    with isolation.system():
        policy = Policy.objects.get(pk=again(affiliation).policy_id or 0)
        return {policy.end_date, *Cover.objects.filter(policy=policy).values_list("end_date", flat=True)}


def the_portability() -> Portability:
    with isolation.system():
        return Portability.objects.get()


def the_offer() -> IndividualOffer:
    with isolation.system():
        return IndividualOffer.objects.get()


def held(affiliation: Affiliation) -> EmployeeTermination:
    with isolation.system():
        return EmployeeTermination.objects.get(affiliation=affiliation, state=State.DONE)


def undo(row: EmployeeTermination) -> None:
    with isolation.tenant(Space.EMPLOYER, row.company_id):
        assert row.operation is not None
        workforce.undo(by=row.operation.by, operation=row.operation)


def test_after_fourteen_months_the_cover_goes_on_twelve_by_itself(employee: Affiliation) -> None:
    row = left(employee)
    assert (row.months, row.continuing, row.continues_until) == (12, Continuing.RUNNING, ENDS)
    assert (again(employee).left_on, again(employee).end_date) == (LAST, LAST)
    assert ends_of(employee) == {ENDS}
    told = the_portability()
    assert (told.contract_end, told.months, told.ends_on, told.state) == (LAST, 12, ENDS, Standing.RUNNING)
    assert (the_offer().state, the_offer().rights_end, the_offer().sends_on) == (
        OfferState.SCHEDULED,
        ENDS,
        D(2027, 10, 1),
    )


def test_the_dependants_follow(cast: Cast, employee: Affiliation) -> None:
    with isolation.system():
        household = again(employee).policy
        assert household is not None
        child = builders.person(household.household, role=Role.CHILD, given_names="Noé", birth_date=D(2020, 1, 1))
        builders.cover(household, child)
    left(employee)
    assert ends_of(employee) == {ENDS}


def test_the_employee_is_told_that_something_changed_and_nothing_else(employee: Affiliation) -> None:
    mails()
    left(employee)
    (mail,) = mails()
    assert mail.to == ["maelle.leroux@ateliers-rade.example.org"]
    assert mail.subject == "Votre couverture santé change"
    for word in ("Maëlle", "Le Roux", "2026", "2027", "Rade", "rupture", "portabilité"):
        assert word not in str(mail.body)


@pytest.mark.parametrize("reason", [Reason.RESIGNATION, Reason.TRIAL_BY_EMPLOYEE])
def test_a_resignation_ends_the_cover_with_the_contract(employee: Affiliation, reason: Reason) -> None:
    row = left(employee, reason=reason)
    assert (row.months, row.continuing) == (0, Continuing.NONE)
    assert ends_of(employee) == {LAST}
    with isolation.system():
        assert not Portability.objects.exists()
        assert not IndividualOffer.objects.exists()


def test_gross_misconduct_has_no_portability_and_an_offer(employee: Affiliation) -> None:
    left(employee, reason=Reason.GROSS_MISCONDUCT)
    assert ends_of(employee) == {LAST}
    assert (the_offer().ground, the_offer().rights_end, the_offer().portability_id) == (Ground.UNEMPLOYED, LAST, None)


def test_after_a_death_the_adults_who_were_covered_beside_are_offered_a_contract(employee: Affiliation) -> None:
    with isolation.system():
        policy = again(employee).policy
        assert policy is not None
        widower = builders.person(policy.household, role=Role.SPOUSE, given_names="Yann", birth_date=D(1985, 1, 1))
        builders.cover(policy, widower)
        child = builders.person(policy.household, role=Role.CHILD, given_names="Noé", birth_date=D(2020, 1, 1))
        builders.cover(policy, child)
    mails()
    left(employee, reason=Reason.DEATH, last_day=DIED)
    assert (the_offer().person_id, the_offer().ground) == (widower.pk, Ground.BEREAVED)
    assert not mails()


@pytest.mark.commitment("PDP-8.8")
def test_a_death_that_a_company_tells_is_declared_once_and_verified_by_the_mutual(employee: Affiliation) -> None:
    left(employee, reason=Reason.DEATH, last_day=DIED)
    undo(left(employee, reason=Reason.DEATH, last_day=DIED - datetime.timedelta(days=1)))
    with isolation.system():
        death = Death.objects.get()
    assert (death.way, death.state) == (Way.EMPLOYER, DeathState.REPORTED)
    assert (death.subject_id, death.died_on, death.entered_by) == (again(employee).person_id, DIED, None)


def test_a_death_is_not_told_before_its_day(employee: Affiliation) -> None:
    with pytest.raises(DatesRefused, match="une fois survenu"):
        left(employee, reason=Reason.DEATH, last_day=LAST)
    with isolation.system():
        assert not Death.objects.exists()
    assert ends_of(employee) == {None}


def test_an_undo_leaves_nothing_of_it(employee: Affiliation) -> None:
    row = left(employee)
    undo(row)
    assert ends_of(employee) == {None}
    assert again(employee).end_date is None
    assert the_portability().state == Standing.CANCELLED
    assert the_offer().state == OfferState.WITHDRAWN
    with isolation.system():
        assert EmployeeTermination.objects.get(pk=row.pk).state == State.UNDONE


def test_the_date_is_corrected_and_everything_follows(employee: Affiliation) -> None:
    first = left(employee)
    second = left(employee, last_day=D(2026, 11, 15))
    assert second.replaces_id == first.pk
    assert ends_of(employee) == {D(2027, 11, 15)}
    assert again(employee).end_date == D(2026, 11, 15)
    assert the_portability().ends_on == D(2027, 11, 15)
    assert the_offer().rights_end == D(2027, 11, 15)
    undo(second)
    assert held(employee).pk == first.pk
    assert ends_of(employee) == {ENDS}
    assert the_portability().ends_on == ENDS


def test_a_reason_that_is_corrected_takes_the_portability_away_and_an_undo_gives_it_back(employee: Affiliation) -> None:
    left(employee)
    second = left(employee, reason=Reason.RESIGNATION)
    assert ends_of(employee) == {LAST}
    assert the_portability().state == Standing.CANCELLED
    undo(second)
    assert ends_of(employee) == {ENDS}
    assert (the_portability().state, held(employee).continuing) == (Standing.RUNNING, Continuing.RUNNING)


def test_a_reason_that_is_corrected_gives_the_portability(employee: Affiliation) -> None:
    left(employee, reason=Reason.GROSS_MISCONDUCT)
    second = left(employee)
    assert ends_of(employee) == {ENDS}
    with isolation.system():
        assert IndividualOffer.objects.get(portability=None).state == OfferState.WITHDRAWN
    undo(second)
    assert ends_of(employee) == {LAST}
    assert the_portability().state == Standing.CANCELLED


def test_a_correction_takes_nobodys_yesterday_away(cast: Cast, clock: time_machine.Traveller) -> None:
    employee = affiliated(cast.company, start_date=D(2026, 8, 1))
    left(employee, last_day=D(2026, 9, 20))
    left(employee, last_day=D(2026, 9, 20), reason=Reason.GROSS_MISCONDUCT)
    assert ends_of(employee) == {NOON.date()}


def test_the_company_is_told_that_it_stopped_and_not_why(cast: Cast, employee: Affiliation) -> None:
    left(employee)
    with isolation.system():
        person = Person.objects.get(pk=again(employee).person_id or 0)
    account = builders.account(person)
    with isolation.tenant(Space.MEMBER, person.household_id):
        portability.declare_stop(
            by=account, portability=Portability.objects.get(), cause=Cause.NEW_JOB, since=D(2027, 1, 4)
        )
    assert (held(employee).continuing, held(employee).continues_until) == (Continuing.STOPPED, D(2027, 1, 3))
    left(employee, last_day=D(2026, 10, 30))
    assert (held(employee).continuing, held(employee).continues_until) == (Continuing.STOPPED, D(2027, 1, 3))


def test_a_company_reads_no_portability_no_proof_no_offer_even_without_filters(
    cast: Cast, employee: Affiliation
) -> None:
    left(employee)
    with isolation.tenant(Space.EMPLOYER, cast.company.pk):
        assert EmployeeTermination.objects.count() == 1
        assert not Portability.objects.exists()
        assert not IndividualOffer.objects.exists()
    with isolation.tenant(Space.EMPLOYER, cast.rival.pk):
        assert not EmployeeTermination.objects.exists()


def test_departures_are_taken_away_with_the_rest(cast: Cast, employee: Affiliation) -> None:
    left(employee)
    grant = Grant.objects.get(account=cast.company_account)
    with isolation.tenant(Space.EMPLOYER, cast.company.pk):
        ((name, content),) = termination_files(grant)
    assert name == "departs.csv"
    assert "31/10/2027" in bytes(content).decode("utf-8-sig")  # type: ignore[arg-type]  # a small file is bytes


def test_one_operation_ends_many_and_is_undone_as_one(cast: Cast, employee: Affiliation) -> None:
    other = affiliated(
        cast.company, start_date=D(2026, 10, 1), family_name="Morvan", nir="", employee_number="M-0043",
        email="",
    )  # fmt: skip
    with isolation.tenant(Space.EMPLOYER, cast.company.pk):
        operation = operation_of(Company.objects.get(pk=cast.company.pk))
        for one in (employee, other):
            terminate(by=operation.by, operation=operation, affiliation=one, reason=Reason.FIXED_TERM, last_day=LAST)
        assert [row.months for row in EmployeeTermination.objects.all()] == [1, 1]
        workforce.undo(by=operation.by, operation=operation)
    assert ends_of(employee) == ends_of(other) == {None}
