"""What a copy of the whole installation holds: a plain `pg_dump`, every value of Valkey, the files, the logs, checkpoints."""

import base64
import datetime
import subprocess
import urllib.parse
from collections.abc import Iterable, Iterator
from typing import Any

import redis
from django.conf import settings
from django.core.files.storage import storages

from config.embedded.binaries import postgres_bin
from config.embedded.placement import server_user
from config.embedded.postgres import SUPERUSER
from privacy.audit.exporting import STORAGE
from tests.harness import processes


def lines() -> Iterator[tuple[str, str]]:
    """Everything, line by line, with where it is."""
    for line in database().splitlines():
        yield "database", line
    yield from valkey(processes.broker())
    own = settings.TEST_RUN_DIR / settings.TEST_WORKER
    for path in own.rglob("*"):
        if path.is_file() and settings.MAIL_FOLDER not in path.parents:  # mails have left for their readers
            yield f"file {path.relative_to(own)}", path.read_bytes().decode("latin-1")
    kept = storages[STORAGE]
    for name in kept.listdir("")[1] if kept.exists("") else ():
        with kept.open(name, "rb") as file:
            yield f"checkpoint {name}", file.read().decode("latin-1")


def database() -> str:
    """`pg_dump` of all schemas, as the server's own superuser: no row is hidden from it."""
    server = settings.DATABASES["owner"]
    command: list[str] = [
        str(postgres_bin(server_user()) / "pg_dump"), "--format=plain", "--no-owner", f"--host={server['HOST']}",
        f"--port={server['PORT']}", f"--username={SUPERUSER}", f"--dbname={server['NAME']}",
    ]  # fmt: skip
    return subprocess.run(command, capture_output=True, check=True, timeout=300).stdout.decode()


def valkey(client: redis.Redis) -> Iterator[tuple[str, str]]:
    """Each key of each type, queues of Celery included, as text."""
    reads: dict[Any, Any] = {
        b"string": client.get,
        b"list": lambda key: client.lrange(key, 0, -1),
        b"set": client.smembers,
        b"hash": client.hgetall,
        b"zset": lambda key: client.zrange(key, 0, -1, withscores=True),
        b"stream": client.xrange,
    }
    for key in client.scan_iter(b"*"):
        kind = client.type(key)
        yield f"valkey {kind!r}", f"{key!r} {reads[kind](key)!r}"


def forms_of(word: str) -> set[str]:
    """How a value may be written elsewhere: other letters, encodings, dates the French way or without signs."""
    found = {word, word.upper(), word.lower(), urllib.parse.quote(word), word.encode().hex(), word[::-1]}
    for padding in range(3):  # base64 of a text that holds it, wherever it begins in a group of three bytes
        coded = base64.b64encode(b"\0" * padding + word.encode()).decode().rstrip("=")
        found.add(coded[padding + 1 : len(coded) - 1] if padding else coded[: len(coded) - 1])
    try:
        day = datetime.date.fromisoformat(word)
    except ValueError:
        return found | {json_escaped(word)}
    return {
        f"{day:%Y-%m-%d}",
        f"{day:%d/%m/%Y}",
        f"{day:%d-%m-%Y}",
        f"{day:%Y%m%d}",
        f"{day:%d%m%Y}",
        word.encode().hex(),
    }


def json_escaped(word: str) -> str:
    return "".join(f"\\u{ord(letter):04x}" for letter in word)


def found(words: Iterable[str], copy: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Which words are in a copy, in any form, and where."""
    marks = {mark: word for word in words for mark in forms_of(word)}
    left: dict[str, set[str]] = {}
    whole = [(where, line) for where, line in copy]
    text = "\n".join(line for _where, line in whole)
    for mark, word in marks.items():
        if mark in text:
            left.setdefault(word, set()).update(where for where, line in whole if mark in line)
    return left
