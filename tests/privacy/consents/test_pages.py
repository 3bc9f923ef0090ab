"""« Mes choix » in the space: one form, no script, at once."""

import datetime
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from members.households.models import Person
from members.households.models import Role as HouseholdRole
from portals.access import isolation
from portals.accounts.models import Account, Space
from portals.documents import verification
from portals.documents.verification.checking import check_file
from portals.gestion.roles import Role
from privacy.consents import Channel, Holder, may_use
from privacy.models import Entry
from tests import builders
from tests.cast import Cast
from tests.permissions.people import people_of
from tests.privacy.consents.objects import accepts, choice_by_post, holder_of, ledger_of

pytestmark = pytest.mark.django_db

PAGE = "/mes-donnees/preferences/"


def signed_in(account: Account) -> Client:
    return builders.sign_in(Client(), account)


def read_on(client: Client, address: str = PAGE) -> str:
    """The texts that the page shows."""
    found = re.search(r'name="read" value="([\d,]+)"', client.get(address).content.decode())
    assert found is not None
    return found[1]


def tick(client: Client, *boxes: str, address: str = PAGE) -> str:
    answer = client.post(address, {"read": read_on(client, address), "yes": boxes}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def may(person: Person, purpose: str, channel: Channel = Channel.EMAIL) -> bool:
    with isolation.system():
        return may_use(holder_of(person), purpose, channel)


@pytest.mark.commitment("PDP-5.3")
@pytest.mark.commitment("PDP-8.6")
def test_a_box_ticked_or_cleared_holds_at_the_next_line_of_code(cast: Cast) -> None:
    client = signed_in(cast.alice_account)
    assert "cela vaut dès maintenant" in tick(client, "newsletter:email", "personalisation:whole")
    assert may(cast.alice, "newsletter")
    tick(client, "personalisation:whole")
    assert not may(cast.alice, "newsletter")


@pytest.mark.commitment("CGU-8.10")
def test_to_refuse_costs_exactly_what_it_costs_to_accept(cast: Cast) -> None:
    """One box and one button either way: the same form, with the same fields, the same address and no other step."""
    client = signed_in(cast.alice_account)
    before = client.get(PAGE).content.decode()
    tick(client, "newsletter:email", "personalisation:whole")
    after = client.get(PAGE).content.decode()
    shape = re.compile(r"<(?:form|button|input|select|a)\b[^>]*?(?:name|method|href|class)=\"[^\"]*\"")
    boxes = re.compile(r'value="([a-z]+:[a-z]+)"( checked)?')
    assert len(shape.findall(before)) == len(shape.findall(after))
    assert before.count('<form method="post"') == after.count('<form method="post"')
    assert [name for name, _ in boxes.findall(before)] == [name for name, _ in boxes.findall(after)]
    assert ("newsletter:email", "") in boxes.findall(before)
    assert ("newsletter:email", " checked") in boxes.findall(after)
    assert "<script" not in before.partition("<main")[2].partition("</main>")[0]


@pytest.mark.commitment("PDP-3.4")
def test_convocations_come_by_the_channels_that_were_chosen_and_say_who_uses_them(cast: Cast) -> None:
    client = signed_in(cast.alice_account)
    page = client.get(PAGE).content.decode()
    assert "Convocations aux assemblées" in page
    assert "Le service de la vie institutionnelle et les instances de la mutuelle" in page
    tick(client, "institutional:post")
    allowed = [may(cast.alice, "institutional", channel) for channel in (Channel.EMAIL, Channel.SMS, Channel.POST)]
    assert allowed == [False, False, True]


@pytest.mark.commitment("CGU-8.10")
def test_a_parent_chooses_for_a_child_under_sixteen_and_for_nobody_older(cast: Cast) -> None:
    client = signed_in(cast.alice_account)
    tick(client, "newsletter:email", address=f"{PAGE}?pour={cast.home.ines.pk}")
    assert may(cast.home.ines, "newsletter")
    assert ledger_of(cast.home.ines)[0].capacity == "parent"
    assert not may(cast.alice, "newsletter")
    for other in (cast.home.lina, cast.home.samir, cast.bob):
        assert client.get(f"{PAGE}?pour={other.pk}").status_code == 404
    assert signed_in(cast.home.samir_account).get(f"{PAGE}?pour={cast.home.ines.pk}").status_code == 404


@pytest.mark.commitment("CGU-8.10")
def test_from_sixteen_a_dependant_chooses_alone_and_the_parent_no_more(cast: Cast) -> None:
    born = timezone.localdate() - datetime.timedelta(days=17 * 365 + 10)
    teenager = builders.person(
        cast.alice.household, role=HouseholdRole.CHILD, given_names="Maël", family_name="Benali", birth_date=born
    )
    assert signed_in(cast.alice_account).get(f"{PAGE}?pour={teenager.pk}").status_code == 404
    tick(signed_in(builders.account(teenager)), "newsletter:email", "personalisation:whole")
    assert may(teenager, "newsletter")
    assert ledger_of(teenager)[0].capacity == "self"


def test_a_representative_chooses_for_the_person_and_is_written_down_as_such(cast: Cast) -> None:
    client = people_of(cast)["representative"].enter()
    tick(client, "newsletter:email", "personalisation:whole")
    assert ledger_of(cast.alice)[0].capacity == "representative"
    assert "Alice Le Goff" in client.get(PAGE).content.decode()


def test_an_account_of_another_space_has_choices_of_its_own(cast: Cast) -> None:
    tick(signed_in(cast.company_account), "newsletter:email")
    with isolation.system():
        holder = Holder(Space.EMPLOYER, cast.company_account.pk)
        assert may_use(holder, "newsletter", Channel.EMAIL)
    assert 'newsletter:email" checked' not in signed_in(cast.rival_account).get(PAGE).content.decode()


def test_boxes_sent_without_the_texts_that_were_shown_change_nothing(cast: Cast) -> None:
    answer = signed_in(cast.alice_account).post(PAGE, {"yes": ["newsletter:email"]})
    assert "rien n’est enregistré" in answer.content.decode()
    assert ledger_of(cast.alice) == []


@pytest.mark.commitment("PDP-3.6")
def test_the_history_shows_every_choice_with_its_text_and_never_another_person(cast: Cast) -> None:
    accepts(cast.alice_account, cast.alice, "newsletter")
    accepts(cast.alice_account, cast.alice)
    choice_by_post(cast.bob)
    page = signed_in(cast.alice_account).get(f"{PAGE}historique/").content.decode()
    assert page.index("accord retiré") < page.index("accord donné")
    assert "Prévention, droits" in page
    assert "Un gestionnaire" not in page


@pytest.mark.commitment("PDP-3.6")
def test_the_proof_of_a_choice_is_a_document_that_anybody_can_check(cast: Cast) -> None:
    line = choice_by_post(cast.alice)
    address = reverse("privacy:preferences_proof", args=[line.pk])
    answer = signed_in(cast.alice_account).post(address)
    content = b"".join(answer)
    assert content.startswith(b"%PDF-")
    assert check_file(content, by=None).verdict == verification.Verdict.UNCHANGED
    assert signed_in(cast.bob_account).post(address).status_code == 404


def test_a_look_at_the_choices_is_in_the_journal(cast: Cast) -> None:
    signed_in(cast.alice_account).get(PAGE)
    assert Entry.objects.filter(action="consents.listed", account_id=cast.alice_account.pk).exists()


@pytest.mark.commitment("PDP-3.6")
def test_staff_write_down_a_letter_with_its_scan_and_cannot_without(cast: Cast) -> None:
    client = builders.enter_gestion(Client(), builders.colleague(Role.AGENT))
    address = reverse("admin:privacy_choice_enter")
    alice = cast.alice
    who = {"number": alice.household.member_number, "birth_date": f"{alice.birth_date:%d/%m/%Y}"}
    assert "Alice Le Goff" in client.post(address, who).content.decode()
    said = {
        **who, "person": alice.pk, "what": "offers:post", "answer": "oui", "way": "post", "said_on": "12/01/2026",
    }  # fmt: skip
    refused = client.post(address, said)
    assert "Joignez le courrier numérisé" in refused.content.decode()
    assert ledger_of(alice) == []
    taken = client.post(address, {**said, "proof": scan()}, follow=True)
    assert taken.status_code == 200
    [line] = ledger_of(alice)
    assert (line.way, line.channel, line.said_on) == ("post", "post", datetime.date(2026, 1, 12))
    assert line.proof is not None
    assert may(alice, "offers", Channel.POST)


def test_staff_write_down_nothing_for_somebody_they_did_not_find(cast: Cast) -> None:
    client = builders.enter_gestion(Client(), builders.colleague(Role.AGENT))
    alice = cast.alice
    said = {
        "number": alice.household.member_number, "birth_date": f"{alice.birth_date:%d/%m/%Y}", "person": cast.bob.pk,
        "what": "offers:post", "answer": "oui", "way": "phone", "said_on": "12/01/2026", "note": "A-12",
    }  # fmt: skip
    assert client.post(reverse("admin:privacy_choice_enter"), said).status_code == 200
    assert ledger_of(cast.bob) == ledger_of(alice) == []


def scan() -> SimpleUploadedFile:
    """A PNG of four points."""
    written = io.BytesIO()
    Image.new("RGB", (2, 2), "white").save(written, "PNG")
    return SimpleUploadedFile("courrier.png", written.getvalue(), "image/png")
