"""The completeness matrix, by the real ways: pages of staff in mode gestion, jobs of a Celery worker, files of feeds.

Every write that a second witness saw is in the history with its author and its work. Which models a way writes is not
written down: it is what it wrote. Those that it never writes are in `nowhere.py`, which must be exactly the rest; of a
worker, what its walk writes at least: every kind of job says who it is in the same two lines of `portals.jobs.work`.
"""

import datetime
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections, transaction
from django.test import Client
from django.utils import timezone

from config.embedded.processes import wait_until
from members.populate import files
from portals import jobs
from portals.access import isolation
from portals.accounts.export.actions import ask_export
from portals.feeds import kinds
from portals.jobs.models import Job, Occurrence
from portals.jobs.schedules import KIND, _schedules
from privacy.changes.scope import followed
from privacy.vault.models import MedicalCase, Outcome, State
from tests import builders
from tests.cast import ALICE_IBAN, Cast, build_cast
from tests.harness import processes
from tests.permissions.objects import OBJECTS
from tests.permissions.walks import leave
from tests.portals.gestion import things
from tests.portals.gestion.matrix import PAGES
from tests.privacy.changes import nowhere, robot, witness
from tests.privacy.changes.witness import Written

pytestmark = [pytest.mark.django_db(databases=["default", "owner"]), pytest.mark.commitment("PDP-7.4", "PDP-7.5")]

WORKER_SECONDS = 240
ASKED_BY_STAFF = (
    "portals_account_credentials", "privacy_breach_persons", "privacy_breach_count", "privacy_breach_tell",
    "privacy_campaign_send", "employers_technicalaccount_again", "members_representation_open_account",
)  # fmt: skip
"""Pages whose effect is a job."""
EACH = 40
"""Rows of a kind that are looked up one by one; a feed writes hundreds."""


@pytest.fixture
def seen(owner_connection: psycopg.Connection) -> None:
    """The second witness, on every followed table."""
    witness.install(owner_connection)


def labels_of(rows: Iterable[Written]) -> set[str]:
    return {one.label for one in rows}


def rest(written: set[str]) -> set[str]:
    """The followed models that a way did not write."""
    return {one.label for one in followed()} - written


def some_of_each(rows: Iterable[Written]) -> list[Written]:
    """At most `EACH` of each model and kind, the same at each run."""
    found: dict[tuple[str, str], list[Written]] = {}
    for one in sorted(rows, key=lambda one: (one.label, one.kind, one.key)):
        found.setdefault((one.label, one.kind), []).append(one)
    return [one for group in found.values() for one in group[:EACH]]


# --- Pages of staff ---


def known_by_staff(cast: Cast) -> dict[str, Any]:
    """What the fields of these names take: what staff read on a paper."""
    today = timezone.localdate()
    later = today + datetime.timedelta(days=300)
    said = {
        "identifier": cast.bob_account.identifier, "who": cast.bob_account.identifier, "account": cast.alice_account.identifier,
        **dict.fromkeys(("member_number", "number", "numbers"), cast.alice.household.member_number),
        "birth_date": f"{cast.alice.birth_date:%d/%m/%Y}", "policy_number": cast.home.alice_line.policy.policy_number,
        "person_ref": cast.bob.person_ref, "payer_ref": cast.alice.person_ref, "child_ref": cast.home.ines.person_ref,
        "parent_ref": "", "iban": ALICE_IBAN, "end_date": f"{later:%d/%m/%Y}",
        **dict.fromkeys(
            ("received_on", "start_date", "since", "done_on", "said_on", "judgment_date", "ended_on", "died_on", "sent_on",
             "published_on"), f"{today:%d/%m/%Y}"
        ),
        "segment_age_from": "20", "segment_age_to": "60",
    }  # fmt: skip
    return {name: lambda value=value: value for name, value in said.items()} | {"proofs": robot.scan}


BEFORE = {"privacy_breach_tell": "privacy_breach_persons"}
"""A page that only has something to do once another one has been sent."""


def posts() -> dict[str, list[dict[str, Any]]]:
    """What is sent to each page that takes a POST; several times where one page does several things."""
    taken: dict[str, list[dict[str, Any]]] = {
        name: [{}] for name, page in PAGES.items() if page.takes and not name.endswith("_changelist")
    }
    return taken | {
        "portals_thread_answer": [{}, {"act": "note", "text": "Rappeler lundi."}],
    }


def test_what_staff_change_on_any_page_is_in_the_history_with_their_account_and_the_request(seen: None) -> None:
    cast = build_cast()
    addresses = things.addresses(cast)
    with isolation.system():
        MedicalCase.objects.update(state=State.DECIDED, outcome=Outcome.ACCEPT, decided_at=timezone.now())
    known = known_by_staff(cast)
    clients: dict[str, Any] = {}
    written: set[str] = set()
    unsaid, refused = [], set()
    for name, sent in posts().items():
        role = sorted(PAGES[name].takes)[0]
        if role not in clients:
            colleague = builders.colleague(role)
            clients[role] = colleague, builders.enter_gestion(Client(), colleague)
        colleague, client = clients[role]
        for more in sent:
            with transaction.atomic():
                if name in BEFORE:
                    leave(robot.send(client, addresses[BEFORE[name]], known, {}))
                last = witness.mark()
                answer = robot.send(client, addresses[name], known, more)
                leave(answer)
                rows = witness.written_since(last)
                written |= labels_of(rows)
                unsaid += [f"{name}: {one}" for one in rows if not _is_said(one, colleague.pk, answer["X-Reference"])]
                form = robot.form_of(answer)
                if answer.status_code != 302:
                    refused.add(f"{name}: {answer.status_code} {dict(form.errors) if form is not None else ''}")
                transaction.set_rollback(True)
    assert unsaid == []
    assert {one.partition(":")[0] for one in refused} == set(nowhere.REFUSED_HERE), "\n".join(sorted(refused))
    assert rest(written) == nowhere.labels(nowhere.NOT_BY_STAFF)


def _is_said(one: Written, colleague: int, reference: str) -> bool:
    """By the request that was sent; or, for a row that its form completes when it is opened, by the one before."""
    told = witness.told_of(one)
    if one.label == "privacy.ReviewLine" and one.kind == "create":
        return any(account == colleague and work for account, work in told)
    return (colleague, reference) in told


# --- Files of feeds ---


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_what_a_file_changes_is_in_the_history_with_the_feed_and_its_run(seen: None, tmp_path: Path) -> None:
    written: set[str] = set()
    changed: set[tuple[str, str]] = set()
    unsaid = []
    for day in (timezone.localdate() - datetime.timedelta(days=75), timezone.localdate()):
        folder = tmp_path / day.isoformat()
        folder.mkdir()
        made = files.write_portfolio(folder, members=4, seed=5, today=day, with_cast=True)
        assert set(made) == set(kinds.names())
        for kind, path in made.items():
            last = witness.mark()
            call_command("feed", kind, str(path), verbosity=0)
            rows = witness.written_since(last)
            written |= labels_of(rows)
            changed |= {(one.label, one.kind) for one in rows}
            for one in some_of_each(rows):
                if not any(
                    account is None and said.startswith(f"feed:{kind}:") for account, said in witness.told_of(one)
                ):
                    unsaid.append(f"{kind}: {one} is said to be by {witness.told_of(one)}")
    assert unsaid == []
    assert {kind for _label, kind in changed} >= {"create", "update"}
    assert rest(written) == nowhere.labels(nowhere.NOT_BY_FEED)


# --- Jobs of a worker ---


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_what_a_worker_changes_is_in_the_history_with_its_job(seen: None) -> None:
    _promise_everything(build_cast())
    last = witness.mark()
    with processes.celery_worker():
        assert wait_until(_is_idle, WORKER_SECONDS)
    rows = witness.written_since(last)
    unsaid = [
        f"{one} is said to be by {witness.told_of(one)}"
        for one in some_of_each(rows)
        if not any(account is None and said.startswith("job:") for account, said in witness.told_of(one))
    ]
    assert unsaid == []
    assert labels_of(rows) >= nowhere.BY_WORKER


def _promise_everything(cast: Cast) -> None:
    """Something of each kind that people and staff ask, each schedule once, all of it due now."""
    addresses = things.addresses(cast)
    for make in OBJECTS.values():
        with suppress(Exception), transaction.atomic():  # what two pages would make twice is made once
            make(cast)
    ask_export(by=cast.bob_account)
    for name in ASKED_BY_STAFF:
        client = builders.enter_gestion(Client(), builders.colleague(sorted(PAGES[name].takes)[0]))
        leave(robot.send(client, addresses[name], known_by_staff(cast), {}))
    now = timezone.now()
    for name in _schedules:
        occurrence = Occurrence.objects.create(name=name, scheduled_for=now)
        jobs.enqueue(KIND, key=f"{name} now", subject_id=occurrence.pk)
    with connections["owner"].cursor() as cursor:
        cursor.execute("UPDATE portals_job SET due_at = now() WHERE state = 'due'")


def _is_idle() -> bool:
    """Nothing is due; what failed and waits for its next try has said so already."""
    with isolation.system():
        return not Job.objects.filter(state__in=["due", "running", "sending"], attempts=0).exists()
