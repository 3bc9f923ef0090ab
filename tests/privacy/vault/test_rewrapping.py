"""Changing the key of the vault: while people deposit, with the work killed again and again; nothing becomes unreadable.

Long form: `VAULT_PERSONS=100000 VAULT_KILLS=20 pytest tests/privacy/vault/test_rewrapping.py` (about four minutes).
"""

import os
import signal
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, connections

from privacy.vault import ceremony, envelopes
from privacy.vault.envelopes import DataKey, Sealed
from privacy.vault.keeping import Kind, Piece, keep, opened
from privacy.vault.opening import ALIAS
from privacy.vault.rewrapping import in_use, rewrap_all
from tests.harness.processes import running

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "vault"]),
    pytest.mark.commitment("PDP-4.6"),
]

PERSONS = int(os.environ.get("VAULT_PERSONS", "600"))
KILLS = int(os.environ.get("VAULT_KILLS", "4"))
CHUNK = 2000
KEEP_KEYS = (
    "INSERT INTO vault.data_key SELECT * FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[], %s::bytea[])"
)
KEEP = "INSERT INTO vault.sealed SELECT * FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::int[], %s::bytea[])"


def fill(persons: int) -> None:
    """One sealed row for each person, put in by the role `vault`, in bulk."""
    for start in range(0, persons, CHUNK):
        rows = [_row(number) for number in range(start, min(start + CHUNK, persons))]
        with connections[ALIAS].cursor() as cursor:
            keys = [row.key for row in rows]
            cursor.execute(
                KEEP_KEYS,
                [[k.id for k in keys], [k.person for k in keys], [k.case for k in keys],
                 [k.wrapping_key for k in keys], [k.wrapped for k in keys]],
            )  # fmt: skip
            cursor.execute(
                KEEP,
                [[row.id for row in rows], [row.key.id for row in rows], [row.kind for row in rows],
                 [row.version for row in rows], [row.content for row in rows]],
            )  # fmt: skip


def _row(number: int) -> Sealed:
    person, case = f"account:{number}", f"QM-{number:08}"
    key, data_key = envelopes.new_data_key(settings.VAULT_PUBLIC_KEY, person=person, case=case)
    piece = Piece(Kind.ANSWERS, 1, {"name": f"personne {number}"})
    return envelopes.seal(data_key, key, kind=piece.kind, version=1, content=piece.content)


def unreadable(privates: list[bytes]) -> int:
    """How many rows of the whole vault do not open, or say somebody else's name."""
    keys, bad = envelopes.named(privates), 0
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(
            "SELECT s.id, k.id, k.person, k.case_reference, k.wrapping_key, k.wrapped, s.kind, s.version, s.content "
            "FROM vault.sealed s JOIN vault.data_key k ON k.id = s.key_id"
        )
        for row in cursor.fetchall():
            sealed = Sealed(row[0], DataKey(*row[1:5], bytes(row[5])), row[6], row[7], bytes(row[8]))  # type: ignore[call-arg]  # a row
            head, _body = opened(envelopes.unseal(sealed, keys))
            bad += head["name"] != f"personne {row[2].removeprefix('account:')}"
    return bad


def test_a_change_of_key_under_load_with_kills_leaves_everything_readable(settings) -> None:  # type: ignore[no-untyped-def]  # pytest-django's
    old, new = settings.VAULT_KEYS[0], ceremony.draw()
    fill(PERSONS)
    before_kills = _of_current(new)
    assert before_kills == 0
    environment = {"VAULT_KEYS": f"{new.hex()}|{old.hex()}", "TEST_DATABASE": connection.settings_dict["NAME"]}
    stopped, deposits = threading.Event(), [0]
    writer = threading.Thread(target=_deposit_until, args=(stopped, deposits))
    writer.start()
    try:
        for number in range(KILLS):
            _rotate_and_kill(environment, after=0.4 + 0.3 * (number % 4), pause=_pause())
    finally:
        stopped.set()
        writer.join()
    halfway = _of_current(new)
    settings.VAULT_KEYS, settings.VAULT_PUBLIC_KEY = (new, old), envelopes.public_half(new)
    assert unreadable([new, old]) == 0  # half of them under each key: everybody is read
    rewrap_all()
    assert unreadable([new]) == 0
    assert deposits[0] > 0
    assert halfway > 0
    assert sum(key.data_keys for key in in_use()) == PERSONS + deposits[0]


def _pause() -> float:
    """So that a short form is still at work when it is killed."""
    return 0.05 if PERSONS <= CHUNK else 0.0


def _rotate_and_kill(environment: dict[str, str], *, after: float, pause: float) -> None:
    batch = "20" if PERSONS <= CHUNK else "500"
    command = [sys.executable, "manage.py", "vault_key", "rotate", "--batch", batch, "--pause", str(pause)]
    began = _rewrapped_rows()
    with running("vault", command, environment=environment) as process:
        deadline = time.monotonic() + 60
        while process.poll() is None and _rewrapped_rows() == began and time.monotonic() < deadline:
            time.sleep(0.05)  # it has begun once a first batch is in
        time.sleep(after / 4)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _rewrapped_rows() -> int:
    current = envelopes.name_of(settings.VAULT_PUBLIC_KEY)
    with connections[ALIAS].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM vault.data_key WHERE wrapping_key <> %s", [current])
        (count,) = cursor.fetchone()
    return int(count)


def _of_current(private: bytes) -> int:
    with connections[ALIAS].cursor() as cursor:
        name = envelopes.name_of(envelopes.public_half(private))
        cursor.execute("SELECT count(*) FROM vault.data_key WHERE wrapping_key = %s", [name])
        (count,) = cursor.fetchone()
    return int(count)


def _deposit_until(stopped: threading.Event, deposits: list[int]) -> None:
    """A portal that was not started again: it still seals to the old public key."""
    try:
        while not stopped.is_set():
            number = 10_000_000 + deposits[0]
            head = {"name": f"personne {number}"}
            keep(account_id=number, case=f"QM-{number}", pieces=[Piece(Kind.ANSWERS, 1, head)])
            deposits[0] += 1
            time.sleep(0.01)
    finally:
        connection.close()


def test_a_data_key_of_an_unknown_key_stops_the_work_and_loses_nothing(settings) -> None:  # type: ignore[no-untyped-def]  # pytest-django's
    fill(3)
    lost = settings.VAULT_KEYS[0]
    new = ceremony.draw()
    settings.VAULT_KEYS, settings.VAULT_PUBLIC_KEY = (new,), envelopes.public_half(new)
    with pytest.raises(CommandError, match="none of VAULT_KEYS"):
        call_command("vault_key", "rotate")
    assert unreadable([lost]) == 0


def test_the_ceremony_from_the_drawing_to_the_end_of_the_former_key(settings, tmp_path: Path, capsys) -> None:  # type: ignore[no-untyped-def]  # pytest's
    fill(5)
    old = settings.VAULT_KEYS[0]
    key, one, two, again = (tmp_path / name for name in ("key", "one", "two", "again"))
    call_command("vault_key", "new", str(key))
    public = capsys.readouterr().out.split("VAULT_PUBLIC_KEY=")[1].strip()
    assert key.stat().st_mode & 0o777 == 0o600
    with pytest.raises(CommandError, match="never written over"):
        call_command("vault_key", "new", str(key))
    call_command("vault_key", "split", str(key), str(one), str(two))
    call_command("vault_key", "join", str(one), str(two), str(again))
    assert again.read_text() == key.read_text()
    with pytest.raises(CommandError, match="two shares"):
        call_command("vault_key", "join", str(one), str(one), str(tmp_path / "never"))
    new = ceremony.read(key)
    settings.VAULT_KEYS, settings.VAULT_PUBLIC_KEY = (new, old), bytes.fromhex(public)
    with pytest.raises(CommandError, match="Still needed"):
        call_command("vault_key", "retire")
    call_command("vault_key", "rotate")
    call_command("vault_key", "retire")
    call_command("vault_key", "show")
    assert "data_keys=5 current" in capsys.readouterr().out
    assert unreadable([new]) == 0
    settings.VAULT_KEYS = ()
    with pytest.raises(CommandError, match="cannot open the vault"):
        call_command("vault_key", "show")
