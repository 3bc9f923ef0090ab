"""« Qui a consulté mes données »: staff by function, professionals, representatives; one's own looks are counted."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.rights.models import RightsLook
from portals.access import isolation
from portals.accounts.models import Account
from portals.gestion import mode
from portals.gestion.roles import Role
from privacy.audit import record
from privacy.audit.searching import about_person, month_of
from privacy.looks import queries
from tests import builders
from tests.cast import Cast
from tests.pages import words_of
from tests.permissions.people import people_of
from tests.permissions.walks import leave

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("PDP-7.5")]

LOOKS = "/mes-donnees/acces/"


def page_for(account: Account, **asked: str | int) -> str:
    return words_of(builders.sign_in(Client(), account).get(LOOKS, asked).text)


def look_as_agent(address: str, motive: str = "request") -> Account:
    agent = builders.colleague(Role.AGENT, display_name="Hélène Martin")
    client = builders.enter_gestion(Client(), agent)
    session = client.session
    session[mode.MOTIVE] = motive
    session.save()
    assert client.get(address).status_code == 200
    return agent


def test_a_look_by_staff_is_told_by_function_with_its_reason_and_never_by_name(cast: Cast) -> None:
    agent = look_as_agent(reverse("admin:portals_account_change", args=[cast.alice_account.pk]))
    page = page_for(cast.alice_account)
    assert "ont été consultées 1 fois ce mois-ci" in page
    assert f"Agent {agent.pk}, Gestionnaire" in page and "répondre à une personne" in page
    assert "Martin" not in page
    assert "consultées" not in page_for(cast.bob_account).split("Qui a regardé")[0]


def test_what_the_person_does_is_counted_and_not_listed(cast: Cast) -> None:
    client = builders.sign_in(Client(), cast.alice_account)
    client.get(reverse("members:benefits"))
    answer = client.get(LOOKS)
    assert answer.context["told"].looks == []
    assert answer.context["told"].own == 1


def test_a_representative_is_told_by_name(cast: Cast) -> None:
    guardian = people_of(cast)["representative"]
    guardian.enter().get(reverse("members:benefits"))
    assert guardian.account is not None
    page = page_for(cast.alice_account)
    assert guardian.account.display_name in page and "au titre d’une représentation" in page


def test_a_professional_who_verified_rights_is_told_with_the_day_of_care(cast: Cast) -> None:
    with isolation.system():
        RightsLook.objects.create(
            household=cast.alice.household, person=cast.alice, on_day=datetime.date(2026, 10, 9), reference="DR-1",
            practice_name="Optique Lanvaux", profession="Opticien", place="Vannes",
        )  # fmt: skip
    page = page_for(cast.alice_account)
    assert "Optique Lanvaux, Vannes" in page and "réponse n°\u00a0DR-1" in page


def test_a_parent_reads_who_looked_at_a_young_child_and_at_no_adult(cast: Cast) -> None:
    client = builders.sign_in(Client(), cast.alice_account)
    assert client.get(LOOKS, {"personne": cast.home.ines.pk}).status_code == 200
    assert client.get(LOOKS, {"personne": cast.home.lina.pk}).status_code == 404
    assert client.get(LOOKS, {"personne": cast.bob.pk}).status_code == 404


@pytest.mark.parametrize("name", ["members:benefit", "members:benefits", "members:benefits_csv"])
def test_a_parent_who_sees_a_childs_care_is_found_by_the_child(cast: Cast, name: str) -> None:
    args = [cast.home.ines_line.pk] if name == "members:benefit" else []
    leave(builders.sign_in(Client(), cast.alice_account).get(reverse(name, args=args)))
    seen = queries.looks_at(about_person(cast.home.ines.pk), *month_of(timezone.localdate()))
    assert [entry.account_id for entry in seen] == [cast.alice_account.pk]


def test_what_was_refused_showed_nothing_and_is_not_a_look(cast: Cast) -> None:
    agent = builders.colleague(Role.AGENT)
    record("gestion.consulted", by=agent, result="refused", object_kind="person", object_id=cast.alice.pk)
    assert "Personne d’autre n’a consulté vos données" in page_for(cast.alice_account)


def test_an_employer_reads_who_looked_at_their_account(cast: Cast) -> None:
    look_as_agent(reverse("admin:portals_account_change", args=[cast.company_account.pk]), motive="")
    page = page_for(cast.company_account)
    assert "consultées 1 fois" in page and "raison non précisée" in page


def test_past_months_are_chosen_and_hold_their_own_looks(cast: Cast) -> None:
    look_as_agent(reverse("admin:portals_account_change", args=[cast.alice_account.pk]))
    Account.objects.filter(pk=cast.alice_account.pk).update(created_at=timezone.now() - datetime.timedelta(days=90))
    last = (timezone.localdate().replace(day=1) - datetime.timedelta(days=1)).strftime("%Y-%m")
    assert "Personne d’autre" in page_for(cast.alice_account, mois=last)
