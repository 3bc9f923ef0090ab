"""The reference tables of the card on the staff's site: agents keep them, others read, cards follow."""

import pytest
from django.test import Client

from members.card.models import CardConvention, ConventionType
from portals import jobs
from portals.gestion.roles import Role
from tests import builders

pytestmark = pytest.mark.django_db
MODELS = ("conventiontype", "carddomain", "cardconvention")


def staff(role: Role) -> Client:
    return builders.enter_gestion(Client(), builders.colleague(role))


@pytest.mark.parametrize("model", MODELS)
def test_agents_keep_them_and_auditors_only_read_them(model: str) -> None:
    agent, auditor = staff(Role.AGENT), staff(Role.AUDITOR)
    assert agent.get(f"/gestion/members/{model}/").status_code == 200
    assert agent.get(f"/gestion/members/{model}/add/").status_code == 200
    assert auditor.get(f"/gestion/members/{model}/").status_code == 200
    assert auditor.get(f"/gestion/members/{model}/add/").status_code in {403, 404}
    assert staff(Role.MEDICAL_ADVISER).get(f"/gestion/members/{model}/").status_code in {403, 404}


def test_a_change_is_kept_and_every_card_is_looked_at() -> None:
    row = CardConvention.objects.get(plan=None, domain="OPTI")
    answers = {"plan": "", "domain": "OPTI", "convention": "SC", "other_convention": "KA", "level": "PEC"}
    response = staff(Role.AGENT).post(f"/gestion/members/cardconvention/{row.pk}/change/", answers)
    assert response.status_code == 302
    row.refresh_from_db()
    assert (row.convention_id, row.other_convention_id) == ("SC", "KA")
    assert jobs.Job.objects.filter(kind="card.refresh").count() == 1


def test_what_is_there_at_first_is_the_sectors_list() -> None:
    assert {"OC", "SP", "IS", "VM", "AL", "SC", "KA", "CB", "IT", "SE", "RO"} <= set(
        ConventionType.objects.values_list("code", flat=True)
    )
