"""Reporting a fraudulent use, signed in or not: what is blocked, what is said, and to whom (CGU-2.7)."""

import re

import pytest
from django.core import mail
from django.test import Client

from portals.access import isolation
from portals.accounts.fraud.actions import NotLocked, ReasonMissing, report, unlock
from portals.accounts.fraud.models import FraudReport, ReportState
from portals.accounts.models import Account, AccountState
from privacy.audit.models import Entry
from privacy.breaches.models import Incident
from tests import builders
from tests.cast import Cast
from tests.newcomer import mails, sign_in
from tests.pages import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-2.7")]

BORN = "14/03/1980"
NEW = "tournesol marmite éclair 9"
NOBODY = "1234567897"


@pytest.fixture
def account(cast: Cast) -> Account:
    return cast.alice_account


def tell(client: Client, identifier: str, proof: str, **more: str) -> str:
    """Posts the signed-out form; returns where it leads."""
    answer = client.post("/fraude/", {"identifier": identifier, "proof": proof, **more})
    assert answer.status_code == 302, words_of(answer.text)
    return str(answer["Location"])


def born(cast: Cast) -> str:
    return f"{cast.alice.birth_date:%d/%m/%Y}"


def is_locked(account: Account) -> bool:
    account.refresh_from_db()
    return account.locked_at is not None


def test_signed_in_one_button_blocks_ends_every_session_and_gives_a_number(account: Account, client: Client) -> None:
    elsewhere = builders.sign_in(Client(), account)
    builders.sign_in(client, account)
    page = client.get("/fraude/").text
    assert page.count('class="btn btn-primary') == 1 and 'name="identifier"' not in page
    answer = client.post("/fraude/", {"description": "Un message m’a demandé mon mot de passe."})
    kept = FraudReport.objects.get()
    assert answer["Location"] == f"/fraude/{kept.reference}/" and "Clear-Site-Data" in answer
    assert is_locked(account)
    assert kept.reference in client.get(answer["Location"]).text
    for session in (client, elsewhere):
        assert session.get("/compte/")["Location"].startswith("/connexion/")
    (letter,) = mails()
    assert letter.subject == "Votre compte est bloqué" and letter.to == [account.email]
    assert kept.reference in str(letter.body) and "/mot-de-passe/oublie/" in str(letter.body)
    assert account.identifier not in str(letter.body) and "mot de passe." not in letter.subject
    assert Entry.objects.filter(action="account.fraud_reported", account_id=account.pk).count() == 1


def test_it_opens_an_incident_in_the_same_transaction(account: Account) -> None:
    kept = report(by=account)
    incident = Incident.objects.get()
    assert (incident.reference, incident.account_id, incident.state) == (kept.reference, account.pk, "open")
    assert Entry.objects.filter(action="incident.opened", object_id=str(incident.pk)).exists()


def test_a_blocked_account_answers_like_a_wrong_password(account: Account) -> None:
    wrong = sign_in(Client(), account.identifier, "certainly not this one")
    report(by=account)
    locked = sign_in(Client(), account.identifier, builders.PASSWORD)
    assert (locked.status_code, headers_of(locked)) == (wrong.status_code, headers_of(wrong))
    assert without_what_is_drawn(locked.text) == without_what_is_drawn(wrong.text)


def test_the_password_that_waits_for_its_second_factor_opens_nothing_either(cast: Cast) -> None:
    builders.totp(cast.company_account)
    client = Client()
    assert sign_in(client, cast.company_account.identifier, builders.PASSWORD)["Location"] == "/verification/"
    report(by=cast.company_account)
    for address in ("/verification/", "/compte/", "/employeur/"):
        answer = client.get(address)
        assert answer.status_code == 302 and answer["Location"].startswith("/connexion/"), address


@pytest.mark.parametrize("space", ["member", "employer", "professional"])
def test_signed_out_the_holder_is_recognised_in_the_three_spaces(cast: Cast, space: str) -> None:
    with isolation.system():
        agreement = cast.professional.agreements.get()
    account, proof = {
        "member": (cast.alice_account, born(cast)),
        "employer": (cast.company_account, f"{cast.company.siret[:9]} {cast.company.siret[9:]}"),
        "professional": (cast.professional_account, f" {agreement.agreement_number.lower()} "),
    }[space]
    tell(Client(), account.identifier, proof)
    assert not is_locked(account), "the page looks nobody up"
    (letter,) = mails()
    assert letter.to == [account.email] and is_locked(account)
    kept = FraudReport.objects.get()
    assert (kept.state, kept.account, kept.answers_sealed) == (ReportState.MATCHED, account, None)
    assert Incident.objects.get().account_id == account.pk


@pytest.mark.parametrize("proof", ["01/01/1980", "31/02/1980", "12345678900011", "à peu près", ""])
def test_a_wrong_proof_blocks_nobody(account: Account, proof: str) -> None:
    answer = Client().post("/fraude/", {"identifier": account.identifier, "proof": proof})
    assert answer.status_code == (302 if proof else 200)
    assert mails() == [] and not is_locked(account)
    assert not FraudReport.objects.exclude(state=ReportState.UNMATCHED).exists()
    assert not Incident.objects.exists()


def test_somebody_elses_birth_date_is_no_proof(cast: Cast) -> None:
    tell(Client(), cast.alice_account.identifier, f"{cast.home.samir.birth_date:%d/%m/%Y}")
    mails()
    assert not is_locked(cast.alice_account)


def test_a_closed_account_is_nobodys(cast: Cast) -> None:
    Account.objects.filter(pk=cast.alice_account.pk).update(state=AccountState.CLOSED)
    tell(Client(), cast.alice_account.identifier, born(cast))
    assert mails() == []


@pytest.mark.asvs("6.3.8")
def test_known_and_unknown_get_the_same_page_in_fifty_pairs(cast: Cast) -> None:
    for number in range(50):
        network = f"198.51.100.{number + 1}"
        known, unknown = Client(REMOTE_ADDR=network), Client(REMOTE_ADDR=f"203.0.113.{number + 1}")
        answers = [
            known.post("/fraude/", {"identifier": cast.alice_account.identifier, "proof": born(cast)}),
            unknown.post("/fraude/", {"identifier": NOBODY, "proof": born(cast)}),
        ]
        assert mail.outbox == []
        one, other = answers
        assert (one.status_code, one.content, headers_of(one)) == (302, other.content, headers_of(other))
        pages = [client.get(answer["Location"]) for client, answer in ((known, one), (unknown, other))]
        one, other = pages
        assert (one.status_code, len(one.content), headers_of(one)) == (200, len(other.content), headers_of(other))
        assert without_what_is_drawn(one.text) == without_what_is_drawn(other.text)
    mails()
    after = [
        client.get(f"/fraude/{kept.reference}/") for client, kept in zip((known, unknown), last_two(), strict=True)
    ]
    assert without_what_is_drawn(after[0].text) == without_what_is_drawn(after[1].text), "nor does it show later"


def last_two() -> list[FraudReport]:
    return list(FraudReport.objects.order_by("-id")[:2])[::-1]


def headers_of(answer: object) -> dict[str, str]:
    """The headers, without what is drawn anew for each answer."""
    drawn = {"X-Reference", "Location", "Set-Cookie", "Expires"}
    return {name: value for name, value in answer.headers.items() if name not in drawn}  # type: ignore[attr-defined]


def without_what_is_drawn(page: str) -> str:
    """The page without form tokens, request references, numbers of reports and instants."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
    page = re.sub(r"FR-\d{4}-\d{10}", "", page)
    page = re.sub(r"reçu le <span.*?</span>", "", page)
    return re.sub(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}(-[0-9A-Z]{4})?\b", "", page)


def test_what_was_typed_is_sealed_and_then_forgotten(account: Account, cast: Cast) -> None:
    tell(Client(), account.identifier, born(cast), description="Le récit de ce qui est arrivé.")
    kept = FraudReport.objects.get()
    assert kept.account is None and kept.answers_sealed is not None and kept.description_sealed is not None
    stored = bytes(kept.answers_sealed) + bytes(kept.description_sealed)
    assert account.identifier.encode() not in stored and "récit".encode() not in stored
    mails()
    kept.refresh_from_db()
    assert kept.answers_sealed is None


def test_the_link_of_the_e_mail_leads_back_with_a_new_password(account: Account, client: Client) -> None:
    report(by=account)
    mails()
    client.post("/mot-de-passe/oublie/", {"login": account.identifier})
    (letter,) = mails()
    found = re.search(r"http://[^/]+(/mot-de-passe/lien/\S+)", str(letter.body))
    assert found
    form = client.get(found[1])["Location"]
    assert is_locked(account), "reading the link is not enough"
    client.post(form, {"password": NEW})
    assert not is_locked(account)
    assert "Votre compte est débloqué" in [message.subject for message in mails()]
    assert sign_in(Client(), account.identifier, builders.PASSWORD).status_code == 200
    assert sign_in(Client(), account.identifier, NEW).status_code == 302
    assert Entry.objects.get(action="account.unlocked").details == {"way": "link"}


def test_staff_give_the_account_back_with_a_reason_and_never_the_old_password(account: Account) -> None:
    by = builders.colleague()
    with pytest.raises(NotLocked):
        unlock(by=by, account=account, reason="Pièce d’identité vérifiée")
    kept = report(by=account)
    mails()
    with pytest.raises(ReasonMissing):
        unlock(by=by, account=account, reason="  ")
    unlock(by=by, account=account, reason="Pièce d’identité vérifiée au téléphone")
    assert not is_locked(account)
    kept.refresh_from_db()
    assert kept.unlock_reason == "Pièce d’identité vérifiée au téléphone"
    assert sign_in(Client(), account.identifier, builders.PASSWORD).status_code == 200
    assert {message.subject for message in mails()} == {
        "Votre compte est débloqué", "Choisir un nouveau mot de passe",
    }  # fmt: skip
    entry = Entry.objects.get(action="account.unlocked")
    assert (entry.account_id, entry.object_id, entry.details) == (by.pk, str(account.pk), {"way": "staff"})


def test_reporting_twice_keeps_the_first_instant_and_every_number(account: Account, cast: Cast) -> None:
    report(by=account)
    first = account.locked_at
    tell(Client(), account.identifier, born(cast))
    mails()
    account.refresh_from_db()
    assert account.locked_at == first
    assert Incident.objects.count() == FraudReport.objects.filter(account=account).count() == 2


def test_posts_are_limited_by_network_and_by_what_is_claimed(account: Account, client: Client) -> None:
    answers = [client.post("/fraude/", {"identifier": NOBODY, "proof": BORN}).status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]
    assert Client(REMOTE_ADDR="203.0.113.9").post("/fraude/", {"identifier": NOBODY, "proof": BORN}).status_code == 302


def test_what_cannot_be_an_identifier_is_told_at_once(client: Client) -> None:
    page = client.post("/fraude/", {"identifier": "1234567890", "proof": BORN})
    assert page.status_code == 200 and "Un identifiant a 10 chiffres" in words_of(page.text)
    assert not FraudReport.objects.exists()


@pytest.mark.parametrize("number", ["FR-2026-1234567890", "x", "FR-2026-0000000000"])
def test_a_number_that_was_never_given_has_no_page(client: Client, number: str) -> None:
    assert client.get(f"/fraude/{number}/").status_code == 404


def test_it_is_one_link_away_from_every_footer_the_sign_in_and_the_help(client: Client) -> None:
    for address in ("/", "/connexion/", "/aide/", "/cgu/", "/mot-de-passe/oublie/"):
        assert 'href="/fraude/"' in client.get(address).text, address
    main = client.get("/connexion/").text
    assert 'href="/fraude/"' in main[main.index("<main") : main.index("</main>")]


def test_every_e_mail_says_where_to_report(account: Account, client: Client) -> None:
    client.post("/mot-de-passe/oublie/", {"login": account.identifier})
    (letter,) = mails()
    assert "/fraude/" in str(letter.body)
