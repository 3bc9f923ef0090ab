"""« Dispenses »: the list, a request deposited by the company, its answer, its proofs and its copies."""

import datetime
import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from employers.users.models import Invitation, Mandate
from employers.waivers.export import waiver_files
from employers.waivers.models import Waiver, WaiverRequest
from employers.waivers.words import End, State
from portals.access import isolation
from portals.access.models import Basis, Grant
from portals.documents.models import Upload, UploadState
from portals.documents.signing import is_ours_and_unchanged
from portals.documents.verification import Verdict
from portals.documents.verification.checking import check_file
from privacy.models import Entry
from tests import builders
from tests.cast import Cast
from tests.employers.users.people import acting, signed_in
from tests.employers.waivers.objects import WORDS, accepted, asked, now, waiting
from tests.pages import words_of
from tests.portals.documents import hostile

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-3.18")]

LIST = "/employeur/dispenses/"
NOON = datetime.datetime(2026, 10, 14, 10, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def pdf(name: str = "attestation.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, hostile.written(hostile.plain_pdf()), content_type="application/pdf")


def answers(**changes: Any) -> dict[str, Any]:
    return {
        "family_name": "Kerbrat", "given_names": "Yann", "employee_number": "M-0412", "birth_date": "12/04/1988",
        "hired_on": "01/09/2026", "first_day": "01/09/2026", "words": WORDS, "written_on": "02/09/2026", "informed": "on",
        "proofs": pdf(), **changes,
    }  # fmt: skip


def page(client: Client, address: str) -> str:
    return words_of(client.get(address).content.decode())


def the_waiver() -> Waiver:
    with isolation.system():
        return Waiver.objects.get()


def test_a_request_is_deposited_then_validated(cast: Cast) -> None:
    client = signed_in(cast.company_account)
    assert "Aucun salarié n’est dispensé" in page(client, LIST)
    assert "Couvert par un autre régime collectif" in page(client, f"{LIST}nouvelle/")
    answer = client.post(f"{LIST}nouvelle/elsewhere/", answers())
    made = the_waiver()
    assert (answer.status_code, answer["Location"]) == (302, f"{LIST}{made.pk}/")
    assert "1 demande attend votre réponse" in page(client, LIST)
    shown = page(client, f"{LIST}{made.pk}/")
    assert WORDS in shown.replace("\u00a0", " ")
    assert "Remise à l’employeur" in shown
    with isolation.system():
        upload = Upload.objects.get()
    assert client.get(f"{LIST}{made.pk}/documents/{upload.pk}/").status_code == 404
    client.post(f"{LIST}{made.pk}/accepter/")
    assert the_waiver().state == State.ASKED
    client.post(f"{LIST}{made.pk}/documents/{upload.pk}/verifier/")
    assert client.get(f"{LIST}{made.pk}/documents/{upload.pk}/").status_code == 200
    client.post(f"{LIST}{made.pk}/accepter/")
    assert (the_waiver().state, the_waiver().valid_until) == (State.ACCEPTED, datetime.date(2027, 9, 2))
    assert "1 salarié est dispensé" in page(client, LIST)


@pytest.mark.commitment("PDP-4.2")
def test_what_is_wrong_is_said_beside_each_answer(cast: Cast) -> None:
    client = signed_in(cast.company_account)
    empty = words_of(client.post(f"{LIST}nouvelle/short/").content.decode())
    assert "Cette réponse manque" in empty
    medical = client.post(f"{LIST}nouvelle/elsewhere/", answers(proofs=pdf("certificat médical.pdf")))
    assert "un employeur n’a pas à le recevoir" in words_of(medical.content.decode())
    long = client.post(f"{LIST}nouvelle/short/", answers(ends_on="31/12/2026"))
    assert "moins de trois mois" in words_of(long.content.decode())
    assert client.get(f"{LIST}nouvelle/several/").status_code == 404
    assert client.get(f"{LIST}nouvelle/unknown/").status_code == 404
    asked(cast.company)
    twice = client.post(f"{LIST}nouvelle/elsewhere/", answers())
    assert "déjà une dispense" in words_of(twice.content.decode())
    with isolation.system():
        assert Waiver.objects.count() == 1


def test_the_company_says_which_cases_its_act_provides(cast: Cast) -> None:
    client = signed_in(cast.company_account)
    with isolation.system():
        contract = cast.company.contracts.get()
    client.post(f"{LIST}cas/", {"contract": contract.pk, "cases": ["several", "heavy_share"]})
    assert client.get(f"{LIST}nouvelle/several/").status_code == 200
    with isolation.system():
        rival = cast.rival.contracts.get()
    client.post(f"{LIST}cas/", {"contract": rival.pk, "cases": ["several"]})
    assert signed_in(cast.rival_account).get(f"{LIST}nouvelle/several/").status_code == 404


def test_a_refusal_needs_its_reason(cast: Cast) -> None:
    made, client = asked(cast.company), signed_in(cast.company_account)
    assert client.post(f"{LIST}{made.pk}/refuser/").status_code == 200
    assert now(made).state == State.ASKED
    client.post(f"{LIST}{made.pk}/refuser/", {"reason": "L’attestation date de 2024."})
    assert now(made).state == State.REFUSED
    assert "L’attestation date de 2024." in page(client, f"{LIST}{made.pk}/")


def test_it_is_renewed_then_ended(cast: Cast, clock: time_machine.Traveller) -> None:
    made = accepted(cast.company, cast.company_account)
    clock.move_to(datetime.datetime(2027, 8, 20, 10, tzinfo=datetime.UTC))
    client = signed_in(cast.company_account)
    assert "se termine d’ici deux mois" in page(client, LIST)
    sent = {"words": "Toujours couvert.", "written_on": "20/08/2027", "informed": "on", "proofs": pdf()}
    client.post(f"{LIST}{made.pk}/renouveler/", sent)
    with isolation.system():
        upload = waiting(made).proofs.get()
    client.post(f"{LIST}{made.pk}/documents/{upload.pk}/verifier/")
    client.post(f"{LIST}{made.pk}/accepter/")
    assert now(made).valid_until == datetime.date(2028, 9, 1)
    assert client.post(f"{LIST}{made.pk}/terminer/", {"why": "joins", "last_day": "21/08/2027"}).status_code == 200
    client.post(f"{LIST}{made.pk}/terminer/", {"why": "joins", "last_day": "20/08/2027"})
    assert (now(made).state, now(made).ended_for) == (State.ENDED, End.JOINS)
    assert client.get(f"{LIST}{made.pk}/terminer/").status_code == 302


def test_a_document_is_added_or_taken_away_while_the_request_waits(cast: Cast) -> None:
    made, client = asked(cast.company), signed_in(cast.company_account)
    client.post(f"{LIST}{made.pk}/documents/", {"proofs": pdf("autre.pdf")})
    with isolation.system():
        first, second = waiting(made).proofs.order_by("pk")
    client.post(f"{LIST}{made.pk}/documents/{first.pk}/medical/")
    with isolation.system():
        assert [one.pk for one in Upload.objects.all()] == [second.pk]
    assert "Document médical effacé" in page(client, f"{LIST}{made.pk}/")
    assert client.post(f"{LIST}{made.pk}/documents/{second.pk}/autre/").status_code == 404


def test_the_copy_of_a_request_is_signed_and_recognised(cast: Cast) -> None:
    made, client = accepted(cast.company, cast.company_account), signed_in(cast.company_account)
    with isolation.system():
        request = WaiverRequest.objects.get()
    copy = client.get(f"{LIST}{made.pk}/demandes/{request.pk}.pdf").content
    text = " ".join(PdfReader(io.BytesIO(copy)).pages[0].extract_text().split())
    assert "Yann Kerbrat" in text
    assert request.fingerprint in text.replace(" ", "")
    assert "D. 911-2" in text
    assert is_ours_and_unchanged(copy)
    assert check_file(copy, by=None).verdict == Verdict.UNCHANGED
    assert Entry.objects.filter(action="waiver.printed", object_id=str(made.pk)).exists()


def test_the_file_of_a_control_holds_the_period_and_its_proofs(cast: Cast) -> None:
    accepted(cast.company, cast.company_account)
    asked(cast.company, family_name="Salaün", number="M-0413")
    client = signed_in(cast.company_account)
    file = client.get(f"{LIST}controle/", {"start": "01/01/2026", "end": "31/12/2026"})
    assert file["Content-Type"] == "application/pdf"
    reader = PdfReader(io.BytesIO(file.content))
    text = " ".join("".join(one.extract_text() for one in reader.pages).split())
    assert "Kerbrat" in text
    assert "Salaün" not in text
    with pikepdf.open(io.BytesIO(file.content)) as opened:
        assert len(opened.attachments) == 1
        assert b"pdfuaid" in opened.Root.Metadata.read_bytes()
    assert check_file(file.content, by=None).verdict == Verdict.UNCHANGED
    before = client.get(f"{LIST}controle/", {"start": "01/01/2025", "end": "31/12/2025"})
    assert "Aucune dispense n’était en cours" in words_of(before.content.decode())


def test_another_company_sees_nothing_of_it(cast: Cast) -> None:
    made = accepted(cast.company, cast.company_account)
    with isolation.system():
        request, upload = WaiverRequest.objects.get(), Upload.objects.get()
    client = signed_in(cast.rival_account)
    for path in ("", "terminer/", "documents/", f"documents/{upload.pk}/", f"demandes/{request.pk}.pdf"):
        assert client.get(f"{LIST}{made.pk}/{path}").status_code == 404
    for path in ("accepter/", "affilie/", f"documents/{upload.pk}/medical/"):
        assert client.post(f"{LIST}{made.pk}/{path}").status_code == 404
    assert "Kerbrat" not in page(client, LIST)


def test_a_reader_sees_the_list_and_not_what_was_written_or_proved(cast: Cast) -> None:
    made = accepted(cast.company, cast.company_account)
    with isolation.system():
        request, upload = WaiverRequest.objects.get(), Upload.objects.get()
    client = signed_in(builders.account(cast.company, role="reader"))
    assert "Kerbrat" in page(client, LIST)
    shown = page(client, f"{LIST}{made.pk}/")
    assert "couvert par le contrat de mon conjoint" not in shown
    assert "attestation.pdf" not in shown
    closed = (
        f"{made.pk}/documents/{upload.pk}/", f"{made.pk}/demandes/{request.pk}.pdf", "controle/", "nouvelle/", "cas/",
        "nouvelle/elsewhere/", f"{made.pk}/terminer/",
    )  # fmt: skip
    assert {client.get(LIST + path).status_code for path in closed} == {403}
    assert client.post(f"{LIST}{made.pk}/affilie/").status_code == 403


def test_a_request_for_later_is_given_up_without_a_day(cast: Cast) -> None:
    made = asked(cast.company, first_day=datetime.date(2026, 12, 1))
    client = signed_in(cast.company_account)
    assert "Dernier jour" not in page(client, f"{LIST}{made.pk}/terminer/")
    client.post(f"{LIST}{made.pk}/terminer/", {"why": "withdrawn"})
    assert (now(made).ended_for, now(made).ended_on) == (End.WITHDRAWN, NOON.date())


def test_an_accountant_sees_none_of_it(cast: Cast) -> None:
    asked(cast.company)
    client = signed_in(builders.account(cast.company, role="accountant"))
    assert client.get(LIST).status_code == 403
    assert "dispense" not in page(client, "/employeur/")


@pytest.mark.parametrize(("services", "status"), [(["employer.waivers"], 200), (["employer.slips"], 403)])
def test_a_filing_agent_answers_when_the_mandate_says_so(cast: Cast, services: list[str], status: int) -> None:
    made = asked(cast.company)
    agent = builders.account(builders.company(name="Cabinet Déclarant"))
    with isolation.system():
        grant = Grant.objects.get(account=agent)
        grant.basis, grant.role, grant.tenant_id, grant.subject_id = (
            Basis.MANDATE, "hr_manager", cast.company.pk, cast.company.pk,
        )  # fmt: skip
        grant.closes_on = NOON.date() + datetime.timedelta(days=90)
        grant.save()
        invitation = Invitation.objects.create(
            company=cast.company, role="hr_manager", email_sealed=b"-", email_index=b"-", token_hash=b"-" * 32,
            invited_by=cast.company_account, accepted_at=NOON, accepted_by=agent, expires_at=NOON,
        )  # fmt: skip
        Mandate.objects.create(
            company=cast.company, invitation=invitation, services=services, starts_on=NOON.date(),
            ends_on=NOON.date() + datetime.timedelta(days=90),
        )  # fmt: skip
    client = acting(agent, cast.company)
    assert client.get(LIST).status_code == status
    client.post(f"{LIST}{made.pk}/accepter/")
    assert (now(made).state == State.ACCEPTED) is (status == 200)


def test_the_list_is_filtered_page_by_page_at_a_constant_cost(cast: Cast) -> None:
    client = signed_in(cast.company_account)
    accepted(cast.company, cast.company_account)

    def cost(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len([one for one in captured if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "ROLLBACK"))])

    few = cost(LIST)
    first = the_waiver()
    with isolation.system():
        Waiver.objects.bulk_create(
            Waiver(
                number=f"DIS-X-{rank}", company=cast.company, contract=first.contract, employee_number=f"X{rank}",
                family_name=f"Abgrall{rank:04}", given_names="Léa", folded_name=f"abgrall{rank:04} lea", case="elsewhere",
                state=State.ACCEPTED, first_day=first.first_day, valid_until=datetime.date(2026, 11, 1),
            )
            for rank in range(60)
        )  # fmt: skip
    assert cost(LIST) == few <= 12
    found = page(client, f"{LIST}?name=KERBRAT")
    assert "Kerbrat Yann" in found
    assert "Abgrall" not in found
    assert "Abgrall0007" in page(client, f"{LIST}?name=x7")
    second = client.get(f"{LIST}?state=soon")
    assert "after=abgrall0024" in second.content.decode()
    assert "Abgrall0025" in page(client, f"{LIST}?state=soon&after=abgrall0024%20lea~{first.pk + 25}")
    assert "Kerbrat" not in page(client, f"{LIST}?state=soon")


def test_a_company_takes_its_waivers_away(cast: Cast) -> None:
    accepted(cast.company, cast.company_account)
    with isolation.tenant("employeur", cast.company.pk):
        ((name, content),) = list(waiver_files(Grant.objects.get(account=cast.company_account)))
        accountant = builders.account(cast.company, role="accountant")
        assert list(waiver_files(Grant.objects.get(account=accountant))) == []
    assert isinstance(content, bytes)
    assert (name, "Kerbrat" in content.decode("utf-8-sig")) == ("dispenses.csv", True)


def test_in_the_read_only_years_a_control_may_still_be_answered(cast: Cast) -> None:
    made = accepted(cast.company, cast.company_account)
    ended = builders.account(cast.company, ended_on=datetime.date(2026, 10, 1), closes_on=datetime.date(2028, 10, 1))
    client = signed_in(ended)
    assert client.get(f"{LIST}controle/", {"start": "01/01/2026", "end": "31/12/2026"}).status_code == 200
    assert client.post(f"{LIST}{made.pk}/terminer/", {"why": "joins", "last_day": "14/10/2026"}).status_code == 403
    assert now(made).state == State.ACCEPTED
    with isolation.system():
        assert Upload.objects.get().state == UploadState.RELEASED
