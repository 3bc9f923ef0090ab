"""The library on the staff's site: agents publish, nobody rewrites."""

import io

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from members.library.models import LegalDocument
from portals.gestion.roles import Role
from tests import builders
from tests.members.library.objects import document

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-3.3")]
ADD = "/gestion/members/legaldocument/add/"


def staff(role: Role = Role.AGENT) -> Client:
    return builders.enter_gestion(Client(), builders.colleague(role))


def pdf(*, script: bool = False) -> bytes:
    made = pikepdf.new()
    made.add_blank_page()
    if script:
        action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        made.Root.OpenAction = made.make_indirect(action)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def answers(content: bytes, **fields: str) -> dict[str, object]:
    return {
        "kind": "statutes",
        "title": "Statuts de la mutuelle",
        "version": "V-01-2025",
        "plan": "",
        "group_contract": "",
        "valid_from": "01/01/2025",
        "pdf": SimpleUploadedFile("statuts.pdf", content, content_type="application/pdf"),
        **fields,
    }


def test_an_agent_publishes_a_version_to_the_byte() -> None:
    old, content = document(), pdf()
    response = staff().post(ADD, answers(content))
    assert response.status_code == 302, response.content.decode()[:2000]
    new = LegalDocument.objects.get(version="V-01-2025")
    old.refresh_from_db()
    with new.file.file.open("rb") as kept:
        assert kept.read() == content
    assert (new.published_by is not None, old.valid_to is not None) == (True, True)


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"not a PDF", "pas un PDF lisible"), (pdf(script=True), "contient un programme")],
    ids=["not a PDF", "script"],
)
def test_a_file_that_is_no_plain_pdf_is_refused(content: bytes, words: str) -> None:
    response = staff().post(ADD, answers(content))
    assert response.status_code == 200
    assert words in response.content.decode()
    assert not LegalDocument.objects.exists()


def test_a_version_that_is_there_already_is_refused_with_words() -> None:
    document(version="V-01-2025")
    response = staff().post(ADD, answers(pdf()))
    assert "Ce texte a déjà une version de ce nom." in response.content.decode()


def test_afterwards_only_the_last_day_changes() -> None:
    published = document()
    address = f"/gestion/members/legaldocument/{published.pk}/change/"
    assert staff().get(address).status_code == 200
    assert staff().post(address, {"valid_to": "31/12/2026", "title": "Autre"}).status_code == 302
    published.refresh_from_db()
    assert (str(published.valid_to), published.title) == ("2026-12-31", "Statuts de la mutuelle")
    refused = staff().post(address, {"valid_to": "31/12/2019"})
    assert "avant d’avoir commencé" in refused.content.decode()
