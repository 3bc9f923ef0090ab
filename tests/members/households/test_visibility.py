"""Who sees whose care inside a household."""

import datetime
from dataclasses import replace

import pytest

from members.households.models import Role
from members.households.rules import UNINSURED, HouseholdPerson, Viewpoint, age_on, listed

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


BIRTHDAY_16, BIRTHDAY_18 = datetime.date(2026, 10, 10), datetime.date(2028, 10, 10)
TEENAGER = somebody(5, Role.CHILD, datetime.date(2010, 10, 10), name="Noé")


@pytest.mark.commitment("PDP-1.2")
def test_parents_see_until_eighteen_and_not_a_day_more() -> None:
    before = seen_by(MEMBER, MEMBER, TEENAGER, day=BIRTHDAY_18 - datetime.timedelta(days=1))
    assert TEENAGER in before.seen
    assert TEENAGER not in seen_by(MEMBER, MEMBER, TEENAGER, day=BIRTHDAY_18).seen


@pytest.mark.commitment("PDP-1.2")
def test_what_a_minor_hides_counts_from_sixteen_and_the_totals_remain() -> None:
    hiding = replace(TEENAGER, hidden_from=frozenset({MEMBER.id}))
    assert hiding in seen_by(MEMBER, MEMBER, hiding, day=BIRTHDAY_16 - datetime.timedelta(days=1)).seen
    view = seen_by(MEMBER, MEMBER, hiding, day=BIRTHDAY_16)
    assert view.seen == (MEMBER,)
    assert view.paid_for == (hiding,)
    assert view.reserved_names == "Noé"


@pytest.mark.commitment("PDP-1.2")
@pytest.mark.parametrize(
    ("only_parent", "who_see"), [(None, {MEMBER}), (1, {MEMBER}), (2, {SPOUSE}), (99, set()), (UNINSURED, set())]
)
def test_a_judgment_names_the_parent_who_sees(only_parent: int | None, who_see: set[HouseholdPerson]) -> None:
    child = replace(CHILD, only_parent_id=only_parent)
    home = (MEMBER, SPOUSE, STUDENT, child)
    seeing = {one for one in (MEMBER, SPOUSE, STUDENT) if child in seen_by(one, *home).seen}
    assert seeing == who_see
    assert (seen_by(MEMBER, *home).kept_names == "Inès") == (MEMBER not in who_see)
    assert (child in seen_by(MEMBER, *home).paid_for) == (MEMBER not in who_see)


@pytest.mark.parametrize(("acting", "concealed"), [(MEMBER.id, []), (77, [CHILD.id]), (None, [CHILD.id])])
def test_the_other_parent_is_not_told_of_the_members_account(acting: int | None, concealed: list[int]) -> None:
    view = Viewpoint(1, CHILD, HOME, DAY, is_represented=True, acting_person_id=acting)
    assert view.concealed_ids == concealed


def test_a_judged_parent_of_the_household_is_not_told_of_the_members_account_either() -> None:
    child = replace(CHILD, only_parent_id=SPOUSE.id)
    assert seen_by(SPOUSE, MEMBER, SPOUSE, child).concealed_ids == [child.id]
    paid_apart = replace(child, has_own_account=True)
    assert seen_by(SPOUSE, MEMBER, SPOUSE, paid_apart).concealed_ids == []


def test_nobody_is_kept_from_the_payments_of_their_own_care() -> None:
    assert seen_by(CHILD).concealed_ids == []
    guarded = Viewpoint(1, SPOUSE, HOME, DAY, is_represented=True, acting_person_id=77)
    assert guarded.concealed_ids == [], "the guardian of an adult is told who was paid"


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
