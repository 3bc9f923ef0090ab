"""What a representative reaches outside of the pages of the space: the archive, messages, their own requests."""

import io
import zipfile

import pytest
import time_machine
from django.test import Client
from pypdf import PdfReader

from members.representation import actions, deciding
from members.representation.models import State
from members.statements.actions import issue_month
from members.statements.models import Statement
from portals import jobs
from portals.access import isolation
from portals.access.entry import ACTING_GRANT
from portals.accounts.export.archive import write_archive
from portals.accounts.models import Account
from portals.correspondence.models import Thread
from tests import builders
from tests.cast import Cast
from tests.members.representation.conftest import TODAY, represent
from tests.members.representation.test_pages import PERSONS, act_for, asked_by, judgment
from tests.pages import words_of
from tests.permissions.walks import leave
from tests.portals.accounts.export.links import LINK, link_of

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-2.11")]

MESSAGE = {"topic": "people", "text": "Comment obtenir une attestation ?"}


def archive_of(account: Account) -> zipfile.ZipFile:
    target = io.BytesIO()
    with isolation.system():
        write_archive(account, target)
    return zipfile.ZipFile(target)


def test_the_archive_of_a_guardian_says_nothing_of_the_others(cast: Cast, guardian: Account, staff: Account) -> None:
    represent(guardian, cast.alice, staff)
    with time_machine.travel("2026-11-03T08:00:00Z", tick=False):
        issue_month(month=TODAY.replace(day=1), by=None)
        archive = archive_of(guardian)
    with isolation.system():
        assert Statement.objects.filter(recipient=cast.alice).exists()
    assert not [name for name in archive.namelist() if "relev" in name and name.endswith(".pdf")], (
        "hers speaks of Inès too"
    )
    printed = PdfReader(io.BytesIO(archive.read("vos-donnees.pdf"))).pages
    read = [archive.read(name).decode() for name in archive.namelist() if not name.endswith(".pdf")]
    whole = "".join([*read, *(page.extract_text() for page in printed)])
    assert cast.home.alice_line.benefit_ref in whole
    for other in (cast.home.ines_line, cast.home.samir_line, cast.home.lina_line):
        assert other.benefit_ref not in whole
    assert not [name for name in ("Inès", "Samir", "Lina") if name in whole]


def test_an_archive_is_not_given_once_it_speaks_of_somebody_no_longer_represented(
    cast: Cast, guardian: Account, staff: Account, client: Client
) -> None:
    made = represent(guardian, cast.alice, staff)
    represent(guardian, cast.bob, staff)
    builders.sign_in(client, guardian)
    assert client.post("/compte/export/").status_code == 302
    jobs.run_due()
    given = client.get(link_of(client))
    leave(given)
    assert given.status_code == 200
    other = link_of(client)
    deciding.end_by_staff(by=staff, representation=made.representation)
    assert client.get(other).status_code == 410
    assert client.post(LINK).status_code == 302
    assert "Obtenir mon lien" not in client.get("/compte/export/").content.decode()


@pytest.mark.parametrize("kind", ["messages", "reclamations"])
def test_nobody_is_written_for_before_being_chosen(
    kind: str, cast: Cast, guardian: Account, staff: Account, client: Client
) -> None:
    represent(guardian, cast.alice, staff)
    represent(guardian, cast.bob, staff)
    builders.sign_in(client, guardian)
    for address in (f"/{kind}/", f"/{kind}/nouveau/" if kind == "messages" else f"/{kind}/nouvelle/"):
        assert client.get(address).headers.get("Location") == PERSONS, address
        assert client.post(address, MESSAGE).status_code in {302, 405}
    assert not Thread.objects.exists()


def test_what_is_typed_for_somebody_is_not_sent_for_oneself_once_the_right_has_ended(
    cast: Cast, staff: Account, client: Client
) -> None:
    made = represent(cast.alice_account, cast.bob, staff)
    act_for(client, made)
    deciding.end_by_staff(by=staff, representation=made.representation)
    answer = client.post("/messages/nouveau/", MESSAGE)
    assert answer.headers["Location"] == PERSONS
    assert not Thread.objects.exists()
    assert ACTING_GRANT not in client.session
    assert "Vous n’agissez plus pour la personne choisie" in words_of(client.get(PERSONS).content.decode())


def test_staff_who_ask_for_a_sixth_document_may_be_answered(client: Client, cast: Cast, staff: Account) -> None:
    builders.sign_in(client, cast.alice_account)
    made = asked_by(client, cast)
    with isolation.system():
        proofs = [actions.CleanFile("page", "application/pdf", b"%PDF-1.7") for _ in range(4)]
        made.proofs.add(*actions.receive(proofs, by=cast.alice_account))
    deciding.ask_for_document(by=staff, representation=made, words="La dernière page du jugement.")
    address = f"/adherent/representation/{made.pk}/justificatifs/"
    assert 'name="proofs"' in client.get(address).content.decode()
    assert client.post(address, {"proofs": judgment("page.pdf")}).status_code == 302
    with isolation.system():
        made.refresh_from_db()
        assert (made.state, made.proofs.count()) == (State.ASKED, 6)
