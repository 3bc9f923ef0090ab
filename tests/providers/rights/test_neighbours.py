"""A practice under attack costs the other practices nothing."""

import statistics

import pytest
from django.db import OperationalError, connection
from django.test import Client

from tests import builders
from tests.bench.rows import seconds
from tests.cast import Cast, build_cast
from tests.harness import databases
from tests.providers.rights.counter import ask, heading_of

pytestmark = pytest.mark.commitment("PDP-7.6")
ATTEMPTS = 4
AS_QUICK = 1.2


@pytest.mark.usefixtures("minutes_pass")
def test_nobody_else_is_slowed_down(cast: Cast, counter: Client) -> None:
    colleague = builders.sign_in(Client(), cast.colleague_account)
    ratio = 9.0
    for attempt in range(ATTEMPTS):  # a busy machine may disturb one round, not every one
        quiet = [seconds(lambda: ask(colleague, cast.home.ines)) for _ in range(8)]
        beside = []
        for n in range(8):
            ask(counter, member_number=f"48{attempt:02d}{n:04d}", birth_date=f"{n + 1:02d}/03/1991")
            beside.append(seconds(lambda: ask(colleague, cast.home.ines)))
        ratio = statistics.median(beside) / statistics.median(quiet)
        if ratio <= AS_QUICK:
            break
    assert ratio <= AS_QUICK


def test_a_question_in_flight_makes_no_other_practice_wait(
    transactional_db: None, worker_database: databases.WorkerDatabase, client: Client
) -> None:
    people = build_cast()
    mate = builders.sign_in(Client(), builders.account(people.professional))
    builders.sign_in(client, people.colleague_account)
    with databases.connect(worker_database.name, "default") as attacker, attacker.transaction():
        attacker.execute("SELECT pg_advisory_xact_lock(hashtext('providers.rights'), %s)", [people.professional.pk])
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '200ms'")
        try:
            assert heading_of(ask(client, people.home.ines)).startswith("Oui")
            with pytest.raises(OperationalError):
                ask(mate, people.home.ines)
        finally:
            with connection.cursor() as cursor:
                cursor.execute("RESET lock_timeout")
