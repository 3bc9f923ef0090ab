"""The people of a fabricated portfolio."""

import datetime

from members.populate import people

TODAY = datetime.date(2026, 11, 21)


def test_the_same_seed_gives_the_same_households_at_any_size() -> None:
    assert list(people.households(30, 1, TODAY)) == list(people.households(60, 1, TODAY))[:30]
    assert list(people.households(5, 2, TODAY)) != list(people.households(5, 1, TODAY))


def test_households_have_two_persons_and_a_tenth_on_average() -> None:
    homes = list(people.households(1_500, 1, TODAY))
    assert 2.0 < sum(len(home.persons) for home in homes) / len(homes) < 2.2


def test_households_are_as_varied_as_the_country() -> None:
    homes = list(people.households(600, 1, TODAY))
    names = {person.family_name for home in homes for person in home.persons}
    assert any("’" in name for name in names)
    assert any("œ" in name.lower() for name in names)
    assert {"2A", "974"} <= {home.city.department for home in homes}
    assert any(person.nir[5:7] == "2A" for home in homes for person in home.persons)
    assert any(person.nir[5:7] in {"97", "99"} for home in homes for person in home.persons)
    assert any(home.city.alsace_moselle for home in homes)
    assert any(home.end for home in homes)
    assert any(not person.nir for home in homes for person in home.persons)


def test_each_household_has_one_holder_with_an_account_to_pay_to() -> None:
    for home in people.households(300, 1, TODAY):
        assert [person.role for person in home.persons].count("member") == 1
        assert [bool(person.iban) for person in home.persons] == [person.role == "member" for person in home.persons]
        for person in home.persons:
            assert home.start <= person.cover_start
            assert person.birth_date < TODAY
            assert not person.email or person.email.endswith("@example.org")


def test_two_households_in_five_come_from_a_group_contract_on_its_plan() -> None:
    homes = list(people.households(500, 1, TODAY))
    grouped = [home for home in homes if home.group_contract]
    assert len(grouped) == 200
    plans = {(home.group_contract, home.plan) for home in grouped}
    assert len(plans) == len({contract for contract, _ in plans})
    assert all(plan in people.GROUP for _, plan in plans)
