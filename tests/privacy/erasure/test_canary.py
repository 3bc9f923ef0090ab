"""The proof by canaries: what was declared is what happens, everywhere, to one person and to nobody else."""

import os
import subprocess
import sys

import pytest
from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from portals.access import isolation
from portals.declarations import Erasure as Declared
from privacy.audit.models import Entry
from privacy.erasure import ledger, registry
from privacy.erasure.actions import order, stored
from privacy.erasure.models import Erasure, ErasureState, ErasureStep
from privacy.erasure.planning import Fate, declared_of, doom_of, ordered, plan_for
from privacy.erasure.rules import NEEDED_BY_CONTRACT, Relation, holds_of
from privacy.erasure.running import replay, run_due
from tests import builders
from tests.privacy.audit.settled import seal_settled
from tests.privacy.erasure.grepped import everything, found, rows_with
from tests.privacy.erasure.planted import Somebody, plant, somebody

KILLS = 50
PLANTED_AT_LEAST = {
    "members.Person", "members.BenefitLine", "members.CareRequest", "members.Statement", "portals.Account", "portals.Message",
    "portals.AccountSession", "employers.Affiliation", "providers.Invoice", "privacy.RightsRequest",
}  # fmt: skip
pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner", "sealer", "eraser"]),
    pytest.mark.commitment("PDP-8.3"),
    pytest.mark.commitment("CGU-8.8"),
]


def ordered_for(who: Somebody) -> Erasure:
    """What the data protection officer orders, having read the plan."""
    with isolation.system():
        target = registry.answers_of("adherent").find(who.person.pk, who.person.household_id)
        shown = stored(plan_for(target, timezone.localdate()))
    return order(by=builders.staff(), target=target, shown=shown)


@pytest.mark.usefixtures("no_checkpoint")
def test_nothing_of_somebody_whom_no_law_keeps_is_left_and_nobody_else_changes() -> None:
    gone, other = somebody("70000001", 1), somebody("70000002", 2)
    plant(gone, other)
    seen = found(gone.canaries)
    assert {label for label, _field in seen} >= PLANTED_AT_LEAST
    others = rows_with(other.canaries)
    erasure = ordered_for(gone)
    done = run_due()
    assert done.erasures == 1
    assert found(gone.canaries) == {}
    assert rows_with(other.canaries) == others
    assert _read(erasure).state == ErasureState.DONE
    seal_settled()
    call_command("verify_journal")
    assert Entry.objects.filter(action="erasure.done", object_id=str(erasure.pk)).count() == 1
    subject = ledger.subject_of("adherent", gone.person.pk)
    assert [line.subject for line in ledger.lines()] == [subject]


def test_while_a_contract_runs_what_is_declared_kept_is_kept_and_the_rest_goes() -> None:
    gone, other = somebody("70000003", 3, ended_on=None), somebody("70000004", 4, ended_on=None)
    plant(gone, other, ended_on=None)
    before, others = set(found(gone.canaries)), rows_with(other.canaries)
    erasure = ordered_for(gone)
    run_due()
    after, running = set(found(gone.canaries)), holds_of(Relation(is_running=True), timezone.localdate())
    for reach in ordered():
        for kind, names in declared_of(reach.label).items():
            for name in names:
                place = (reach.label, name)
                if place not in before or kind.erasure == Declared.NOT_PERSONAL:
                    continue
                held = kind.erasure in {Declared.KEEP_CONTRACT, Declared.KEEP_PROOF}
                held |= kind.purpose in NEEDED_BY_CONTRACT
                if reach.goes_whole:
                    assert (place not in after) == (doom_of(reach, running).fate == Fate.DELETE), place
                elif not held and name not in reach.kept:
                    assert place not in after, place
                elif reach.recent is None:
                    assert place in after, place
    assert rows_with(other.canaries) == others
    # What is kept is in the plan that was shown, each with its reason.
    shown = {line["label"] for line in _read(erasure).plan if line["reason"]}
    assert {label for label, _name in after} <= shown


def test_a_run_that_is_killed_at_50_points_ends_once() -> None:
    gone = somebody("70000005", 5)
    plant(gone)
    erasure = ordered_for(gone)
    done = subprocess.run(
        [sys.executable, "-m", "tests.privacy.erasure.killed_eraser", str(KILLS)],
        capture_output=True, text=True, timeout=400, check=False,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert "killed=" in done.stdout
    assert int(done.stdout.split("killed=")[1]) > 0
    assert found(gone.canaries) == {}
    assert _read(erasure).state == ErasureState.DONE
    assert Entry.objects.filter(action="erasure.done").count() == 1
    assert len(ledger.lines()) == 1
    assert ErasureStep.objects.filter(erasure=erasure).count() == len(
        set(ErasureStep.objects.values_list("name", flat=True))
    )
    assert run_due().erasures == 0


def test_after_a_restore_the_ledger_erases_again_whom_the_backup_still_knows() -> None:
    gone = somebody("70000006", 6)
    plant(gone)
    saved = {"members_person": gone.person.pk, "members_household": gone.person.household_id}
    with connections["owner"].cursor() as cursor:
        for table, key in saved.items():
            cursor.execute(f"CREATE TEMP TABLE saved_{table} AS SELECT * FROM {table} WHERE id = %s", [key])
    ordered_for(gone)
    run_due()
    with connections["owner"].cursor() as cursor:  # yesterday's backup: neither the order nor its effects
        cursor.execute("DELETE FROM privacy_erasurestep")
        cursor.execute("DELETE FROM privacy_erasure")
        for table in saved:
            cursor.execute(f"INSERT INTO {table} OVERRIDING SYSTEM VALUE SELECT * FROM saved_{table}")
    assert found(gone.canaries)
    assert replay() == 1
    assert found(gone.canaries) == {}
    assert replay() == 0


def test_the_ledger_tells_nobody_of_whom_it_speaks() -> None:
    gone = somebody("70000007", 7)
    ordered_for(gone)
    run_due()
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT t::text FROM erasures.ledger t")
        [(line,)] = cursor.fetchall()
    assert str(gone.person.pk) not in line.split(",")
    assert not any("erasures" in where and "70000007" in text for where, text in everything())


def _read(erasure: Erasure) -> Erasure:
    with isolation.system():
        return Erasure.objects.get(pk=erasure.pk)
