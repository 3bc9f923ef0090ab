"""Those who work with the data protection officer: each has a home that shows its own scope alone (PDP-2.8)."""

import pytest
from django.test import Client
from django.urls import reverse

from portals.gestion import homes
from portals.gestion.roles import Role, rights_of
from privacy.erasure.models import ErasureStep
from privacy.models import Entry, ReviewLine
from privacy.staff.homes.data import assets
from privacy.staff.homes.pages import HOMES
from tests import builders
from tests.cast import Cast
from tests.pages import words_of
from tests.privacy.register.objects import control_of, risk_of

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("PDP-2.8")]

OWN = {
    Role.SECURITY: "Sessions du personnel",
    Role.DATA: "Qualité des données reçues",
    Role.RISK: "Plan d’audit",
}
"""A heading of each home, that no other has."""


def home_of(role: Role) -> str:
    client = builders.enter_gestion(Client(), builders.colleague(role))
    return words_of(client.get(reverse("admin:index")).content.decode()).replace("\u00a0", " ")


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.name)
def test_each_home_shows_its_own_scope_and_no_other(role: Role) -> None:
    page = home_of(role)
    assert {other for other, heading in OWN.items() if heading in page} == ({role} if role in OWN else set())


@pytest.mark.parametrize("home", HOMES, ids=lambda home: home.permission)
def test_the_right_to_a_home_is_of_one_role(home: object) -> None:
    held = {role for role in Role if home.permission in {right.permission for right in rights_of(role)}}  # type: ignore[attr-defined]  # a RoleHome
    assert len(held) == 1
    assert homes.home_of(builders.colleague(*held)) is not None


def test_the_data_officer_reads_counts_and_the_register_but_nobody(cast: Cast) -> None:
    rights = {right.permission for right in rights_of(Role.DATA)}
    assert rights == {
        "privacy.view_sheet", "privacy.view_recipient", "privacy.view_transfer", "privacy.view_publication",
        "privacy.map_publication",
    }  # fmt: skip
    client = builders.enter_gestion(Client(), builders.colleague(Role.DATA))
    page = words_of(client.get(reverse("admin:privacy_publication_map")).content.decode())
    found = assets()
    assert len(found) > 50
    assert sum(asset.total for asset in found) > 300
    assert cast.alice.family_name not in page
    assert all(name in page for name in ("Santé", "Banque", "Coordonnées"))
    assert Entry.objects.filter(action="data_map.consulted").exists()


def test_the_data_officer_reads_how_much_was_erased() -> None:
    assert not ErasureStep.objects.exists()
    assert "Lignes supprimées" in home_of(Role.DATA)


def test_risk_and_compliance_reads_risks_and_the_audit_plan() -> None:
    risk_of()
    control_of(kind="audit")
    page = home_of(Role.RISK)
    assert "Risque élevé" in page
    assert "Revue des habilitations" in page
    rights = rights_of(Role.RISK)
    assert not {right.model for right in rights if right.model.startswith(("portals.", "members."))}
    assert {right.model for right in rights if right.verb not in {"view", "audit"}} == {
        "privacy.control", "privacy.accessreview",
    }  # fmt: skip


def test_the_security_officer_reads_refusals_and_who_is_behind() -> None:
    builders.colleague(Role.AGENT, engaged=False)
    page = home_of(Role.SECURITY)
    assert "Connexions refusées" in page
    assert "Charte reconnue 1 sur 2" in page
    assert not ReviewLine.objects.exists()
