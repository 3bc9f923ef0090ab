"""The intermediate archive: once access is closed, the ordinary roles no longer read; its readers do, and leave a line."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse

from members.models import Cover
from portals.access import isolation
from portals.gestion.roles import Role
from privacy.audit.models import Entry
from privacy.retention.models import Archived
from privacy.retention.running import ask, perform
from tests import builders
from tests.cast import Cast
from tests.members.representation.objects import representation
from tests.members.termination.objects import termination_of
from tests.privacy.retention.worlds import end_contracts

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner", "eraser"]),
    pytest.mark.commitment("CGU-8.5"),
    pytest.mark.commitment("PDP-3.12"),
]
ENDED = datetime.date(2024, 3, 31)
CLOSES = datetime.date(2026, 3, 31)


def run(day: datetime.date) -> None:
    with isolation.system():
        asked = ask(day=day)
    perform(asked.pk)


def archived() -> set[int]:
    with isolation.system():
        return set(Archived.objects.values_list("subject_id", flat=True))


def opened_by(role: Role, address: str) -> int:
    client = Client()
    builders.enter_gestion(client, builders.colleague(role))
    return client.get(address).status_code


def test_a_person_enters_on_the_day_their_access_closes_and_leaves_when_covered_again(cast: Cast) -> None:
    end_contracts(ENDED)
    run(CLOSES - datetime.timedelta(days=1))
    assert archived() == set()
    run(CLOSES)
    assert cast.alice.pk in archived()
    with isolation.system():
        Cover.objects.filter(person=cast.alice).update(end_date=None)
    run(CLOSES + datetime.timedelta(days=1))
    assert cast.alice.pk not in archived()
    assert cast.bob.pk in archived()


@pytest.mark.commitment("PDP-7.3")
def test_an_agent_no_longer_sees_what_the_auditor_and_the_dpo_read(cast: Cast) -> None:
    asked = representation(of=cast.home.lina, by=cast.alice_account)
    page = reverse("admin:members_representation_change", args=[asked])
    account = reverse("admin:portals_account_change", args=[cast.alice_account.pk])
    for role in (Role.AGENT, Role.DPO, Role.AUDITOR):
        assert opened_by(role, page) == 200
    end_contracts(ENDED)
    run(CLOSES)
    assert not Entry.objects.filter(action="gestion.archive_read").exists()
    for address in (page, account):
        assert opened_by(Role.AGENT, address) in {302, 404}
        assert opened_by(Role.AUDITOR, address) == 200
        assert opened_by(Role.DPO, address) == 200
    assert Entry.objects.filter(action="gestion.archive_read").count() == 4
    listed = Client()
    builders.enter_gestion(listed, builders.colleague(Role.AGENT))
    assert page not in listed.get(reverse("admin:members_representation_changelist")).content.decode()


def test_a_page_about_somebody_who_is_covered_stays_open(cast: Cast) -> None:
    end_contracts(ENDED)
    with isolation.system():
        Cover.objects.filter(person__in=[cast.bob]).update(end_date=None)
    run(CLOSES)
    assert opened_by(Role.AGENT, reverse("admin:portals_account_change", args=[cast.bob_account.pk])) == 200


def test_a_row_about_a_household_is_shown_once_while_one_of_its_persons_is_covered(cast: Cast) -> None:
    ended = termination_of(cast.alice_account, cast.alice)
    page = reverse("admin:members_termination_change", args=[ended.pk])
    end_contracts(ENDED)
    with isolation.system():
        Cover.objects.filter(person=cast.home.ines).update(end_date=None)
    run(CLOSES)
    assert opened_by(Role.AGENT, page) == 200
    with isolation.system():
        Cover.objects.filter(person=cast.home.ines).update(end_date=ENDED)
    run(CLOSES + datetime.timedelta(days=1))
    assert opened_by(Role.AGENT, page) in {302, 404}
    assert opened_by(Role.AUDITOR, page) == 200
