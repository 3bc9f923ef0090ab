"""The journal: written with the operation, never changed."""

import pytest
from django.db import connection, transaction

from portals.signals import announce
from privacy.audit import record
from privacy.audit.models import Entry

pytestmark = pytest.mark.django_db


def test_what_the_shared_core_announces_is_recorded() -> None:
    announce("account.opened", by=None, object_kind="account", object_id=42, details={"space": "adherent"})
    entry = Entry.objects.get()
    assert (entry.action, entry.object_kind, entry.object_id) == ("account.opened", "account", "42")
    assert entry.details == {"space": "adherent"}


def test_an_operation_rolled_back_leaves_no_entry() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record("benefits.listed", by=None)
        1 / 0  # noqa: B018  (any error will do)
    assert not Entry.objects.exists()


def test_an_entry_lands_in_the_partition_of_its_month() -> None:
    record("benefits.listed", by=None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text, to_char(at, 'YYYY_MM') FROM privacy_entry")
        table, month = cursor.fetchone() or ("", "")
    assert table == f"privacy_entry_{month}"


def test_each_entry_carries_the_transaction_that_wrote_it() -> None:
    record("benefits.listed", by=None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT xid = pg_current_xact_id() FROM privacy_entry")
        assert cursor.fetchone() == (True,)
