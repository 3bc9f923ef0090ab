"""From 16 to 18, the minor says which parents see their care: at once, dated, journalled, and as often as they like."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from members.benefits.models import BenefitLine
from members.export.contents import member_files
from members.households.choices.models import CareChoice
from members.households.models import Person, Role
from members.representation import deciding
from members.representation.models import Ending, Quality, Representation, State
from portals.access import isolation
from portals.access.models import Grant
from portals.accounts.models import Account
from privacy.audit.models import Entry
from tests import builders
from tests.cast import Cast
from tests.pages import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("october"), pytest.mark.commitment("PDP-1.2")]
D = datetime.date
WATCHERS = "/adherent/qui-voit-mes-soins/"
LINE = "Analyse de Noé"


@pytest.fixture
def noe(cast: Cast) -> Person:
    """Noé, 16, on Alice's contract, with a line paid on Alice's account."""
    person = builders.person(
        cast.alice.household, role=Role.CHILD, family_name="Benali", given_names="Noé", birth_date=D(2010, 5, 20)
    )
    with isolation.system():
        builders.cover(cast.alice.covers.get().policy, person)
    builders.benefit(person, act_label=LINE, act_code="B", family="LABO", mutual_amount="37.00")
    return person


@pytest.fixture
def own(noe: Person) -> Client:
    return builders.sign_in(Client(), builders.account(noe))


@pytest.fixture
def parent(cast: Cast) -> Client:
    return builders.sign_in(Client(), cast.alice_account)


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return words_of(answer.content.decode())


def tell(client: Client, parent: Person, *, shows: bool) -> int:
    return client.post(f"{WATCHERS}parents/{parent.pk}/", {"shows": "yes" if shows else "no"}).status_code


def csv(client: Client) -> str:
    return b"".join(client.get("/adherent/prestations.csv")).decode("utf-8-sig")


def line_of(person: Person) -> BenefitLine:
    with isolation.system():
        return BenefitLine.objects.get(person=person)


def test_parents_see_until_something_else_is_chosen(cast: Cast, noe: Person, own: Client, parent: Client) -> None:
    assert LINE in page(parent, "/adherent/prestations/")
    told = page(own, WATCHERS)
    assert "Alice Le Goff voit vos soins." in told
    assert "Parent, adhérent du contrat" in told
    assert "jusqu’au 20\u00a0mai\u00a02028 à 0\u00a0h" in told


def test_what_is_hidden_leaves_every_page_of_the_parent_at_once(
    cast: Cast, noe: Person, own: Client, parent: Client
) -> None:
    line = line_of(noe)
    assert parent.get(f"/adherent/prestations/{line.pk}/").status_code == 200
    assert tell(own, cast.alice, shows=False) == 302
    for address in ("/adherent/", "/adherent/prestations/"):
        told = page(parent, address)
        assert LINE not in told
        assert "Noé" in told, "the parent is told that something arrived for Noé, without the care"
    assert "37,00" in page(parent, "/adherent/"), "what arrived on the parent's account"
    assert LINE not in csv(parent)
    assert "37,00" not in csv(parent)
    assert parent.get(f"/adherent/prestations/{line.pk}/").status_code == 404
    assert LINE in page(own, "/adherent/prestations/")
    assert "Vous êtes la seule personne à voir vos soins." in page(own, WATCHERS)


def test_it_is_undone_at_once_dated_and_journalled(cast: Cast, noe: Person, own: Client, parent: Client) -> None:
    tell(own, cast.alice, shows=False)
    tell(own, cast.alice, shows=False)
    tell(own, cast.alice, shows=True)
    assert LINE in page(parent, "/adherent/prestations/")
    with isolation.system():
        rows = list(CareChoice.objects.order_by("id").values_list("person", "parent", "shows", "replaced_at"))
    assert [(person, who, shows, replaced is None) for person, who, shows, replaced in rows] == [
        (noe.pk, cast.alice.pk, False, False), (noe.pk, cast.alice.pk, True, True),
    ]  # fmt: skip
    actions = Entry.objects.filter(action__startswith="care.").exclude(action="care.watchers_listed")
    assert list(actions.order_by("id").values_list("action", "object_id")) == [
        ("care.hidden", str(noe.pk)), ("care.shown", str(noe.pk)),
    ]  # fmt: skip
    changed = page(own, WATCHERS)
    assert "Ne plus lui montrer" in changed
    assert "Ne voit plus vos soins depuis votre choix du 9\u00a0octobre\u00a02026" in changed


def test_the_page_of_the_parent_tells_nothing_of_the_choice(
    cast: Cast, noe: Person, own: Client, parent: Client
) -> None:
    assert "Noé Benali" in page(parent, WATCHERS)
    tell(own, cast.alice, shows=False)
    told = page(parent, WATCHERS)
    assert "Noé" not in told
    assert "Inès Benali" in told


@pytest.mark.parametrize(("day", "sees"), [(D(2028, 5, 19), True), (D(2028, 5, 20), False)])
def test_at_eighteen_nobody_else_sees(cast: Cast, noe: Person, own: Client, day: datetime.date, sees: bool) -> None:
    tell(own, cast.alice, shows=True)
    with time_machine.travel(datetime.datetime(day.year, day.month, day.day, 10, tzinfo=datetime.UTC), tick=False):
        parent = builders.sign_in(Client(), cast.alice_account)
        assert (LINE in page(parent, "/adherent/prestations/")) == sees


def test_nobody_else_chooses_and_not_about_just_anybody(cast: Cast, noe: Person, own: Client, parent: Client) -> None:
    assert tell(own, cast.bob, shows=False) == 404
    assert tell(own, noe, shows=False) == 404
    assert tell(parent, cast.home.samir, shows=False) == 404, "an adult has nothing to choose"
    with isolation.system():
        assert not CareChoice.objects.exists()


def test_a_parent_who_acts_for_the_child_does_not_choose_in_their_place(cast: Cast, noe: Person) -> None:
    acting = _representing(noe, cast.home.samir_account)
    assert "Qui voit ses soins" in page(acting, WATCHERS)
    assert tell(acting, cast.alice, shows=False) == 404


def test_who_hides_from_a_parent_is_not_represented_by_them_any_more(cast: Cast, noe: Person, own: Client) -> None:
    _represent(noe, cast.alice_account)
    tell(own, cast.alice, shows=False)
    assert _state(noe) == (State.ENDED, Ending.CHOICE)
    assert Grant.objects.get(account=cast.alice_account, subject_id=noe.pk).revoked_at is not None
    with pytest.raises(deciding.StoppedByMinor):
        _represent(noe, cast.alice_account)


def test_whom_a_minor_lets_act_sees_again(cast: Cast, noe: Person, own: Client, parent: Client) -> None:
    row = _represent(noe, cast.alice_account)
    tell(own, cast.alice, shows=False)
    assert own.post(f"/adherent/representation/{row.pk}/prolonger/").status_code == 302
    assert _state(noe) == (State.ACCEPTED, "")
    assert LINE in page(parent, "/adherent/prestations/")


def test_a_parent_who_represents_is_stopped_and_let_in_again(cast: Cast, noe: Person, own: Client) -> None:
    row = _represent(noe, cast.home.samir_account)
    address = f"{WATCHERS}representants/{row.pk}/"
    assert "Samir Benali" in page(own, WATCHERS)
    assert own.post(address, {"shows": "no"}).status_code == 302
    assert _state(noe) == (State.ENDED, Ending.CHOICE)
    assert "Lui montrer de nouveau" in page(own, WATCHERS)
    assert own.post(address, {"shows": "yes"}).status_code == 302
    assert _state(noe) == (State.ACCEPTED, "")
    grant = Grant.objects.get(account=cast.home.samir_account, subject_id=noe.pk)
    assert grant.revoked_at is None
    assert own.post(address, {"shows": "yes"}).status_code == 404, "already let in"


def test_the_archive_has_the_choices(cast: Cast, noe: Person, own: Client) -> None:
    tell(own, cast.alice, shows=False)
    assert "choix-de-montrer-mes-soins.csv" in _archive_of(noe)
    assert "choix-de-montrer-mes-soins.csv" not in _archive_of(cast.alice)


def test_the_page_costs_the_same_with_much_care(cast: Cast, own: Client, noe: Person) -> None:
    page(own, WATCHERS)
    with CaptureQueriesContext(
        connection,
    ) as few:
        page(own, WATCHERS)
    for _ in range(30):
        builders.benefit(noe)
    with CaptureQueriesContext(connection) as many:
        page(own, WATCHERS)
    assert len(few) == len(many) <= 12


def _archive_of(person: Person) -> set[str]:
    with isolation.system():
        grant = Grant.objects.get(space="adherent", basis="cover", subject_id=person.pk)
        files = list(member_files(grant))
    for _, content in files:
        if not isinstance(content, str | bytes):
            content.close()
    return {name for name, _ in files}


def _represent(noe: Person, account: Account) -> Representation:
    return deciding.add_person(
        by=builders.staff(),
        account=account,
        person=noe,
        quality=Quality.PARENT,
        start_date=D(2026, 9, 1),
        end_date=None,
    )


def _representing(noe: Person, account: Account) -> Client:
    _represent(noe, account)
    client = builders.sign_in(Client(), account)
    client.post("/compte/personnes/", {"grant": Grant.objects.get(account=account, subject_id=noe.pk).pk})
    return client


def _state(noe: Person) -> tuple[str, str]:
    with isolation.system():
        row = Representation.objects.get(person=noe)
    return row.state, row.ending
