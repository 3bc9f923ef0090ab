"""Staff open a guardian's account, confide persons to it, and name the person whom no worker found (CGU-2.11)."""

import datetime

import pytest
from django.core import mail
from django.test import Client

from members.representation import deciding
from members.representation.models import Quality, Representation, State
from portals import jobs
from portals.access import isolation
from portals.access.models import Grant
from portals.accounts.models import Account
from portals.accounts.sessions import BEGAN
from portals.gestion.roles import Role
from privacy.models import Entry
from tests import builders
from tests.cast import Cast
from tests.members.representation import objects
from tests.pages import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-2.11")]

OPEN = "/gestion/members/representation/comptes/ouvrir/"
ADD = "/gestion/members/representation/personnes/ajouter/"
BORN = "14/03/1980"


@pytest.fixture
def agent(db: None, client: Client) -> Client:
    return builders.enter_gestion(client, builders.colleague(Role.AGENT))


def judgment_of(cast: Cast, account: Account, **changes: object) -> dict[str, object]:
    return {
        "identifier": account.identifier, "member_number": cast.bob.household.member_number, "birth_date": BORN,
        "quality": "guardian", "scope": "act", "start_date": "01/09/2026", "end_date": "31/08/2031", **changes,
    }  # fmt: skip


def unmatched(account: Account) -> Representation:
    """A request whose designation fits nobody, as the worker leaves it."""
    with isolation.system():
        row = Representation.objects.get(pk=objects.draft_of(account))
        row.state, row.asked_at = State.ASKED, row.created_at
        row.save()
    return row


def test_from_the_account_to_the_person(agent: Client, cast: Cast) -> None:
    answer = agent.post(OPEN, {"display_name": "Judith Kerbrat", "email": "judith@example.org"})
    opened = Account.objects.get(email="judith@example.org")
    assert opened.second_factor_asked
    page = agent.get(answer.headers["Location"])
    assert opened.identifier in page.content.decode()
    shown = agent.post(ADD, judgment_of(cast, opened))
    assert "Bob Tanguy" in words_of(shown.content.decode())
    assert not Grant.objects.filter(account=opened).exists(), "nobody is confided before a name was ticked"
    assert Entry.objects.filter(action="representation.person_shown", object_id=str(cast.bob.pk)).exists()
    answer = agent.post(ADD, judgment_of(cast, opened, person=cast.bob.pk))
    assert answer.headers["Location"] == f"/gestion/portals/account/{opened.pk}/change/"
    assert Grant.objects.get(account=opened).closes_on == datetime.date(2031, 9, 1)
    jobs.run_due()
    told = [message.subject for message in mail.outbox if message.to == ["judith@example.org"]]
    assert len(told) == 3


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"identifier": "1234567897"}, "Aucun compte ouvert"),
        ({"birth_date": "15/03/1980"}, "Personne n’a ce numéro"),
        ({"end_date": ""}, "Le jugement fixe une durée"),
        ({"start_date": "01/09/2031"}, "pas encore venu"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field(
    changes: dict[str, object], words: str, agent: Client, cast: Cast, guardian: Account
) -> None:
    page = agent.post(ADD, judgment_of(cast, guardian, person=cast.bob.pk, **changes))
    assert words in words_of(page.content.decode())
    assert not Grant.objects.filter(account=guardian).exists()


def test_nobody_else_than_those_shown_can_be_taken(agent: Client, cast: Cast, guardian: Account) -> None:
    agent.post(ADD, judgment_of(cast, guardian, person=cast.alice.pk))
    assert not Grant.objects.filter(account=guardian).exists()


def test_the_same_person_is_not_confided_twice(agent: Client, cast: Cast, guardian: Account) -> None:
    agent.post(ADD, judgment_of(cast, guardian, person=cast.bob.pk))
    page = agent.post(ADD, judgment_of(cast, guardian, person=cast.bob.pk))
    assert "agit déjà pour cette personne" in words_of(page.content.decode())
    assert Grant.objects.filter(account=guardian).count() == 1


def test_delegating_asks_for_a_fresh_proof(agent: Client) -> None:
    session = agent.session
    session[BEGAN] = session[BEGAN] - 600
    session.save()
    for address in (OPEN, ADD):
        assert agent.get(address).headers["Location"].startswith("/compte/confirmer/"), address


def test_staff_name_the_person_whom_the_worker_did_not_find(agent: Client, cast: Cast) -> None:
    made = unmatched(cast.alice_account)
    page = f"/gestion/members/representation/{made.pk}"
    assert f"{page}/designer/" in agent.get(f"{page}/change/").content.decode()
    search = {"member_number": cast.bob.household.member_number, "birth_date": BORN}
    assert "Bob Tanguy" in words_of(agent.post(f"{page}/designer/", search).content.decode())
    assert agent.post(f"{page}/designer/", {**search, "person": cast.bob.pk}).status_code == 302
    with isolation.system():
        made.refresh_from_db()
    assert (made.person_id, made.state) == (cast.bob.pk, State.ASKED)
    assert not Grant.objects.filter(account=cast.alice_account, subject_id=cast.bob.pk).exists()
    jobs.run_due()
    assert [m.subject for m in mail.outbox if m.to == [cast.bob_account.email]] == [
        "Quelqu’un demande à vous représenter"
    ]
    again = agent.post(f"{page}/designer/", {**search, "person": cast.bob.pk})
    assert "désigne déjà une personne" in words_of(again.content.decode())


@pytest.mark.parametrize(
    "role", [Role.AUDITOR, Role.DPO, Role.SECURITY, Role.MEDICAL_ADVISER], ids=lambda role: role.name
)
def test_no_other_role_delegates(role: Role, cast: Cast) -> None:
    made = unmatched(cast.alice_account)
    client = builders.enter_gestion(Client(), builders.colleague(role))
    for address in (OPEN, ADD, f"/gestion/members/representation/{made.pk}/designer/"):
        assert client.get(address).status_code == 403, address
        assert client.post(address, judgment_of(cast, cast.alice_account)).status_code == 403, address


def test_a_person_already_designated_is_not_replaced(cast: Cast, staff: Account) -> None:
    made = unmatched(cast.alice_account)
    deciding.designate(by=staff, representation=made, person=cast.bob)
    with pytest.raises(deciding.AlreadyDesignated):
        deciding.designate(by=staff, representation=made, person=cast.home.samir)
    assert Quality(made.quality) == Quality.AGENT
