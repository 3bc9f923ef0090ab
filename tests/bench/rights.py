"""P9: the verification of rights against an empty signed-in page, and its SQL against 5 ms."""

import itertools
import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.db import connection, connections, transaction
from django.test import Client
from django.utils import timezone

from members.rights.answering import Asker, answer
from portals.accounts.models import Account
from tests import builders
from tests.bench.pages import signed_in
from tests.bench.rows import Row, Scale, paired
from tests.providers.rights.portfolio import fill, priced_plan, question_of

ADDRESS = "/professionnel/droits/"
MOST_SECONDS = 0.005
COVERS = {"smoke": 20_000, "full": 5_000_000}
ASKED_BY_ONE = 20
"""Questions of one practice: fewer than a minute's quota, and than what looks like an attack."""


def p9(scale: Scale) -> list[Row]:
    """A question found, on its page; then what its answer costs in SQL."""
    count = COVERS[scale.name]
    fill(count, priced_plan())
    with connections["owner"].cursor() as cursor:
        for table in ("household", "person", "policy", "cover"):
            cursor.execute(f"VACUUM ANALYZE members_{table}")
            cursor.execute(f"SELECT count(*) FROM members_{table}")  # a server that has been up has read its tables
    practices = [_practice() for _ in range(-(-(scale.requests + 1) // ASKED_BY_ONE))]
    ranks = itertools.cycle(range(1, count, 997))
    with signed_in(practices[0]) as client:
        clients = [client, *(builders.sign_in(Client(), account) for account in practices[1:])]
        turns = itertools.cycle(clients)
        medians = paired(lambda: ask(next(turns), next(ranks)), partial(client.get, "/vide/"), scale.requests)
    times = sorted(sql_of(practices[0], next(ranks)) for _ in range(max(100, scale.requests)))
    worst = statistics.quantiles(times, n=20)[-1]
    note = f"{count:,} covers, median {statistics.median(times) * 1000:.1f} ms"
    return [
        Row("P9", f"verification of rights, {count:,} covers", *medians, 1.5),
        Row("P9", "its SQL, p95 of the whole answer", worst, MOST_SECONDS, 1.0, note=note),
    ]


def ask(client: Client, rank: int) -> None:
    """One question, found, posted as a browser posts the form."""
    question = question_of(rank)
    typed = {
        "member_number": question.member_number,
        "birth_date": f"{question.birth_date:%d/%m/%Y}",
        "day": f"{timezone.localdate():%d/%m/%Y}",
        "birth_rank": "",
        "scan": "",
    }
    response = client.post(ADDRESS, urlencode(typed), content_type="application/x-www-form-urlencoded")
    if b"<b>Oui</b>" not in response.content:
        raise RuntimeError(response.status_code)


def sql_of(account: Account, rank: int) -> float:
    """Seconds that the database takes for one answer."""
    spent = 0.0

    def timed(execute: Callable[..., Any], *arguments: Any) -> Any:
        nonlocal spent
        began = time.perf_counter()
        try:
            return execute(*arguments)
        finally:
            spent += time.perf_counter() - began

    asker = Asker(account, "Cabinet du Port", "Opticien", "Lorient")
    now = timezone.now()
    with transaction.atomic(), connection.execute_wrapper(timed):
        answer(question_of(rank), day=timezone.localdate(), asked_by=asker, reference="V-000000-0001", at=now)
    return spent


def _practice() -> Account:
    of = builders.professional()
    builders.agreement(of)
    return builders.account(of)
