"""The past of a row: who changed what, by any road; an earlier value put back with a reason (PDP-7.4)."""

import time
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client

from members.models import BenefitLine, Person
from portals.access import isolation
from portals.accounts.models import Account
from portals.gestion.roles import Role
from portals.history.actor import acts
from privacy.audit.models import Entry
from privacy.changes.actions import DoesNotFit, NothingToRestore, forget, restore
from privacy.changes.models import Restoration, RowChange, RowCreation
from privacy.changes.queries import past_of
from privacy.changes.rules import work_in_words
from privacy.changes.scope import followed, followed_named
from tests import builders
from tests.builders.accounts import identifier
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("PDP-7.4")]

PERSONS = followed_named("members.Person")
ACCOUNTS = followed_named("portals.Account")
MANY, MOST_SECONDS = 3_000, 15


def test_a_person_whose_city_changed_keeps_the_former_one_and_its_author(cast: Cast) -> None:
    former = cast.alice.city
    with isolation.system():
        acts(account_id=cast.alice_account.pk, operation="REF2345678")
        Person.objects.filter(pk=cast.alice.pk).update(city="Brest")
    last = past_of(PERSONS, str(cast.alice.pk))[0]
    assert (last.kept.account_id, last.kept.operation) == (cast.alice_account.pk, "REF2345678")
    assert [(told.before, told.after) for told in last.differences] == [(former or "vide", "Brest")]


def test_a_table_without_events_of_its_own_keeps_what_changed_and_nothing_else(cast: Cast) -> None:
    former = cast.alice_account.email
    Account.objects.filter(pk=cast.alice_account.pk).update(email="autre@example.fr", password="x")
    with isolation.system():
        change = RowChange.objects.filter(model="portals.Account", row_key=str(cast.alice_account.pk)).latest("pk")
    assert change.old == {"email": former}
    assert sorted(change.changed) == ["email", "password"]


def test_whoever_says_nothing_is_named_by_their_role_in_the_database(cast: Cast) -> None:
    Account.objects.filter(pk=cast.alice_account.pk).update(display_name="A. Martin")
    assert past_of(ACCOUNTS, str(cast.alice_account.pk))[0].kept.operation.startswith("app:")


def test_a_page_names_the_account_and_the_request(cast: Cast, client: Client) -> None:
    builders.sign_in(client, cast.alice_account)
    response = client.get("/adherent/")
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('history.account', true), current_setting('history.operation', true)")
        assert cursor.fetchone() == (str(cast.alice_account.pk), response["X-Reference"])


def test_rows_created_together_are_one_line_of_ranges() -> None:
    before = RowCreation.objects.count()
    made = Account.objects.bulk_create(
        Account(identifier=f"90000000{rank:02}", space="adherent", email=f"a{rank}@example.fr") for rank in range(20)
    )
    [creation] = RowCreation.objects.order_by("pk")[before:]
    assert creation.numbers == f"{{[{made[0].pk},{made[-1].pk + 1})}}"
    assert past_of(ACCOUNTS, str(made[7].pk))[-1].kept.kind == "create"


def test_nobody_writes_rewrites_or_reads_the_past_from_a_page(cast: Cast) -> None:
    Account.objects.filter(pk=cast.alice_account.pk).update(display_name="A. Martin")
    for forbidden in (
        "INSERT INTO privacy_rowchange (at, model, row_key, kind, old, changed, operation)"
        " VALUES (now(), 'x', '1', 'update', '{}', '{}', '')",
        "UPDATE privacy_rowchange SET operation = 'autre'",
        "DELETE FROM privacy_rowcreation",
        "UPDATE pghistory_context SET metadata = '{}'",
        "ALTER TABLE portals_account DISABLE TRIGGER history_updated",
    ):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(forbidden)
    assert not RowChange.objects.exists()
    with isolation.tenant("adherent", cast.alice.household_id):
        assert not RowChange.objects.exists()
    with isolation.system():
        assert RowChange.objects.exists()


def test_an_earlier_value_is_put_back_with_a_reason_and_the_journal_says_it(cast: Cast) -> None:
    former, boss = cast.alice.family_name, builders.colleague(Role.SECURITY)
    with isolation.system():
        Person.objects.filter(pk=cast.alice.pk).update(family_name="INTRUS", city="Brest")
    wrong = past_of(PERSONS, str(cast.alice.pk))[0]
    restore(by=boss, reference=wrong.kept.reference, column="family_name", reason="Changement non demandé")
    with isolation.system():
        person = Person.objects.get(pk=cast.alice.pk)
    assert (person.family_name, person.city) == (former, "Brest")
    assert Restoration.objects.get().reason == "Changement non demandé"
    entry = Entry.objects.get(action="rowchange.restored")
    assert (entry.account_id, entry.object_id) == (boss.pk, str(cast.alice.pk))
    assert former not in str(entry.details)
    again = past_of(PERSONS, str(cast.alice.pk))[0]
    assert [(told.before, told.after) for told in again.differences] == [("INTRUS", former)]


def test_a_value_that_no_longer_fits_is_refused(cast: Cast) -> None:
    boss = builders.colleague(Role.SECURITY)
    account, former = cast.alice_account, cast.alice_account.identifier
    Account.objects.filter(pk=account.pk).update(identifier="9999999999")
    Account.objects.create(identifier=former, space="adherent", email="autre@example.fr")
    change = past_of(ACCOUNTS, str(account.pk))[0]
    with pytest.raises(DoesNotFit):
        restore(by=boss, reference=change.kept.reference, column="identifier", reason="Essai")
    with pytest.raises(NothingToRestore):
        restore(by=boss, reference=change.kept.reference, column="password", reason="Essai")
    with pytest.raises(NothingToRestore):
        restore(by=boss, reference="members.Person.999999", column="city", reason="Essai")


def test_staff_see_the_past_without_care_banking_or_secrets(cast: Cast, client: Client) -> None:
    with isolation.system():
        line = builders.benefit(cast.alice)
        type(line).objects.filter(pk=line.pk).update(act_label="Consultation secrète")
        type(line).objects.filter(pk=line.pk).update(act_label="Autre")
    builders.enter_gestion(client, builders.colleague(Role.DPO))
    page = client.get("/gestion/privacy/rowchange/", {"modele": "members.BenefitLine", "numero": str(line.pk)})
    assert page.status_code == 200
    assert "valeur non montrée" in page.text and "Consultation secrète" not in page.text
    assert "retablir" not in page.text  # the DPO has no operational right


def test_security_puts_a_value_back_from_the_page(cast: Cast, client: Client) -> None:
    former = cast.alice_account.email
    Account.objects.filter(pk=cast.alice_account.pk).update(email="intrus@example.fr")
    change = past_of(ACCOUNTS, str(cast.alice_account.pk))[0].kept.reference
    builders.enter_gestion(client, builders.colleague(Role.SECURITY))
    page = client.get(
        "/gestion/privacy/rowchange/", {"modele": "portals.Account", "numero": str(cast.alice_account.pk)}
    )
    address = f"/gestion/privacy/rowchange/{change}/retablir/email/"
    assert address in page.text
    assert client.post(address, {"reason": ""}).status_code == 200
    assert client.post(address, {"reason": "Changement non demandé"}).status_code == 302
    cast.alice_account.refresh_from_db()
    assert cast.alice_account.email == former


def test_the_past_of_an_erased_row_can_be_forgotten(cast: Cast) -> None:
    Account.objects.filter(pk=cast.alice_account.pk).update(display_name="A. Martin")
    with isolation.system():
        assert forget("portals.Account", [str(cast.alice_account.pk)]) >= 1
        assert not RowChange.objects.filter(model="portals.Account", row_key=str(cast.alice_account.pk)).exists()


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        ("job:statement.issue:12", "Travail «\u00a0statement.issue\u00a0» n°\u00a012"),
        ("feed:persons:3", "Chargement n°\u00a03 du flux «\u00a0persons\u00a0»"),
        ("owner:psql", "Hors du site, par le rôle «\u00a0owner\u00a0» (psql)"),
        ("REF2345678", "Requête REF2345678"),
    ],
)
def test_a_piece_of_work_is_named_in_words(operation: str, words: str) -> None:
    assert work_in_words(operation) == words


def test_what_is_followed_is_what_is_declared_personal_or_money() -> None:
    labels = {one.label for one in followed()}
    assert {"members.Person", "members.BenefitLine", "portals.Account", "providers.Transfer"} <= labels
    assert labels.isdisjoint({"privacy.Entry", "portals.AccountSession", "portals.Job"})


@pytest.mark.parametrize("label", ["members.BenefitLine", "portals.Account"])
def test_an_update_of_thousands_of_rows_costs_the_same_after_one_of_none(cast: Cast, label: str) -> None:
    """With an event table of its own, and without. Compared each with each, these rows would take minutes."""
    model = followed_named(label).model
    with isolation.system():
        if label == "members.BenefitLine":
            builders.benefits(cast.alice, MANY)
            column = "quantity"
            rows: Any = BenefitLine.objects.filter(person=cast.alice)
        else:
            Account.objects.bulk_create(
                Account(identifier=identifier(), email=f"{rank}@example.org", space="adherent") for rank in range(MANY)
            )
            column, rows = "display_name", Account.objects.all()
        assert model._default_manager.filter(pk=-1).update(**{column: "1"}) == 0
        began = time.perf_counter()
        assert rows.update(**{column: "3"}) >= MANY
        assert time.perf_counter() - began < MOST_SECONDS
