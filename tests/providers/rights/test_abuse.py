"""A stolen account at the door: stopped at the stated limits, with an incident, and nobody else slowed down."""

import datetime
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from members.card.models import Card
from members.coverage.models import Cover
from members.rights.models import RightsLook
from portals import jobs
from portals.access import isolation
from portals.access.actions import lift
from portals.access.models import Restriction
from portals.accounts.models import Account
from portals.gestion.roles import Role
from privacy.audit.models import Entry
from privacy.breaches.models import Incident
from providers.rights.models import RightsLookup
from tests import builders
from tests.cast import Cast
from tests.providers.rights.counter import ADDRESS, ask, heading_of, lookups

pytestmark = pytest.mark.commitment("PDP-7.6", "CGU-3.24")
LONG = datetime.timedelta(minutes=4)
"""Between two questions: a session may have ended meanwhile."""
SECOND = datetime.timedelta(seconds=1)


def play(
    client: Client, clock: time_machine.Traveller, times: int, *, every: datetime.timedelta, **typed: Any
) -> list[int]:
    """The statuses of so many questions; `{n}` in what is typed is their rank. Stops at the first that is refused."""
    statuses = []
    for n in range(times):
        if every > LONG:
            builders.sign_in(client, Account.objects.get(pk=client.session["_auth_user_id"]))
        said = {name: value.format(n=n, day=1 + n % 28, month=1 + n // 28) for name, value in typed.items()}
        statuses.append(ask(client, **{"member_number": "48217736", "birth_date": "01/02/1991"} | said).status_code)
        if statuses[-1] == 403:
            break
        clock.shift(every)
    return statuses


def patterns() -> list[str]:
    return [entry.details["pattern"] for entry in Entry.objects.filter(action="rights.abuse_found").order_by("id")]


@pytest.mark.usefixtures("minutes_pass")
def test_two_hundred_lookups_in_ten_minutes_are_stopped_at_the_hundredth(
    cast: Cast, counter: Client, clock: time_machine.Traveller
) -> None:
    statuses = play(
        counter, clock, 200, every=3 * SECOND, birth_date=f"{cast.home.ines.birth_date:%d/%m/%Y}", day="09/10/2026"
    )
    assert statuses.count(200) == 99
    assert statuses[-1] == 403
    assert patterns() == ["burst"]
    assert counter.get(ADDRESS).status_code in {302, 403}
    assert len(lookups()) == 100
    assert Incident.objects.count() == 1


@pytest.mark.usefixtures("minutes_pass")
def test_the_question_that_crosses_a_line_shows_nothing_and_is_no_look(
    cast: Cast, counter: Client, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("providers.rights.rules.LOOKUPS_IN_TEN_MINUTES", 3)
    for _ in range(2):
        assert heading_of(ask(counter, cast.home.ines)).startswith("Oui")
        clock.shift(3 * SECOND)
    crossing = ask(counter, cast.home.ines)
    assert crossing.status_code == 403
    assert "Inès" not in crossing.content.decode()
    with isolation.system():
        assert set(RightsLook.objects.values_list("reference", flat=True)) == {"V-261009-0001", "V-261009-0002"}
    assert [lookup.found for lookup in lookups()] == [True, True, True]
    refused = Entry.objects.filter(action="rights.looked_up").latest("id")
    assert (refused.result, refused.object_id) == ("refused", "")


@pytest.mark.usefixtures("minutes_pass")
def test_the_enumeration_of_numbers_is_stopped_at_the_tenth(
    cast: Cast, counter: Client, clock: time_machine.Traveller
) -> None:
    statuses = play(counter, clock, 20, every=5 * 60 * SECOND, member_number="4821{n:04d}")
    assert statuses == [200] * 9 + [403]
    assert patterns() == ["numbers_tried"]


@pytest.mark.usefixtures("minutes_pass")
def test_the_enumeration_of_dates_is_stopped_at_the_fifth(
    cast: Cast, counter: Client, clock: time_machine.Traveller
) -> None:
    statuses = play(counter, clock, 20, every=20 * 60 * SECOND, birth_date="{day:02d}/03/1991")
    assert statuses == [200] * 4 + [403]
    assert patterns() == ["dates_tried"]


@pytest.mark.usefixtures("minutes_pass")
def test_a_slow_drip_is_stopped_within_the_week(cast: Cast, counter: Client, clock: time_machine.Traveller) -> None:
    statuses = play(
        counter, clock, 100, every=datetime.timedelta(hours=2, minutes=41), member_number="4821{n:04d}",
        birth_date="{day:02d}/{month:02d}/1991",
    )  # fmt: skip
    assert statuses == [200] * 59 + [403]
    assert patterns() == ["misses_in_a_week"]


@pytest.mark.usefixtures("minutes_pass")
def test_a_day_of_misses_is_stopped_at_the_thirtieth(
    cast: Cast, counter: Client, clock: time_machine.Traveller
) -> None:
    statuses = play(
        counter, clock, 40, every=20 * 60 * SECOND, member_number="4821{n:04d}", birth_date="{day:02d}/{month:02d}/1991"
    )
    assert statuses == [200] * 29 + [403]
    assert patterns() == ["misses_in_a_day"]


@pytest.mark.usefixtures("minutes_pass")
def test_a_volume_beyond_the_habit_of_the_practice_is_stopped(
    cast: Cast, counter: Client, clock: time_machine.Traveller
) -> None:
    with isolation.system():
        RightsLookup.objects.bulk_create(
            RightsLookup(
                professional=cast.professional, account_id=cast.professional_account.pk, reference=f"T{n}", found=True,
                at=timezone.now() - datetime.timedelta(days=1 + n // 15), on_day=timezone.localdate(), number_key=b"",
            )
            for n in range(15 * 14)
        )  # fmt: skip
    statuses = play(counter, clock, 80, every=20 * SECOND, birth_date=f"{cast.home.ines.birth_date:%d/%m/%Y}")
    assert statuses == [200] * 60 + [403]
    assert patterns() == ["volume"]


@pytest.mark.usefixtures("minutes_pass")
def test_a_card_replayed_after_its_end_is_stopped_at_the_tenth(
    cast: Cast, counter: Client, clock: time_machine.Traveller
) -> None:
    alice = builders.sign_in(Client(), cast.alice_account)
    assert alice.post("/adherent/carte/etablir/").status_code == 302
    with isolation.system():
        card = Card.objects.latest("id")
        Cover.objects.filter(household=cast.alice.household_id).update(end_date=datetime.date(2026, 10, 8))
    statuses = play(counter, clock, 20, every=30 * SECOND, scan=card.payload)
    assert statuses == [200] * 9 + [403]
    assert patterns() == ["misses_at_once"]
    assert Incident.objects.count() == 1


@pytest.mark.usefixtures("minutes_pass")
def test_misses_at_once_are_stopped_at_the_tenth(cast: Cast, counter: Client, clock: time_machine.Traveller) -> None:
    statuses = play(counter, clock, 20, every=30 * SECOND, member_number="4821{n:04d}", birth_date="{day:02d}/03/1991")
    assert statuses == [200] * 9 + [403]
    assert patterns() == ["misses_at_once"]


@pytest.mark.usefixtures("minutes_pass")
def test_a_night_of_lookups_is_stopped_after_the_twentieth(
    cast: Cast, counter: Client, clock: time_machine.Traveller
) -> None:
    clock.move_to(datetime.datetime(2026, 10, 9, 21, tzinfo=datetime.UTC))
    builders.sign_in(counter, cast.professional_account)
    statuses = play(counter, clock, 30, every=60 * SECOND, birth_date=f"{cast.home.ines.birth_date:%d/%m/%Y}")
    assert statuses == [200] * 20 + [403]
    assert patterns() == ["night"]


def test_a_family_of_five_and_patients_born_on_one_day_are_no_attack(cast: Cast, counter: Client) -> None:
    house = cast.home
    for _ in range(5):
        for person in (house.alice, house.samir, house.lina, house.ines):
            assert ask(counter, person).status_code == 200
    assert not Restriction.objects.exists()


def test_the_whole_practice_is_stopped_told_and_reported_and_nobody_else(
    cast: Cast, counter: Client, clock: time_machine.Traveller
) -> None:
    mate = builders.account(cast.professional)
    colleague = builders.sign_in(Client(), cast.colleague_account)
    helper = builders.sign_in(Client(), mate)
    for n in range(5):
        last = ask(counter if n % 2 else helper, member_number="48217736", birth_date=f"{n + 1:02d}/03/1991")
    assert last.status_code == 403
    assert "plusieurs dates de naissance essayées pour un même numéro" in last.content.decode()
    assert set(Restriction.objects.values_list("account_id", "by")) == {
        (mate.pk, None), (cast.professional_account.pk, None),
    }  # fmt: skip
    incident = Incident.objects.get()
    assert (incident.source, incident.kind, incident.account_id) == ("rights_lookup", "lookup_abuse", mate.pk)
    assert incident.reference == f"DR-2026-{lookups()[-1].pk}"
    mail.outbox.clear()
    jobs.run_due()
    assert {"cabinet@example.org", mate.email, cast.professional_account.email} <= {
        address for message in mail.outbox for address in message.to
    }
    assert heading_of(ask(colleague, cast.home.ines)).startswith("Oui")


@pytest.mark.usefixtures("minutes_pass")
def test_accounts_of_one_practice_enumerate_together(
    cast: Cast, counter: Client, clock: time_machine.Traveller
) -> None:
    mates = [counter, *(builders.sign_in(Client(), builders.account(cast.professional)) for _ in range(2))]
    statuses = []
    for n in range(10):
        answered = ask(mates[n % 3], member_number=f"4821{n:04d}", birth_date="01/02/1991")
        statuses.append(answered.status_code)
        clock.shift(40 * SECOND)
    assert statuses == [200] * 9 + [403]
    assert patterns() == ["numbers_tried"]


def test_an_account_that_comes_later_is_no_way_around(cast: Cast, counter: Client) -> None:
    for n in range(5):
        ask(counter, member_number="48217736", birth_date=f"{n + 1:02d}/03/1991")
    newcomer = builders.sign_in(Client(), builders.account(cast.professional))
    assert ask(newcomer, cast.home.ines).status_code == 403
    assert newcomer.get("/professionnel/factures/").status_code == 200


def test_staff_lift_it_and_what_they_have_judged_is_not_counted_again(cast: Cast, counter: Client) -> None:
    for n in range(5):
        ask(counter, member_number="48217736", birth_date=f"{n + 1:02d}/03/1991")
    restriction = Restriction.objects.get()
    lift(by=builders.colleague(Role.SECURITY), restriction=restriction, reason="Une stagiaire se trompait.")
    builders.sign_in(counter, Account.objects.get(pk=cast.professional_account.pk))
    assert ask(counter, member_number="48217736", birth_date="06/03/1991").status_code == 200
    assert ask(counter, cast.home.ines).status_code == 200


def test_the_thirty_first_of_a_minute_waits(cast: Cast, counter: Client, clock: time_machine.Traveller) -> None:
    for _ in range(30):
        assert ask(counter, cast.home.ines).status_code == 200
    over = ask(counter, cast.home.ines)
    assert over.status_code == 429
    assert over["Retry-After"] == "60"
    assert len(lookups()) == 30


def test_the_three_hundred_and_first_of_a_day_waits_for_midnight(
    cast: Cast, counter: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("providers.rights.actions.A_DAY", 3)
    for _ in range(3):
        assert ask(counter, cast.home.ines).status_code == 200
    over = ask(counter, cast.home.ines)
    assert over.status_code == 429
    assert over["Retry-After"] == str(12 * 3600)
    assert "reprenez demain à 0\u00a0h" in over.content.decode()
