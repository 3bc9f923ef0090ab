"""Cards follow the covers: what is no longer true is revoked, known as such, and replaced."""

import datetime

import pytest
import time_machine
from django.core import mail
from django.test import Client

from members.card import renewing
from members.card.models import Card, CardConvention
from members.card.verifying import CardState, status_of
from members.coverage.models import Cover, Policy
from members.households.models import Person
from portals import jobs
from portals.access import isolation
from tests import builders
from tests.cast import Cast

D = datetime.date
TODAY = D(2026, 10, 9)


def given_out(client: Client) -> Card:
    client.post("/adherent/carte/etablir/")
    with isolation.system():
        return Card.objects.get(revoked_at=None, person=None)


def refresh(cast: Cast) -> list[Card]:
    """The cards of the family, the oldest first, once the household was looked at."""
    with isolation.system():
        renewing.refresh_later(household_id=cast.alice.household_id)
    jobs.run_due()
    with isolation.system():
        return list(Card.objects.filter(person=None).order_by("id"))


def state_of(card: Card, day: D = TODAY) -> CardState:
    with isolation.system():
        return status_of(card.number, day=day).state


def test_nothing_changed_renews_nothing(cast: Cast, alice: Client) -> None:
    card = given_out(alice)
    assert [kept.pk for kept in refresh(cast)] == [card.pk]
    assert mail.outbox == []


@pytest.mark.commitment("CGU-3.12")
def test_a_person_who_joins_makes_a_new_card_from_that_day(cast: Cast, alice: Client) -> None:
    card = given_out(alice)
    child = builders.person(cast.alice.household, role="child", given_names="Noé", birth_date=D(2026, 9, 12))
    with isolation.system():
        policy = Policy.objects.get(household=cast.alice.household)
    builders.cover(policy, child, start_date=D(2026, 9, 12))
    old, new = refresh(cast)
    assert (old.pk, old.revoked_for, state_of(old)) == (card.pk, "cover_added", CardState.REVOKED)
    assert (new.valid_from, new.valid_to, new.reason) == (D(2026, 9, 12), D(2026, 12, 31), "cover_added")
    assert child.pk in [entry[0] for entry in new.content["beneficiaries"]]
    assert state_of(new) == CardState.IN_FORCE
    (message,) = mail.outbox
    assert message.to == [cast.alice_account.email]
    assert "Noé" not in message.message().as_string()


@pytest.mark.commitment("CGU-3.10")
def test_a_person_who_leaves_is_no_longer_on_the_card(cast: Cast, alice: Client) -> None:
    given_out(alice)
    with isolation.system():
        Cover.objects.filter(person=cast.home.lina).update(end_date=D(2026, 9, 30))
    old, new = refresh(cast)
    assert (old.revoked_for, new.reason, new.valid_from) == ("cover_ended", "cover_ended", D(2026, 10, 1))
    assert cast.home.lina.pk not in [entry[0] for entry in new.content["beneficiaries"]]


def test_a_contract_that_ends_leaves_no_card(cast: Cast, alice: Client) -> None:
    card = given_out(alice)
    with isolation.system():
        Policy.objects.filter(household=cast.alice.household).update(end_date=D(2026, 9, 30))
    (old,) = refresh(cast)
    assert (old.pk, state_of(old)) == (card.pk, CardState.REVOKED)
    assert "pas ouverts" in alice.get("/adherent/carte/").content.decode()


def test_a_name_that_is_corrected_makes_a_new_card(cast: Cast, alice: Client) -> None:
    given_out(alice)
    with isolation.system():
        Person.objects.filter(pk=cast.home.samir.pk).update(family_name="Ben Ali")
    old, new = refresh(cast)
    assert (old.revoked_for, new.reason) == ("identity", "identity")


def test_a_convention_that_staff_change_makes_new_cards(cast: Cast, alice: Client) -> None:
    given_out(alice)
    CardConvention.objects.filter(plan=None, domain="OPTI").update(convention="SC")
    with isolation.system():
        renewing.refresh_everything(run="a test")
    jobs.run_due()
    with isolation.system():
        old, new = Card.objects.filter(person=None, household=cast.alice.household).order_by("id")
    assert (old.revoked_for, new.reason) == ("plan", "plan")
    assert ["OPTI", ["SC"], "PEC"] in new.content["cells"]


@pytest.mark.commitment("CGU-3.12")
def test_the_new_years_card_is_there_before_the_year(
    cast: Cast, alice: Client, october: time_machine.Traveller
) -> None:
    card = given_out(alice)
    october.move_to(datetime.datetime(2026, 11, 17, 10, tzinfo=datetime.UTC))
    old, new = refresh(cast)
    assert (old.pk, old.revoked_at, state_of(old)) == (card.pk, None, CardState.IN_FORCE)
    assert (new.valid_from, new.valid_to, new.reason) == (D(2027, 1, 1), D(2027, 12, 31), "period")
    assert state_of(new) == CardState.NOT_YET
    assert state_of(old, D(2027, 1, 1)) == CardState.OVER
    assert len(refresh(cast)) == 2
    assert len(mail.outbox) == 1, "Samir’s first card is not a new one"


def test_a_card_asked_for_before_the_job_is_already_true(cast: Cast, alice: Client) -> None:
    old = given_out(alice)
    with isolation.system():
        Cover.objects.filter(person=cast.home.lina).update(end_date=D(2026, 9, 30))
    assert old.number not in alice.get("/adherent/carte/").content.decode()
    new = given_out(alice)
    assert new.pk != old.pk
    assert state_of(old) == CardState.REVOKED
    assert len(refresh(cast)) == 2


def test_whoever_has_an_account_finds_their_card_ready(cast: Cast) -> None:
    renewing.on_operation(action="account.validated", object_kind="account", object_id=cast.alice_account.pk)
    jobs.run_due()
    with isolation.system():
        held = set(Card.objects.values_list("household_id", "person_id"))
    assert held == {(cast.alice.household_id, None), (cast.alice.household_id, cast.home.samir.pk)}
    assert mail.outbox == []


def test_the_night_goes_from_household_to_household(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renewing, "BATCH", 1)
    with isolation.system():
        renewing.renew(datetime.datetime(2026, 10, 9, 3, tzinfo=datetime.UTC))
    jobs.run_due()
    with isolation.system():
        assert set(Card.objects.filter(person=None).values_list("household_id", flat=True)) == {
            cast.alice.household_id,
            cast.bob.household_id,
        }


def test_an_unknown_number_is_unknown(db: None) -> None:
    with isolation.system():
        assert status_of("0000-0000-0000", day=TODAY).state == CardState.UNKNOWN


def test_a_feed_of_covers_promises_the_work_and_one_of_benefits_does_not(db: None) -> None:
    for feed in ("feed.covers", "feed.benefits"):
        renewing.on_operation(action="feed.loaded", object_kind=feed, object_id=7)
    assert list(jobs.Job.objects.values_list("kind", "key")) == [("card.refresh", "feed.covers-7:0")]


def test_a_household_does_not_see_the_cards_of_another(cast: Cast, alice: Client) -> None:
    given_out(alice)
    with isolation.tenant("adherent", cast.bob.household_id):
        assert not Card.objects.exists()
    with isolation.tenant("adherent", cast.alice.household_id):
        assert Card.objects.count() == 1
