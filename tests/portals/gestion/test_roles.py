"""Every page of the staff's site, for every role: it opens for whom the table of roles says, and for nobody else."""

import csv
import io

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from portals.access.models import Motive, Restriction, RestrictionKind, Withdrawal
from portals.accounts.models import Account
from portals.gestion.roles import OVERSEERS, READERS, RIGHTS, Role, apply, rights_of
from portals.terms.models import Acceptance
from privacy.audit import record
from privacy.models import Entry, FieldChange, Incident
from tests import builders
from tests.cast import Cast
from tests.pages import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("PDP-7.3")]

EVERYBODY = frozenset(Role)
SUPPORT = frozenset({Role.AGENT, Role.SECURITY})
SECURITY = frozenset({Role.SECURITY})
NOBODY: frozenset[Role] = frozenset()
DPO = frozenset({Role.DPO})

# Page → whom GET opens it for. Pages that are not in it fail the first test.
PAGES: dict[str, frozenset[Role]] = {
    "index": EVERYBODY,
    "mode": EVERYBODY,
    "roles": EVERYBODY,
    "review_staff": OVERSEERS,
    "review_companies": OVERSEERS,
    "portals_account_changelist": READERS,
    "portals_account_change": READERS,
    "portals_account_add": NOBODY,
    "portals_account_delete": NOBODY,
    "portals_account_history": NOBODY,
    "portals_account_suspend": SUPPORT,
    "portals_account_close": SUPPORT,
    "portals_account_credentials": SUPPORT,
    "portals_account_factors": SECURITY,
    "portals_account_unlock": SECURITY,
    "portals_account_hire": SECURITY,
    "portals_account_roles": NOBODY,
    "portals_account_lift": SUPPORT,
    "portals_acceptance_changelist": READERS,
    "portals_acceptance_change": READERS,
    "portals_acceptance_add": NOBODY,
    "portals_acceptance_delete": NOBODY,
    "portals_acceptance_history": NOBODY,
    "portals_restriction_changelist": READERS,
    "portals_restriction_change": READERS,
    "portals_restriction_add": NOBODY,
    "portals_restriction_delete": NOBODY,
    "portals_restriction_history": NOBODY,
    "portals_withdrawal_changelist": READERS,
    "portals_withdrawal_change": READERS,
    "portals_withdrawal_announce": SECURITY,
    "portals_withdrawal_cancel": SECURITY,
    "portals_withdrawal_add": NOBODY,
    "portals_withdrawal_delete": NOBODY,
    "portals_withdrawal_history": NOBODY,
    "privacy_entry_changelist": OVERSEERS,
    "privacy_entry_change": OVERSEERS,
    "privacy_entry_add": NOBODY,
    "privacy_entry_delete": NOBODY,
    "privacy_entry_history": NOBODY,
    "privacy_incident_changelist": frozenset({Role.DPO, Role.SECURITY}),
    "privacy_incident_change": frozenset({Role.DPO, Role.SECURITY}),
    "privacy_incident_add": NOBODY,
    "privacy_incident_delete": NOBODY,
    "privacy_incident_history": NOBODY,
    "privacy_fieldchange_changelist": OVERSEERS,
    "privacy_fieldchange_change": OVERSEERS,
    "privacy_fieldchange_add": NOBODY,
    "privacy_fieldchange_delete": NOBODY,
    "privacy_fieldchange_history": NOBODY,
}
NOT_OPENED = {"mode_off", "app_list"}
"""A form that only answers POST; the index again, one app at a time."""


def own_pages() -> list[str]:
    """Every named page of the site of the rooms tested here."""
    site = next(
        pattern
        for pattern in get_resolver().url_patterns
        if isinstance(pattern, URLResolver) and pattern.app_name == "admin"
    )
    names: list[str] = []
    for pattern in site.url_patterns:
        inside = pattern.url_patterns if isinstance(pattern, URLResolver) else [pattern]
        names += [page.name for page in inside if isinstance(page, URLPattern) and page.name]
    return names


@pytest.fixture
def addresses(cast: Cast) -> dict[str, str]:
    """The address of each page, on Alice's things."""
    boss = builders.colleague(Role.SECURITY)
    alice = cast.alice_account
    measure = Restriction.objects.create(
        account=alice, kind=RestrictionKind.SUSPENSION, motive=Motive.SECURITY, reason="Essai.", by=boss
    )
    withdrawal = Withdrawal.objects.create(
        space="professionnel", message="Fin.", closes_at="2031-01-01T00:00Z", export_until="2031-02-01T00:00Z", by=boss
    )
    record("essai", by=boss)
    latest = {
        "portals_account": alice.pk,
        "portals_acceptance": Acceptance.objects.get(account=alice).pk,
        "portals_restriction": measure.pk,
        "portals_withdrawal": withdrawal.pk,
        "privacy_entry": Entry.objects.values_list("pk", flat=True)[0],
        "privacy_fieldchange": FieldChange.objects.values_list("pk", flat=True)[0],
        "privacy_incident": Incident.objects.create(
            reference="INC-TEST", kind="account_misuse", source="fraud_report"
        ).pk,
    }
    found = {}
    for name in PAGES:
        model, _, page = name.rpartition("_")
        if page in {"change", "delete", "history"}:
            args: list[int] = [latest[model]]
        elif name == "portals_account_lift":
            args = [alice.pk, measure.pk]
        elif name == "portals_withdrawal_cancel":
            args = [withdrawal.pk]
        elif model == "portals_account" and page not in {"changelist", "add", "hire"}:
            args = [alice.pk]
        else:
            args = []
        found[name] = reverse(f"admin:{name}", args=args)
    return found


def test_every_page_is_in_the_table() -> None:
    rooms = ("portals_account", "portals_acceptance", "portals_restriction", "portals_withdrawal", "privacy_")
    known = [name for name in own_pages() if name.startswith(rooms) or "_" not in name or name.startswith("review")]
    assert sorted(set(known) - NOT_OPENED) == sorted(PAGES)


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.name)
def test_each_page_opens_for_its_roles_and_nobody_else(role: Role, addresses: dict[str, str]) -> None:
    client = builders.enter_gestion(Client(), builders.colleague(role))
    wrong = [
        f"{name}: {status}"
        for name, address in addresses.items()
        if ((status := client.get(address).status_code) == 200) != (role in PAGES[name])
    ]
    assert wrong == []


def test_staff_without_a_role_open_nothing(addresses: dict[str, str]) -> None:
    client = builders.enter_gestion(Client(), builders.staff())
    opened = {name for name, address in addresses.items() if client.get(address).status_code == 200}
    assert opened == {"index", "mode", "roles"}


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.DPO, Role.MEDICAL_ADVISER], ids=lambda role: role.name)
def test_no_post_of_theirs_changes_an_account(role: Role, addresses: dict[str, str], cast: Cast) -> None:
    client = builders.enter_gestion(Client(), builders.colleague(role))
    before = Account.objects.filter(pk=cast.alice_account.pk).values().get()
    measures = Restriction.objects.count(), Restriction.objects.filter(lifted_at=None).count()
    answers = {"motive": "security", "reason": "Essai", "space": "adherent", "message": "Fin"}
    for name, address in addresses.items():
        if name != "mode":
            assert client.post(address, answers).status_code != 302 or name == "mode_off", name
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
    assert rights_of(Role.MEDICAL_ADVISER) == []


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
