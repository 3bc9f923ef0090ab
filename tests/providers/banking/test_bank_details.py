"""The account of a practice: 48 hours, every known contact, the professional alone; and what feeds say meanwhile."""

import datetime
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from portals import secrets
from portals.access import isolation
from portals.access.models import Grant
from portals.feeds import load
from portals.jobs import run_due
from providers.agreements.models import Agreement, Professional
from providers.banking.accounts import iban_of, put_in_force
from tests import builders
from tests.builders import feed_files
from tests.cast import Cast
from tests.newcomer import mails
from tests.pages import words_of
from tests.providers.users.people import agreement_of, delegate, signed_in

pytestmark = pytest.mark.django_db

PAGE = "/professionnel/coordonnees-bancaires/"
OLD, NEW, THIRD = "FR1420041010050500013M02606", "FR7630006000011234567890189", "FR7630001007941234567890185"
TWO_DAYS = datetime.timedelta(hours=48, minutes=1)


@pytest.fixture
def paid(cast: Cast) -> Client:
    """The professional, paid on the old account, signed in."""
    with isolation.system():
        put_in_force(cast.professional.pk, OLD)
        Agreement.objects.update(iban_replaced=None)
    return signed_in(cast.professional_account)


def current(cast: Cast) -> str:
    with isolation.system():
        return iban_of(cast.professional.pk)


def ask(client: Client, iban: str = NEW) -> object:
    return client.post(f"{PAGE}changer/", {"iban": iban, "is_own": "on"})


def test_a_change_serves_48_hours_later_and_every_known_contact_reads_of_it_twice(cast: Cast, paid: Client) -> None:
    assert ask(paid)["Location"] == PAGE  # type: ignore[index]  # a response
    page = words_of(paid.get(PAGE).text)
    assert "En attente" in page and "·606" in page and NEW not in page
    known = {cast.professional_account.email, "cabinet@example.org"}
    assert {message.to[0] for message in mails()} == known
    assert current(cast) == OLD
    with time_machine.travel(timezone.now() + TWO_DAYS, tick=False):
        assert {message.to[0] for message in mails()} == known
        assert current(cast) == NEW
    agreement = agreement_of(cast.professional)
    key = f"agreement:{agreement.agreement_number}"
    assert secrets.unseal(key, "providers_agreement.iban", agreement.iban_sealed or b"") == NEW


def test_a_change_is_cancelled_from_the_page(cast: Cast, paid: Client) -> None:
    ask(paid)
    assert paid.post(f"{PAGE}annuler/")["Location"] == PAGE
    with time_machine.travel(timezone.now() + TWO_DAYS, tick=False):
        run_due()
        assert current(cast) == OLD
    assert "gardé, et non" in words_of(paid.get(PAGE).text)


def test_the_account_in_force_and_a_wrong_one_are_refused_in_words(paid: Client) -> None:
    assert "déjà" in ask(paid, OLD).text  # type: ignore[attr-defined]
    assert "La clé ne correspond pas" in ask(paid, f"{NEW[:-1]}8").text  # type: ignore[attr-defined]


@pytest.mark.commitment("PDP-7.3")
@pytest.mark.parametrize("role", ["secretariat", "invoices", "rights"])
def test_nobody_of_the_practice_sees_or_changes_the_account(cast: Cast, paid: Client, role: str) -> None:
    client = signed_in(delegate(cast.professional, role))
    assert [client.get(PAGE).status_code, ask(client).status_code] == [403, 403]  # type: ignore[attr-defined]
    assert mails() == []


def test_it_takes_a_fresh_proof(cast: Cast, paid: Client) -> None:
    later = timezone.now() + datetime.timedelta(minutes=6)
    with time_machine.travel(later, tick=False):
        assert ask(paid)["Location"].startswith("/compte/confirmer/")  # type: ignore[index]
    assert current(cast) == OLD and mails() == []


def test_once_the_agreement_has_ended_a_change_that_waits_is_cancelled_and_none_is_asked(
    cast: Cast, paid: Client
) -> None:
    ask(paid)
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Grant.objects.filter(account=cast.professional_account).update(
        ended_on=yesterday, closes_on=yesterday + datetime.timedelta(days=730)
    )
    assert ask(paid, THIRD).status_code == 403  # type: ignore[attr-defined]
    assert paid.post(f"{PAGE}annuler/").status_code == 302


def test_a_change_survives_the_agreement_being_replaced_while_it_waits(cast: Cast, paid: Client) -> None:
    ask(paid)
    today = timezone.localdate()
    with isolation.system():
        Agreement.objects.filter(professional=cast.professional).update(end_date=today)
    following = builders.agreement(cast.professional, start_date=today + datetime.timedelta(days=1))
    with time_machine.travel(timezone.now() + TWO_DAYS, tick=False):
        run_due()
        assert current(cast) == NEW
    with isolation.system():
        assert Agreement.objects.get(pk=following.pk).iban_sealed is not None


class TestFeeds:
    """What the professional changed holds while files still say what it replaced, and no longer."""

    @pytest.fixture
    def fed(self, tmp_path: Path) -> Professional:
        one = builders.professional()
        self.folder = tmp_path
        self.row = {
            "agreement_number": "CV900", "professional_ref": one.professional_ref, "start_date": "2024-01-01",
            "iban": OLD, "email": "cabinet@example.org",
        }  # fmt: skip
        self.load()
        return one

    def load(self, **changes: str) -> None:
        counts = load("agreements", feed_files.write(self.folder / "agreements.csv", [{**self.row, **changes}]))
        assert not counts.rejected

    def iban(self, of: Professional) -> str:
        with isolation.system():
            return iban_of(of.pk)

    def change(self, of: Professional, iban: str) -> None:
        with isolation.system():
            put_in_force(of.pk, iban)

    def test_a_file_that_does_not_know_yet_changes_nothing(self, fed: Professional) -> None:
        self.change(fed, NEW)
        self.load()
        assert self.iban(fed) == NEW
        self.load(email="autre@example.org")
        assert self.iban(fed) == NEW

    def test_a_file_that_knows_leads_again(self, fed: Professional) -> None:
        self.change(fed, NEW)
        self.load(iban=NEW)
        assert agreement_of(fed).iban_replaced is None
        self.load(iban=OLD)
        assert self.iban(fed) == OLD

    def test_a_file_that_says_a_third_account_knows_better(self, fed: Professional) -> None:
        self.change(fed, NEW)
        self.load(iban=THIRD)
        assert self.iban(fed) == THIRD
