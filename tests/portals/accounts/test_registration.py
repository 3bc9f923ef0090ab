"""From the sign-up form to the open space, in the browser's order."""

import datetime

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from portals.accounts.models import Account, AccountState
from portals.jobs.models import Job
from tests import builders
from tests.newcomer import (
    CHOSEN,
    accept_terms,
    choose_password,
    credentials,
    mails,
    sign_in,
    sign_up_as_member,
)

NORA = {
    "member_number": "60011234",
    "family_name": "L’Hénoret",
    "birth_date": "14/03/1980",
    "email": "nora@example.org",
}


@pytest.fixture
def nora(db: None) -> None:
    """Covered, known at an address that is not the one she types."""
    house = builders.household(member_number="60011234")
    person = builders.person(house, family_name="L’Hénoret", given_names="Nora", email="dossier@example.org")
    builders.cover(builders.policy(house), person)


@pytest.mark.commitment("CGU-1.2", "CGU-1.6", "CGU-2.1", "CGU-2.2", "CGU-2.3", "CGU-2.8", "CGU-2.9")
def test_a_member_signs_up_chooses_a_password_accepts_the_terms_and_enters(nora: None, client: Client) -> None:
    sign_up_as_member(client, **NORA)
    sent = mails()
    assert [message.to for message in sent] == [["dossier@example.org"]] * 2
    identifier, temporary = credentials(sent)
    account = Account.objects.get(identifier=identifier)
    assert account.state == AccountState.STARTED
    assert sign_in(client, identifier, temporary)["Location"] == "/adherent/"
    assert client.get("/adherent/")["Location"] == "/mot-de-passe/nouveau/"
    assert choose_password(client)["Location"] == "/adherent/"
    assert client.get("/adherent/")["Location"] == "/cgu/acceptation/"
    assert accept_terms(client)["Location"] == "/inscription/validation/"
    assert "est <b>ouvert</b>" in client.get("/inscription/validation/").text
    account.refresh_from_db()
    assert account.state == AccountState.VALIDATED
    assert [message.subject for message in mails()] == ["Votre espace est ouvert"]
    assert client.get("/adherent/").status_code == 200


@pytest.mark.commitment("CGU-2.2", "CGU-2.3")
def test_the_two_e_mails_are_separate_and_neither_names_the_person(nora: None, client: Client) -> None:
    sign_up_as_member(client, **NORA)
    first, second = mails()
    identifier, temporary = credentials([first, second])
    assert [first.subject, second.subject] == ["Votre identifiant", "Votre mot de passe provisoire"]
    for message, other_half in ((first, temporary), (second, identifier)):
        whole = message.message().as_string()
        html = message.alternatives[0].content  # type: ignore[attr-defined]  # sent with an HTML part
        for text in (str(message.body), str(html), message.subject):
            assert other_half not in text
            assert not any(word in text for word in ("Nora", "Hénoret", "60011234", "1980"))
        assert "/connexion/" in str(message.body) and "http" in whole


@pytest.mark.commitment("CGU-2.3")
def test_the_temporary_password_is_nowhere_but_in_its_e_mail(nora: None, client: Client) -> None:
    sign_up_as_member(client, **NORA)
    assert not Job.objects.filter(kind="account.temporary_password").exists()
    _, temporary = credentials(mails())
    account = Account.objects.get()
    assert account.password.startswith("argon2$argon2id$") and account.check_password(temporary)
    assert not [job for job in Job.objects.all() if temporary in f"{job.key}{job.error}"]


@pytest.mark.commitment("CGU-1.2")
@pytest.mark.parametrize(
    "wrong",
    [
        {"member_number": "60019999"},
        {"family_name": "Henor"},
        {"birth_date": "15/03/1980"},
        {"family_name": "’’"},
    ],
)
@pytest.mark.asvs("6.3.8")
def test_an_unknown_person_gets_the_same_page_and_no_mail(nora: None, client: Client, wrong: dict[str, str]) -> None:
    known, unknown = Client(), Client()
    accepted = sign_up_as_member(known, **NORA)
    refused = sign_up_as_member(unknown, **{**NORA, **wrong})
    for answer in (accepted, refused):
        assert (answer.status_code, answer["Location"]) == (302, "/inscription/demande/")
    assert known.get(accepted["Location"]).content == unknown.get(refused["Location"]).content
    assert set(accepted.headers) == set(refused.headers)
    assert len(mails()) == 2
    assert Account.objects.count() == 1


def test_what_was_answered_is_forgotten_whoever_asked(nora: None, client: Client) -> None:
    from portals.accounts.models import AccountRequest
    from portals.secrets.models import SubjectKey

    sign_up_as_member(client, **NORA)
    request = AccountRequest.objects.get()
    assert b"NORA" not in bytes(request.answers_sealed).upper()
    sign_up_as_member(client, **{**NORA, "birth_date": "01/01/1970"})
    mails()
    assert not AccountRequest.objects.exists()
    assert not SubjectKey.objects.filter(subject__startswith="account-request").exists()


@pytest.mark.parametrize("name", ["L'HENORET", "l henoret", "  L’HÉNORET ", "Prigent"])
def test_names_are_compared_without_accents_case_or_punctuation(db: None, client: Client, name: str) -> None:
    house = builders.household(member_number="60011234")
    person = builders.person(house, family_name="L’Hénoret", birth_name="Prigent")
    builders.cover(builders.policy(house), person)
    sign_up_as_member(client, **{**NORA, "family_name": name, "member_number": "6001 1234"})
    assert len(mails()) == 2


def test_the_typed_address_serves_when_the_mutual_has_none(db: None, client: Client) -> None:
    house = builders.household(member_number="60011234")
    builders.cover(builders.policy(house), builders.person(house, family_name="L’Hénoret", email=""))
    sign_up_as_member(client, **NORA)
    assert {message.to[0] for message in mails()} == {"nora@example.org"}


@pytest.mark.commitment("CGU-1.2")
@pytest.mark.parametrize(("birth_date", "letters"), [("15/10/2010", 0), ("14/10/2010", 2)])
def test_a_dependant_has_an_account_of_their_own_from_sixteen(
    db: None, client: Client, birth_date: str, letters: int
) -> None:
    house = builders.household(member_number="60011234")
    day, month, year = (int(part) for part in birth_date.split("/"))
    child = builders.person(
        house, family_name="L’Hénoret", given_names="Lou", role="child", birth_date=datetime.date(year, month, day)
    )
    builders.cover(builders.policy(house), child)
    with time_machine.travel(datetime.datetime(2026, 10, 14, 10, tzinfo=datetime.UTC), tick=False):
        sign_up_as_member(client, **{**NORA, "birth_date": birth_date})
        assert len(mails()) == letters


@pytest.mark.commitment("CGU-1.2")
@pytest.mark.parametrize(
    ("start", "end", "letters"),
    [
        ((2022, 1, 1), (2024, 10, 15), 2),
        ((2022, 1, 1), (2024, 10, 14), 0),
        ((2026, 10, 15), None, 0),
    ],
)
def test_only_the_covered_and_those_who_were_less_than_two_years_ago(
    db: None, client: Client, start: tuple[int, int, int], end: tuple[int, int, int] | None, letters: int
) -> None:
    house = builders.household(member_number="60011234")
    person = builders.person(house, family_name="L’Hénoret")
    policy = builders.policy(house, start_date=datetime.date(*start), end_date=datetime.date(*end) if end else None)
    builders.cover(policy, person)
    with time_machine.travel(datetime.datetime(2026, 10, 14, 10, tzinfo=datetime.UTC), tick=False):
        sign_up_as_member(client, **NORA)
        assert len(mails()) == letters
    if letters:
        grant = Account.objects.get().grants.get()
        assert (grant.ended_on, grant.closes_on) == (datetime.date(2024, 10, 15), datetime.date(2026, 10, 15))


def test_twins_are_told_apart_by_the_address_on_file_or_not_at_all(db: None, client: Client) -> None:
    house = builders.household(member_number="60011234")
    policy = builders.policy(house)
    for rank, name in enumerate(("Awen", "Enora"), start=1):
        address = f"{name.lower()}@example.org"
        twin = builders.person(house, family_name="L’Hénoret", given_names=name, email=address, birth_rank=rank)
        builders.cover(policy, twin)
    sign_up_as_member(client, **NORA)
    assert mails() == []
    sign_up_as_member(client, **{**NORA, "email": "Enora@example.org"})
    assert len(mails()) == 2
    assert Account.objects.get().display_name == "Enora L’Hénoret"


def test_whoever_has_an_account_is_told_so_at_the_address_of_the_account(nora: None, client: Client) -> None:
    sign_up_as_member(client, **NORA)
    credentials(mails())
    sign_up_as_member(client, **{**NORA, "email": "autre@example.org"})
    (letter,) = mails()
    assert letter.subject == "Votre espace existe déjà" and letter.to == ["dossier@example.org"]
    assert Account.objects.count() == 1


def test_whoever_let_the_temporary_password_lapse_gets_another_by_signing_up_again(nora: None, client: Client) -> None:
    with time_machine.travel("2026-10-14T10:00:00Z", tick=False) as clock:
        sign_up_as_member(client, **NORA)
        identifier, first = credentials(mails())
        clock.shift(datetime.timedelta(hours=25))
        sign_up_as_member(client, **NORA)
        again, second = credentials(mails())
        assert again == identifier and second != first
        assert sign_in(client, identifier, first).status_code == 200
        assert sign_in(client, identifier, second).status_code == 302


def test_a_mailbox_cannot_be_flooded_by_strangers(nora: None) -> None:
    for rank in range(12):
        stranger = Client(REMOTE_ADDR=f"198.51.100.{rank}")
        sign_up_as_member(stranger, **NORA)
    assert len(mails()) <= 2 + 5


@pytest.mark.commitment("CGU-1.6")
def test_every_page_leads_back_to_the_missing_step(nora: None, client: Client) -> None:
    sign_up_as_member(client, **NORA)
    identifier, temporary = credentials(mails())
    sign_in(client, identifier, temporary)
    for address in ("/adherent/", "/compte/", "/", "/employeur/prestations", "/connexion/"):
        response = client.get(address)
        assert response.status_code == 404 or response["Location"] == "/mot-de-passe/nouveau/"
    assert client.post("/cgu/acceptation/", {"accept": "on"}).status_code in {200, 302}
    choose_password(client)
    later = Client()
    sign_in(later, identifier, CHOSEN)
    assert later.get("/adherent/")["Location"] == "/cgu/acceptation/"
    assert later.get("/inscription/validation/")["Location"] == "/cgu/acceptation/"
    assert Account.objects.get().state == AccountState.STARTED


@pytest.mark.commitment("CGU-1.6")
def test_terms_accepted_before_the_password_wait_for_it(nora: None, client: Client) -> None:
    sign_up_as_member(client, **NORA)
    identifier, temporary = credentials(mails())
    sign_in(client, identifier, temporary)
    assert accept_terms(client).status_code == 302
    assert Account.objects.get().state == AccountState.TERMS_ACCEPTED
    assert client.get("/adherent/")["Location"] == "/mot-de-passe/nouveau/"
    choose_password(client)
    assert Account.objects.get().state == AccountState.VALIDATED


def test_the_form_explains_what_is_wrong_and_asks_nobody(db: None, client: Client) -> None:
    response = sign_up_as_member(client, member_number="", family_name="A", birth_date="31/11/1980", email="nora@")
    assert response.status_code == 200
    assert "novembre n’a que 30 jours" in response.text
    assert "Il reste 3 réponses à corriger" in response.text


def test_too_many_sign_ups_from_one_network_wait_and_other_networks_do_not(nora: None) -> None:
    here, elsewhere = Client(REMOTE_ADDR="203.0.113.7"), Client(REMOTE_ADDR="203.0.113.8")
    answers = [sign_up_as_member(here, **NORA).status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]
    refused = sign_up_as_member(here, **NORA)
    assert int(refused["Retry-After"]) > 0
    assert sign_up_as_member(elsewhere, **NORA).status_code == 302


def test_the_clock_of_the_temporary_password_starts_when_the_mail_is_written(nora: None, client: Client) -> None:
    sign_up_as_member(client, **NORA)
    before = timezone.now()
    mails()
    until = Account.objects.get().temporary_password_until
    assert until is not None and until >= before + datetime.timedelta(hours=24)
