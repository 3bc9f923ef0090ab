"""The fixed households of the demo."""

import datetime

from members.populate import cast

TODAY = datetime.date(2026, 11, 21)


def test_every_account_of_the_demo_stands_for_a_person_of_the_cast() -> None:
    refs = {person.ref for home, _ in cast.households(TODAY) for person in home.persons}
    assert set(cast.PERSONS.values()) <= refs


def test_the_member_has_a_spouse_children_of_12_19_and_17_and_five_years_of_history() -> None:
    home, months = cast.households(TODAY)[0]
    assert [person.role for person in home.persons] == ["member", "spouse", "child", "child", "child"]
    assert [TODAY.year - person.birth_date.year for person in home.persons[2:]] == [12, 19, 17]
    assert months == 60
    assert home.start <= datetime.date(2021, 11, 1)
    assert home.member_number == cast.member_number(1)


def test_the_terminated_member_left_two_months_ago() -> None:
    homes = {home.persons[0].ref: home for home, _ in cast.households(TODAY)}
    assert homes[cast.PERSONS["member-terminated"]].end == datetime.date(2026, 9, 30)
    assert all(home.end is None for ref, home in homes.items() if ref != cast.PERSONS["member-terminated"])


def test_the_cast_is_the_same_another_day() -> None:
    assert cast.households(TODAY) == cast.households(TODAY)
    next_day = TODAY + datetime.timedelta(days=1)
    assert cast.households(TODAY)[0] == cast.households(next_day)[0]
