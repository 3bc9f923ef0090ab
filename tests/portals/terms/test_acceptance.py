"""The box, the words beside it, and the record that it leaves."""

import datetime
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from portals.accounts.models import Account, AccountState
from portals.terms.actions import NotTheTermsInForce, RepresentativeUnnamed, TermsNotAccepted, accept, publish
from portals.terms.models import Acceptance, Capacity, TermsVersion
from portals.terms.wording import DECLARATION, LABEL
from tests import builders
from tests.newcomer import accept_terms, mails
from tests.pages import words_of

CHANGES = "<p>Un mot change.</p>"


@pytest.fixture
def newcomer(db: None) -> Account:
    """Has chosen a password, has accepted nothing."""
    person = builders.person()
    builders.cover(builders.policy(person.household), person)
    return builders.account(person, state=AccountState.STARTED)


@pytest.fixture
def signed_in(newcomer: Account, client: Client) -> Client:
    return builders.sign_in(client, newcomer)


@pytest.mark.commitment("CGU-2.8", "CGU-2.9")
def test_the_box_is_unticked_and_its_label_is_verbatim(signed_in: Client) -> None:
    page = signed_in.get("/cgu/acceptation/").text
    box = page[page.index('name="accept"') - 200 : page.index('name="accept"') + 300]
    assert "checked" not in box
    assert "<span>j&#x27;accepte les présentes CGU</span>" in page
    assert LABEL == "j'accepte les présentes CGU"
    assert 'class="scroll prose"' in page and 'id="art-9"' in page


@pytest.mark.commitment("CGU-2.8")
def test_it_refuses_whoever_did_not_tick_and_says_why(signed_in: Client, newcomer: Account) -> None:
    refused = accept_terms(signed_in, accept="")
    assert refused.status_code == 200 and "Cochez cette case" in refused.text
    assert not Acceptance.objects.exists()
    assert signed_in.get("/adherent/")["Location"] == "/cgu/acceptation/"


@pytest.mark.commitment("CGU-2.9", "CGU-2.10")
def test_the_record_holds_who_which_text_which_words_when_and_from_where(newcomer: Account) -> None:
    client = builders.sign_in(Client(REMOTE_ADDR="203.0.113.5"), newcomer)
    accept_terms(client)
    record = Acceptance.objects.get()
    version = TermsVersion.objects.get()
    assert (record.account, record.version, record.text_sha256) == (newcomer, version, version.text_sha256)
    assert (record.label, record.declaration, record.capacity) == (LABEL, DECLARATION, Capacity.ADULT)
    assert record.address == "203.0.113.5"
    assert datetime.datetime.now(datetime.UTC) - record.accepted_at < datetime.timedelta(minutes=1)


@pytest.mark.commitment("CGU-2.10")
@pytest.mark.parametrize("capacity", ["parental", "guardian", "curator"])
def test_whoever_is_authorised_names_who_authorises(signed_in: Client, newcomer: Account, capacity: str) -> None:
    page = words_of(signed_in.get("/cgu/acceptation/").text)
    assert "Je suis majeur et capable" in page and "titulaire de l’autorité parentale, tuteur ou curateur" in page
    refused = accept_terms(signed_in, capacity=capacity)
    assert refused.status_code == 200 and "Nommez la personne" in refused.text
    accept_terms(signed_in, capacity=capacity, representative_name="Yves Marin")
    record = Acceptance.objects.get()
    assert (record.capacity, record.representative_name) == (capacity, "Yves Marin")


def test_the_action_refuses_what_the_form_refuses(newcomer: Account) -> None:
    version = TermsVersion.objects.get()
    given: dict[str, Any] = {
        "by": newcomer, "version": version, "representative_name": "", "address": "203.0.113.5",
    }  # fmt: skip
    with pytest.raises(TermsNotAccepted):
        accept(ticked=False, capacity=Capacity.ADULT, **given)
    with pytest.raises(RepresentativeUnnamed):
        accept(ticked=True, capacity=Capacity.GUARDIAN, **given)
    publish(by=None, text="<p>Nouveau.</p>", summary="<p>Bref.</p>", changes=CHANGES)
    with pytest.raises(NotTheTermsInForce):
        accept(ticked=True, capacity=Capacity.ADULT, **given)


def test_a_text_replaced_while_it_was_being_read_is_shown_again(signed_in: Client) -> None:
    publish(by=None, text="<p>Nouveau texte.</p>", summary="<p>Bref.</p>", changes=CHANGES)
    answer = accept_terms(signed_in, version="1")
    assert "Une nouvelle version vient d’entrer en vigueur" in answer.text and "Nouveau texte." in answer.text
    assert not Acceptance.objects.exists()


def test_accepting_twice_leaves_one_record(signed_in: Client) -> None:
    accept_terms(signed_in)
    accept_terms(signed_in)
    assert Acceptance.objects.count() == 1


def test_a_record_can_be_neither_changed_nor_deleted_by_the_application(signed_in: Client) -> None:
    accept_terms(signed_in)
    for change in (lambda: Acceptance.objects.update(label="autre"), lambda: Acceptance.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.commitment("CGU-2.1")
def test_the_first_acceptance_opens_the_space_and_an_e_mail_says_so(signed_in: Client, newcomer: Account) -> None:
    assert accept_terms(signed_in)["Location"] == "/inscription/validation/"
    newcomer.refresh_from_db()
    assert newcomer.state == AccountState.VALIDATED
    assert [message.subject for message in mails()] == ["Votre espace est ouvert"]
    assert "Votre espace est ouvert" in words_of(signed_in.get("/inscription/validation/").text)
