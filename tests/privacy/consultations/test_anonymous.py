"""Nobody who has the whole database finds who answered what: while it is open, at each night, and once it is counted."""

import datetime
import json

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from portals.access import isolation
from portals.secrets.models import SubjectKey
from privacy.audit.models import Entry
from privacy.changes.models import RowChange, RowCreation
from privacy.consultations import planned
from privacy.consultations.box import subject_of
from privacy.consultations.models import Answered, Consultation, ConsultationState, SealedBallot
from privacy.consultations.rules import SEALED_BYTES
from tests.privacy.consultations.objects import published, vote, voter

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.commitment("PDP-1.6")]
VOTERS = 24
NIGHT = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


def rows(statement: str) -> list[tuple[object, ...]]:
    """As whoever has the database reads it, system columns included."""
    with isolation.system(), connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def box() -> dict[str, list[tuple[object, ...]]]:
    """What could tie a marker to a ballot: the transaction and the place of each."""
    return {
        "markers": rows("SELECT xmin::text, ctid::text, account_id FROM privacy_answered ORDER BY ctid"),
        "ballots": rows("SELECT xmin::text, ctid::text, id::text FROM privacy_sealedballot ORDER BY ctid"),
    }


@pytest.fixture
def voted() -> Consultation:
    """Twenty-four persons, one after another: the first half say yes, each writes her rank."""
    consultation = published()
    for rank in range(VOTERS):
        vote(consultation, int(rank >= VOTERS // 2), 0, remark=f"remarque {rank:02d}")
    return consultation


def test_a_ballot_has_no_account_no_instant_and_no_order(voted: Consultation) -> None:
    columns = {name for (name,) in rows(
        "SELECT column_name::text FROM information_schema.columns WHERE table_name = 'privacy_sealedballot'"
    )}  # fmt: skip
    assert columns == {"id", "consultation_id", "sealed"}
    assert rows("SELECT column_name FROM information_schema.columns WHERE table_name = 'privacy_answered' "
                "AND data_type LIKE 'timestamp%'") == []  # fmt: skip
    kept = rows("SELECT id::text, octet_length(sealed) FROM privacy_sealedballot")
    assert {size for _id, size in kept} == {1 + 12 + SEALED_BYTES + 16}
    assert {str(number)[14] for number, _size in kept} == {"4"}  # drawn at random: no clock in it
    assert (
        rows("SELECT tgname FROM pg_trigger WHERE tgrelid = 'privacy_sealedballot'::regclass AND NOT tgisinternal")
        == []
    )
    assert rows("SELECT count(*) FROM pg_depend WHERE refobjid = 'privacy_sealedballot'::regclass AND deptype = 'a' "
                "AND objid IN (SELECT oid FROM pg_class WHERE relkind = 'S')") == [(0,)]  # fmt: skip


def test_no_transaction_holds_a_marker_and_one_ballot(voted: Consultation) -> None:
    """Each answer was written anew with those before it: the last transaction holds them all."""
    found = box()
    assert (len(found["markers"]), len(found["ballots"])) == (VOTERS, VOTERS)
    transactions = [xmin for xmin, _place, _id in found["ballots"]]
    assert len(set(transactions)) == 1
    assert all(transactions.count(xmin) in {0, VOTERS} for xmin, _place, _account in found["markers"])


def test_after_a_night_no_ballot_shares_a_transaction_with_a_marker_and_none_has_its_place(voted: Consultation) -> None:
    before = {number for _xmin, _place, number in box()["ballots"]}
    with isolation.system():
        sealed = {bytes(row.sealed) for row in SealedBallot.objects.all()}
    planned.run(NIGHT)
    found = box()
    markers = {xmin for xmin, _place, _account in found["markers"]}
    assert not markers & {xmin for xmin, _place, _id in found["ballots"]}
    assert not before & {number for _xmin, _place, number in found["ballots"]}
    with isolation.system():
        assert not sealed & {bytes(row.sealed) for row in SealedBallot.objects.all()}


def test_the_order_in_the_table_is_not_that_of_the_answers(voted: Consultation) -> None:
    """By what only the box can open: the rank that each voter wrote, in the order of the table."""
    from privacy.consultations.box import _open

    with isolation.system():
        placed = list(SealedBallot.objects.raw("SELECT * FROM privacy_sealedballot ORDER BY ctid"))
        ranks = [json.loads(content)["remark"] for content in _open(voted, placed)]
    assert sorted(ranks) == [f"remarque {rank:02d}" for rank in range(VOTERS)]
    assert ranks != sorted(ranks)
    assert ranks != sorted(ranks, reverse=True)


def test_neither_the_journal_nor_the_history_of_rows_holds_an_answer(voted: Consultation) -> None:
    told = Entry.objects.filter(action="consultation.answered")
    assert told.count() == VOTERS
    assert {(entry.object_id, json.dumps(entry.details)) for entry in told} == {(str(voted.pk), "{}")}
    with isolation.system():
        for model in (RowCreation, RowChange):
            assert not model.objects.filter(model__in=["privacy.SealedBallot", "privacy.Answered"]).exists()
    for table in ("portals_job", "django_session"):
        assert rows(f"SELECT count(*) FROM {table} t WHERE t::text LIKE '%remarque%'") == [(0,)]


def test_no_page_opens_the_box() -> None:
    """Row-level security: a person's own context sees her own marker, and no ballot at all."""
    consultation, one, other = published(), voter(), voter()
    for account in (one, other):
        vote(consultation, 0, account=account)
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT set_config('app.account', %s, true)", [str(one.pk)])
        cursor.execute("SELECT array_agg(account_id) FROM privacy_answered")
        assert cursor.fetchone() == ([one.pk],)
        cursor.execute("SELECT count(*) FROM privacy_sealedballot")
        assert cursor.fetchone() == (0,)
        cursor.execute("ROLLBACK")


def test_counting_keeps_figures_and_destroys_ballots_markers_and_the_key(voted: Consultation) -> None:
    with time_machine.travel(timezone.now() + datetime.timedelta(days=21)):
        planned.run(NIGHT)
        planned.run(NIGHT)  # twice does nothing more
    voted.refresh_from_db()
    assert (voted.state, voted.answers) == (ConsultationState.COUNTED, VOTERS)
    assert [line["count"] for line in voted.results[0]] == [12, 12, 0]
    assert voted.results[1] == []  # all chose the e-mail: to say so would tell the answer of each
    assert len(voted.remarks) == VOTERS
    assert voted.remarks != sorted(voted.remarks)
    with isolation.system():
        assert not SealedBallot.objects.exists()
        assert not Answered.objects.exists()
        assert not SubjectKey.objects.filter(subject=subject_of(voted)).exists()
    assert Entry.objects.filter(action="consultation.counted").count() == 1


def test_fewer_than_ten_answers_tell_nothing_and_are_destroyed() -> None:
    consultation = published()
    for _ in range(9):
        vote(consultation, 0, 1, remark="Une remarque")
    with time_machine.travel(timezone.now() + datetime.timedelta(days=21)):
        planned.run(NIGHT)
    consultation.refresh_from_db()
    assert (consultation.state, consultation.answers, consultation.remarks) == (ConsultationState.COUNTED, None, [])
    assert consultation.results == [[], []]
    with isolation.system():
        assert not SealedBallot.objects.exists()
