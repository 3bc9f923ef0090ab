"""Contributions and delays: the member's page, and what the others of the household see of it."""

import datetime
from decimal import Decimal

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from members.contributions.actions import PayerMissing, set_instalment, set_term
from members.contributions.models import ContributionTerm, InstalmentState, PaymentMode
from members.coverage.models import Policy
from portals.access import isolation
from privacy.audit.models import Entry
from tests import builders
from tests.cast import ALICE_IBAN, Cast
from tests.pages import words_of

NARROW, NBSP = "\u202f", "\u00a0"
PAGE = "/adherent/cotisations/"
DAY = datetime.date

pytestmark = [pytest.mark.usefixtures("october"), pytest.mark.commitment("CGU-3.5")]


def policy_of(cast: Cast) -> Policy:
    with isolation.system():
        return Policy.objects.get(household=cast.alice.household)


@pytest.fixture
def billed(cast: Cast) -> Cast:
    """61,20 € a month since 2025, 63,34 € this year, debited from Alice's account; September was rejected."""
    policy = policy_of(cast)
    for year, amount in ((2025, "61.20"), (2026, "63.34")):
        set_term(by=None, policy=policy, valid_from=DAY(year, 1, 1), amount=Decimal(amount), payer=cast.alice)
    for month in range(1, 9):
        set_instalment(
            by=None, policy=policy, due_on=DAY(2026, month, 5), amount=Decimal("63.34"), state=InstalmentState.PAID,
            state_on=DAY(2026, month, 5),
        )  # fmt: skip
    set_instalment(
        by=None, policy=policy, due_on=DAY(2026, 9, 5), amount=Decimal("63.34"), state=InstalmentState.REJECTED,
        state_on=DAY(2026, 9, 8),
    )  # fmt: skip
    return cast


def page(client: Client, address: str = PAGE) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return words_of(response.content.decode())


def test_the_member_reads_the_next_instalment_the_terms_and_the_schedule(billed: Cast, alice: Client) -> None:
    words = page(alice)
    assert f"63,34{NARROW}€ le 5{NBSP}novembre{NBSP}2026." in words
    assert "FR·· ···· ·606" in words
    assert ALICE_IBAN[4:20] not in words
    assert f"La banque a rejeté l’échéance du 5{NBSP}septembre{NBSP}2026." in words
    assert f"Total 2026 760,08{NARROW}€" in words
    assert "Date passée" in words


def test_another_year_has_its_own_amounts(billed: Cast, alice: Client) -> None:
    words = page(alice, f"{PAGE}?year=2025")
    assert f"Total 2025 734,40{NARROW}€" in words
    assert page(alice, f"{PAGE}?year=1999") == page(alice)


def test_nobody_else_of_the_household_sees_them(billed: Cast, client: Client) -> None:
    words = page(builders.sign_in(client, billed.home.samir_account))
    assert "Les cotisations du contrat sont celles de l’adhérent." in words
    assert "63,34" not in words
    assert "2606" not in words
    assert "Délais, en jours ouvrés" in words


def test_another_household_sees_nothing(billed: Cast, client: Client) -> None:
    words = page(builders.sign_in(client, billed.bob_account))
    assert "63,34" not in words


def test_the_rows_are_behind_the_wall(billed: Cast) -> None:
    with isolation.tenant("adherent", billed.bob.household_id):
        assert not ContributionTerm.objects.exists()


def test_a_group_contract_is_paid_by_the_employer(cast: Cast, alice: Client) -> None:
    with isolation.system():
        Policy.objects.filter(household=cast.alice.household).update(group_contract="GC00001")
    words = page(alice)
    assert "La cotisation passe par l’employeur." in words
    assert "Contrat collectif GC00001" in words


def test_new_terms_end_those_before_on_the_eve(billed: Cast) -> None:
    with isolation.system():
        ends = list(ContributionTerm.objects.order_by("valid_from").values_list("valid_to", flat=True))
    assert ends == [DAY(2025, 12, 31), None]


def test_a_direct_debit_says_from_whom(cast: Cast) -> None:
    with pytest.raises(PayerMissing):
        set_term(by=None, policy=policy_of(cast), valid_from=DAY(2026, 1, 1), amount=Decimal(1))


def test_looking_is_written_in_the_journal(billed: Cast, alice: Client) -> None:
    page(alice)
    assert Entry.objects.filter(account_id=billed.alice_account.pk, action="contributions.shown").count() == 1


def test_the_page_costs_few_queries_however_long_the_history(
    billed: Cast, alice: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    page(alice)
    with django_assert_max_num_queries(100) as few:
        page(alice)
    for year in range(2000, 2020):
        set_term(
            by=None, policy=policy_of(billed), valid_from=DAY(year, 1, 1), valid_to=DAY(year, 12, 31),
            amount=Decimal(50), mode=PaymentMode.TRANSFER,
        )  # fmt: skip
    with django_assert_max_num_queries(len(few)):
        page(alice)
    assert len(few) <= 12
