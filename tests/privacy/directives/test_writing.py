"""Directives are written, changed and revoked by the person alone, on an accord of their own (PDP-8.8)."""

import datetime
import io
import zipfile

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.deaths.people import emails_of
from members.households.models import Role
from portals.access import isolation
from portals.access.models import Grant
from portals.accounts.export.archive import write_archive
from portals.gestion.roles import Role as Staff
from privacy.audit.models import Entry
from privacy.consents.holders import Holder
from privacy.directives import actions
from privacy.directives.contents import Content, content_of
from privacy.directives.holders import Writer
from privacy.directives.models import Directives
from privacy.directives.queries import in_force, versions_of
from privacy.directives.rules import TEXT, Capacity, decides_alone, still_counts
from privacy.rights.models import Right
from tests import builders
from tests.cast import Cast
from tests.pages import words_of
from tests.privacy.directives.objects import SAID, directives_of, holder_of
from tests.privacy.rights.objects import request_of

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("PDP-8.8", "CGU-8.8")]

PAGE, WRITE, REVOKE = "/mes-donnees/directives/", "/mes-donnees/directives/ecrire/", "/mes-donnees/directives/revoquer/"
ANSWERS = {
    "fate_contact": "erase", "fate_health": "communicate", "recipient_name": "Nolwenn Le Goff",
    "recipient_email": "nolwenn@example.org", "executor_name": "Yann Corre", "executor_email": "yann@example.org",
    "general_holder": "Tiers de Bretagne", "general_reference": "B-12", "accord": "on", "read": "0",
}  # fmt: skip


@pytest.fixture
def alice(cast: Cast, client: Client) -> Client:
    return builders.sign_in(client, cast.alice_account)


def said(page: Client, address: str) -> str:
    return words_of(page.get(address).content.decode()).replace("\u00a0", " ").replace("\u202f", " ")


def test_they_are_written_then_changed_then_revoked_and_every_version_stays(alice: Client, cast: Cast) -> None:
    assert "Sans directives" in said(alice, PAGE)
    assert alice.post(WRITE, ANSWERS).status_code == 302
    shown = said(alice, PAGE)
    for word in ("Nolwenn Le Goff", "Yann Corre", "Tiers de Bretagne", "Les effacer", "Version 1"):
        assert word in shown
    changed = {**ANSWERS, "fate_contact": "keep", "read": "1"}
    assert alice.post(WRITE, changed).status_code == 302
    assert alice.post(REVOKE).status_code == 302
    with isolation.system():
        rows = list(versions_of(holder_of(cast.alice)))
        assert [(row.number, row.is_revocation) for row in rows] == [(3, True), (2, False), (1, False)]
        assert in_force(holder_of(cast.alice), timezone.localdate()) is None
        first = content_of(rows[2])
    assert first is not None
    assert first.fates == {"contact": "erase", "health": "communicate"}
    kinds = list(Entry.objects.filter(action__startswith="directives.").order_by("id").values_list("action", flat=True))
    assert [kind for kind in kinds if kind != "directives.shown"] == [
        "directives.written", "directives.changed", "directives.revoked",
    ]  # fmt: skip
    for number in (1, 2, 3):
        assert alice.get(f"{PAGE}{number}/document.pdf").content.startswith(b"%PDF")


def test_they_rest_on_their_own_accord_whose_text_is_kept(alice: Client, cast: Cast) -> None:
    refused = alice.post(WRITE, {**ANSWERS, "accord": ""})
    assert refused.status_code == 200
    assert "nous ne pouvons rien enregistrer" in words_of(refused.content.decode()).replace("\u00a0", " ")
    with isolation.system():
        assert not Directives.objects.exists()
    writer = Writer(holder_of(cast.alice), "", Capacity.SELF)
    with isolation.system(), pytest.raises(actions.NoAccord):
        actions.write(by=cast.alice_account, writer=writer, content=SAID, accepted=False, read=0)
    alice.post(WRITE, ANSWERS)
    with isolation.system():
        row = Directives.objects.get()
    assert (row.consent, row.by_account, row.capacity) == (TEXT, cast.alice_account.pk, Capacity.SELF)
    assert row.at == timezone.now()


def test_nothing_that_was_written_can_be_rewritten(cast: Cast) -> None:
    row = directives_of(cast.alice_account, cast.alice)
    for change in ("UPDATE privacy_directives SET consent = 'autre'", "DELETE FROM privacy_directives"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), isolation.system(), connection.cursor() as cursor:
            try:
                cursor.execute(change)
            except Exception as error:
                raise error.__cause__ or error from None
    with isolation.system(), pytest.raises(IntegrityError), transaction.atomic():
        Directives.objects.create(
            reference="x", space="adherent", tenant_id=row.tenant_id, subject_id=row.subject_id, number=2,
            content_sealed=row.content_sealed, capacity="self", by_account=1,
        )  # fmt: skip


def test_a_proof_of_presence_is_asked_before_writing_and_revoking(cast: Cast, client: Client) -> None:
    builders.sign_in(client, cast.alice_account)
    session = client.session
    session["began_at"] = int(timezone.now().timestamp()) - 600
    session.save()
    for address in (WRITE, REVOKE):
        assert "/confirmation" in client.get(address)["Location"] or "next=" in client.get(address)["Location"]
        assert client.post(address, ANSWERS).status_code == 302
    with isolation.system():
        assert not Directives.objects.exists()


def test_a_version_that_was_not_read_is_not_replaced(alice: Client) -> None:
    alice.post(WRITE, ANSWERS)
    late = alice.post(WRITE, {**ANSWERS, "fate_contact": "keep"})
    assert late.status_code == 200
    with isolation.system():
        assert Directives.objects.count() == 1


def test_what_is_given_needs_somebody_to_receive_it_and_an_address(alice: Client) -> None:
    for missing in ({"recipient_name": ""}, {"executor_email": ""}):
        assert alice.post(WRITE, {**ANSWERS, **missing}).status_code == 200
    nothing = {"accord": "on", "read": "0"}
    assert alice.post(WRITE, nothing).status_code == 200
    with isolation.system():
        assert not Directives.objects.exists()


def test_names_and_decisions_are_sealed_in_the_database(alice: Client, owner_connection: psycopg.Connection) -> None:
    alice.post(WRITE, ANSWERS)
    with isolation.system(), connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM privacy_directives t")
        (row,) = cursor.fetchone()
    for word in ("Nolwenn", "Yann", "Bretagne", "erase"):
        assert word not in row
        assert word.encode().hex() not in row


def test_a_parent_writes_for_a_child_under_15_and_for_nobody_older(alice: Client, cast: Cast) -> None:
    with isolation.system():
        cast.home.ines.birth_date = datetime.date(2011, 10, 10)  # 15 tomorrow
        cast.home.ines.save(update_fields=["birth_date"])
    child = f"?pour={cast.home.ines.pk}"
    assert "Inès" in said(alice, PAGE)
    assert alice.post(WRITE + child, ANSWERS).status_code == 302
    for other in (cast.home.lina.pk, cast.home.samir.pk, cast.bob.pk):
        assert alice.get(f"{WRITE}?pour={other}").status_code == 404
    with isolation.system():
        row = Directives.objects.get()
        assert (row.subject_id, row.capacity) == (cast.home.ines.pk, Capacity.PARENT)
        assert in_force(holder_of(cast.home.ines), datetime.date(2026, 10, 9)) == row
        assert in_force(holder_of(cast.home.ines), datetime.date(2026, 10, 10)) is None


def test_at_15_a_child_is_no_longer_in_the_parents_page(alice: Client, cast: Cast) -> None:
    with isolation.system():
        cast.home.ines.birth_date = datetime.date(2011, 10, 9)
        cast.home.ines.save(update_fields=["birth_date"])
    assert alice.get(f"{WRITE}?pour={cast.home.ines.pk}").status_code == 404
    assert decides_alone(datetime.date(2011, 10, 9), datetime.date(2026, 10, 9))
    assert not still_counts(Capacity.PARENT, datetime.date(2011, 10, 9), datetime.date(2026, 10, 9))
    assert still_counts(Capacity.SELF, datetime.date(2011, 10, 9), datetime.date(2026, 10, 9))


def test_another_parent_of_the_household_writes_nothing_for_a_child(cast: Cast, client: Client) -> None:
    """Samir is the husband; authority over Inès is the member's, unless a judgment says otherwise."""
    builders.sign_in(client, cast.home.samir_account)
    assert client.get(f"{WRITE}?pour={cast.home.ines.pk}").status_code == 404
    assert cast.home.samir.role == Role.SPOUSE


def test_nobody_who_acts_for_somebody_else_writes_theirs(cast: Cast, client: Client) -> None:
    guardian = builders.account(builders.person(builders.household()), display_name="Judith Kerbrat")
    Grant.objects.filter(account=guardian).delete()
    with isolation.system():
        grant = Grant.objects.create(
            account=guardian,
            space="adherent",
            basis="representation",
            tenant_id=cast.alice.household_id,
            subject_id=cast.alice.pk,
            since=datetime.date(2026, 1, 1),
        )
    builders.sign_in(client, guardian)
    session = client.session
    session["acting_grant"] = grant.pk
    session.save()
    for address in (PAGE, WRITE, REVOKE):
        refused = client.get(address)
        assert refused.status_code == 403
        assert "strictement personnelle" in words_of(refused.content.decode())
    assert client.post(WRITE, ANSWERS).status_code == 403


def test_somebody_of_another_space_writes_their_own(cast: Cast, client: Client) -> None:
    builders.sign_in(client, cast.company_account)
    assert client.post(WRITE, ANSWERS).status_code == 302
    with isolation.system():
        row = Directives.objects.get()
    assert (row.space, row.subject_id, row.tenant_id) == ("employeur", cast.company_account.pk, None)


def test_staff_do_not_see_directives_of_the_living(cast: Cast) -> None:
    directives_of(cast.alice_account, cast.alice)
    with transaction.atomic():
        isolation.apply({"app.scope": "staff"})
        assert not Directives.objects.exists()


@pytest.mark.commitment("CGU-8.11")
def test_what_is_signed_on_paper_is_written_down_with_its_request(cast: Cast) -> None:
    made = request_of(cast.alice_account, Right.POST_MORTEM)
    desk = builders.enter_gestion(Client(), builders.colleague(Staff.DPO))
    address = reverse("admin:privacy_rightsrequest_directives", args=[made.pk])
    page = desk.get(reverse("admin:privacy_rightsrequest_change", args=[made.pk])).content.decode()
    assert address in page
    assert "Enregistrer les directives, ou dire où elles sont" in page
    assert desk.get(address).status_code == 200
    assert desk.post(address, ANSWERS).status_code == 302
    with isolation.system():
        row = Directives.objects.get()
    assert (row.capacity, row.request_number, row.subject_id) == (Capacity.STAFF, made.number, cast.alice.pk)


def test_the_copy_of_ones_data_has_every_version(cast: Cast) -> None:
    directives_of(cast.alice_account, cast.alice)
    target = io.BytesIO()
    with isolation.system():
        write_archive(cast.alice_account, target)
    archive = zipfile.ZipFile(target)
    sheet = archive.read("adherent/directives-apres-deces.csv").decode("utf-8-sig")
    assert "Nolwenn Le Goff" in sheet
    assert "Yann Corre" in archive.read("adherent/donnees.json").decode()


def test_an_address_that_somebody_of_the_household_shares_is_not_the_persons_alone(cast: Cast) -> None:
    with isolation.system():
        cast.home.samir.email = cast.alice.email.upper()
        cast.home.samir.save(update_fields=["email"])
        assert emails_of(cast.alice.pk) == []
        assert Holder("adherent", cast.alice.pk, cast.alice.household_id) == holder_of(cast.alice)
        assert Content().lines == []
