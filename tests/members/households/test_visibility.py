"""Who sees whose care inside a household."""

import datetime

import pytest

from members.households.models import Role
from members.households.rules import HouseholdPerson, Viewpoint, age_on, listed

DAY = datetime.date(2026, 10, 9)


def somebody(
    id: int, role: str, born: datetime.date, *, has_own_account: bool = False, name: str = "Claude"
) -> HouseholdPerson:
    return HouseholdPerson(id, role, born, name, "Marin", has_own_account)


MEMBER = somebody(1, Role.MEMBER, datetime.date(1980, 3, 14), name="Alice Rose")
SPOUSE = somebody(2, Role.SPOUSE, datetime.date(1979, 6, 2), name="Samir")
STUDENT = somebody(3, Role.CHILD, datetime.date(2006, 11, 3), name="Lina", has_own_account=True)
CHILD = somebody(4, Role.CHILD, datetime.date(2016, 5, 20), name="Inès")
HOME = (MEMBER, SPOUSE, STUDENT, CHILD)


def seen_by(viewer: HouseholdPerson, *persons: HouseholdPerson, day: datetime.date = DAY) -> Viewpoint:
    return Viewpoint(household_id=1, viewer=viewer, persons=persons or HOME, day=day)


@pytest.mark.commitment("PDP-1.2")
def test_the_member_sees_their_own_lines_and_those_of_children_under_16() -> None:
    assert seen_by(MEMBER).seen == (MEMBER, CHILD)


@pytest.mark.commitment("PDP-1.2")
@pytest.mark.parametrize("viewer", [SPOUSE, STUDENT, CHILD])
def test_everybody_else_sees_their_own_lines_only(viewer: HouseholdPerson) -> None:
    view = seen_by(viewer)
    assert view.seen == (viewer,)
    assert view.paid_for == ()
    assert view.reserved == ()


def test_the_day_of_the_sixteenth_birthday_closes_the_lines_of_a_child() -> None:
    teenager = somebody(5, Role.CHILD, datetime.date(2010, 10, 10))
    assert teenager in seen_by(MEMBER, MEMBER, teenager, day=datetime.date(2026, 10, 9)).seen
    assert teenager not in seen_by(MEMBER, MEMBER, teenager, day=datetime.date(2026, 10, 10)).seen


def test_the_member_knows_what_arrived_for_those_who_have_no_account_of_their_own() -> None:
    view = seen_by(MEMBER)
    assert view.paid_for == (SPOUSE,)
    assert view.reserved == (SPOUSE, STUDENT)
    assert view.reserved_names == "Samir et Lina"


def test_born_on_29_february_is_a_year_older_on_1_march() -> None:
    born = datetime.date(2008, 2, 29)
    assert age_on(born, datetime.date(2026, 2, 28)) == 17
    assert age_on(born, datetime.date(2026, 3, 1)) == 18
    assert age_on(born, datetime.date(2028, 2, 29)) == 20


@pytest.mark.parametrize(
    ("names", "sentence"),
    [([], ""), (["Alice"], "Alice"), (["Alice", "Inès"], "Alice et Inès"), (list("abc"), "a, b et c")],
)
def test_names_are_listed_in_a_sentence(names: list[str], sentence: str) -> None:
    assert listed(names) == sentence


def test_a_person_is_called_by_the_first_of_their_given_names() -> None:
    assert MEMBER.first_name == "Alice"
    assert MEMBER.full_name == "Alice Rose Marin"
