"""Every page of the staff's site, for every role: it opens for whom the table of roles says, and for nobody else."""

import csv
import io

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from portals.access.models import Restriction
from portals.accounts.models import Account
from portals.gestion.granting import apply
from portals.gestion.roles import RIGHTS, Role, rights_of
from privacy.models import Entry
from tests import builders
from tests.cast import Cast
from tests.pages import words_of
from tests.portals.gestion import things
from tests.portals.gestion.matrix import NOT_OPENED, PAGES, page_names

pytestmark = [pytest.mark.django_db(databases=["default", "statistics"]), pytest.mark.commitment("PDP-7.3")]

REFUSED = {403, 404, 405}


@pytest.fixture
def addresses(cast: Cast) -> dict[str, str]:
    """The address of each page, on Alice's things."""
    return things.addresses(cast)


def test_every_page_is_in_the_table() -> None:
    assert sorted(set(page_names()) - NOT_OPENED) == sorted(PAGES)


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.name)
def test_each_page_opens_for_its_roles_and_nobody_else(role: Role, addresses: dict[str, str]) -> None:
    client = builders.enter_gestion(Client(), builders.colleague(role))
    wrong = [
        f"{name}: {status}"
        for name, address in addresses.items()
        if ((status := client.get(address).status_code) == 200) != (role in PAGES[name].opens)
    ]
    assert wrong == []


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.name)
def test_each_post_is_taken_from_its_roles_and_nobody_else(role: Role, addresses: dict[str, str]) -> None:
    """An empty form is enough: whoever may send it is shown it again, or it is a button and done."""
    client = builders.enter_gestion(Client(), builders.colleague(role))
    wrong = [
        f"{name}: {status}"
        for name, address in addresses.items()
        if ((status := client.post(address).status_code) not in REFUSED) != (role in PAGES[name].takes)
    ]
    assert wrong == []


def test_staff_without_a_role_open_nothing(addresses: dict[str, str]) -> None:
    client = builders.enter_gestion(Client(), builders.staff())
    opened = {name for name, address in addresses.items() if client.get(address).status_code == 200}
    taken = {name for name, address in addresses.items() if client.post(address).status_code not in REFUSED}
    own = {"charter", "awareness_module"}
    assert opened == {"index", "mode", "roles", "awareness", *own}
    assert taken == {"index", "mode", *own}


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.DPO, Role.MEDICAL_ADVISER], ids=lambda role: role.name)
def test_no_post_of_theirs_changes_an_account(role: Role, addresses: dict[str, str], cast: Cast) -> None:
    client = builders.enter_gestion(Client(), builders.colleague(role))
    before = Account.objects.filter(pk=cast.alice_account.pk).values().get()
    measures = Restriction.objects.count(), Restriction.objects.filter(lifted_at=None).count()
    answers = {"motive": "security", "reason": "Essai", "space": "adherent", "message": "Fin"}
    for address in addresses.values():
        client.post(address, answers)
    assert Account.objects.filter(pk=cast.alice_account.pk).values().get() == before
    assert (Restriction.objects.count(), Restriction.objects.filter(lifted_at=None).count()) == measures


def test_groups_have_exactly_the_rights_of_the_table() -> None:
    for role in Role:
        group = Group.objects.get(name=role.value)
        held = {
            f"{right.content_type.app_label}.{right.codename}"
            for right in group.permissions.select_related("content_type")
        }
        assert held == {right.permission for right in rights_of(role)}


def test_a_right_given_by_hand_is_taken_back_at_the_next_migrate() -> None:
    from django.contrib.auth.models import Permission

    group = Group.objects.get(name=Role.AUDITOR.value)
    group.permissions.add(Permission.objects.get(codename="change_account", content_type__app_label="portals"))
    apply("default")
    assert {right.codename for right in group.permissions.all()} == {
        right.codename for right in rights_of(Role.AUDITOR)
    }


def test_the_auditor_changes_nothing_and_the_medical_adviser_sees_nothing_of_this() -> None:
    assert {right.verb for right in rights_of(Role.AUDITOR)} == {"view", "review"}
    for role in (Role.MEDICAL_ADVISER, Role.MEDICAL_ASSISTANT):  # the link of the vault, which is outside this site
        assert {right.permission for right in rights_of(role)} == {"privacy.enter_medicalcase"}


def test_nobody_can_be_a_superuser() -> None:
    from django.db import IntegrityError

    with pytest.raises(IntegrityError, match="account_is_never_superuser"):
        builders.staff(is_superuser=True)


def test_the_page_of_roles_says_what_the_code_applies(client: Client) -> None:
    builders.enter_gestion(client, builders.colleague(Role.AGENT))
    page = words_of(client.get(reverse("admin:roles")).content.decode())
    assert all(right.label in page for right in RIGHTS)
    assert all(role.value in page for role in Role)


def test_the_access_review_lists_staff_with_their_rights_and_runs_no_formula(client: Client) -> None:
    builders.colleague(Role.AGENT, display_name="=HYPERLINK(1)")
    auditor = builders.colleague(Role.AUDITOR, display_name="Aude Vérif")
    builders.enter_gestion(client, auditor)
    answer = client.get(reverse("admin:review_staff"))
    rows = list(csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig")), delimiter=";"))
    by_name = {row["nom"]: row for row in rows}
    assert by_name["'=HYPERLINK(1)"]["rôles"] == "Gestionnaire"
    assert by_name["Aude Vérif"]["droits"].split() == sorted(right.permission for right in rights_of(Role.AUDITOR))
    assert by_name["Aude Vérif"]["second facteur"] == "non"
    assert Entry.objects.filter(action="gestion.access_reviewed", account_id=auditor.pk).exists()


def test_the_access_review_lists_the_roles_in_companies(client: Client, cast: Cast) -> None:
    builders.enter_gestion(client, builders.colleague(Role.SECURITY))
    text = b"".join(client.get(reverse("admin:review_companies"))).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    mine = next(row for row in rows if row["identifiant"] == cast.company_account.identifier)
    assert mine["rôle"] == "Administrateur"
    assert cast.company.name in mine["entreprise"]


@pytest.mark.commitment("PDP-7.3")
def test_the_access_review_lists_who_works_at_each_practice(client: Client, cast: Cast) -> None:
    secretary = builders.account(cast.professional, role="invoices")
    builders.enter_gestion(client, builders.colleague(Role.SECURITY))
    text = b"".join(client.get(reverse("admin:review_practices"))).decode("utf-8-sig")
    roles = {row["identifiant"]: row["rôle"] for row in csv.DictReader(io.StringIO(text), delimiter=";")}
    assert roles[secretary.identifier] == "Facturation"
    assert roles[cast.professional_account.identifier] == "Titulaire"
