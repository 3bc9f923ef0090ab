"""What must hold of any file, however damaged: words or exact rejects, never a trace, never a partial load."""

import csv
import hashlib
from pathlib import Path

from django.db import connection, transaction

from portals.access import isolation
from portals.feeds import load
from portals.feeds.errors import FeedRefused
from tests.builders import feed_files

TABLES = (
    "members_plan", "members_guarantee", "members_household", "members_person", "members_policy", "members_cover",
    "members_benefitline", "members_planevent", "members_personevent", "members_benefitlineevent",
)  # fmt: skip


def contents() -> dict[str, bytes]:
    """The files that are damaged: the small portfolio, with benefit lines of which one is taken back."""
    lines = [
        feed_files.benefit("D1"),
        feed_files.reversal("D2"),
        feed_files.benefit(
            "D3", person_ref="70000001-2", care_date="2024-02-29", act_label="Soins; dits « d’urgence »"
        ),
        feed_files.benefit("D4", policy_number="SA2", person_ref="70000002-1", payment_date="", payment_ref=""),
    ]
    files = {kind: feed_files.content(rows) for kind, rows in feed_files.FILES.items()}
    return {**files, "benefits": feed_files.content(lines)}


def judge(kind: str, content: bytes, folder: Path) -> str:
    """Load the file, look, and undo. Returns what became of it. Raises `AssertionError` when a promise is broken."""
    path, rejects = folder / "damaged.csv", folder / "rejects.csv"
    path.write_bytes(content)
    rejects.unlink(missing_ok=True)
    with transaction.atomic():
        before = _fingerprint()
        try:
            counts = load(kind, path, rejects=rejects)
        except FeedRefused as refusal:
            assert str(refusal), "a refusal without words"
            assert _fingerprint() == before, "refused, and yet something was written"
            outcome = "refused"
        else:
            assert counts.read == counts.created + counts.updated + counts.unchanged + counts.rejected
            assert len(_lines(rejects)) == counts.rejected == len(set(_lines(rejects)))
            assert _temporary_tables() == 0
            again = load(kind, path)
            assert (again.created, again.updated) == (0, 0), "the same file twice changed something"
            assert again.rejected == counts.rejected
            outcome = "rejects" if counts.rejected else "loaded"
        transaction.set_rollback(True)
    return outcome


def _lines(rejects: Path) -> list[str]:
    with rejects.open(encoding="utf-8", newline="") as file:
        return [row["line"] for row in csv.DictReader(file)]


def _fingerprint() -> str:
    """Everything that feeds write, as one digest."""
    digest = hashlib.sha256()
    with isolation.system(), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT t::text FROM {table} t ORDER BY 1")
            digest.update(repr(cursor.fetchall()).encode())
    return digest.hexdigest()


def _temporary_tables() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relpersistence = 't' AND relkind = 'r'")
        return int(cursor.fetchone()[0])
