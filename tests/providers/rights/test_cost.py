"""What a question costs the database, and that a hit and a miss cost the same time."""

import dataclasses
import datetime
import re
import statistics
import time
from collections import Counter as Tally

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members.card.material import material_of
from members.coverage.models import Cover
from members.households.models import Person
from members.rights import answering
from members.rights.answering import Answer, Asker, RightsCard, answer
from members.rights.questions import Question, Scanned, Typed
from portals.access import isolation
from providers.rights import history
from providers.rights.history import Asking
from providers.rights.models import RightsLookup
from tests import builders
from tests.cast import Cast, build_cast
from tests.providers.rights.counter import ask
from tests.providers.rights.portfolio import fill, priced_plan, question_of

HOUSEHOLDS = 20_000
LARGE = ("members_cover", "members_person", "members_household", "members_policy", "members_card")
STATEMENTS = ["providers_rights_counter", "members_rights_asked", "privacy_entry", "providers_rightslookup"]
"""Of a question, beside what every page asks: where the practice stands, the answer, the journal, the row."""
ROUNDS = 120
ATTEMPTS = 5
ALIKE = 1.05
SCANS = "SELECT relname, seq_scan FROM pg_stat_xact_user_tables WHERE relname = ANY (%s)"


@pytest.fixture
def portfolio(cast: Cast) -> Cast:
    """Twenty thousand covers beside the cast's."""
    fill(HOUSEHOLDS, priced_plan())
    with connection.cursor() as cursor:  # the plans that this connection made for the few persons of another test
        cursor.execute("DISCARD PLANS")
    return cast


def answered(cast: Cast, question: Question, **options: bool) -> Answer:
    asker = Asker(cast.professional_account, "Cabinet du Port", "Opticien", "Lorient")
    return answer(
        question, day=timezone.localdate(), asked_by=asker, reference="V-261009-0001", at=timezone.now(), **options
    )


def scans(*tables: str) -> Tally[str]:
    """The sequential scans of the running transaction, inside functions too."""
    with connection.cursor() as cursor:
        cursor.execute(SCANS, [list(tables)])
        return Tally(dict(cursor.fetchall()))


@pytest.mark.parametrize(
    "question",
    [
        question_of(10_000),
        Typed("R99999999", datetime.date(1960, 1, 1)),
        dataclasses.replace(question_of(9), birth_date=datetime.date(1930, 1, 1)),
        Scanned("C26000000001", "R00000009"),
    ],
    ids=["a hit", "an unknown number", "another date", "an unknown card"],
)
def test_a_question_is_answered_by_indexes_only(portfolio: Cast, question: Question) -> None:
    before = scans(*LARGE)
    answered(portfolio, question)
    assert scans(*LARGE) == before


def test_the_past_of_a_practice_is_read_by_indexes(cast: Cast) -> None:
    now = timezone.now()
    with isolation.system():
        RightsLookup.objects.bulk_create(
            RightsLookup(
                professional=cast.professional, account_id=1, at=now - datetime.timedelta(minutes=10 * n),
                reference=f"T{n}", on_day=now.date(), found=n % 10 != 0, number_key=n.to_bytes(32), date_key=None,
            )
            for n in range(6000)
        )  # fmt: skip
        before = scans("providers_rightslookup")
        history.counter_of(cast.professional.pk, now, asking=Asking(b"number", b"date"))
        history.habit_of(cast.professional.pk, now)
        assert scans("providers_rightslookup") == before


def test_a_question_is_few_statements(cast: Cast, counter: Client) -> None:
    ask(counter, member_number="48217736", birth_date="20/05/2016")
    with CaptureQueriesContext(connection) as captured:
        assert ask(counter, member_number="48217736", birth_date="20/05/2016").status_code == 200
    asked = [query["sql"] for query in captured]
    named = [re.search(r"(?:FROM|INTO) (\w+_(?:rights\w*|entry))", sql) for sql in asked]
    assert [found[1] for found in named if found] == STATEMENTS
    assert [sql for sql in asked if re.search(r'"(members_|providers_agreement)', sql)] == []


def own_cards(person: Person) -> tuple[RightsCard, ...]:
    """What the person's own page makes of their card."""
    day = timezone.localdate()
    with isolation.system():
        material = material_of([person.household_id])
    policies = material.policies_of(person.household_id, [person.pk], day)
    made = (material.card_of(policy, person.pk, day) for policy in policies)
    return tuple(answering._shown(content) for content in made if content)


def test_the_answer_says_what_the_member_s_own_card_says(cast: Cast) -> None:
    home = cast.home
    with isolation.system():
        ended = Cover.objects.get(person=home.samir)
        ended.end_date = datetime.date(2026, 11, 30)
        ended.save()
        second = builders.policy(home.alice.household, start_date=datetime.date(2026, 2, 1))
        builders.cover(second, home.ines, start_date=datetime.date(2026, 3, 1))
        numbers = {one.pk: one.household.member_number for one in (home.alice, home.samir, home.ines, cast.bob)}
    for person in (home.alice, home.samir, home.ines, cast.bob):
        said = answered(cast, Typed(numbers[person.pk], person.birth_date))
        assert said.is_found and said.cards == own_cards(person)
    assert len(own_cards(home.ines)) == 2


def test_what_is_withheld_shows_nothing_and_leaves_no_look(cast: Cast) -> None:
    with isolation.system():
        number = cast.home.ines.household.member_number
    withheld = answered(cast, Typed(number, cast.home.ines.birth_date), may_show=False)
    assert withheld == Answer(is_found=True, cards=())
    with connection.cursor() as cursor, isolation.system():
        cursor.execute("SELECT count(*) FROM members_rightslook")
        assert cursor.fetchall() == [(0,)]


@pytest.mark.commitment("CGU-3.24")
def test_a_hit_and_a_miss_take_the_same_time(transactional_db: None) -> None:
    """Committed rows: what a transaction has still to check would slow down what is taken back in it."""
    people = build_cast()
    fill(HOUSEHOLDS, priced_plan())
    worst, medians = 9.0, {}
    for _ in range(ATTEMPTS):  # a busy machine may disturb one round, not every one
        times: dict[str, list[float]] = {"hit": [], "wrong date": [], "unknown number": []}
        for n in range(ROUNDS):
            for rank, kind in enumerate(sorted(times, key=lambda kind: (len(kind) * n) % 7)):
                question = asked_as(kind, question_of(1 + (3 * n + rank) * 31 % HOUSEHOLDS))
                with transaction.atomic():
                    began = time.perf_counter()
                    said = answered(people, question)
                    times[kind].append(time.perf_counter() - began)
                assert said.is_found == (kind == "hit")
        medians = {kind: statistics.median(taken) for kind, taken in times.items()}
        worst = min(worst, max(medians.values()) / min(medians.values()))
        if worst <= ALIKE:
            break
    assert worst <= ALIKE, medians


def asked_as(kind: str, right: Typed) -> Typed:
    if kind == "wrong date":
        return dataclasses.replace(right, birth_date=right.birth_date + datetime.timedelta(days=1))
    return dataclasses.replace(right, member_number=f"Z{right.member_number}") if kind == "unknown number" else right
