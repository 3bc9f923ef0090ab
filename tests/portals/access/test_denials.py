"""A denied access leaves one entry although its request was rolled back; an unknown address leaves none."""

import pytest
from django.test import Client
from django.urls import reverse

from portals.gestion.roles import Role
from privacy.audit.models import Entry
from tests import builders
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("PDP-7.5")]


def denials() -> list[tuple[int | None, str, str, str, object]]:
    entries = Entry.objects.filter(action="access.denied").order_by("pk")
    return [
        (entry.account_id, entry.object_kind, entry.object_id, entry.result, entry.details["status"])
        for entry in entries
    ]


@pytest.mark.django_db(transaction=True)
def test_somebody_elses_record_leaves_one_entry_once_the_request_is_rolled_back(cast: Cast) -> None:
    client = builders.sign_in(Client(), cast.bob_account)
    line = cast.home.alice_line.pk
    assert client.get(reverse("members:benefit", args=[line])).status_code == 404
    assert denials() == [(cast.bob_account.pk, "members:benefit", str(line), "refused", 404)]
    assert not Entry.objects.filter(action="benefit.consulted").exists()


def test_a_page_of_staff_that_a_role_may_not_open_leaves_one(cast: Cast) -> None:
    agent = builders.colleague(Role.AGENT)
    client = builders.enter_gestion(Client(), agent)
    assert client.get(reverse("admin:privacy_entry_changelist")).status_code == 403
    assert denials() == [(agent.pk, "admin:privacy_entry_changelist", "", "refused", 403)]


def test_the_staff_site_leaves_one_to_whoever_is_not_staff(cast: Cast) -> None:
    client = builders.sign_in(Client(), cast.alice_account)
    account = cast.bob_account.pk
    assert client.get(reverse("admin:portals_account_change", args=[account])).status_code == 404
    assert denials() == [(cast.alice_account.pk, "admin:portals_account_change", str(account), "refused", 404)]


def test_it_says_whose_record_staff_were_refused(cast: Cast) -> None:
    client = builders.enter_gestion(Client(), builders.colleague(Role.MEDICAL_ADVISER))
    client.get(reverse("admin:portals_account_suspend", args=[cast.alice_account.pk]))
    entry = Entry.objects.get(action="access.denied")
    assert entry.object_kind == "admin:portals_account_suspend"


@pytest.mark.parametrize("address", ["/nothing/", "/gestion/nothing/12/", "/employeur/", "/adherent/nothing/7/"])
def test_an_address_that_names_nothing_leaves_none(cast: Cast, address: str) -> None:
    client = builders.sign_in(Client(), cast.alice_account)
    assert client.get(address).status_code == 404
    assert denials() == []


def test_whoever_is_signed_out_leaves_none(cast: Cast) -> None:
    assert Client().get(reverse("members:benefit", args=[cast.home.alice_line.pk])).status_code == 302
    assert denials() == []


def test_no_word_of_an_address_is_kept(cast: Cast) -> None:
    client = builders.sign_in(Client(), cast.bob_account)
    assert client.get(reverse("portals:message", args=["M-2026-00001"])).status_code == 404
    assert denials() == [(cast.bob_account.pk, "portals:message", "", "refused", 404)]


def test_it_costs_nothing_to_a_page_that_opens(cast: Cast) -> None:
    builders.sign_in(Client(), cast.alice_account).get(reverse("members:home"))
    assert denials() == []
