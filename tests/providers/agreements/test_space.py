"""The professional space: whom it opens to, and its home."""

import datetime

import pytest
from django.test import Client

from portals.accounts.models import Account
from providers.agreements.models import Professional
from providers.agreements.queries import AgreementState, state_on
from tests import builders
from tests.cast import Cast
from tests.newcomer import credentials, mails, sign_in
from tests.pages import words_of

RPPS = "10003879623"
FINESS = "750712184"
ANSWERS = {"professional_number": "1000 387 9623", "agreement_number": "TP-56-0412", "person_name": "Anne Quéré"}
YESTERDAY = datetime.date(2026, 1, 31)


def dentist(**agreement: object) -> Professional:
    professional = builders.professional(rpps=RPPS, finess=FINESS, practice_name="Cabinet du Port")
    builders.agreement(professional, agreement_number="TP-56-0412", **agreement)
    return professional


def sign_up(client: Client, **changes: str) -> None:
    response = client.post("/inscription/professionnel/", {**ANSWERS, **changes})
    assert (response.status_code, response["Location"]) == (302, "/inscription/demande/")


@pytest.mark.commitment("CGU-1.4", "CGU-1.7")
@pytest.mark.parametrize("number", [RPPS, FINESS])
def test_a_professional_signs_up_and_is_written_to_at_the_address_of_the_agreement(
    db: None, client: Client, number: str
) -> None:
    dentist()
    sign_up(client, professional_number=number)
    sent = mails()
    assert {message.to[0] for message in sent} == {"cabinet@example.org"}
    identifier, temporary = credentials(sent)
    account = Account.objects.get(identifier=identifier)
    assert (account.space, account.organisation_name) == ("professionnel", "Cabinet du Port")
    assert account.display_name == "Anne Quéré"
    assert sign_in(client, identifier, temporary)["Location"] == "/professionnel/"


@pytest.mark.commitment("CGU-1.4")
@pytest.mark.parametrize(
    ("agreement", "answers"),
    [
        ({"end_date": YESTERDAY}, {}),
        ({"start_date": datetime.date(2099, 1, 1)}, {}),
        ({"email": ""}, {}),
        ({}, {"agreement_number": "TP-56-0413"}),
        ({}, {"professional_number": "99700366240"}),
    ],
)
def test_without_an_active_agreement_of_their_own_they_are_told_whom_to_call(
    db: None, client: Client, agreement: dict[str, object], answers: dict[str, str]
) -> None:
    dentist(**agreement)
    sign_up(client, **answers)
    assert mails() == [] and not Account.objects.exists()
    page = words_of(client.get("/inscription/demande/").text)
    assert "Nous pouvons vous aider" in page and "02 97 00 00 00" in page


def test_a_number_that_is_neither_rpps_nor_finess_is_said_so(db: None, client: Client) -> None:
    response = client.post("/inscription/professionnel/", {**ANSWERS, "professional_number": "10003879624"})
    assert response.status_code == 200 and "ni un RPPS" in response.text


def test_the_home_shows_the_professional_and_the_state_of_the_agreement(cast: Cast, client: Client) -> None:
    builders.sign_in(client, cast.professional_account)
    page = words_of(client.get("/professionnel/").text)
    assert "active depuis le 1er janvier 2022".replace(" ", " ") in page.replace("\u00a0", " ")
    assert cast.professional.rpps in page and "Active" in page and cast.colleague.rpps not in page


def test_an_agreement_is_coming_active_or_ended(db: None) -> None:
    day = datetime.date(2026, 10, 14)
    agreement = builders.agreement(builders.professional(), start_date=day, end_date=day)
    assert state_on(agreement, day) == AgreementState.ACTIVE
    assert state_on(agreement, day - datetime.timedelta(days=1)) == AgreementState.COMING
    assert state_on(agreement, day + datetime.timedelta(days=1)) == AgreementState.ENDED
