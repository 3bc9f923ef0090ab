"""Loading: what is created, changed, left alone and refused; nothing is ever half-loaded."""

import csv
import threading
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from members.models import Plan
from portals.feeds import load
from portals.feeds.errors import FeedRefused
from portals.feeds.models import FeedRun, FeedState
from portals.feeds.runs import LOCKS
from tests.builders import feed_files

pytestmark = pytest.mark.django_db

PlanEvent = apps.get_model("members", "PlanEvent")


def plan(code: str = "ESS", **fields: str) -> dict[str, str]:
    return {
        "plan_code": code, "name": "Essentielle", "kind": "individual", "responsible": "1",
        "valid_from": "2022-01-01", "valid_to": "", **fields,
    }  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "feed.csv"


def rejects_in(path: Path) -> list[tuple[str, str, str]]:
    with path.open(encoding="utf-8", newline="") as content:
        rows = list(csv.DictReader(content))
    assert all(row["message"] for row in rows)
    return [(row["line"], row["column"], row["code"]) for row in rows]


def test_the_same_file_twice_changes_nothing(file: Path) -> None:
    feed_files.write(file, [plan("A"), plan("B")])
    assert str(load("plans", file)) == "read=2 created=2 updated=0 unchanged=0 rejected=0"
    assert str(load("plans", file)) == "read=2 created=0 updated=0 unchanged=2 rejected=0"
    assert PlanEvent.objects.count() == 0


def test_a_changed_row_updates_and_leaves_its_history(file: Path) -> None:
    load("plans", feed_files.write(file, [plan("A"), plan("B")]))
    counts = load("plans", feed_files.write(file, [plan("A", name="Nouvelle"), plan("B")]))
    assert str(counts) == "read=2 created=0 updated=1 unchanged=1 rejected=0"
    assert Plan.objects.get(plan_code="A").name == "Nouvelle"
    assert [event.name for event in PlanEvent.objects.all()] == ["Essentielle"]


def test_an_emptied_value_is_absent_and_a_missing_column_is_left_alone(file: Path) -> None:
    load("plans", feed_files.write(file, [plan(valid_to="2030-12-31")]))
    without = ["plan_code", "name", "kind", "responsible", "valid_from"]
    row = plan()
    del row["valid_to"]
    assert load("plans", feed_files.write(file, [row], columns=without)).unchanged == 1
    assert load("plans", feed_files.write(file, [plan()])).updated == 1
    assert Plan.objects.get().valid_to is None


def test_a_bad_row_is_rejected_alone(file: Path, tmp_path: Path) -> None:
    rejects = tmp_path / "rejects.csv"
    rows = [
        plan("A"), plan("B", kind="other"), plan("C", valid_from="2023-02-29"), plan("D", valid_to="2021-12-31"),
        plan("A", name="Encore"), plan("E"),
    ]  # fmt: skip
    counts = load("plans", feed_files.write(file, rows), rejects=rejects)
    assert str(counts) == "read=6 created=2 updated=0 unchanged=0 rejected=4"
    assert rejects_in(rejects) == [
        ("3", "kind", "bad_choice"),
        ("4", "valid_from", "bad_date"),
        ("5", "valid_to", "bad_interval"),
        ("6", "plan_code", "duplicate_key"),
    ]
    assert sorted(Plan.objects.values_list("plan_code", "name")) == [("A", "Essentielle"), ("E", "Essentielle")]


def test_an_unknown_reference_is_rejected(file: Path) -> None:
    rows = [{"policy_number": "SA1", "member_number": "7", "plan_code": "ESS", "start_date": "2022-01-01"}]
    counts = load("policies", feed_files.write(file, rows))
    assert [reject[:3] for reject in counts.first_rejects] == [(2, "member_number", "unknown_reference")]


def test_a_composed_key_is_repeated_only_as_a_whole(file: Path, tmp_path: Path) -> None:
    feed_files.load_portfolio(tmp_path)
    row = feed_files.FILES["guarantees"][0]
    rows = [row, {**row, "valid_from": "2023-01-01"}, {**row, "act_family": "LABO"}, {**row, "rate": "2.00"}]
    counts = load("guarantees", feed_files.write(file, rows))
    assert str(counts) == "read=4 created=2 updated=0 unchanged=1 rejected=1"
    assert [reject[:3] for reject in counts.first_rejects] == [(5, "plan_code", "duplicate_key")]


def test_messages_never_quote_a_value(file: Path, tmp_path: Path) -> None:
    secret = "285055441091261"
    rows = [{**feed_files.FILES["persons"][0], "nir": secret, "email": "x", "iban": "FR00"}]
    rejects = tmp_path / "rejects.csv"
    load("persons", feed_files.write(file, rows), rejects=rejects)
    assert secret not in rejects.read_text(encoding="utf-8")
    assert rejects_in(rejects) == [("2", "nir", "bad_nir")]


def test_a_trial_counts_and_writes_nothing(file: Path) -> None:
    feed_files.write(file, [plan("A"), plan("B", kind="other")])
    counts = load("plans", file, dry_run=True)
    assert str(counts) == "read=2 created=1 updated=0 unchanged=0 rejected=1"
    assert not counts.loaded
    assert not Plan.objects.exists()
    assert FeedRun.objects.get().state == FeedState.DRY


def test_a_strict_feed_with_a_reject_writes_nothing(file: Path, tmp_path: Path) -> None:
    rejects = tmp_path / "rejects.csv"
    feed_files.write(file, [plan("A"), plan("B", kind="other")])
    assert str(load("plans", file, strict=True, rejects=rejects)) == "read=2 created=0 updated=0 unchanged=0 rejected=1"
    assert not Plan.objects.exists()
    assert rejects_in(rejects) == [("3", "kind", "bad_choice")]
    assert FeedRun.objects.get().state == FeedState.REFUSED


def test_a_run_is_recorded_with_its_counts_and_the_files_digest(file: Path) -> None:
    load("plans", feed_files.write(file, [plan("A"), plan("B", kind="other")]), actor="test")
    run = FeedRun.objects.get()
    assert (run.kind, run.state, run.actor) == ("plans", FeedState.DONE, "test")
    assert (run.read, run.created, run.rejected) == (2, 1, 1)
    assert len(run.file_sha256) == 64
    assert run.finished_at is not None


def test_a_damaged_file_is_recorded_as_refused(file: Path) -> None:
    file.write_bytes(b"plan_code;colour\n")
    with pytest.raises(FeedRefused, match="colonne inconnue"):
        load("plans", file)
    assert FeedRun.objects.get().state == FeedState.REFUSED


def test_what_a_killed_run_left_is_put_right_by_the_next(file: Path) -> None:
    FeedRun.objects.create(kind="plans")
    other = FeedRun.objects.create(kind="persons")
    load("plans", feed_files.write(file, [plan()]))
    assert list(FeedRun.objects.filter(kind="plans").order_by("pk").values_list("state", flat=True)) == [
        FeedState.REFUSED,
        FeedState.DONE,
    ]
    other.refresh_from_db()
    assert other.state == FeedState.RUNNING


def test_it_leaves_no_temporary_table_behind(file: Path) -> None:
    load("plans", feed_files.write(file, [plan()]))
    file.write_bytes(b"plan_code;colour\n")
    with pytest.raises(FeedRefused):
        load("plans", file)
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relpersistence = 't' AND relkind = 'r'")
        assert cursor.fetchall() == []


@pytest.mark.parametrize("path", ["missing.csv", "."])
def test_a_file_that_cannot_be_read_is_refused(path: str, tmp_path: Path) -> None:
    with pytest.raises(FeedRefused, match="ne peut pas être lu"):
        load("plans", tmp_path / path)


def test_an_unknown_kind_is_refused(file: Path) -> None:
    with pytest.raises(FeedRefused, match="inconnu"):
        load("plats", file)


def test_rejects_that_cannot_be_written_load_nothing(file: Path, tmp_path: Path) -> None:
    feed_files.write(file, [plan("A"), plan("B", kind="other")])
    with pytest.raises(FeedRefused, match="rejets"):
        load("plans", file, rejects=tmp_path / "missing" / "rejects.csv")
    assert not Plan.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_runs_of_one_kind_do_not_mix(file: Path) -> None:
    feed_files.write(file, [plan()])
    taken, done = threading.Event(), threading.Event()

    def hold() -> None:
        from django.db import connection as other
        from django.db import transaction

        with transaction.atomic(), other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext('plans'))", [LOCKS])
            taken.set()
            done.wait(30)
        other.close()

    holder = threading.Thread(target=hold)
    holder.start()
    try:
        assert taken.wait(30)
        with pytest.raises(FeedRefused, match="en cours"):
            load("plans", file)
    finally:
        done.set()
        holder.join()
    assert not Plan.objects.exists()
    assert load("plans", file).created == 1


def test_the_command_ends_with_the_counts(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("feed", "plans", feed_files.write(file, [plan()]))
    assert capsys.readouterr().out.splitlines()[-1] == "read=1 created=1 updated=0 unchanged=0 rejected=0"


def test_the_command_fails_when_a_row_is_rejected_and_loads_the_others(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    feed_files.write(file, [plan("A"), plan("B", kind="other")])
    with pytest.raises(SystemExit) as status:
        call_command("feed", "plans", file)
    assert status.value.code == 1
    said = capsys.readouterr()
    assert said.out.splitlines()[-1] == "read=2 created=1 updated=0 unchanged=0 rejected=1"
    assert "ligne 3\u00a0: kind n’est pas l’une des valeurs" in said.err
    assert Plan.objects.count() == 1


def test_the_command_says_why_a_feed_stops(file: Path) -> None:
    file.write_bytes(b"")
    with pytest.raises(CommandError, match="Rien n’est chargé\u00a0: le fichier est vide"):
        call_command("feed", "plans", file)
