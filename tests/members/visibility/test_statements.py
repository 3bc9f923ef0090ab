"""Whose statement a minor's care is on: the SQL that freezes a month says what the rules say, judgments and choices included."""

import datetime
import itertools

import pytest

from members.households.choices.actions import record_authority
from members.households.choices.models import CareChoice, Exercise
from members.households.models import Person, Role
from members.households.queries import viewpoint
from members.statements.actions import issue_month
from members.statements.contents import printed
from members.statements.models import Statement
from members.statements.rules import last_day, recipient_of
from portals.access import isolation
from portals.accounts.models import Account
from tests import builders

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("PDP-1.2", "CGU-3.7")]
D = datetime.date
OCTOBER = D(2026, 10, 1)
BIRTHS = (D(2011, 5, 1), D(2010, 10, 31), D(2010, 11, 1), D(2008, 10, 31), D(2008, 11, 1))
JUDGMENTS = (None, "both", "member", "spouse", "uninsured")


def family(
    born: datetime.date, judgment: str | None, *, hides: bool, has_account: bool, by: Account
) -> tuple[Person, Person]:
    """The member and the child, who has one line paid in October."""
    house = builders.household()
    holder = builders.person(house)
    spouse = builders.person(house, role=Role.SPOUSE)
    child = builders.person(house, role=Role.CHILD, given_names="Camille", birth_date=born)
    builders.benefit(child, act_label="Le soin")
    if has_account:
        builders.account(child)
    if hides:
        with isolation.system():
            CareChoice.objects.create(person=child, household=house, parent=holder, shows=False, chosen_by=by)
    if judgment:
        record_authority(
            by=by, child=child, exercised_by=Exercise.BOTH if judgment == "both" else Exercise.ONE,
            parent={"member": holder, "spouse": spouse}.get(judgment), judgment_reference="RG",
            judgment_date=D(2026, 9, 1), start_date=D(2026, 9, 1),
        )  # fmt: skip
    return holder, child


def test_the_sql_follows_judgments_choices_and_accounts(october: object) -> None:
    by = builders.staff()
    october.move_to(datetime.datetime(2026, 11, 3, 9, tzinfo=datetime.UTC))  # type: ignore[attr-defined]  # a traveller
    cases = list(itertools.product(BIRTHS, JUDGMENTS, (True, False), (True, False)))
    families = [family(born, judgment, hides=hides, has_account=own, by=by) for born, judgment, hides, own in cases]
    issue_month(month=OCTOBER, by=None)
    wrong = []
    with isolation.system():
        for case, (holder, child) in zip(cases, families, strict=True):
            told = [row for row in Statement.objects.filter(household=child.household_id) if printed(row).persons]
            view = viewpoint(
                household_id=child.household_id, person_id=holder.pk, day=last_day(OCTOBER), is_represented=False
            )
            expected = recipient_of(view.by_id[child.pk], list(view.persons), month=OCTOBER)
            if [row.recipient_id for row in told] != [expected.id]:
                wrong.append(case)
    assert wrong == []
