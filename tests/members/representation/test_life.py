"""The life of a representation of each quality: it opens, it ends by itself or at once, and time alone closes it."""

import datetime

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from members.representation import actions, deciding
from members.representation.actions import close_what_is_over
from members.representation.grants import open_grants, recognise_parents
from members.representation.matching import on_operation
from members.representation.models import Ending, Quality, Representation, State
from portals import jobs
from portals.access import isolation
from portals.access.models import Grant
from portals.accounts.models import Account
from portals.jobs.models import Job
from privacy.audit.models import Entry
from tests import builders
from tests.cast import Cast
from tests.members.representation.conftest import TODAY, bare_account, represent

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-2.11")]
D = datetime.date


def at(day: datetime.date) -> time_machine.travel:
    return time_machine.travel(datetime.datetime(day.year, day.month, day.day, 10, tzinfo=datetime.UTC), tick=False)


def night(day: datetime.date) -> int:
    with isolation.system():
        return close_what_is_over(today=day, now=timezone.now())


def state_of(row: Representation) -> tuple[str, str]:
    with isolation.system():
        row.refresh_from_db()
    return row.state, row.ending


def acting(client: Client, account: Account, grant: Grant) -> Client:
    builders.sign_in(client, account)
    client.post("/compte/personnes/", {"grant": grant.pk})
    return client


@pytest.mark.parametrize("quality", [Quality.GUARDIAN, Quality.CURATOR, Quality.FAMILY, Quality.PROXY, Quality.AGENT])
def test_an_adult_is_represented_until_the_last_day_and_time_alone_closes_it(
    quality: Quality, cast: Cast, guardian: Account, staff: Account, client: Client
) -> None:
    made = represent(guardian, cast.bob, staff, quality=quality, end=D(2026, 12, 31))
    guardian.refresh_from_db()
    assert guardian.second_factor_asked
    with at(D(2026, 12, 31)):
        acting(client, guardian, made.grant)
        assert client.get("/adherent/").status_code == 200
    with at(D(2027, 1, 1)):
        builders.sign_in(client, guardian)
        assert client.get("/adherent/").status_code in {302, 403}, "before any nightly round"
        assert night(D(2027, 1, 1)) == 1
        assert night(D(2027, 1, 1)) == 0
    assert state_of(made.representation) == (State.ENDED, Ending.DATE)


def test_a_parent_reads_until_eighteen_and_acts_from_sixteen_on_if_the_minor_wants(
    cast: Cast, staff: Account, client: Client
) -> None:
    with isolation.system():
        assert recognise_parents(today=TODAY, now=timezone.now()) == 1
        assert recognise_parents(today=TODAY, now=timezone.now()) == 0
        assert open_grants(today=TODAY) == 1
        assert open_grants(today=TODAY) == 0
        made = Representation.objects.get()
    assert (made.account_id, made.person_id, made.is_automatic) == (cast.alice_account.pk, cast.home.ines.pk, True)
    grant = Grant.objects.get(subject_id=cast.home.ines.pk)
    assert (grant.closes_on, grant.consult_only) == (D(2034, 5, 20), False)
    cast.alice_account.refresh_from_db()
    assert not cast.alice_account.second_factor_asked, "a parent needs no second factor"
    with at(D(2032, 5, 20)):
        assert night(D(2032, 5, 20)) == 0
        grant.refresh_from_db()
        assert not grant.consult_only, "without an account of the minor, nothing changes at sixteen"
        own = builders.sign_in(Client(), builders.account(cast.home.ines, email="ines@example.org"))
        assert night(D(2032, 5, 20)) == 0
        grant.refresh_from_db()
        assert grant.consult_only
        acting(client, cast.alice_account, grant)
        assert client.get("/adherent/prestations/").status_code == 200
        assert own.post(f"/adherent/representation/{made.pk}/prolonger/").status_code == 302
    assert state_of(made) == (State.ACCEPTED, "")
    grant.refresh_from_db()
    assert (grant.closes_on, grant.revoked_at, grant.consult_only) == (D(2034, 5, 20), None, False)
    with at(D(2034, 5, 20)):
        assert night(D(2034, 5, 20)) == 1
    assert state_of(made) == (State.ENDED, Ending.MAJORITY)


def test_nobody_prolongs_in_the_name_of_the_minor(cast: Cast, staff: Account, client: Client) -> None:
    with isolation.system():
        recognise_parents(today=TODAY, now=timezone.now())
        open_grants(today=TODAY)
        made = Representation.objects.get()
    acting(client, cast.alice_account, Grant.objects.get(subject_id=cast.home.ines.pk))
    for step in ("prolonger", "retirer", "contester"):
        assert client.post(f"/adherent/representation/{made.pk}/{step}/").status_code == 404


def test_an_account_that_opens_finds_its_children(cast: Cast) -> None:
    on_operation(action="account.validated", by=cast.alice_account)
    assert jobs.run_due() >= 1
    assert Grant.objects.filter(account=cast.alice_account, subject_id=cast.home.ines.pk).exists()


def test_what_ended_is_not_given_back_by_the_night(cast: Cast, staff: Account) -> None:
    with isolation.system():
        recognise_parents(today=TODAY, now=timezone.now())
        open_grants(today=TODAY)
        made = Representation.objects.get()
    deciding.end_by_staff(by=staff, representation=made)
    night(TODAY)
    assert Grant.objects.get(subject_id=cast.home.ines.pk).revoked_at is not None
    with isolation.system():
        assert Representation.objects.count() == 1


def test_an_end_is_felt_at_the_next_request(cast: Cast, guardian: Account, staff: Account, client: Client) -> None:
    made = represent(guardian, cast.bob, staff)
    acting(client, guardian, made.grant)
    assert client.get("/adherent/prestations/").status_code == 200
    deciding.end_by_staff(by=staff, representation=made.representation)
    assert client.get("/adherent/prestations/").headers["Location"] == "/compte/personnes/"
    assert state_of(made.representation) == (State.ENDED, Ending.STAFF)


def test_a_grant_withdrawn_by_somebody_else_ends_the_representation(
    cast: Cast, guardian: Account, staff: Account
) -> None:
    made = represent(guardian, cast.bob, staff)
    Grant.objects.filter(account=guardian).update(revoked_at=timezone.now())
    assert night(TODAY) == 1
    assert state_of(made.representation) == (State.ENDED, Ending.STAFF)


def test_it_closes_two_years_after_the_persons_cover_and_is_read_only_meanwhile(
    cast: Cast, guardian: Account, staff: Account, client: Client
) -> None:
    made = represent(guardian, cast.bob, staff, end=D(2040, 1, 1))
    with isolation.system():
        cast.bob.covers.update(end_date=D(2026, 9, 30))
    night(TODAY)
    assert (made.grant.ended_on, made.grant.closes_on) == (D(2026, 9, 30), D(2028, 9, 30))
    with at(D(2028, 9, 30)):
        assert night(D(2028, 9, 30)) == 1
    assert state_of(made.representation) == (State.ENDED, Ending.COVER)


def test_both_are_told_at_each_step_and_nobody_is_named(
    cast: Cast, guardian: Account, staff: Account, mailoutbox: list[object]
) -> None:
    made = represent(guardian, cast.bob, staff)
    deciding.end_by_staff(by=staff, representation=made.representation)
    kinds = Job.objects.filter(kind__startswith="representation.told").values_list("kind", flat=True)
    assert sorted(kinds) == sorted(["representation.told_person", "representation.told_representative"] * 2)
    jobs.run_due()
    messages = [f"{message.subject} {message.body}" for message in mailoutbox]  # type: ignore[attr-defined]
    assert {message.to[0] for message in mailoutbox} == {guardian.email, cast.bob_account.email}  # type: ignore[attr-defined]
    assert not [text for text in messages if "Bob" in text or "Tanguy" in text or "Kerbrat" in text]


def test_nobody_represents_themself_nor_the_same_person_twice(cast: Cast, guardian: Account, staff: Account) -> None:
    with pytest.raises(deciding.AlreadyRepresented), transaction.atomic():
        represent(cast.bob_account, cast.bob, staff)
    represent(guardian, cast.bob, staff)
    with pytest.raises(deciding.AlreadyRepresented), transaction.atomic():
        represent(guardian, cast.bob, staff)


def test_a_guardianship_without_a_term_or_already_over_is_not_accepted(
    cast: Cast, guardian: Account, staff: Account
) -> None:
    with pytest.raises(deciding.NoTerm), transaction.atomic():
        represent(guardian, cast.bob, staff, end=None)
    with pytest.raises(deciding.AlreadyOver), transaction.atomic():
        represent(guardian, cast.bob, staff, end=D(2026, 10, 8))
    with pytest.raises(IntegrityError), transaction.atomic(), isolation.system():
        Representation.objects.create(
            reference="r", account=guardian, person=cast.bob, household_id=cast.bob.household_id, quality="guardian",
            start_date=TODAY, state="accepted", decided_at=timezone.now(),
        )  # fmt: skip


def test_staff_open_the_account_of_a_guardian_who_is_not_insured(
    cast: Cast, staff: Account, mailoutbox: list[object]
) -> None:
    account = deciding.open_representative_account(by=staff, email="kerbrat@example.org", display_name="Judith Kerbrat")
    assert account.second_factor_asked
    assert not Grant.objects.filter(account=account).exists()
    jobs.run_due()
    assert len(mailoutbox) == 2
    made = represent(account, cast.bob, staff)
    assert made.grant.consult_only is False
    entry = Entry.objects.get(action="representation.accepted")
    assert entry.account_id == staff.pk
    assert entry.details == {"account": account.pk, "person": cast.bob.pk}


def test_the_rows_are_shown_to_both_and_to_nobody_else(cast: Cast, guardian: Account, staff: Account) -> None:
    represent(guardian, cast.bob, staff)
    stranger = bare_account("Quelqu’un d’autre")
    for values, count in (
        ({"app.household": str(cast.bob.household_id)}, 1),
        ({"app.account": str(guardian.pk)}, 1),
        ({"app.account": str(stranger.pk)}, 0),
        ({"app.household": str(cast.alice.household_id)}, 0),
        ({}, 0),
    ):
        isolation.apply(values)
        assert Representation.objects.count() == count, values
    isolation.apply({})


def test_contesting_is_kept_and_ends_nothing_by_itself(cast: Cast, guardian: Account, staff: Account) -> None:
    made = represent(guardian, cast.bob, staff, quality=Quality.CURATOR)
    client = builders.sign_in(Client(), cast.bob_account)
    page = client.get("/adherent/representation/").content.decode()
    assert guardian.display_name in page
    answer = client.post(
        f"/adherent/representation/{made.representation.pk}/contester/", {"words": "La mesure est levée."}
    )
    assert answer.status_code == 302
    assert state_of(made.representation)[0] == State.ACCEPTED
    assert made.representation.contest == "La mesure est levée."
    assert "Contestée" in client.get("/adherent/representation/").content.decode()


def test_a_curator_takes_nothing_from_the_persons_own_account(cast: Cast, guardian: Account, staff: Account) -> None:
    before = builders.sign_in(Client(), cast.bob_account).get("/adherent/prestations/").content.count(b"<tr")
    represent(guardian, cast.bob, staff, quality=Quality.CURATOR)
    own = builders.sign_in(Client(), cast.bob_account)
    assert own.get("/adherent/prestations/").content.count(b"<tr") == before
    assert own.get("/adherent/").status_code == 200


def test_a_representative_gives_up(cast: Cast, guardian: Account, staff: Account, client: Client) -> None:
    made = represent(guardian, cast.bob, staff)
    acting(client, guardian, made.grant)
    answer = client.post(f"/adherent/representation/{made.representation.pk}/renoncer/")
    assert answer.headers["Location"] == "/compte/personnes/"
    assert state_of(made.representation) == (State.ENDED, Ending.GIVEN_UP)
    with pytest.raises(actions.NotAsked):
        actions.end(by=guardian, representation=made.representation, why=Ending.GIVEN_UP)
