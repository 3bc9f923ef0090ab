"""What the database refuses: every role but `vault` reads nothing, and nothing in clear is anywhere."""

import datetime
from pathlib import Path

import psycopg
import pytest
import redis
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, connections, transaction
from django.test import Client
from django.urls import reverse

from config.embedded.placement import placement
from portals.access import isolation
from portals.jobs import Job, run_due
from privacy.breaches.models import Incident, Kind
from privacy.vault import readers
from privacy.vault.actions import on_operation
from privacy.vault.errors import VaultUnreadable
from privacy.vault.models import MedicalCase
from privacy.vault.opening import ALIAS, documents_of, piece, pieces_of
from privacy.vault.retention import erase_due
from privacy.vault.watching import exposed_to, watch
from tests import builders
from tests.cast import Cast
from tests.harness import databases
from tests.privacy.vault.objects import ANSWERS, CANARY, inside, mails_in, reader, sent_case_of

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "vault"]),
    pytest.mark.commitment("PDP-4.6"),
]

TABLES = ("data_key", "sealed", "reader")


def log_of_the_server() -> str:
    return (placement(settings.TEST_RUN_DIR).logs / "postgres.log").read_text(errors="replace")


@pytest.mark.commitment("PDP-4.8")
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("role", ["owner", "default", "sealer"])
def test_no_other_role_reads_and_the_server_writes_down_who_tried(cast: Cast, role: str, table: str) -> None:
    sent_case_of(cast.alice_account)
    before = len(log_of_the_server())
    with databases.connect(connection.settings_dict["NAME"], role) as other:
        for statement in (
            f"SELECT * FROM vault.{table}",
            f"DELETE FROM vault.{table}",
            f"COPY vault.{table} TO STDOUT",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                other.execute(statement)
    name = settings.DATABASES[role]["USER"]
    assert log_of_the_server()[before:].count(f"{name}@") >= 3


def test_the_portals_write_only_through_the_functions(cast: Cast) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("INSERT INTO vault.reader (account_id, duty) VALUES (%s, 'adviser')", [cast.alice_account.pk])


@pytest.mark.commitment("PDP-4.1")
def test_the_code_of_campaigns_reads_as_a_role_that_has_no_health_table(cast: Cast) -> None:
    sent_case_of(cast.alice_account)
    for table in (
        "vault.sealed",
        "privacy_medicalcase",
        "privacy_medicalconsent",
        "members_benefitline",
        "members_carerequest",
    ):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE campaigns")
            with pytest.raises(ProgrammingError, match="permission denied"):
                cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")
            transaction.set_rollback(True)


@pytest.mark.commitment("PDP-4.8")
def test_the_owner_cannot_name_a_reader_for_the_site(cast: Cast) -> None:
    builders.colleague()
    with (
        databases.connect(connection.settings_dict["NAME"]) as owner,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        owner.execute("INSERT INTO vault.reader (account_id, duty) VALUES (1, 'adviser')")


@pytest.mark.commitment("PDP-7.6")
def test_a_role_that_comes_to_read_the_vault_opens_an_incident(cast: Cast) -> None:
    assert exposed_to() == []
    with connections[ALIAS].cursor() as cursor:
        cursor.execute("GRANT USAGE ON SCHEMA vault TO sealer; GRANT SELECT ON vault.sealed TO sealer")
    assert exposed_to() == ["sealer"]
    for _ in range(2):
        with isolation.system():
            watch(None)  # type: ignore[arg-type]  # the instant is not read
    assert Incident.objects.get(kind=Kind.VAULT_EXPOSED).note.endswith("sealer.")


def test_what_is_in_the_tables_was_changed_by_hand_and_is_refused(cast: Cast) -> None:
    case, other = sent_case_of(cast.alice_account), sent_case_of(cast.bob_account)
    (document,) = documents_of(case.reference)
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(
            "UPDATE vault.sealed SET content = set_bit(content, 200, 1 - get_bit(content, 200)) WHERE id = %s",
            [document],
        )
        cursor.execute(  # Bob's answers given to Alice: his row is put under her case
            "UPDATE vault.data_key SET case_reference = %s, person = %s WHERE case_reference = %s",
            [case.reference, f"account:{cast.alice_account.pk}", other.reference],
        )
    with pytest.raises(VaultUnreadable):
        piece(account_id=cast.alice_account.pk, case=case.reference, row_id=document)
    with pytest.raises(VaultUnreadable):
        pieces_of(account_id=cast.alice_account.pk, case=case.reference)
    client = inside(reader())
    page = client.get(reverse("medical:case", args=[case.reference])).content.decode()
    assert "altérée ou déplacée" in page
    assert client.get(reverse("medical:document", args=[case.reference, document])).status_code == 302


def test_a_piece_that_was_taken_away_is_missed(cast: Cast) -> None:
    case = sent_case_of(cast.alice_account)
    with connections[ALIAS].cursor() as cursor:
        cursor.execute("DELETE FROM vault.sealed WHERE kind = 'document'")
    page = inside(reader()).get(reverse("medical:case", args=[case.reference])).content.decode()
    assert "Il manque quelque chose" in page


@pytest.mark.commitment("PDP-3.12")
def test_the_night_erases_on_the_day_and_not_before(cast: Cast) -> None:
    case = sent_case_of(cast.alice_account)
    assert case.erase_on is not None
    with isolation.system():
        assert erase_due(case.erase_on - datetime.timedelta(days=1)) == 0
        assert documents_of(case.reference) != []
        assert erase_due(case.erase_on) == 1
        assert erase_due(case.erase_on) == 0
        assert MedicalCase.objects.get(pk=case.pk).erased_at is not None
    with connections[ALIAS].cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM vault.data_key) + (SELECT count(*) FROM vault.sealed)")
        assert cursor.fetchone() == (0,)


@pytest.mark.commitment("PDP-4.7")
def test_an_account_that_is_deleted_takes_its_cases_along(cast: Cast) -> None:
    case = sent_case_of(cast.alice_account)
    with isolation.system():
        on_operation(action="account.deleted", object_id=cast.alice_account.pk)
    assert documents_of(case.reference) == []


def test_a_name_in_the_ceremony_takes_the_group(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    plain = builders.colleague()
    with pytest.raises(CommandError):
        call_command("vault_reader", "name", plain.identifier)
    adviser = reader()
    call_command("vault_reader", "list")
    assert adviser.identifier in capsys.readouterr().out
    call_command("vault_reader", "end", adviser.identifier)
    assert readers.duty_of(adviser) is None


@pytest.mark.commitment("PDP-4.8", "CGU-8.14")
def test_no_canary_is_anywhere_but_in_front_of_the_adviser(cast: Cast, mail_folder: Path) -> None:
    """After everything was done with the pages: the dump, Valkey, the jobs, the journal, the logs, the mail, sessions."""
    member = builders.sign_in(Client(), cast.alice_account)
    member.post(reverse("privacy:vault_new"), {"cover": "loan", "consent": "on"})
    with isolation.system():
        reference = MedicalCase.objects.get().reference
    member.post(reverse("privacy:vault_answers", args=[reference]), {**ANSWERS, "born_on": "pas une date"})
    member.post(reverse("privacy:vault_answers", args=[reference]), ANSWERS)
    member.post(reverse("privacy:vault_send", args=[reference]))
    member.post(reverse("privacy:vault_letter"), {"text": CANARY, "complaint": "yes", "consent": "on"})
    client = inside(reader())
    assert CANARY in client.get(reverse("medical:case", args=[reference])).content.decode()
    client.post(reverse("medical:decide", args=[reference]), {"outcome": "refuse", "opinion": CANARY})
    run_due()
    found = {
        "dump": _dump(),
        "valkey": _valkey(),
        "sessions": repr([session.get_decoded() for session in Session.objects.all()]).encode(),
        "jobs": repr(list(Job.objects.values_list())).encode(),
        "logs": log_of_the_server().encode(),
        "mail": "".join(mails_in(mail_folder)).encode(),
        "files": b"".join(path.read_bytes() for path in settings.PRIVATE_MEDIA_ROOT.rglob("*") if path.is_file()),
    }
    for word in (CANARY, CANARY.split("-")[1], CANARY.encode().hex()):
        assert [place for place, content in found.items() if word.encode() in content] == []
    assert reference.encode() in found["dump"]  # the dump is whole


def _dump() -> bytes:
    """Every row of every table, as the role `backup` reads them, in text (sealed bytes in hexadecimal)."""
    parts = []
    with databases.connect(connection.settings_dict["NAME"], "default") as app:
        info = app.info
        address = f"host={info.host} port={info.port} dbname={info.dbname} user=backup"
    with psycopg.connect(address) as backup:
        tables = backup.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('public', 'vault')"
        ).fetchall()
        for schema, table in tables:
            with backup.cursor().copy(f'COPY (SELECT * FROM "{schema}"."{table}") TO STDOUT') as copy:
                parts += [bytes(block) for block in copy]
    assert ("vault", "sealed") in tables
    return b"".join(parts)


def _valkey() -> bytes:
    """Every value of the cache, the queue and the sessions."""
    server = redis.Redis.from_url(settings.CACHES["default"]["LOCATION"])
    kept = []
    for key in server.scan_iter("*"):
        kept += [key, server.dump(key) or b""]
        if server.type(key) == b"string":
            kept.append(server.get(key) or b"")
        if server.type(key) == b"list":
            kept += server.lrange(key, 0, -1)
    return b"".join(kept)
