"""Availability: planned maintenances are announced on every page, incidents leave a log that proves (CGU-4.1, 4.2, 5.4)."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from portals.editorial.availability.actions import AlreadyOver, EndsTooEarly, cancel, end, note
from portals.editorial.availability.models import Interruption, Nature
from portals.editorial.availability.queries import minutes_away
from portals.editorial.availability.rules import duration_in_words, time_away
from portals.gestion.roles import Role
from tests import builders
from tests.cast import Cast
from tests.pages import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-4.1", "CGU-4.2", "CGU-5.4")]

HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
BANNER = "les espaces seront fermés du"


def at(day: int, hour: int = 0, minute: int = 0) -> datetime.datetime:
    return datetime.datetime(2026, 3, day, hour, minute, tzinfo=datetime.UTC)


def maintenance(begins_in: datetime.timedelta) -> Interruption:
    begins = timezone.now() + begins_in
    return note(
        by=builders.colleague(Role.SECURITY), nature=Nature.MAINTENANCE, begins_at=begins, ends_at=begins + 2 * HOUR,
        impact="Tous les espaces.",
    )  # fmt: skip


def incident(since: datetime.timedelta) -> Interruption:
    return note(
        by=builders.colleague(Role.SECURITY), nature=Nature.INCIDENT, begins_at=timezone.now() - since, ends_at=None,
        impact="La connexion échouait.",
    )  # fmt: skip


def test_a_planned_maintenance_is_announced_on_every_page_seven_days_before(client: Client, cast: Cast) -> None:
    row = maintenance(6 * DAY)
    assert BANNER in client.get("/connexion/").text
    assert "Tous les espaces." in client.get("/disponibilite/").text
    builders.sign_in(client, cast.alice_account)
    assert BANNER in client.get("/adherent/").text
    cancel(by=builders.colleague(Role.SECURITY), row=row)
    assert BANNER not in client.get("/adherent/").text


def test_a_maintenance_further_away_is_on_its_page_alone(client: Client, cast: Cast) -> None:
    maintenance(8 * DAY)
    assert BANNER not in client.get("/connexion/").text
    assert "Tous les espaces." in client.get("/disponibilite/").text
    builders.sign_in(client, cast.alice_account)
    assert BANNER not in client.get("/adherent/").text


def test_an_incident_says_when_it_began_ended_and_what_it_stopped(client: Client) -> None:
    row = incident(3 * HOUR)
    page = words_of(client.get("/disponibilite/").text)
    assert "en cours" in page and "La connexion échouait." in page and "cas fortuits" in page
    end(by=builders.colleague(Role.SECURITY), row=row, ends_at=row.begins_at + datetime.timedelta(minutes=95))
    assert "1\u00a0h\u00a035" in client.get("/disponibilite/").text
    assert minutes_away(30) == 95
    with pytest.raises(AlreadyOver):
        end(by=builders.colleague(Role.SECURITY), row=row, ends_at=timezone.now())


def test_an_incident_stays_in_the_log_and_a_maintenance_says_its_end() -> None:
    boss = builders.colleague(Role.SECURITY)
    with pytest.raises(AlreadyOver):
        cancel(by=boss, row=incident(HOUR))
    with pytest.raises(EndsTooEarly):
        note(by=boss, nature=Nature.MAINTENANCE, begins_at=timezone.now(), ends_at=None, impact="x")


def test_the_log_is_a_document_that_can_be_checked(client: Client) -> None:
    incident(3 * HOUR)
    answer = client.get("/disponibilite/journal.pdf")
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF")
    from portals.documents.verification.models import IssuedDocument

    assert IssuedDocument.objects.get().kind == "availability.log"


def test_security_notes_and_ends_an_incident_from_the_page(client: Client) -> None:
    builders.enter_gestion(client, builders.colleague(Role.SECURITY))
    said = {"nature": "incident", "begins_at": "02/03/2026 09:00", "ends_at": "", "impact": "La connexion échouait."}
    assert client.post("/gestion/portals/interruption/noter/", said).status_code == 302
    row = Interruption.objects.get()
    assert row.begins_at == at(2, 8)
    address = f"/gestion/portals/interruption/{row.pk}/terminer/"
    assert client.post(address, {"ends_at": "01/03/2026 09:00"}).status_code == 200
    assert client.post(address, {"ends_at": "02/03/2026 10:30"}).status_code == 302
    row.refresh_from_db()
    assert row.ends_at == at(2, 9, 30)


@pytest.mark.parametrize(
    ("lasts", "words"),
    [
        (datetime.timedelta(seconds=20), "1\u00a0min"),
        (datetime.timedelta(minutes=59), "59\u00a0min"),
        (HOUR, "1\u00a0h"),
        (DAY - datetime.timedelta(minutes=1), "23\u00a0h\u00a059"),
        (DAY, "1\u00a0j"),
        (3 * DAY + 4 * HOUR, "3\u00a0j\u00a04\u00a0h"),
    ],
)
def test_how_long_it_lasted_is_said_in_words(lasts: datetime.timedelta, words: str) -> None:
    assert duration_in_words(at(1), at(1) + lasts) == words


def test_incidents_that_overlap_count_once() -> None:
    spans = [(at(1), at(1, 2)), (at(1, 1), at(1, 3)), (at(1, 1), at(1, 2)), (at(5), at(9))]
    assert time_away(spans, at(1), at(6)) == 3 * HOUR + DAY
