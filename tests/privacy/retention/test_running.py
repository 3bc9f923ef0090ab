"""The run itself: switches between batches, holds that say why, one at a time, kills, files, and the command."""

import datetime
import io
import os
import re
import subprocess
import sys
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from portals.access import isolation
from portals.accounts.models import Account
from portals.alerts.models import Alert
from portals.documents.models import Upload, private_storage
from portals.jobs.models import Job
from portals.jobs.schedules import run_named
from privacy.audit.models import Entry
from privacy.erasure.models import LegalHold
from privacy.retention import engine, stopping
from privacy.retention.models import Ending, RetentionReport, RetentionRun, RunState
from privacy.retention.registry import rule_of
from privacy.retention.running import LOCK, AlreadyRunning, ask, perform, run_asked
from tests import builders
from tests.cast import Cast
from tests.privacy.rights.objects import proved_request_of

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner", "eraser"]),
    pytest.mark.commitment("CGU-8.5"),
    pytest.mark.commitment("PDP-3.12"),
]
RULE = "portals.alerts"


def alerts(account: Account, count: int, *, placed_on: datetime.date | None = None) -> None:
    """Announcements of three years ago, unless a day is said."""
    day = placed_on or timezone.localdate() - datetime.timedelta(days=3 * 365)
    at = datetime.datetime.combine(day, datetime.time(12), tzinfo=datetime.UTC)
    with isolation.system():
        Alert.objects.bulk_create(
            Alert(account=account, key=f"t{day}-{n}", sentence="Un document vous attend.", path="/", placed_at=at)
            for n in range(count)
        )


def left(account: Account) -> int:
    with isolation.system():
        return Alert.objects.filter(account=account, key__startswith="t").count()


def run(*, dry: bool = False) -> RetentionRun:
    with isolation.system():
        asked = ask(day=timezone.localdate(), is_dry=dry)
    return perform(asked.pk)


def report(done: RetentionRun, rule: str = RULE) -> RetentionReport:
    return RetentionReport.objects.get(run=done, rule=rule)


def hold(account_of: Any, until: datetime.date) -> LegalHold:
    with isolation.system():
        return LegalHold.objects.create(
            space="adherent", tenant_id=account_of.household_id, subject_id=account_of.pk,
            reason="Litige sur une facture", until=until, set_by=builders.staff(),
        )  # fmt: skip


@pytest.mark.commitment("PDP-3.8")
def test_a_hold_keeps_the_rows_of_its_person_and_the_report_says_why(cast: Cast) -> None:
    alerts(cast.alice_account, 3)
    alerts(cast.bob_account, 2)
    kept = hold(cast.alice, timezone.localdate())
    told = report(run())
    assert (told.due, told.held, told.handled) == (5, 3, 2)
    assert told.holds == [{"hold": kept.pk, "rows": 3}]
    assert (left(cast.alice_account), left(cast.bob_account)) == (3, 0)
    with isolation.system():
        LegalHold.objects.update(until=timezone.localdate() - datetime.timedelta(days=1))
    assert report(run()).handled == 3
    assert left(cast.alice_account) == 0


def test_a_hold_that_was_lifted_keeps_nothing(cast: Cast) -> None:
    alerts(cast.alice_account, 1)
    hold(cast.alice, timezone.localdate() + datetime.timedelta(days=9))
    with isolation.system():
        LegalHold.objects.update(lifted_at=timezone.now(), lifted_by=builders.staff())
    assert report(run()).handled == 1


def test_a_switch_stops_a_rule_between_two_batches(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    alerts(cast.alice_account, 10)
    monkeypatch.setattr(engine, "ROWS", 4)
    officer, rule, act, stops = builders.staff(), rule_of(RULE), engine.apply_to, iter([True])

    def once_then_stopped(*args: Any) -> tuple[int, int, int]:
        done = act(*args)
        if next(stops, False):
            with isolation.system():
                stopping.stop(by=officer, rule=RULE, reason="Vérification en cours")
        return done

    monkeypatch.setattr(engine, "apply_to", once_then_stopped)
    told = report(run())
    assert (told.ending, told.deleted, told.due) == (Ending.STOPPED, 4, 10)
    assert left(cast.alice_account) == 6
    stopping.resume(by=officer, switch=stopping.switches()[rule.code])
    assert report(run()).deleted == 6


def test_a_switch_of_everything_stops_every_rule_and_the_rooms_own_nights(cast: Cast) -> None:
    alerts(cast.alice_account, 2)
    officer = builders.staff()
    stopping.stop(by=officer, rule=stopping.EVERY, reason="Incident en cours")
    done = run()
    assert {row.ending for row in done.reports.all()} == {Ending.STOPPED}
    assert left(cast.alice_account) == 2
    with isolation.system():
        run_named("quotes.simulations", timezone.now())
    assert RetentionReport.objects.get(run=None, rule="members.simulations").ending == Ending.STOPPED
    with pytest.raises(stopping.AlreadyStopped):
        stopping.stop(by=officer, rule=stopping.EVERY, reason="Encore")
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM privacy_entry WHERE action = 'retention.stopped'")
        assert cursor.fetchone()[0] == 1


def test_a_rooms_own_night_is_counted(cast: Cast) -> None:
    from portals.accounts.models import KnownNetwork

    old = timezone.now() - datetime.timedelta(days=366)
    KnownNetwork.objects.create(account=cast.alice_account, digest=b"1" * 32, last_used_at=old)
    KnownNetwork.objects.create(account=cast.alice_account, digest=b"2" * 32, last_used_at=timezone.now())
    with isolation.system():
        run_named("accounts.known_networks", timezone.now())
    told = RetentionReport.objects.get(run=None, rule="portals.networks")
    assert (told.due, told.deleted, told.ending) == (1, 1, Ending.DONE)


def test_a_dry_run_says_what_a_real_one_does_and_changes_nothing(cast: Cast) -> None:
    alerts(cast.alice_account, 5)
    entries, jobs = Entry.objects.count(), Job.objects.count()
    dry = run(dry=True)
    assert left(cast.alice_account) == 5
    assert (Entry.objects.count(), Job.objects.count()) == (entries, jobs)
    real = run()
    names = ("rule", "due", "held", "linked", "handled", "deleted", "emptied", "archived", "warned", "ending")
    said = [[getattr(row, name) for name in names] for row in dry.reports.order_by("rule")]
    assert said == [[getattr(row, name) for name in names] for row in real.reports.order_by("rule")]
    assert dry.state == RunState.DONE
    assert left(cast.alice_account) == 0
    assert Entry.objects.filter(action="retention.applied", object_id=RULE).count() == 1


@pytest.mark.commitment("PDP-8.1")
def test_a_dry_run_leaves_files_where_they_are_and_a_real_one_removes_them(cast: Cast) -> None:
    with isolation.system():
        upload: Any = Upload.objects.get(rights_proof__request=proved_request_of(cast.alice_account))
        name = str(upload.stored.file.name)
    with connections["owner"].cursor() as cursor:
        cursor.execute("UPDATE privacy_rightsproof SET received_on = '2020-01-01'")
    assert report(run(dry=True), "privacy.identity_proofs").handled == 1
    assert private_storage().exists(name)
    assert report(run(), "privacy.identity_proofs").handled == 1
    assert not private_storage().exists(name)
    with isolation.system():
        assert not Upload.objects.filter(pk=upload.pk).exists()


def test_two_runs_never_overlap(cast: Cast) -> None:
    settings = connections["owner"].get_connection_params()
    wanted = {key: settings[key] for key in ("dbname", "host", "port", "user", "password") if settings.get(key)}
    with psycopg.connect(**wanted) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        with pytest.raises(AlreadyRunning):
            run()
        assert run_asked() == 0
    assert run_asked() == 1


def test_a_run_that_is_killed_again_and_again_ends_once(cast: Cast) -> None:
    alerts(cast.alice_account, 60)
    alerts(cast.bob_account, 7, placed_on=timezone.localdate())
    with isolation.system():
        asked = ask(day=timezone.localdate())
    done = subprocess.run(
        [sys.executable, "-m", "tests.privacy.retention.killed_run", "12"],
        capture_output=True, text=True, timeout=400, check=False,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout.split("killed=")[1]) > 5
    told = report(asked)
    assert (told.due, told.deleted, told.handled, told.ending) == (60, 60, 60, Ending.DONE)
    assert (left(cast.alice_account), left(cast.bob_account)) == (0, 7)
    assert RetentionRun.objects.get(pk=asked.pk).state == RunState.DONE
    assert Entry.objects.filter(action="retention.applied", object_id=RULE).count() == 1
    assert run_asked() == 0


def test_the_command_reports_each_rule_for_the_day_that_is_said(cast: Cast) -> None:
    alerts(cast.alice_account, 2, placed_on=datetime.date(2026, 1, 1))
    for day, dry, count in (("2028-01-01", False, 0), ("2028-01-02", True, 2), ("2028-01-02", False, 2)):
        out = io.StringIO()
        call_command("run_retention", today=datetime.date.fromisoformat(day), dry_run=dry, stdout=out)
        assert re.search(rf"^portals\.alerts due={count} held=0 linked=0 deleted={count} ", out.getvalue(), re.M)
        assert out.getvalue().splitlines()[-1].startswith("run=")
        assert left(cast.alice_account) == (0 if count and not dry else 2)


def test_the_web_cannot_write_that_something_was_done(cast: Cast) -> None:
    from django.db import DatabaseError, transaction

    done = run()
    for table in ("privacy_retentionrun", "privacy_retentionreport", "privacy_archived", "privacy_retentionwarning"):
        with pytest.raises(DatabaseError), transaction.atomic(), connections["default"].cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")
    assert done.reports.exists()


@pytest.mark.commitment("PDP-3.8")
def test_a_hold_that_is_set_during_a_run_keeps_what_is_left(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    alerts(cast.alice_account, 10)
    monkeypatch.setattr(engine, "ROWS", 4)
    act, sets = engine.apply_to, iter([True])

    def once_then_held(*args: Any) -> tuple[int, int, int]:
        done = act(*args)
        if next(sets, False):
            hold(cast.alice, timezone.localdate() + datetime.timedelta(days=30))
        return done

    monkeypatch.setattr(engine, "apply_to", once_then_held)
    assert report(run()).deleted == 4
    assert left(cast.alice_account) == 6
