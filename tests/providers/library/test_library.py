"""The texts of third-party payment: published by staff, read by those whom they bind."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from portals.gestion.roles import Role
from providers.library.actions import AlreadyPublished, EndsTooEarly, Overlapping, end
from providers.library.models import AgreementText, TextKind
from tests import builders
from tests.cast import Cast
from tests.members.library.test_admin import pdf
from tests.pages import words_of
from tests.permissions.walks import leave
from tests.providers.library.objects import PDF, text_of_everybody
from tests.providers.users.people import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-3.3")]

PAGE = "/professionnel/documents/"
ADD = "/gestion/providers/agreementtext/add/"


def staff() -> Client:
    return builders.enter_gestion(Client(), builders.colleague(Role.AGENT))


def test_the_texts_in_force_are_said_and_read_to_the_byte(cast: Cast) -> None:
    text = text_of_everybody()
    client = signed_in(cast.professional_account)
    assert "1 texte fait foi aujourd’hui" in words_of(client.get(PAGE).text)
    response = client.get(f"{PAGE}{text.pk}.pdf")
    assert b"".join(response.streaming_content) == PDF and response["Content-Disposition"].startswith("attachment")  # type: ignore[attr-defined]
    leave(response)


def test_a_text_of_another_profession_or_of_before_the_agreement_is_unknown(cast: Cast) -> None:
    opticians = text_of_everybody(kind=TextKind.ANNEX, title="Annexe optique", profession="Opticien-lunetier")
    old = text_of_everybody(version="V-0", valid_from=datetime.date(2010, 1, 1), title="Ancienne convention")
    end(by=None, text=old, last_day=datetime.date(2011, 1, 1))
    client = signed_in(cast.professional_account)
    assert {client.get(f"{PAGE}{text.pk}.pdf").status_code for text in (opticians, old)} == {404}
    assert "Annexe optique" not in client.get(PAGE).text


def test_a_version_ends_on_the_eve_of_the_next_and_neither_overlap_nor_come_twice() -> None:
    first = text_of_everybody()
    text_of_everybody(version="V-02-2026", valid_from=datetime.date(2026, 2, 1))
    first.refresh_from_db()
    assert first.valid_to == datetime.date(2026, 1, 31)
    with pytest.raises(AlreadyPublished):
        text_of_everybody(valid_from=datetime.date(2027, 1, 1))
    with pytest.raises(Overlapping):
        text_of_everybody(version="V-03", valid_from=datetime.date(2026, 1, 1))
    with pytest.raises(EndsTooEarly):
        end(by=None, text=first, last_day=datetime.date(2019, 1, 1))
    with pytest.raises(Overlapping):
        end(by=None, text=first, last_day=None)


def test_an_agent_publishes_and_then_only_the_last_day_changes() -> None:
    content = pdf()
    file = SimpleUploadedFile("convention.pdf", content, content_type="application/pdf")
    answers = {
        "kind": "agreement", "title": "Convention de tiers payant", "version": "V-1", "profession": "",
        "valid_from": "01/01/2026", "pdf": file,
    }  # fmt: skip
    assert staff().post(ADD, answers).status_code == 302
    published = AgreementText.objects.get()
    with published.file.file.open("rb") as kept:
        assert kept.read() == content
    address = f"/gestion/providers/agreementtext/{published.pk}/change/"
    assert staff().post(address, {"valid_to": "31/12/2026", "title": "Autre"}).status_code == 302
    published.refresh_from_db()
    assert (str(published.valid_to), published.title) == ("2026-12-31", "Convention de tiers payant")


def test_a_file_that_is_no_plain_pdf_is_refused() -> None:
    file = SimpleUploadedFile("convention.pdf", pdf(script=True), content_type="application/pdf")
    answers = {"kind": "guide", "title": "Guide", "version": "V-1", "valid_from": "01/01/2026", "pdf": file}
    assert "contient un programme" in staff().post(ADD, answers).text
    assert not AgreementText.objects.exists()
