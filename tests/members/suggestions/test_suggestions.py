"""Suggestions of the home page: from the contract, and off for whoever objects."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.households.models import Person, Role
from members.households.rules import HouseholdPerson
from members.suggestions.rules import for_children, for_policy
from tests import builders
from tests.cast import Cast
from tests.permissions.people import people_of
from tests.privacy.consents.objects import accepts, says

DAY = datetime.date(2026, 11, 22)


def child(born: datetime.date) -> HouseholdPerson:
    return HouseholdPerson(7, "child", born, "Noé", "Benali", has_own_account=False)


@pytest.mark.commitment("PDP-5.1")
@pytest.mark.parametrize(
    ("born", "words"),
    [
        (datetime.date(2011, 1, 10), "16"),
        (datetime.date(2009, 1, 10), "18"),
        (datetime.date(2012, 1, 10), ""),
        (datetime.date(2008, 1, 10), ""),
    ],
)
def test_a_birthday_that_opens_a_right_is_told_ahead(born: datetime.date, words: str) -> None:
    found = for_children([child(born)], DAY)
    assert [one.title for one in found.values()] == ([f"Noé aura bientôt {words}\u00a0ans"] if words else [])


def test_a_contract_of_two_years_is_worth_a_talk() -> None:
    assert for_policy(datetime.date(2024, 11, 23), DAY) is None
    found = for_policy(datetime.date(2024, 11, 22), DAY)
    assert found is not None
    assert found.view == "portals:message_new"


def soon_sixteen(cast: Cast) -> Person:
    """A child of Alice's, sixteen in a month."""
    today = timezone.localdate()
    born = (today + datetime.timedelta(days=30)).replace(day=1).replace(year=today.year - 16)
    return builders.person(cast.alice.household, role=Role.CHILD, given_names="Maël", birth_date=born)


@pytest.mark.django_db
@pytest.mark.commitment("CGU-8.9")
@pytest.mark.commitment("PDP-3.10")
def test_an_objection_to_profiling_takes_every_suggestion_off_every_page(cast: Cast) -> None:
    client = builders.sign_in(Client(), cast.alice_account)
    soon_sixteen(cast)
    pages = {reverse("members:home"): "aura bientôt 16", reverse("members:guarantees"): "Faire le point"}
    assert all(words in client.get(page).content.decode() for page, words in pages.items())
    says(cast.alice_account, cast.alice)
    for page, words in pages.items():
        shown = client.get(page).content.decode()
        assert words not in shown
        assert "Pour vous</h2>" not in shown
    accepts(cast.alice_account, cast.alice)
    assert all(words in client.get(page).content.decode() for page, words in pages.items())


@pytest.mark.django_db
@pytest.mark.commitment("CGU-8.10")
def test_nothing_is_suggested_about_a_child_who_objects_from_their_own_account(cast: Cast) -> None:
    today = timezone.localdate()
    born = (today + datetime.timedelta(days=30)).replace(day=1).replace(year=today.year - 18)
    teenager = builders.person(cast.alice.household, role=Role.CHILD, given_names="Maël", birth_date=born)
    home = reverse("members:home")
    client = builders.sign_in(Client(), cast.alice_account)
    assert "Maël aura bientôt 18" in client.get(home).content.decode()
    says(builders.account(teenager), teenager)
    assert "Maël aura bientôt" not in client.get(home).content.decode()


@pytest.mark.django_db
def test_whoever_represents_somebody_is_suggested_nothing(cast: Cast) -> None:
    client = people_of(cast)["representative"].enter()
    assert "Pour vous</h2>" not in client.get(reverse("members:guarantees")).content.decode()
