"""The sealer: what it takes, in which order, and what stays when it is killed or the database moves."""

import random
import sys
import threading

import pytest
from django.db import ProgrammingError, connection, connections, transaction

from privacy.audit import record, sealing
from privacy.audit.exporting import export_due
from privacy.audit.models import Entry, Seal
from privacy.audit.sealing import seal_due
from privacy.audit.verifying import verify
from tests.harness import databases
from tests.harness.processes import running
from tests.privacy.audit.settled import seal_settled

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "sealer"]),
    pytest.mark.usefixtures("no_checkpoint"),
]

WRITERS, KILLS = 64, 20
WRITE = """
    INSERT INTO privacy_entry (at, action, space, acting_as, object_kind, object_id, result, session_hash, reference,
        details)
    VALUES (now(), 'benefits.listed', '', '', '', %s, 'done', '', '', '{}')
"""


def test_entries_are_sealed_once_and_the_journal_verifies() -> None:
    for _ in range(3):
        record("benefits.listed", by=None)
    assert (seal_settled(), seal_settled()) == (3, 0)
    record("benefits.listed", by=None)
    assert seal_settled() == 1
    assert export_due() == 2
    assert export_due() == 0
    found = verify()
    assert (found.entries, found.seals, found.checkpoints, found.waiting) == (4, 2, 2, 0)


def test_an_entry_of_a_running_transaction_is_waited_for_though_later_ones_are_there() -> None:
    with databases.connect(connection.settings_dict["NAME"], "default") as slow:
        slow.autocommit = False
        slow.execute(WRITE, ["slow"])
        record("benefits.listed", by=None, object_id="quick")
        assert seal_due() == 0
        slow.commit()
    assert seal_settled() == 2
    assert verify().entries == 2


def test_a_transaction_is_never_cut_in_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "BATCH", 5)
    with transaction.atomic():
        for _ in range(12):
            record("benefits.listed", by=None)
    for _ in range(8):
        record("benefits.listed", by=None)
    assert seal_settled() == 20
    assert [len(seal.entries) for seal in Seal.objects.order_by("number")] == [12, 5, 3]
    assert verify().entries == 20


def test_after_a_restore_on_another_server_nothing_is_missed_nor_sealed_twice() -> None:
    for _ in range(4):
        record("benefits.listed", by=None)
    seal_settled()
    with databases.connect(connection.settings_dict["NAME"]) as owner:  # as the entries come back from a dump
        owner.execute("UPDATE privacy_seal SET cluster = '1', horizon = horizon + 1000000")
        owner.execute("UPDATE privacy_entry SET xid = (xid::text::bigint + 900000)::text::xid8")
    record("benefits.listed", by=None)
    assert (seal_settled(), seal_settled()) == (1, 0)
    record("benefits.listed", by=None)
    assert seal_settled() == 1
    assert verify().entries == 6


@pytest.mark.parametrize("statement", [
    "DELETE FROM privacy_entry", "UPDATE privacy_entry SET action = ''", "TRUNCATE privacy_seal",
    "UPDATE privacy_seal SET checkpoint = ''", "DELETE FROM privacy_seal",
])  # fmt: skip
@pytest.mark.parametrize("alias", ["default", "sealer"])
def test_neither_the_portals_nor_the_sealer_may_change_what_is_written(alias: str, statement: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(using=alias):
        connections[alias].cursor().execute(statement)


def test_only_the_sealer_seals() -> None:
    record("benefits.listed", by=None)
    seal_settled()
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute("INSERT INTO privacy_seal SELECT * FROM privacy_seal")


def write_until(over: threading.Event, number: int, name: str) -> None:
    """Transactions of one to three entries, a third of them rolled back, at the pace of a busy site."""
    chance = random.Random(number)
    with databases.connect(name, "default") as session:
        session.autocommit = False
        while not over.wait(chance.uniform(0.1, 0.5)):
            for _ in range(chance.randrange(1, 4)):
                session.execute(WRITE, [str(number)])
            if chance.random() < 0.7:
                session.commit()
            else:
                session.rollback()


def test_64_writers_with_rollbacks_and_20_kills_of_the_sealer_leave_no_gap() -> None:
    over, name = threading.Event(), connection.settings_dict["NAME"]
    writers = [threading.Thread(target=write_until, args=[over, number, name]) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    try:
        with running("sealer", [sys.executable, "-m", "tests.privacy.audit.killed_sealer", str(KILLS)]) as sealer:
            assert sealer.wait(240) == 0
    finally:
        over.set()
        for writer in writers:
            writer.join()
    assert Seal.objects.count() > KILLS / 2
    seal_settled()
    export_due()
    found = verify()
    assert found.entries == Entry.objects.count() > WRITERS
    assert found.waiting == 0
