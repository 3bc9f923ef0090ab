"""Choosing for whom one acts: one's own open grants only, journalled, found in two keystrokes."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Page

from members.households.models import Person
from members.representation.models import Scope
from portals.access.entry import ACTING_GRANT
from portals.access.models import Grant
from portals.access.switching import Choice, Label, matching
from portals.accounts.models import Account
from privacy.audit.models import Entry
from tests import builders
from tests.cast import Cast, build_cast
from tests.journeys.test_accessible import enter
from tests.members.representation.conftest import bare_account, represent
from tests.pages import words_of

PAGE = "/compte/personnes/"
GIVEN = ["Anne", "Bruno", "Chantal", "Denis", "Élodie", "Fabien", "Gaëlle", "Hervé", "Inès", "Jean", "Karine", "Loïc"]
FAMILY = ["Abgrall", "Bihan", "Cariou", "Daniel", "Éveno", "Floch", "Guégan", "Hamon", "Izel", "Jézéquel", "Kerleo",
          "Le Bras", "Madec", "Nédélec", "Ollivier", "Paugam", "Quéré", "Riou", "Salaün", "Tanguy", "Urien", "Vaillant",
          "Weber", "Yvinec", "Zimmer"]  # fmt: skip


def many_wards(guardian: Account, staff: Account, count: int) -> list[Person]:
    """So many persons in as many households, all represented by the account."""
    wards = []
    for rank in range(count):
        ward = builders.person(
            builders.household(), given_names=GIVEN[rank % len(GIVEN)], family_name=FAMILY[rank // len(GIVEN)]
        )
        builders.cover(builders.policy(ward.household), ward)
        represent(guardian, ward, staff, end=datetime.date(2040, 6, 30))
        wards.append(ward)
    return wards


@pytest.mark.django_db
class TestTheChoice:
    """For accounts of the member space; the page is the same for the others."""

    @pytest.fixture
    def staff(self) -> Account:
        return builders.staff()

    @pytest.fixture
    def guardian(self) -> Account:
        return bare_account("Judith Kerbrat")

    @pytest.fixture
    def signed_in(self, cast: Cast, guardian: Account, staff: Account, client: Client) -> Client:
        represent(guardian, cast.bob, staff, end=datetime.date(2040, 6, 30))
        represent(guardian, cast.home.samir, staff, end=datetime.date(2040, 6, 30), scope=Scope.CONSULT)
        return builders.sign_in(client, guardian)

    def grant_for(self, account: Account, person: Person) -> Grant:
        return Grant.objects.get(account=account, subject_id=person.pk)

    def test_nothing_is_done_for_somebody_before_they_were_chosen(self, signed_in: Client) -> None:
        assert signed_in.get("/adherent/").headers["Location"] == PAGE
        page = words_of(signed_in.get(PAGE).content.decode())
        assert "Bob Tanguy" in page
        assert "Samir Benali" in page
        assert "Vous agissez pour" not in page

    @pytest.mark.commitment("CGU-2.11")
    def test_it_opens_the_space_of_the_person_chosen_and_says_so_on_every_page(
        self, signed_in: Client, cast: Cast, guardian: Account
    ) -> None:
        answer = signed_in.post(PAGE, {"grant": self.grant_for(guardian, cast.bob).pk})
        assert answer.headers["Location"] == "/adherent/"
        for address in (
            "/adherent/",
            "/adherent/prestations/",
            "/adherent/releves/",
            "/adherent/representation/",
            "/compte/",
        ):
            page = words_of(signed_in.get(address).content.decode())
            assert "Vous agissez pour Bob Tanguy (tutelle) Changer" in page, address

    def test_the_rows_of_the_next_request_are_those_of_the_person_chosen(
        self, signed_in: Client, cast: Cast, guardian: Account
    ) -> None:
        for person, theirs, other in (
            (cast.bob, "Vaccin de Bob", "Ostéopathie de Samir"),
            (cast.home.samir, "Ostéopathie de Samir", "Vaccin de Bob"),
        ):
            signed_in.post(PAGE, {"grant": self.grant_for(guardian, person).pk})
            page = words_of(signed_in.get("/adherent/prestations/").content.decode())
            assert theirs in page
            assert other not in page

    def test_the_choice_is_written_for_the_person_chosen(
        self, signed_in: Client, cast: Cast, guardian: Account
    ) -> None:
        signed_in.post(PAGE, {"grant": self.grant_for(guardian, cast.bob).pk})
        entry = Entry.objects.get(action="access.switched")
        assert (entry.account_id, entry.subject_id, entry.acting_as) == (guardian.pk, cast.bob.pk, "representation")

    @pytest.mark.parametrize("typed", ["0", "-1", "abc", "", "99999999999999999999", "１"])
    def test_what_is_not_a_grant_of_ones_own_is_not_found(self, signed_in: Client, typed: str) -> None:
        assert signed_in.post(PAGE, {"grant": typed}).status_code == 404

    def test_a_foreign_grant_is_not_found_and_changes_nothing(self, signed_in: Client, cast: Cast) -> None:
        foreign = Grant.objects.get(account=cast.alice_account)
        assert signed_in.post(PAGE, {"grant": foreign.pk}).status_code == 404
        assert ACTING_GRANT not in signed_in.session

    def test_a_grant_that_has_ended_is_not_found(self, signed_in: Client, cast: Cast, guardian: Account) -> None:
        grant = self.grant_for(guardian, cast.bob)
        Grant.objects.filter(pk=grant.pk).update(closes_on=grant.since)
        assert signed_in.post(PAGE, {"grant": grant.pk}).status_code == 404

    @pytest.mark.commitment("CGU-2.11")
    def test_an_acting_grant_that_ends_leads_back_to_the_choice_and_nothing_is_done(
        self, signed_in: Client, cast: Cast, guardian: Account
    ) -> None:
        grant = self.grant_for(guardian, cast.bob)
        signed_in.post(PAGE, {"grant": grant.pk})
        Grant.objects.filter(pk=grant.pk).update(closes_on=datetime.date(2026, 1, 1), since=datetime.date(2025, 1, 1))
        before = Entry.objects.exclude(action="access.choices_listed").count()
        answer = signed_in.post("/adherent/representation/demander/", {})
        assert answer.headers["Location"] == PAGE
        assert Entry.objects.exclude(action="access.choices_listed").count() == before
        assert "ce droit a pris fin" in words_of(signed_in.get(PAGE).content.decode())

    def test_who_may_only_consult_sends_nothing(self, signed_in: Client, cast: Cast, guardian: Account) -> None:
        signed_in.post(PAGE, {"grant": self.grant_for(guardian, cast.home.samir).pk})
        assert signed_in.get("/adherent/prestations/").status_code == 200
        refused = signed_in.post("/adherent/representation/demander/", {})
        assert refused.status_code == 403
        assert "sans rien y modifier" in words_of(refused.content.decode())

    def test_a_search_works_without_a_script(self, signed_in: Client) -> None:
        page = words_of(signed_in.get(PAGE, {"q": "tan"}).content.decode())
        assert "Bob Tanguy" in page
        assert "Samir" not in page

    def test_the_page_asks_the_database_the_same_for_2_and_40_persons(
        self, guardian: Account, staff: Account, client: Client
    ) -> None:
        many_wards(guardian, staff, 2)
        builders.sign_in(client, guardian)
        client.get(PAGE)
        with CaptureQueriesContext(connection) as few:
            client.get(PAGE)
        for rank in range(38):
            ward = builders.person(builders.household(), given_names=f"Personne{rank}")
            represent(guardian, ward, staff, end=datetime.date(2040, 6, 30))
        with CaptureQueriesContext(connection) as many:
            client.get(PAGE)
        assert len(many) == len(few)

    def test_an_account_of_its_own_says_for_oneself(self, cast: Cast, client: Client) -> None:
        page = words_of(builders.sign_in(client, cast.bob_account).get(PAGE).content.decode())
        assert "Vous agissez pour vous-même." in page


def choice(rank: int, name: str) -> Choice:
    return Choice(Grant(pk=rank), Label(name))


def test_initials_come_first_then_beginnings_then_what_is_within() -> None:
    everybody = [
        choice(1, "Anne Barzic"),
        choice(2, "Bernard Aubin"),
        choice(3, "Abel Morvan"),
        choice(4, "Zoé Kerabel"),
    ]
    assert [found.label.name for found in matching(everybody, "ab")] == [
        "Anne Barzic", "Bernard Aubin", "Abel Morvan", "Zoé Kerabel",
    ]  # fmt: skip
    assert [found.label.name for found in matching(everybody, "ÀBE")] == ["Abel Morvan", "Zoé Kerabel"]
    assert matching(everybody, "xyz") == []


@pytest.mark.browser
@pytest.mark.commitment("CGU-2.11")
def test_a_guardian_finds_one_person_among_300_in_two_keystrokes(
    transactional_db: None, browser_page: Page, live_site: str, client: Client
) -> None:
    build_cast()
    guardian, staff = bare_account("Judith Kerbrat"), builders.staff()
    wards = many_wards(guardian, staff, 300)
    enter(browser_page, guardian, live_site, client)
    for wanted in (wards[0], wards[137], wards[299]):
        browser_page.goto(PAGE)
        browser_page.keyboard.type(wanted.given_names[0] + wanted.family_name[0])
        shown = browser_page.locator("#found li:visible")
        assert f"{wanted.given_names} {wanted.family_name}" in shown.first.inner_text()
        browser_page.keyboard.press("Enter")
        browser_page.wait_for_url("**/adherent/")
        assert f"{wanted.given_names} {wanted.family_name}" in browser_page.locator(".acting").inner_text()
    browser_page.goto(PAGE)
    browser_page.keyboard.type("ab")
    browser_page.keyboard.press("ArrowDown")
    browser_page.keyboard.press("ArrowDown")
    second = browser_page.locator("#found li:visible").nth(1)
    assert second.locator("button").evaluate("button => button === document.activeElement")
