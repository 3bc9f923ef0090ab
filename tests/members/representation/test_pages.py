"""What a representative sees of the space, and what stays out of reach; asking to represent, and staff's answer."""

import datetime
import io
import re

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponseBase
from django.test import Client
from pypdf import PdfReader

from members.representation import deciding
from members.representation.models import Quality, Representation, Scope, State
from members.statements.actions import NOTICE_BESIDE, issue_month
from members.statements.models import Statement
from portals import jobs
from portals.access import isolation
from portals.access.models import Grant
from portals.accounts.models import Account
from portals.documents import quarantine
from portals.documents.models import Upload
from portals.gestion.roles import Role
from portals.jobs.models import Job
from portals.terms.models import Acceptance
from privacy.audit.models import Entry
from tests import builders
from tests.cast import Cast
from tests.members.representation.conftest import Acting, represent
from tests.pages import words_of
from tests.permissions.walks import leave
from tests.portals.documents import hostile

pytestmark = pytest.mark.django_db

PERSONS = "/compte/personnes/"
ASK = "/adherent/representation/demander/"
PAGES = {
    "/adherent/": "home.consulted",
    "/adherent/prestations/": "benefits.listed",
    "/adherent/prestations.csv": "benefits.exported",
    "/adherent/releves/": "statements.listed",
    "/adherent/representation/": "representations.listed",
}


def act_for(client: Client, made: Acting) -> Client:
    builders.sign_in(client, made.account)
    assert client.post(PERSONS, {"grant": made.grant.pk}).status_code == 302
    return client


def text_of(answer: HttpResponseBase) -> str:
    """What a page or a file says; of a PDF, what is printed in it."""
    content = b"".join(answer)
    leave(answer)
    if answer.get("Content-Type") == "application/pdf":
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return content.decode()


@pytest.fixture
def for_alice(cast: Cast, guardian: Account, staff: Account, client: Client) -> Client:
    """The guardian of Alice, who holds the policy and sees her daughter Inès: her guardian does not."""
    return act_for(client, represent(guardian, cast.alice, staff))


@pytest.mark.commitment("CGU-2.11")
@pytest.mark.parametrize("address", PAGES)
def test_every_entry_names_both(address: str, for_alice: Client, guardian: Account, cast: Cast) -> None:
    leave(for_alice.get(address))
    entry = Entry.objects.get(action=PAGES[address])
    assert (entry.account_id, entry.subject_id, entry.acting_as) == (guardian.pk, cast.alice.pk, "representation")


@pytest.mark.commitment("CGU-2.11")
def test_the_wall_stands_inside_the_household(for_alice: Client, cast: Cast) -> None:
    """Not one page reached by address or by link says anything of the others, not even of a child."""
    others = ("Ostéopathie de Samir", "Analyse de Lina", "Détartrage d’Inès", "Inès", "Samir", "Lina", "Vaccin de Bob")
    seen, waiting = set(), list(PAGES)
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        text = text_of(for_alice.get(address))
        assert [word for word in others if word in text] == [], address
        waiting += [link for link in re.findall(r'href="(/adherent/[^"]*)"', text) if link not in seen]
    for line in (cast.home.samir_line, cast.home.lina_line, cast.home.ines_line, cast.bob_line):
        assert for_alice.get(f"/adherent/prestations/{line.pk}/").status_code == 404
    for person in (cast.home.samir, cast.home.lina, cast.home.ines, cast.bob):
        assert "Ostéopathie" not in text_of(for_alice.get("/adherent/prestations/", {"person": person.pk}))


def test_a_statement_that_speaks_of_others_is_not_shown(for_alice: Client, cast: Cast) -> None:
    with time_machine.travel(datetime.datetime(2026, 11, 3, tzinfo=datetime.UTC), tick=False):
        issue_month(month=datetime.date(2026, 10, 1), by=None)
    with isolation.system():
        statement = Statement.objects.get(recipient=cast.alice)
    page = words_of(text_of(for_alice.get("/adherent/releves/")))
    assert "1 relevé réunit aussi les soins d’autres personnes" in page
    assert for_alice.get(f"/adherent/releves/{statement.pk}.pdf").status_code == 404
    assert for_alice.post(f"/adherent/releves/{statement.pk}/preparer/").status_code == 404


def test_the_pages_speak_of_the_person_and_not_to_her(for_alice: Client, cast: Cast) -> None:
    home = words_of(text_of(for_alice.get("/adherent/")))
    assert "La mutuelle a versé 9,00\u202f€ à Alice" in home
    assert "Son année 2026" in home
    detail = words_of(text_of(for_alice.get(f"/adherent/prestations/{cast.home.alice_line.pk}/")))
    assert "à sa charge" in detail
    for text in (home, detail):
        assert "votre charge" not in text.split("Services gratuits")[0]
        assert "vous a versé" not in text


def test_a_full_representative_is_told_of_a_statement_and_who_may_only_consult_is_not(
    cast: Cast, guardian: Account, staff: Account, mailoutbox: list[object]
) -> None:
    represent(guardian, cast.bob, staff)
    represent(cast.alice_account, cast.bob, staff, quality=Quality.AGENT, scope=Scope.CONSULT)
    with time_machine.travel(datetime.datetime(2026, 11, 3, tzinfo=datetime.UTC), tick=False):
        issue_month(month=datetime.date(2026, 10, 1), by=None)
        jobs.run_due()
    assert Job.objects.filter(kind=NOTICE_BESIDE).count() == 1
    notices = [message for message in mailoutbox if "relevé" in message.subject]  # type: ignore[attr-defined]
    told = [message.to[0] for message in notices]  # type: ignore[attr-defined]
    assert guardian.email in told
    assert cast.bob_account.email in told


@pytest.mark.commitment("CGU-2.10")
def test_a_protected_adult_names_who_authorises_when_accepting(cast: Cast) -> None:
    account = cast.home.samir_account
    account.accepted_terms = None
    account.save(update_fields=["accepted_terms"])
    version = builders.terms_version()
    client = builders.sign_in(Client(), account)
    answers = {"version": version.number, "capacity": "curator", "accept": "on"}
    refused = client.post("/cgu/acceptation/", answers)
    assert refused.status_code == 200
    assert "Nommez la personne" in refused.content.decode()
    assert client.post("/cgu/acceptation/", {**answers, "representative_name": "Judith Kerbrat"}).status_code == 302
    accepted = Acceptance.objects.get(account=account, version=version)
    assert (accepted.capacity, accepted.representative_name) == ("curator", "Judith Kerbrat")
    assert "Judith Kerbrat" in client.get("/compte/").content.decode()


# Asking


def typed(cast: Cast, **changes: str) -> dict[str, str]:
    return {
        "member_number": cast.bob.household.member_number, "given_name": "bob", "family_name": "TANGUY",
        "birth_date": "14/03/1980", "quality": "guardian", "scope": "act", "start_date": "01/09/2026",
        "end_date": "31/08/2031", **changes,
    }  # fmt: skip


def judgment(name: str = "jugement.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, hostile.written(hostile.plain_pdf()), content_type="application/pdf")


def asked_by(client: Client, cast: Cast, **changes: str) -> Representation:
    answer = client.post(ASK, typed(cast, **changes))
    assert answer.status_code == 302, words_of(answer.content.decode())
    proofs = answer.headers["Location"]
    assert client.post(proofs, {"proofs": judgment()}).status_code == 302
    with isolation.system():
        draft = Representation.objects.get(state=State.DRAFT)
    assert client.post(f"/adherent/representation/{draft.pk}/envoyer/").status_code == 302
    with isolation.system():
        draft.refresh_from_db()
    return draft


@pytest.fixture
def alice(cast: Cast, client: Client) -> Client:
    return builders.sign_in(client, cast.alice_account)


def test_the_page_answers_the_same_for_the_known_and_the_unknown(alice: Client, cast: Cast) -> None:
    pages = []
    for changes in ({}, {"birth_date": "15/03/1980"}):
        asked_by(alice, cast, **changes)
        jobs.run_due()
        page = words_of(alice.get("/adherent/representation/").content.decode())
        pages.append(page.split("Mes demandes")[1].split("Demande n°")[1][15:90])
    assert pages[0] == pages[1]
    with isolation.system():
        found = list(Representation.objects.order_by("id").values_list("person_id", flat=True))
    assert found == [cast.bob.pk, None]


def test_a_draft_is_kept_until_it_is_sent(alice: Client, cast: Cast) -> None:
    alice.post(ASK, typed(cast))
    page = Client()
    builders.sign_in(page, cast.alice_account)
    assert cast.bob.household.member_number in page.get(ASK).content.decode()


def test_a_request_without_a_document_is_not_sent(alice: Client, cast: Cast) -> None:
    proofs = alice.post(ASK, typed(cast)).headers["Location"]
    answer = alice.post(proofs.replace("justificatifs", "envoyer"))
    assert answer.headers["Location"] == proofs
    with isolation.system():
        assert Representation.objects.get().state == State.DRAFT


def test_a_hostile_document_is_refused_next_to_its_field(alice: Client, cast: Cast) -> None:
    proofs = alice.post(ASK, typed(cast)).headers["Location"]
    page = alice.post(proofs, {"proofs": SimpleUploadedFile("x.pdf", hostile.SVG, content_type="application/pdf")})
    assert page.status_code == 200
    assert "n’est ni un PDF, ni une image" in page.content.decode()
    assert not Upload.objects.exists()


def test_a_photograph_comes_by_the_second_input(alice: Client, cast: Cast) -> None:
    proofs = alice.post(ASK, typed(cast)).headers["Location"]
    photo = SimpleUploadedFile("photo.jpg", hostile.photograph_with_place(), content_type="image/jpeg")
    assert alice.post(proofs, {"proofs_photo": photo}).status_code == 302
    assert Upload.objects.get().content_type == "image/jpeg"


def test_another_accounts_request_is_not_found(alice: Client, cast: Cast) -> None:
    made = asked_by(alice, cast)
    bob = builders.sign_in(Client(), cast.bob_account)
    for step in ("justificatifs", "envoyer", "renoncer"):
        assert bob.post(f"/adherent/representation/{made.pk}/{step}/").status_code == 404


@pytest.mark.commitment("CGU-2.11")
def test_from_the_request_to_the_person_chosen(alice: Client, cast: Cast, staff: Account) -> None:
    made = asked_by(alice, cast)
    jobs.run_due()
    assert alice.get("/adherent/").status_code == 200
    assert not Grant.objects.filter(account=cast.alice_account, subject_id=cast.bob.pk).exists()
    with pytest.raises(deciding.ProofUnchecked):
        deciding.accept(by=staff, representation=made)
    deciding.ask_for_document(by=staff, representation=made, words="La dernière page du jugement.")
    page = words_of(alice.get("/adherent/representation/").content.decode())
    assert "La dernière page du jugement." in page
    assert (
        alice.post(f"/adherent/representation/{made.pk}/justificatifs/", {"proofs": judgment("page.pdf")}).status_code
        == 302
    )
    for upload in Upload.objects.all():
        quarantine.release(by=staff, upload=upload)
    deciding.accept(by=staff, representation=made, scope=Scope.CONSULT, end_date=datetime.date(2028, 1, 31))
    grant = Grant.objects.get(account=cast.alice_account, subject_id=cast.bob.pk)
    assert (grant.consult_only, grant.closes_on, grant.tenant_id) == (
        True,
        datetime.date(2028, 2, 1),
        cast.bob.household_id,
    )
    cast.alice_account.refresh_from_db()
    assert cast.alice_account.second_factor_asked
    with isolation.system():
        made.refresh_from_db()
    assert made.claim_sealed is None
    alice.post(PERSONS, {"grant": grant.pk})
    assert "Vaccin de Bob" in alice.get("/adherent/prestations/").content.decode()


def test_a_refusal_gives_its_reason(alice: Client, cast: Cast, staff: Account) -> None:
    made = asked_by(alice, cast)
    deciding.refuse(by=staff, representation=made, reason="Ce jugement ne vous nomme pas.")
    assert "Ce jugement ne vous nomme pas." in alice.get("/adherent/representation/").content.decode()


# The staff's queue


@pytest.fixture
def agent(db: None) -> Client:
    return builders.enter_gestion(Client(), builders.colleague(Role.AGENT))


def test_an_agent_decides_from_the_queue(alice: Client, cast: Cast, agent: Client) -> None:
    made = asked_by(alice, cast)
    jobs.run_due()
    address = f"/gestion/members/representation/{made.pk}"
    assert made.number in agent.get("/gestion/members/representation/").content.decode()
    page = words_of(agent.get(f"{address}/change/").content.decode())
    assert "Bob Tanguy" in page
    upload = Upload.objects.get()
    assert agent.get(f"{address}/documents/{upload.pk}/").status_code == 404, "in quarantine"
    agent.post(f"{address}/documents/{upload.pk}/liberer/")
    file = agent.get(f"{address}/documents/{upload.pk}/")
    assert file["Content-Disposition"].startswith("attachment")
    assert io.BytesIO(file.content).read(5) == b"%PDF-"
    answer = agent.post(f"{address}/decider/", {"decision": "accept", "scope": "act", "end_date": "31/08/2031"})
    assert answer.status_code == 302
    assert Grant.objects.get(account=cast.alice_account, subject_id=cast.bob.pk).consult_only is False
    assert agent.post(f"{address}/terminer/").status_code == 302
    assert Grant.objects.get(account=cast.alice_account, subject_id=cast.bob.pk).revoked_at is not None


def test_a_refusal_without_words_is_not_taken(alice: Client, cast: Cast, agent: Client) -> None:
    made = asked_by(alice, cast)
    page = agent.post(f"/gestion/members/representation/{made.pk}/decider/", {"decision": "refuse"})
    assert "raison du refus" in page.content.decode()


def test_an_auditor_reads_and_decides_nothing(alice: Client, cast: Cast, staff: Account) -> None:
    made = asked_by(alice, cast)
    auditor = builders.enter_gestion(Client(), builders.colleague(Role.AUDITOR))
    assert auditor.get(f"/gestion/members/representation/{made.pk}/change/").status_code == 200
    assert (
        auditor.post(f"/gestion/members/representation/{made.pk}/decider/", {"decision": "refuse"}).status_code == 403
    )
