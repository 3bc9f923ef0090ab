"""P12: what a journal entry costs a page, and how fast the whole journal is checked."""

import shutil
import time
from functools import partial
from hashlib import sha256

from django.conf import settings
from django.db import connection, connections, transaction

from portals.accounts.models import Account
from privacy.audit import record
from privacy.audit.canonical import text_of
from privacy.audit.exporting import export_due
from privacy.audit.sealing import seal_due
from privacy.audit.verifying import verify
from tests import builders
from tests.bench.pages import signed_in
from tests.bench.rows import Row, Scale, paired

ENTRIES_A_SECOND = 100_000
ENTRIES = {"smoke": 20_000, "full": 1_000_000}
AT_ONCE = 10_000
FILL = """
    INSERT INTO privacy_entry (at, action, account_id, space, tenant_id, subject_id, acting_as, object_kind, object_id,
        result, terms_number, session_hash, reference, details)
    SELECT clock_timestamp(), 'benefits.listed', mod(n, 5000), 'adherent', mod(n, 3000), mod(n, 5000), '', 'benefit',
        n::text, 'done', 3, md5(n::text)::char(16), 'ABCDEFGHJK', jsonb_build_object('page', mod(n, 9))
    FROM generate_series(%s, %s) AS n
"""


def p12(scale: Scale) -> list[Row]:
    """Recording against an empty signed-in page; verification against 100 000 entries a second."""
    practice = builders.account(builders.professional())
    with signed_in(practice) as client, transaction.atomic():
        medians = paired(partial(_record, practice), partial(client.get, "/vide/"), scale.requests)
    count = ENTRIES[scale.name]
    with connections["owner"].cursor() as cursor:
        for first in range(1, count, AT_ONCE):
            cursor.execute(FILL, [first, min(first + AT_ONCE - 1, count)])
        cursor.execute("ANALYZE privacy_entry")
    shutil.rmtree(settings.DEMO_DIR / "checkpoints", ignore_errors=True)  # an earlier run's: another journal
    seal_due()
    export_due()
    began = time.perf_counter()
    checked = verify().entries
    spent = time.perf_counter() - began
    note = f"{checked / spent:,.0f} entries/s; SHA-256 of the same bytes takes {_hashing(checked):.2f} s"
    return [
        Row("P12", "recording one entry, of an empty page", *medians, 0.1),
        Row("P12", f"verification of {checked:,} entries", spent, checked / ENTRIES_A_SECOND, 1.0, note=note),
    ]


def _record(account: Account) -> None:
    record("benefits.listed", by=account, object_kind="benefit", object_id=1, details={"page": 2})


def _hashing(count: int) -> float:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {text_of('entry')} FROM privacy_entry entry LIMIT 1")
        text = cursor.fetchone()[0].encode()
    began = time.perf_counter()
    for _ in range(count):
        sha256(text).digest()
    return time.perf_counter() - began
