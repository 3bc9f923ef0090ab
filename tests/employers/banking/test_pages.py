"""« Coordonnées bancaires »: administrators only, after a fresh proof, masked but on the mandate (CGU-3.17)."""

import datetime
import io
from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from employers.banking.export import bank_files
from portals.access import isolation
from portals.access.models import Basis, Grant
from portals.accounts import sessions
from portals.banking.models import BankChange, Why
from portals.documents.verification import Verdict
from portals.documents.verification.checking import check_file
from privacy.models import Entry
from tests import builders
from tests.cast import Cast
from tests.employers.banking.objects import IBAN, OTHER_IBAN, change_of, second_administrator, with_account
from tests.employers.users.people import acting, signed_in
from tests.pages import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-3.17")]

PAGE = "/employeur/coordonnees-bancaires/"
NOON = datetime.datetime(2026, 10, 9, 10, tzinfo=datetime.UTC)
GOOD = {"iban": "FR76 3000 6000 0112 3456 7890 189", "is_own": "on", "authorises": "on"}


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def test_two_administrators_change_it_from_the_pages(cast: Cast) -> None:
    with_account(cast.company)
    malo = second_administrator(cast.company)
    asks, approves = signed_in(cast.company_account), signed_in(malo)
    assert "·606" in words_of(asks.get(PAGE).content.decode())
    assert asks.post(f"{PAGE}changer/", GOOD)["Location"] == PAGE
    shown = words_of(asks.get(PAGE).content.decode())
    assert "attend l’accord d’un autre administrateur" in shown
    assert "Approuver ce changement" not in shown
    asks.post(f"{PAGE}approuver/")
    with isolation.system():
        assert BankChange.objects.get().waits_approval
    assert "attend votre accord" in words_of(approves.get(PAGE).content.decode())
    assert "Approuver ou refuser un changement de compte" in words_of(approves.get("/employeur/").content.decode())
    approves.post(f"{PAGE}approuver/")
    with isolation.system():
        change = BankChange.objects.get()
        assert (change.approved_by, change.waits_approval) == (malo, False)
    assert "Malo Tanguy" in words_of(asks.get(PAGE).content.decode())


def test_what_is_typed_is_checked_and_the_mandate_is_given(cast: Cast) -> None:
    client = signed_in(cast.company_account)
    refused = client.post(f"{PAGE}changer/", {"iban": "FR76 3000 6000 0112 3456 7890 188"})
    words = words_of(refused.content.decode())
    assert "La clé ne correspond pas" in words
    assert "au nom de l’organisme" in words
    assert "Sans ce mandat" in words
    with isolation.system():
        assert not BankChange.objects.exists()


def test_one_refuses_what_another_asked_and_takes_back_their_own(cast: Cast) -> None:
    malo = second_administrator(cast.company)
    change_of(cast.company_account)
    signed_in(malo).post(f"{PAGE}refuser/")
    change_of(malo)
    signed_in(malo).post(f"{PAGE}refuser/")
    with isolation.system():
        assert [one.cancelled_for for one in BankChange.objects.order_by("pk")] == [Why.REFUSED, Why.OWNER]
    assert "Refusé par un autre administrateur" in words_of(signed_in(malo).get(PAGE).content.decode())


def test_nothing_changes_without_a_fresh_proof(cast: Cast) -> None:
    with_account(cast.company)
    malo = second_administrator(cast.company)
    change_of(cast.company_account)
    client = signed_in(malo)
    session = client.session
    session[sessions.BEGAN] = int(NOON.timestamp()) - 600
    session.save()
    for address in ("changer/", "approuver/", "refuser/"):
        answer = client.post(PAGE + address, GOOD)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/compte/confirmer/")
    assert client.get(f"{PAGE}mandat.pdf").status_code == 302
    with isolation.system():
        assert BankChange.objects.get().waits_approval


@pytest.mark.parametrize("role", ["hr_manager", "accountant", "reader"])
def test_other_roles_see_none_of_it(cast: Cast, role: str) -> None:
    client = signed_in(builders.account(cast.company, role=role))
    assert {client.get(PAGE + page).status_code for page in ("", "changer/", "mandat.pdf")} == {403}
    assert "Coordonnées bancaires" not in words_of(client.get("/employeur/").content.decode())


def test_a_filing_agent_sees_none_of_it_whatever_the_role(cast: Cast) -> None:
    agent = builders.account(cast.company)
    with isolation.system():
        Grant.objects.filter(account=agent).update(basis=Basis.MANDATE, role="hr_manager")
    assert acting(agent, cast.company).get(PAGE).status_code == 403


def test_the_mandate_alone_writes_the_account_in_full(cast: Cast) -> None:
    with_account(cast.company)
    client = signed_in(cast.company_account)
    answer = client.get(f"{PAGE}mandat.pdf")
    text = PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert "FR14 2004 1010 0505 0001 3M02 606" in " ".join(text.split())
    assert "PSSTFRPP" in text
    assert "EMP-" in text
    finding = check_file(answer.content, by=None)
    assert finding.verdict == Verdict.UNCHANGED
    assert Entry.objects.filter(action="company_bank.mandate_printed").count() == 1
    for page in ("", "changer/"):
        assert IBAN not in client.get(PAGE + page).content.decode().replace(" ", "").replace("\u202f", "")


def test_the_page_costs_the_same_whatever_the_history(cast: Cast) -> None:
    with_account(cast.company)
    malo = second_administrator(cast.company)
    client = signed_in(malo)

    def cost() -> int:
        client.get(PAGE)
        with CaptureQueriesContext(connection) as captured:
            client.get(PAGE)
        return len([one for one in captured if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "ROLLBACK"))])

    few = cost()
    with isolation.system():
        grant = Grant.objects.get(account=malo)
        for _ in range(10):
            BankChange.objects.create(
                space="employeur", tenant_id=grant.tenant_id, subject_id=grant.subject_id, asked_by=malo,
                new_masked="FR·· ···· ·189", effective_at=NOON, cancelled_at=NOON, cancelled_for=Why.OWNER,
            )  # fmt: skip
    assert cost() == few <= 12


def test_an_administrator_takes_the_changes_away_masked(cast: Cast) -> None:
    change_of(cast.company_account)
    with isolation.tenant("employeur", cast.company.pk):
        ((name, content),) = list(bank_files(Grant.objects.get(account=cast.company_account)))
        reader = builders.account(cast.company, role="reader")
        assert list(bank_files(Grant.objects.get(account=reader))) == []
    assert name == "changements-de-compte.csv"
    assert isinstance(content, bytes)
    assert OTHER_IBAN[-5:].encode() not in content
    assert "·189".encode() in content


def test_nothing_is_asked_once_every_contract_has_ended(cast: Cast) -> None:
    ended = builders.account(cast.company, ended_on=datetime.date(2026, 3, 31), closes_on=datetime.date(2028, 3, 31))
    client: Client = signed_in(ended)
    assert client.get(PAGE).status_code == 200
    assert client.post(f"{PAGE}changer/", GOOD).status_code == 403
