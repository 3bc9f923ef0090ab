"""An edition is made once a month, attacked, published or refused; and read by staff through its role alone."""

import csv
import datetime
import io
from dataclasses import replace

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connections, transaction
from django.db.utils import DatabaseError
from django.test import Client
from django.urls import reverse

from members.figures.benefits import SOURCE
from members.households.models import Person
from portals.access import isolation
from portals.declarations import Purpose
from portals.gestion.roles import Role
from portals.jobs import Job, run_due
from privacy import register
from privacy.audit.models import Entry
from privacy.desk.registry import sources
from privacy.register.assessments.actions import switch_off
from privacy.statistics import actions, facts, planned
from privacy.statistics.actions import AlreadyMade, MonthNotOver, make
from privacy.statistics.facts import Source, Told
from privacy.statistics.models import Edition, EditionState
from privacy.statistics.reading import Asked, cells_of, lines_of, months_of, words
from tests import builders
from tests.privacy.statistics.objects import MONTH, portfolio

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "statistics"]),
    pytest.mark.commitment("PDP-3.9"),
    pytest.mark.commitment("PDP-5.2"),
]
AUGUST = datetime.date(2025, 8, 1)


def leaky(first: datetime.date, last: datetime.date) -> Told:
    """A source that forgot to take a reference of a person out of its plans: its list of plans does not have it."""
    told = SOURCE.read(first, last)
    marked = [
        replace(one, atom=one.atom._replace(group=one.atom.group._replace(plan="80000001-1"))) for one in told.facts
    ]
    return replace(told, facts=marked, covered={})


def test_a_month_is_published_once_and_never_changes() -> None:
    portfolio()
    edition = make(source=SOURCE, month=MONTH, by=None)
    assert (edition.state, edition.reason) == (EditionState.PUBLISHED, "")
    assert edition.cells == len(cells_of("benefits", MONTH, MONTH)) > 5
    assert [one["passed"] for one in edition.verdicts] == [True] * 6
    with pytest.raises(AlreadyMade):
        make(source=SOURCE, month=MONTH, by=None)
    with connections["default"].cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute("SELECT statistics.publish('benefits', %s, '[]', '[]')", [MONTH])
    entry = Entry.objects.get(action="statistics.made")
    assert entry.details == {"month": "2025-07", "cells": edition.cells, "state": "published"}


def test_what_is_kept_has_no_number_of_a_person_and_no_day() -> None:
    portfolio()
    make(source=SOURCE, month=MONTH, by=None)
    with isolation.system():
        persons = list(Person.objects.values_list("person_ref", "household__member_number"))
    text = "\n".join(";".join(map(str, row)) for row in cells_of("benefits", MONTH, MONTH))
    assert not [ref for pair in persons for ref in pair if ref in text]
    assert {row[0] for row in cells_of("benefits", MONTH, MONTH)} == {MONTH}
    assert min(row[6] for row in cells_of("benefits", MONTH, MONTH)) >= 10


def test_an_edition_that_fails_an_attack_is_refused_and_the_officer_sees_why() -> None:
    portfolio()
    edition = make(source=Source("benefits", "Essai", leaky), month=MONTH, by=None)
    assert edition.state == EditionState.REFUSED
    assert edition.reason.startswith("Ni identifiant, ni pseudonyme")
    assert months_of("benefits") == []
    desk = {source.code: source for source in sources()}["statistics"]
    (due,) = desk.dues(AUGUST)
    client = builders.enter_gestion(Client(), builders.colleague(Role.DPO))
    page = client.get(due.url)
    assert "est refusée" in page.text
    assert "Échec" in page.text
    assert "80000001-1" not in page.text
    client.post(reverse("admin:privacy_edition_again", args=[edition.pk]))
    run_due([actions.MAKE])
    assert Edition.objects.filter(month=MONTH).count() == 2
    assert desk.dues(AUGUST) == []
    assert months_of("benefits") == [MONTH]


def test_a_month_that_is_not_over_and_a_month_of_few_people_are_not_published() -> None:
    with time_machine.travel(datetime.datetime(2025, 7, 31, 12, tzinfo=datetime.UTC)), pytest.raises(MonthNotOver):
        make(source=SOURCE, month=MONTH, by=None)
    portfolio(3)
    assert make(source=SOURCE, month=MONTH, by=None).state == EditionState.EMPTY
    assert months_of("benefits") == []


@pytest.mark.commitment("PDP-4.9")
def test_nothing_is_folded_while_the_processing_is_off() -> None:
    portfolio(30)
    switch_off(by=builders.colleague(Role.DPO), code=Purpose.STATISTICS, reason="Essai")
    with pytest.raises(register.NotRunning):
        make(source=SOURCE, month=MONTH, by=None)
    actions.promise(MONTH)
    run_due([actions.MAKE])
    assert Edition.objects.count() == 0


def test_the_schedule_promises_the_month_before() -> None:
    planned.run(datetime.datetime(2025, 8, 12, 1, 50, tzinfo=datetime.UTC))
    assert [job.key for job in Job.objects.filter(kind=actions.MAKE)] == ["benefits 2025-07"]


def test_two_editions_say_nothing_that_one_person_made() -> None:
    """The job itself, for two months that follow one another."""
    portfolio()
    make(source=SOURCE, month=MONTH, by=None)
    with isolation.system(), connections["default"].cursor() as cursor:
        cursor.execute("UPDATE members_benefitline SET payment_date = '2025-08-04' WHERE id % 3 = 0")
    second = make(source=SOURCE, month=AUGUST, by=None)
    assert second.state == EditionState.PUBLISHED
    (differencing,) = [one for one in second.verdicts if one["code"] == "differencing"]
    assert differencing["passed"]


@pytest.fixture
def published() -> Edition:
    portfolio()
    return make(source=SOURCE, month=MONTH, by=None)


def test_staff_read_them_along_each_axis_and_take_them_away(published: Edition) -> None:
    client = builders.enter_gestion(Client(), builders.colleague(Role.COMMUNICATION))
    address = reverse("admin:privacy_edition_figures")
    known = words()
    for axis in ("family", "age", "sex", "region", "plan", "month"):
        lines = lines_of(Asked("benefits", MONTH, MONTH, axis), known)
        page = client.get(address, {"axe": axis}).text
        assert all(line.label.replace("’", "&#x27;") in page or line.label in page for line in lines)
        assert sum(line.mutual for line in lines) == sum(row[-1] for row in cells_of("benefits", MONTH, MONTH))
    assert client.get(address, {"axe": "person"}).context["lines"] is None
    assert client.get(address, {"axe": "age", "famille": "DENT"}).context["lines"]
    answer = client.get(reverse("admin:privacy_edition_export"), {"du": "2025-07", "au": "2025-07"})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 1 + published.cells
    assert Entry.objects.filter(action="statistics.exported").count() == 1


def test_only_the_officer_has_a_refused_month_tried_again(published: Edition) -> None:
    Edition.objects.filter(pk=published.pk).update(state=EditionState.REFUSED)
    published.refresh_from_db()
    with pytest.raises(PermissionDenied):
        actions.ask_again(by=builders.colleague(Role.COMMUNICATION), edition=published)


def test_the_last_edition_is_on_the_officers_desk(published: Edition) -> None:
    desk = {source.code: source for source in sources()}["statistics"]
    found = desk.facts(AUGUST)
    assert found is not None
    assert found.pairs[0] == ("Dernier mois publié", "juillet\u00a02025")
    assert found.pairs[2] == ("Vérifications passées", "6 sur 6")
    assert facts.source_of("benefits") is SOURCE
