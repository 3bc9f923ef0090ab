"""A termination from its request to its effect, and the way back."""

import datetime
import io
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from pypdf import PdfReader

from members.card.models import Card
from members.coverage.models import Cover, Policy
from members.termination.actions import NotRunning, acknowledge, refuse
from members.termination.models import State, Termination
from portals.access import isolation
from portals.access.models import Grant
from portals.feeds import load
from portals.jobs import run_due
from privacy.models import Entry
from tests import builders
from tests.builders import feed_files
from tests.cast import Cast
from tests.members.termination.objects import termination_of
from tests.newcomer import mails
from tests.pages import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("october")]

PAGE = "/adherent/resilier/"
D = datetime.date
LAST = D(2026, 11, 9)


def words(client: Client, address: str = PAGE) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return words_of(response.content.decode())


def policy_of(cast: Cast) -> Policy:
    with isolation.system():
        return Policy.objects.get(household=cast.alice.household)


def the_termination() -> Termination:
    with isolation.system():
        return Termination.objects.get()


def ask(cast: Cast, client: Client, **answers: str) -> None:
    address = f"{PAGE}contrats/{policy_of(cast).pk}/"
    assert client.post(address, {"is_understood": "on", **answers})["Location"] == PAGE


def move_past_the_end(october: time_machine.Traveller) -> None:
    october.move_to(datetime.datetime(2026, 11, 9, 22, 59, tzinfo=datetime.UTC))
    run_due()
    assert the_termination().state == State.ASKED
    october.move_to(datetime.datetime(2026, 11, 9, 23, 1, tzinfo=datetime.UTC))  # 10 November, 0 h 01 in Paris
    run_due()


def test_what_it_changes_is_said_before(cast: Cast, alice: Client) -> None:
    page = words(alice, f"{PAGE}contrats/{policy_of(cast).pk}/")
    assert "prend fin le 9\u00a0novembre\u00a02026 au soir" in page
    for name in ("Alice Le Goff", "Samir Benali", "Lina Benali", "Inès Benali"):
        assert name in page
    assert "Garder mon contrat" in page


def test_it_is_asked_confirmed_and_followed(cast: Cast, alice: Client) -> None:
    ask(cast, alice)
    row = the_termination()
    assert (row.state, row.ends_on) == (State.ASKED, LAST)
    (letter,) = mails()
    assert letter.subject == "Nous avons reçu votre demande de résiliation"
    assert "2026" not in str(letter.body)
    page = words(alice)
    assert row.number in page
    assert "Votre contrat prend fin le 9\u00a0novembre\u00a02026 au soir" in page
    assert "Télécharger la confirmation" in page


def test_nothing_is_asked_without_having_read(cast: Cast, alice: Client) -> None:
    response = alice.post(f"{PAGE}contrats/{policy_of(cast).pk}/", {"ends_on": "31/12/2026"})
    assert "Cochez la case" in words_of(response.content.decode())
    with isolation.system():
        assert not Termination.objects.exists()


@pytest.mark.commitment("CGU-3.26")
def test_nothing_is_asked_without_a_fresh_proof(cast: Cast, alice: Client, october: time_machine.Traveller) -> None:
    october.shift(6 * 60)
    response = alice.post(f"{PAGE}contrats/{policy_of(cast).pk}/", {"is_understood": "on"})
    assert response["Location"].startswith("/compte/confirmer/")


def test_a_later_day_may_be_chosen(cast: Cast, alice: Client) -> None:
    ask(cast, alice, ends_on="31/12/2026")
    assert the_termination().ends_on == D(2026, 12, 31)


def test_a_day_too_soon_is_refused_with_the_right_ones(cast: Cast, alice: Client) -> None:
    response = alice.post(f"{PAGE}contrats/{policy_of(cast).pk}/", {"is_understood": "on", "ends_on": "31/10/2026"})
    assert "entre le 9\u00a0novembre\u00a02026 et le 9\u00a0octobre\u00a02027" in words_of(response.content.decode())


@pytest.mark.commitment("CGU-7.3")
def test_on_its_day_the_policy_ends_and_covers_cards_and_accesses_follow(
    cast: Cast, alice: Client, october: time_machine.Traveller
) -> None:
    alice.post("/adherent/carte/etablir/")
    ask(cast, alice)
    move_past_the_end(october)
    policy = policy_of(cast)
    assert (policy.end_date, policy.end_reason, policy.ended_here_on) == (LAST, "résiliation", LAST)
    with isolation.system():
        assert set(Cover.objects.filter(policy=policy).values_list("end_date", flat=True)) == {LAST}
        grants = Grant.objects.filter(tenant_id=cast.alice.household_id, space="adherent")
        assert {(grant.ended_on, grant.closes_on) for grant in grants} == {(LAST, D(2028, 11, 9))}
        run_due()
        assert not Card.objects.filter(revoked_at=None, valid_to__gt=LAST).exists()
    assert the_termination().state == State.DONE
    alice = builders.sign_in(Client(), cast.alice_account)
    assert "Contrat terminé" in words(alice)


def test_files_that_do_not_know_yet_do_not_open_it_again(
    cast: Cast, alice: Client, october: time_machine.Traveller, tmp_path: Path
) -> None:
    ask(cast, alice)
    move_past_the_end(october)
    policy = policy_of(cast)
    with isolation.system():
        plan = policy.plan.plan_code
    row = {
        "policy_number": policy.policy_number, "member_number": "48217736", "plan_code": plan,
        "start_date": policy.start_date.isoformat(), "end_date": "", "end_reason": "",
    }  # fmt: skip
    cover = {"policy_number": policy.policy_number, "person_ref": cast.alice.person_ref,
             "start_date": policy.start_date.isoformat(), "end_date": ""}  # fmt: skip
    load("policies", feed_files.write(tmp_path / "policies.csv", [row]))
    load("covers", feed_files.write(tmp_path / "covers.csv", [cover]))
    assert policy_of(cast).end_date == LAST
    with isolation.system():
        assert Cover.objects.get(person=cast.alice).end_date == LAST
    load("policies", feed_files.write(tmp_path / "policies.csv", [{**row, "end_date": "2026-12-31"}]))
    policy = policy_of(cast)
    assert (policy.end_date, policy.ended_here_on) == (D(2026, 12, 31), None)


def test_it_is_cancelled_until_its_last_day(cast: Cast, alice: Client, october: time_machine.Traveller) -> None:
    ask(cast, alice)
    october.move_to(datetime.datetime(2026, 11, 9, 20, tzinfo=datetime.UTC))
    alice = builders.sign_in(Client(), cast.alice_account)
    assert alice.post(f"{PAGE}{the_termination().pk}/annuler/")["Location"] == PAGE
    october.move_to(datetime.datetime(2026, 11, 10, 20, tzinfo=datetime.UTC))
    run_due()
    assert the_termination().state == State.CANCELLED
    assert policy_of(cast).end_date is None


def test_once_it_is_cancelled_it_may_be_asked_again(cast: Cast, alice: Client) -> None:
    ask(cast, alice)
    alice.post(f"{PAGE}{the_termination().pk}/annuler/")
    ask(cast, alice)
    with isolation.system():
        assert sorted(Termination.objects.values_list("state", flat=True)) == ["asked", "cancelled"]


def test_the_confirmation_is_a_document_of_ours(cast: Cast, alice: Client) -> None:
    ask(cast, alice)
    response = alice.post(f"{PAGE}{the_termination().pk}/confirmation.pdf")
    text = " ".join(PdfReader(io.BytesIO(response.content)).pages[0].extract_text().split()).replace("\u00a0", " ")
    for said in (the_termination().number, "9 novembre 2026", "SA48217736", "2019-733"):
        assert said in text


def test_a_group_contract_refers_to_the_employer(cast: Cast, alice: Client) -> None:
    with isolation.system():
        Policy.objects.filter(household=cast.alice.household).update(group_contract="GC00001")
    assert "C’est un contrat collectif" in words(alice)
    assert alice.get(f"{PAGE}contrats/{policy_of(cast).pk}/")["Location"] == PAGE


def test_a_dependant_cannot_and_is_not_told_of_it(cast: Cast, client: Client) -> None:
    row = termination_of(cast.alice_account, cast.alice)
    samir = builders.sign_in(client, cast.home.samir_account)
    assert row.number not in words(samir)
    for address in (f"{PAGE}{row.pk}/annuler/", f"{PAGE}{row.pk}/confirmation.pdf"):
        assert samir.post(address).status_code == 404


def test_another_household_knows_nothing_of_it(cast: Cast, client: Client) -> None:
    row = termination_of(cast.alice_account, cast.alice)
    bob = builders.sign_in(client, cast.bob_account)
    assert bob.get(f"{PAGE}contrats/{row.policy_id}/").status_code == 404
    assert bob.post(f"{PAGE}{row.pk}/annuler/").status_code == 404


def test_staff_take_it_in_hand_or_say_why_not(cast: Cast, alice: Client) -> None:
    by = builders.staff()
    row = termination_of(cast.alice_account, cast.alice)
    acknowledge(by=by, termination=row)
    assert "Prise en charge" in words(alice)
    mails()
    refuse(by=by, termination=row, reason="Ce contrat est celui de votre entreprise.")
    assert "Ce contrat est celui de votre entreprise." in words(alice)
    (letter,) = mails()
    assert "entreprise" not in str(letter.body)
    with pytest.raises(NotRunning):
        acknowledge(by=by, termination=row)


def test_every_step_is_in_the_journal(cast: Cast, alice: Client) -> None:
    ask(cast, alice)
    alice.post(f"{PAGE}{the_termination().pk}/annuler/")
    with isolation.system():
        actions = list(Entry.objects.filter(action__startswith="termination.").values_list("action", flat=True))
    assert actions == ["termination.asked", "termination.cancelled"]
