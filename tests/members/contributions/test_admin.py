"""Contributions on the staff's site: agents write them by the number of the policy."""

import datetime
from decimal import Decimal

import pytest
from django.test import Client

from members.contributions.actions import set_instalment, set_term
from members.contributions.models import ContributionTerm, Instalment
from members.coverage.models import Policy
from portals.access import isolation
from portals.gestion.roles import Role
from tests import builders
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-3.5")]
TERMS, INSTALMENTS = "/gestion/members/contributionterm/", "/gestion/members/instalment/"


def staff(role: Role = Role.AGENT) -> Client:
    return builders.enter_gestion(Client(), builders.colleague(role))


def answers(**fields: str) -> dict[str, str]:
    return {
        "policy_number": "SA48217736",
        "valid_from": "01/01/2026",
        "valid_to": "",
        "amount": "63.34",
        "frequency": "monthly",
        "mode": "direct_debit",
        "day": "5",
        "payer_ref": "48217736-1",
        **fields,
    }


def test_an_agent_writes_the_terms_of_a_policy(cast: Cast) -> None:
    response = staff().post(f"{TERMS}add/", answers())
    assert response.status_code == 302
    with isolation.system():
        term = ContributionTerm.objects.get()
        assert (term.household_id, term.payer_id, term.amount) == (
            cast.alice.household_id, cast.alice.pk, Decimal("63.34")
        )  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"policy_number": "SA0"}, "Aucun contrat n’a ce numéro."),
        ({"payer_ref": ""}, "Dites de quel compte part le prélèvement."),
        ({"payer_ref": "55001122-1"}, "n’est pas du foyer du contrat."),
        ({"valid_to": "31/12/2025"}, "Cette date précède le début."),
        ({"day": "31"}, "28"),
    ],
)
def test_what_cannot_be_is_refused_with_words(cast: Cast, fields: dict[str, str], words: str) -> None:
    response = staff().post(f"{TERMS}add/", answers(**fields))
    assert response.status_code == 200
    assert words in response.content.decode()
    with isolation.system():
        assert not ContributionTerm.objects.exists()


def test_an_amount_is_corrected_and_what_became_of_an_instalment_is_told(cast: Cast) -> None:
    with isolation.system():
        policy = Policy.objects.get(policy_number="SA48217736")
    term = set_term(by=None, policy=policy, valid_from=datetime.date(2026, 1, 1), amount=Decimal(60), payer=cast.alice)
    corrected = staff().post(f"{TERMS}{term.pk}/change/", answers(amount="61.00"))
    assert corrected.status_code == 302
    added = staff().post(
        f"{INSTALMENTS}add/",
        {"policy_number": "SA48217736", "due_on": "05/09/2026", "amount": "61", "state": "rejected",
         "state_on": "08/09/2026"},
    )  # fmt: skip
    assert added.status_code == 302
    with isolation.system():
        assert ContributionTerm.objects.get().amount == Decimal("61.00")
        assert Instalment.objects.get().state == "rejected"


def test_others_only_read(cast: Cast) -> None:
    with isolation.system():
        policy = Policy.objects.get(policy_number="SA48217736")
    term = set_term(by=None, policy=policy, valid_from=datetime.date(2026, 1, 1), amount=Decimal(60), payer=cast.alice)
    one = set_instalment(
        by=None, policy=policy, due_on=datetime.date(2026, 9, 5), amount=Decimal(60), state="paid",
        state_on=datetime.date(2026, 9, 5),
    )  # fmt: skip
    auditor = staff(Role.AUDITOR)
    assert "48217736-1" in auditor.get(f"{TERMS}{term.pk}/change/").content.decode()
    assert auditor.get(f"{INSTALMENTS}{one.pk}/change/").status_code == 200
    assert auditor.post(f"{TERMS}{term.pk}/change/", answers(amount="1")).status_code == 403
    assert auditor.get(f"{TERMS}add/").status_code == 403
