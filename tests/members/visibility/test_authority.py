"""Separated parents: each sees the child, unless a judgment names one; nothing of the other's account is told."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse

from members.households.choices.actions import NotBegun, record_authority
from members.households.choices.models import Exercise, ParentalAuthority
from members.households.models import Person
from members.representation import deciding
from members.representation.grants import open_grants, recognise_parents
from members.representation.models import Ending, Quality, Representation, State
from members.statements.actions import issue_month
from members.statements.contents import printed
from members.statements.models import Statement
from portals.access import isolation
from portals.access.models import Grant
from portals.accounts.models import Account
from portals.gestion.roles import Role
from privacy.audit.models import Entry
from tests import builders
from tests.cast import Cast
from tests.pages import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("october"), pytest.mark.commitment("PDP-1.2")]
D = datetime.date
TODAY = D(2026, 10, 9)
LINE = "Détartrage d’Inès"
ADDING = "admin:members_parentalauthority_add"


def judged(child: Person, parent: Person | None, *, by: Exercise = Exercise.ONE) -> ParentalAuthority:
    return record_authority(
        by=builders.staff(), child=child, exercised_by=by, parent=parent, judgment_reference="RG 25/01234",
        judgment_date=D(2026, 9, 1), start_date=D(2026, 10, 1),
    )  # fmt: skip


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return words_of(answer.content.decode())


def signed_in(account: Account) -> Client:
    return builders.sign_in(Client(), account)


def other_parent(cast: Cast) -> Client:
    """Bob, of another household, is Inès's other parent and represents her."""
    deciding.add_person(
        by=builders.staff(), account=cast.bob_account, person=cast.home.ines, quality=Quality.PARENT,
        start_date=D(2026, 9, 1), end_date=None,
    )  # fmt: skip
    client = signed_in(cast.bob_account)
    grant = Grant.objects.get(account=cast.bob_account, subject_id=cast.home.ines.pk)
    assert client.post("/compte/personnes/", {"grant": grant.pk}).status_code == 302
    return client


def test_the_other_parent_sees_the_care_and_nothing_of_the_members_account(cast: Cast) -> None:
    client, line = other_parent(cast), cast.home.ines_line
    assert line.paid_to == "insured"
    assert LINE in page(client, "/adherent/prestations/")
    detail = page(client, f"/adherent/prestations/{line.pk}/")
    assert "L’autre parent" in detail
    assert line.payment_ref not in detail
    assert "Date Ne vous est pas montrée" in detail
    file = b"".join(client.get("/adherent/prestations.csv")).decode("utf-8-sig")
    assert LINE in file
    assert "Autre parent" in file
    assert line.payment_ref not in file
    home = page(client, "/adherent/")
    assert "aucun versement pour le moment" in home
    assert "Derniers versements Aucun versement pour le moment." in home


def test_the_member_who_acts_for_their_child_is_told_of_their_own_account(cast: Cast) -> None:
    with isolation.system():
        recognise_parents(today=TODAY, now=datetime.datetime.now(datetime.UTC))
        open_grants(today=TODAY)
    client = signed_in(cast.alice_account)
    grant = Grant.objects.get(account=cast.alice_account, subject_id=cast.home.ines.pk)
    client.post("/compte/personnes/", {"grant": grant.pk})
    assert cast.home.ines_line.payment_ref in page(client, f"/adherent/prestations/{cast.home.ines_line.pk}/")


def test_a_judgment_closes_every_page_to_the_parent_without_authority(cast: Cast) -> None:
    alice, line = signed_in(cast.alice_account), cast.home.ines_line
    assert LINE in page(alice, "/adherent/prestations/")
    judged(cast.home.ines, None)
    told = page(alice, "/adherent/prestations/")
    assert LINE not in told
    assert "Pour Inès, un jugement réserve le détail des soins à l’autre parent." in told
    assert alice.get(f"/adherent/prestations/{line.pk}/").status_code == 404
    assert "Remboursement de Inès" in page(alice, "/adherent/")


def test_the_judged_parent_of_the_household_sees_without_asking(cast: Cast) -> None:
    judged(cast.home.ines, cast.home.samir)
    samir = signed_in(cast.home.samir_account)
    assert LINE in page(samir, "/adherent/prestations/")
    assert cast.home.ines_line.payment_ref not in page(samir, f"/adherent/prestations/{cast.home.ines_line.pk}/")
    assert "Inès Benali" in page(samir, "/adherent/qui-voit-mes-soins/")
    judged(cast.home.ines, None, by=Exercise.BOTH)
    assert LINE not in page(samir, "/adherent/prestations/")
    assert LINE in page(signed_in(cast.alice_account), "/adherent/prestations/")


def test_a_judgment_ends_the_representation_of_the_other_parent_and_refuses_a_new_one(cast: Cast) -> None:
    client = other_parent(cast)
    judged(cast.home.ines, cast.alice)
    left = client.get("/adherent/prestations/")
    assert left.headers["Location"] == "/compte/personnes/", "he chooses again, and she is not there"
    with isolation.system():
        row = Representation.objects.get(account=cast.bob_account)
    assert (row.state, row.ending) == (State.ENDED, Ending.STAFF)
    with pytest.raises(deciding.NoAuthority):
        other_parent(cast)


def test_nobody_recognises_the_member_against_a_judgment(cast: Cast) -> None:
    judged(cast.home.ines, cast.bob)
    with isolation.system():
        assert recognise_parents(today=TODAY, now=datetime.datetime.now(datetime.UTC)) == 0
    judged(cast.home.ines, None, by=Exercise.BOTH)
    with isolation.system():
        assert recognise_parents(today=TODAY, now=datetime.datetime.now(datetime.UTC)) == 1


def test_a_judgment_to_come_waits_for_its_day(cast: Cast) -> None:
    with pytest.raises(NotBegun):
        record_authority(
            by=builders.staff(), child=cast.home.ines, exercised_by=Exercise.BOTH, parent=None, judgment_reference="RG",
            judgment_date=TODAY, start_date=TODAY + datetime.timedelta(days=1),
        )  # fmt: skip


@pytest.mark.commitment("CGU-3.7")
def test_statements_follow_the_judgment_and_hide_the_members_account(cast: Cast, october: object) -> None:
    judged(cast.home.ines, cast.home.samir)
    october.move_to(datetime.datetime(2026, 11, 3, 9, tzinfo=datetime.UTC))  # type: ignore[attr-defined]  # a traveller
    issue_month(month=D(2026, 10, 1), by=None)
    with isolation.system():
        samir, alice = (printed(Statement.objects.get(recipient=of)) for of in (cast.home.samir, cast.alice))
    assert [person.first_name for person in samir.persons] == ["Samir", "Inès"]
    assert [person.first_name for person in alice.persons] == ["Alice"]
    assert {name for name, _ in alice.others} == {"Samir Benali", "Inès Benali"}
    about_ines = next(person for person in samir.persons if person.first_name == "Inès")
    assert [who for _, who in about_ines.told_lines] == [cast.home.ines_line.professional_name]
    told = sum(payment.amount for payment in samir.payments)
    assert told == cast.home.samir_line.mutual_amount, "the payment of Inès's care is the other parent's"


def test_staff_write_a_judgment_down_once_and_for_all(cast: Cast, client: Client) -> None:
    builders.enter_gestion(client, builders.colleague(Role.AGENT))
    answers = {
        "child_ref": cast.home.ines.person_ref, "exercised_by": "one", "parent_ref": cast.alice.person_ref,
        "judgment_reference": "JAF Lorient 25/00417", "judgment_date": "01/09/2026", "start_date": "01/10/2026",
    }  # fmt: skip
    for wrong in (
        {"child_ref": "personne"}, {"child_ref": cast.bob.person_ref}, {"parent_ref": "personne"},
        {"parent_ref": cast.home.ines.person_ref}, {"exercised_by": "both"}, {"start_date": "01/12/2026"},
        {"start_date": "01/01/2026"}, {"judgment_reference": ""},
    ):  # fmt: skip
        assert client.post(reverse(ADDING), {**answers, **wrong}).status_code == 200, wrong
    assert client.post(reverse(ADDING), answers).status_code == 302
    with isolation.system():
        row = ParentalAuthority.objects.get()
    assert (row.child_id, row.parent_id, row.household_id) == (
        cast.home.ines.pk, cast.alice.pk, cast.alice.household_id,
    )  # fmt: skip
    address = reverse("admin:members_parentalauthority_change", args=[row.pk])
    shown = client.get(address).content.decode()
    assert "JAF Lorient 25/00417" in shown
    assert client.post(address, {**answers, "judgment_reference": "autre"}).status_code == 403
    assert Entry.objects.filter(action="parental_authority.recorded", object_id=str(cast.home.ines.pk)).exists()
