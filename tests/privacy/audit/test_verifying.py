"""Tampering by the owner of the tables: whatever is done to what was sealed and exported, it shows."""

import os
import random
from collections.abc import Callable

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from privacy.audit import record, sealing, verifying
from privacy.audit.exporting import export_due
from privacy.audit.models import Seal
from privacy.audit.verifying import Broken, verify
from privacy.transparency.checkpoints import Checkpoint, signed
from privacy.transparency.merkle import grown, leaf_hash, root_of
from tests.harness import databases
from tests.privacy.audit.settled import seal_settled

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "sealer"]),
    pytest.mark.commitment("CGU-3.27"),
    pytest.mark.commitment("PDP-7.4"),
]

TRIES = int(os.environ.get("TAMPERINGS", "150"))
"""`make chaos` asks for 10 000."""
ENTRIES = 60
type Tamper = Callable[[psycopg.Connection, random.Random], None]


def one(owner: psycopg.Connection, chance: random.Random) -> int:
    numbers = [row[0] for row in owner.execute("SELECT id FROM privacy_entry ORDER BY id").fetchall()]
    return int(chance.choice(numbers))


def edit(owner: psycopg.Connection, chance: random.Random) -> None:
    column, value = chance.choice([
        ("action", "'account.closed'"), ("account_id", "coalesce(account_id, 0) + 1"), ("object_id", "object_id || '1'"),
        ("result", "'refused'"), ("details", """'{"changed": 1}'"""), ("at", "at + interval '1 microsecond'"),
        ("subject_id", "7"), ("session_hash", "'x'"), ("terms_number", "9"), ("acting_as", "'guardian'"),
        ("space", "'x'"), ("tenant_id", "4"), ("object_kind", "'x'"), ("reference", "'x'"),
    ])  # fmt: skip
    owner.execute(f"UPDATE privacy_entry SET {column} = {value} WHERE id = %s", [one(owner, chance)])


def delete(owner: psycopg.Connection, chance: random.Random) -> None:
    owner.execute("DELETE FROM privacy_entry WHERE id = %s", [one(owner, chance)])


def insert(owner: psycopg.Connection, chance: random.Random) -> None:
    """A copy of an entry, with its transaction, under a number of its own or of another."""
    number = chance.choice(["nextval('privacy_entry_id_seq')", str(one(owner, chance))])
    at = chance.choice(["at - interval '1 day'", "at + interval '1 microsecond'", "at - interval '20 days'"])
    columns = (
        "action, account_id, space, tenant_id, subject_id, acting_as, object_kind, object_id, result, terms_number, "
        "session_hash, reference, details, xid"
    )
    owner.execute(
        f"INSERT INTO privacy_entry (id, at, {columns}) SELECT {number}, {at}, {columns} FROM privacy_entry"
        " WHERE id = %s",
        [one(owner, chance)],
    )


def backdate(owner: psycopg.Connection, chance: random.Random) -> None:
    """A new entry that says it is old."""
    owner.execute(
        "INSERT INTO privacy_entry (at, action, space, acting_as, object_kind, object_id, result, session_hash, "
        "reference, details) VALUES (now() - %s * interval '1 day', 'x', '', '', '', '', 'done', '', '', '{}')",
        [chance.randrange(1, 60)],
    )


def swap(owner: psycopg.Connection, chance: random.Random) -> None:
    first, second = one(owner, chance), one(owner, chance)
    if first == second:
        second = first + 1 if first < ENTRIES else first - 1
    owner.execute(
        "UPDATE privacy_entry one SET object_id = other.object_id FROM privacy_entry other "
        "WHERE (one.id, other.id) IN ((%(a)s, %(b)s), (%(b)s, %(a)s))",
        {"a": first, "b": second},
    )


def truncate(owner: psycopg.Connection, chance: random.Random) -> None:
    """The last entries and their seals, as if they had never been."""
    kept = chance.randrange(0, Seal.objects.count())
    size = Seal.objects.filter(number__lte=kept).order_by("-number").values_list("size", flat=True).first() or 0
    owner.execute("DELETE FROM privacy_seal WHERE number > %s", [kept])
    owner.execute("DELETE FROM privacy_entry WHERE id NOT IN (SELECT unnest(entries) FROM privacy_seal)")
    assert owner.execute("SELECT count(*) FROM privacy_entry").fetchone() == (size,)


def rehash(owner: psycopg.Connection, chance: random.Random) -> None:
    """An entry changed, and everything computed again after it, signed with a key of the tamperer's."""
    edit(owner, chance)
    frontier: tuple[bytes, ...] = ()
    size = 0
    for seal in Seal.objects.order_by("number"):
        texts = owner.execute(
            f"SELECT {sealing.text_of('entry')} FROM unnest(%s::bigint[]) WITH ORDINALITY AS l (id, place) "
            "JOIN privacy_entry entry USING (id) ORDER BY place",
            [seal.entries],
        ).fetchall()
        leaves = [leaf_hash(text.encode()) for (text,) in texts]
        frontier = grown(frontier, size, leaves)
        size += len(leaves)
        note = signed(Checkpoint(settings.JOURNAL_ORIGIN, size, root_of(frontier)), bytes(32))
        if chance.random() < 0.5:
            note = seal.checkpoint
        owner.execute(
            "UPDATE privacy_seal SET hashes = %s, frontier = %s, checkpoint = %s WHERE number = %s",
            [b"".join(leaves), b"".join(frontier), note, seal.number],
        )


TAMPERINGS: list[Tamper] = [edit, delete, insert, backdate, swap, truncate, rehash]


@pytest.fixture
def sealed_journal(no_checkpoint: None) -> None:
    for number in range(ENTRIES):
        record("benefits.listed", by=None, object_id=number, details={"page": number})
        if number % 20 == 19:
            seal_settled()
    export_due()


def test_every_tampering_is_found(sealed_journal: None) -> None:
    assert verify().entries == ENTRIES
    chance = random.Random(20260101)
    with databases.connect(connection.settings_dict["NAME"]) as owner:
        for turn in range(TRIES):
            tamper = TAMPERINGS[turn % len(TAMPERINGS)]
            owner.execute("CREATE TABLE kept_entry AS SELECT * FROM privacy_entry")
            owner.execute("CREATE TABLE kept_seal AS SELECT * FROM privacy_seal")
            tamper(owner, chance)
            with pytest.raises(Broken):
                verify()
                pytest.fail(f"{tamper.__name__} of turn {turn} was not seen")
            owner.execute("DELETE FROM privacy_entry; DELETE FROM privacy_seal")
            owner.execute("INSERT INTO privacy_entry SELECT * FROM kept_entry")
            owner.execute("INSERT INTO privacy_seal SELECT * FROM kept_seal")
            owner.execute("DROP TABLE kept_entry, kept_seal")
    assert verify().entries == ENTRIES


def test_the_command_names_the_first_broken_entry(
    sealed_journal: None, capsys: pytest.CaptureFixture[str], owner_connection: psycopg.Connection
) -> None:
    call_command("verify_journal")
    assert capsys.readouterr().out.splitlines()[-1] == "entries=60 seals=3 checkpoints=3 waiting=0"
    numbers = Seal.objects.get(number=2).entries
    owner_connection.execute("UPDATE privacy_entry SET result = 'x' WHERE id = ANY(%s)", [[numbers[7], numbers[4]]])
    with pytest.raises(SystemExit) as left:
        call_command("verify_journal")
    assert left.value.code == 1
    assert capsys.readouterr().err.strip() == f"BROKEN: an entry was changed entry={numbers[4]} seal=2"


def test_a_seal_longer_than_one_reading_is_checked_to_its_end(
    sealed_journal: None, owner_connection: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verifying, "BATCH", 7)
    assert verify().entries == ENTRIES
    last = Seal.objects.get(number=3).entries[-1]
    owner_connection.execute("UPDATE privacy_entry SET object_id = E'1\\n2' WHERE id = %s", [last])
    with pytest.raises(Broken, match="changed") as changed:
        verify()
    owner_connection.execute("DELETE FROM privacy_entry WHERE id = %s", [last])
    with pytest.raises(Broken, match="missing") as missing:
        verify()
    assert [(each.value.seal, each.value.entry) for each in (changed, missing)] == [(3, last), (3, last)]


@pytest.mark.parametrize("entries", ["array_append(entries, NULL)", "array_append(entries[2:], NULL)", "entries[2:]"])
def test_a_seal_whose_list_was_altered_is_refused(
    sealed_journal: None, owner_connection: psycopg.Connection, entries: str
) -> None:
    owner_connection.execute(f"UPDATE privacy_seal SET entries = {entries} WHERE number = 2")
    with pytest.raises(Broken, match="does not count") as broken:
        verify()
    assert broken.value.seal == 2
