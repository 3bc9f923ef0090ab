"""Services on and off for a whole space, without new terms to accept (CGU-3.1)."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portals.access.actions import AlreadyAnnounced, AlreadyLifted, EndsBeforeItBegins, NoReason, UnknownService
from portals.access.services import Position, services_of
from portals.accounts.models import Account, Space
from portals.editorial.switches.actions import NeverSwitchedOff, cancel, place
from portals.editorial.switches.models import ServiceSwitch
from portals.gestion.roles import Role
from privacy.audit.models import Entry
from tests import builders
from tests.cast import Cast
from tests.pages import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-3.1")]

WHY = "Nous changeons de fournisseur."
DAY = datetime.timedelta(days=1)
ALWAYS_OPEN = {
    "member.home", "member.representation", "employer.home", "employer.users", "professional.home",
}  # fmt: skip
"""Held by hand: a service that joins or leaves this list is a decision."""


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime.datetime(2026, 12, 1, 9, tzinfo=datetime.UTC), tick=False) as travelling:
        yield travelling


@pytest.fixture
def officer(db: None) -> Account:
    return builders.colleague(Role.SECURITY)


def switch(by: Account, code: str = "member.card", **answers: Any) -> ServiceSwitch:
    asked: dict[str, Any] = {"space": Space.MEMBER, "position": Position.OFF, "words": WHY, **answers}
    return place(by=by, service_code=code, **asked)


def test_a_service_that_is_off_leaves_the_menus_and_says_why_and_until_when(
    clock: time_machine.Traveller, officer: Account, cast: Cast, client: Client
) -> None:
    builders.sign_in(client, cast.alice_account)
    card = reverse("members:card")
    assert f'href="{card}"' in client.get(reverse("members:statements")).text
    switch(officer, begins_at=timezone.now() + DAY, ends_at=timezone.now() + 3 * DAY)
    assert client.get(card).status_code == 200, "it has not begun"
    clock.shift(2 * DAY)
    builders.sign_in(client, cast.alice_account)
    page = client.get(card)
    assert page.status_code == 403
    said = words_of(page.text)
    assert WHY in said and "Il rouvre le 4\u00a0décembre\u00a02026 à 10\u00a0h" in said and "rien à accepter" in said
    assert client.post(reverse("members:card_issue")).status_code == 403
    statements = client.get(reverse("members:statements"))
    assert statements.status_code == 200 and f'href="{card}"' not in statements.text
    clock.shift(2 * DAY)
    builders.sign_in(client, cast.alice_account)
    assert client.get(card).status_code == 200


def test_a_service_that_is_not_open_yet_does_not_exist(officer: Account, cast: Cast, client: Client) -> None:
    placed = switch(officer, position=Position.UNOPENED, words="")
    builders.sign_in(client, cast.alice_account)
    assert client.get(reverse("members:card")).status_code == 404
    assert client.post(reverse("members:card_issue")).status_code == 404
    cancel(by=officer, switch=placed)
    assert client.get(reverse("members:card")).status_code == 200


def test_a_novelty_is_announced_on_the_first_page_and_nowhere_else(
    officer: Account, cast: Cast, client: Client
) -> None:
    switch(officer, position=Position.NEW, words="Votre carte se garde sur le téléphone.", ends_at=timezone.now() + DAY)
    builders.sign_in(client, cast.alice_account)
    home = client.get("/adherent/")
    assert "se garde sur le téléphone" in home.text and "Ouvrir «\u00a0Carte de tiers payant\u00a0»" in home.text
    assert "se garde sur le téléphone" not in client.get(reverse("members:statements")).text
    switch(officer)
    assert "se garde sur le téléphone" not in client.get("/adherent/").text, "it is off"


def test_no_new_acceptance_is_asked_and_the_other_spaces_go_on(officer: Account, cast: Cast, client: Client) -> None:
    before = cast.alice_account.accepted_terms_id
    switch(officer, "member.information")
    builders.sign_in(client, cast.alice_account)
    assert client.get("/adherent/").status_code == 200
    cast.alice_account.refresh_from_db()
    assert cast.alice_account.accepted_terms_id == before
    company = builders.sign_in(Client(), cast.company_account)
    assert company.get("/employeur/informations/").status_code == 200


def test_what_rights_rest_on_is_never_switched_off(officer: Account, cast: Cast, client: Client) -> None:
    spaces = (Space.MEMBER, Space.EMPLOYER, Space.PROFESSIONAL)
    closed_off = {service.code for space in spaces for service in services_of(space) if not service.may_be_switched_off}
    assert closed_off >= ALWAYS_OPEN
    for space in spaces:
        for service in services_of(space):
            if service.code in closed_off:
                with pytest.raises(NeverSwitchedOff):
                    switch(officer, service.code, space=space)
            else:
                switch(officer, service.code, space=space)
    builders.sign_in(client, cast.alice_account)
    for name in (
        "members:home", "members:representations", "portals:complaints", "portals:complaint_new", "portals:messages",
        "portals:export", "portals:terms", "portals:dpo", "portals:account", "portals:account_delete", "portals:help",
        "portals:fraud",
    ):  # fmt: skip
        answer = client.get(reverse(name), follow=True)
        assert answer.status_code == 200, name


def test_a_row_that_names_such_a_service_closes_nothing(officer: Account, cast: Cast, client: Client) -> None:
    ServiceSwitch.objects.create(space=Space.MEMBER, service="member.home", position="off", words=WHY, by=officer)
    assert builders.sign_in(client, cast.alice_account).get("/adherent/").status_code == 200


def test_what_is_refused(officer: Account) -> None:
    now = timezone.now()
    switch(officer, ends_at=now + 5 * DAY)
    with pytest.raises(AlreadyAnnounced):
        switch(officer, begins_at=now + 4 * DAY)
    switch(officer, begins_at=now + 5 * DAY, ends_at=now + 6 * DAY)
    with pytest.raises(UnknownService):
        switch(officer, "employer.information")
    with pytest.raises(UnknownService):
        switch(officer, "member.nothing")
    with pytest.raises(NoReason):
        switch(officer, "member.benefits", words=" ")
    with pytest.raises(EndsBeforeItBegins):
        switch(officer, "member.benefits", ends_at=now - DAY)
    for by in (builders.colleague(Role.DPO), builders.staff()):
        with pytest.raises(PermissionDenied):
            switch(by, "member.benefits")
    placed = switch(officer, "member.benefits")
    with pytest.raises(PermissionDenied):
        cancel(by=builders.colleague(Role.AUDITOR), switch=placed)
    cancel(by=officer, switch=placed)
    with pytest.raises(AlreadyLifted):
        cancel(by=officer, switch=placed)


def test_staff_decide_and_take_back_on_their_site_and_the_journal_says_who(
    officer: Account, client: Client, cast: Cast
) -> None:
    builders.enter_gestion(client, officer)
    address = "/gestion/portals/serviceswitch/"
    answers = {"service": "member.card", "position": "off", "words": "L'outil est en panne !", "ends_on": "01/01/2031"}
    assert client.post(f"{address}decider/", answers).status_code == 302
    placed = ServiceSwitch.objects.get()
    assert (placed.by, placed.words) == (officer, "L’outil est en panne\u202f!")
    again = client.post(f"{address}decider/", answers)
    assert again.status_code == 200 and "annulez-la d’abord" in again.text
    listed = words_of(client.get(address).text)
    assert "en panne" in listed and "Toujours ouvert" in listed
    assert client.post(f"{address}{placed.pk}/annuler/").status_code == 302
    assert client.get(f"{address}{placed.pk}/annuler/").status_code == 404
    done = Entry.objects.filter(object_kind="serviceswitch", object_id=str(placed.pk))
    assert {"service.switch_placed", "service.switch_cancelled"} <= set(done.values_list("action", flat=True))


def test_a_switch_costs_no_query(officer: Account, cast: Cast, client: Client) -> None:
    builders.sign_in(client, cast.alice_account)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("members:informations")).status_code == 200
        return len(captured)

    queries()
    before = queries()
    switch(officer)
    assert queries() == before
