"""A minor on a phone, without JavaScript: at 16 they hide their care from a parent, who is told of the payments only."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from members.households.models import Person, Role
from portals.access import isolation
from tests import builders
from tests.cast import Household, alices_household
from tests.harness.accessibility import faults_at
from tests.harness.browser import Phone, goes_on

pytestmark = pytest.mark.browser
LINE = "Analyse de Noé"


@pytest.fixture
def home(transactional_db: None) -> Household:
    return alices_household()


@pytest.fixture
def noe(home: Household) -> Person:
    """16 last month, with care paid on the member's account this year."""
    today = timezone.localdate()
    born = datetime.date(today.year - 16, today.month, 1) - datetime.timedelta(days=20)
    person = builders.person(
        home.alice.household, role=Role.CHILD, family_name="Benali", given_names="Noé", birth_date=born
    )
    with isolation.system():
        builders.cover(home.alice.covers.get().policy, person)
    builders.benefit(
        person, act_label=LINE, act_code="B", family="LABO", mutual_amount="37.00", care_date=today, payment_date=today
    )
    return person


@pytest.mark.commitment("PDP-1.2")
def test_a_minor_hides_their_care_from_a_parent_who_still_knows_of_the_payments(
    home: Household, noe: Person, phone: Phone
) -> None:
    parent = phone(builders.sign_in(Client(), home.alice_account))
    parent.goto("/adherent/prestations/")
    expect(parent.get_by_role("link", name=LINE)).to_be_visible()

    own = phone(builders.sign_in(Client(), builders.account(noe)))
    own.goto("/adherent/qui-voit-mes-soins/")
    expect(own.get_by_role("heading", level=1)).to_have_text("Alice Le Goff voit vos soins.")
    own.get_by_role("button", name="Ne plus lui montrer").click()
    expect(own.get_by_role("heading", level=1)).to_have_text("Vous êtes la seule personne à voir vos soins.")
    own.goto("/adherent/prestations/")
    expect(own.get_by_role("link", name=LINE)).to_be_visible()

    parent.goto("/adherent/prestations/")
    expect(parent.get_by_role("link", name=LINE)).to_have_count(0)
    parent.goto("/adherent/")
    told = parent.get_by_role("listitem").filter(has_text="Remboursement de Noé")
    expect(told).to_contain_text("37,00\u202f€")
    expect(told).to_contain_text("Le détail des soins de Noé lui appartient.")

    own.goto("/adherent/qui-voit-mes-soins/")
    own.get_by_role("button", name="Lui montrer de nouveau").click()
    expect(own.get_by_role("heading", level=1)).to_have_text("Alice Le Goff voit vos soins.")


def test_the_page_is_accessible(home: Household, noe: Person, browser_page: Page, live_site: str) -> None:
    client = builders.sign_in(Client(), builders.account(noe))
    goes_on(browser_page, client, live_site)
    assert faults_at(browser_page, "/adherent/qui-voit-mes-soins/") == []
