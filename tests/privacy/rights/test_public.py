"""Asking without an account: one page for the known and the unknown, one link to the address on file, used once."""

import re

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from portals import jobs
from portals.access import isolation
from privacy.audit.models import Entry
from privacy.rights import answering
from privacy.rights.models import Channel, Identity, RightsRequest, State
from tests import builders
from tests.cast import Cast
from tests.pages import words_of
from tests.privacy.rights.objects import answered, finish_tasks
from tests.privacy.rights.test_asking import page_words, paper, plain

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-8.11")]

NEW = "/dpo/demande/"
STRANGER = "quelqu.un@example.org"


def said(cast: Cast, **more: object) -> dict[str, object]:
    alice = cast.alice
    return {
        "right": "access", "whom": "self", "name": "Alice Le Goff", "email": STRANGER, "words": "Toutes mes données.",
        "member_number": "48217736", "family_name": "Le Goff", "birth_date": f"{alice.birth_date:%d/%m/%Y}", **more,
    }  # fmt: skip


def asked(client: Client, answers: dict[str, object]) -> RightsRequest:
    sent = client.post(NEW, answers)
    assert sent.status_code == 302, words_of(sent.content.decode())
    jobs.run_due()
    with isolation.system():
        return RightsRequest.objects.order_by("-id")[0]


def link_in(mail: EmailMessage) -> str:
    found = re.search(r"https?://[^/]+(/dpo/suite/\S+)", str(mail.body))
    assert found, mail.body
    return found[1]


def test_a_known_person_confirms_from_the_address_on_file_and_gives_no_document(
    cast: Cast, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    made = asked(client, said(cast))
    assert (made.channel, made.identity, made.account_id) == (Channel.PUBLIC, Identity.UNKNOWN, None)
    to = {mail.to[0]: mail for mail in mailoutbox}
    assert set(to) == {STRANGER, cast.alice.email}
    address = link_in(to[cast.alice.email])
    shown = client.get(address, follow=True)
    assert "Avez-vous fait la demande" in plain(words_of(shown.content.decode()))
    assert address not in shown.redirect_chain[-1][0]  # the secret part has left the address
    assert client.post(shown.redirect_chain[-1][0]).status_code == 200
    assert client.get(address).status_code == 410
    with isolation.system():
        made.refresh_from_db()
    assert (made.identity, made.account_id) == (Identity.ON_FILE, cast.alice_account.pk)


def test_what_the_page_and_the_typed_address_get_does_not_tell_who_is_known(
    cast: Cast, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    known = client.post(NEW, said(cast))
    unknown = client.post(NEW, said(cast, member_number="00000000", name="Personne"))
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    jobs.run_due()
    bodies = [re.sub(r"DR-\S+", "", str(mail.body)) for mail in mailoutbox if mail.to == [STRANGER]]
    assert len(bodies) == 2
    assert bodies[0] == bodies[1]


def test_the_typed_address_never_makes_somebody_known(
    cast: Cast, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    with isolation.system():
        cast.alice.email = ""
        cast.alice.save(update_fields=["email"])
    made = asked(client, said(cast))
    assert [mail.to for mail in mailoutbox] == [[STRANGER]]
    assert made.identity == Identity.UNKNOWN


def test_nobody_is_answered_before_it_is_known_who_they_are(cast: Cast, client: Client, officer: object) -> None:
    made = asked(client, said(cast, member_number=""))
    with pytest.raises(answering.IdentityUnknown):
        answered(made)


def test_a_stranger_proves_who_they_are_by_a_link_then_reads_the_answer_once(
    cast: Cast, client: Client, officer: object, mailoutbox: list[EmailMessage]
) -> None:
    made = asked(client, said(cast, member_number=""))
    boss = builders.staff()
    answering.pause(by=boss, request=made, reason="Aucun dossier ne porte ce numéro.")
    jobs.run_due()
    address = client.get(link_in(mailoutbox[-1]))["Location"]
    assert "Aucun dossier ne porte ce numéro." in page_words(client, address)
    assert client.post(address, {"proofs": paper("identite.pdf")}).status_code == 200
    assert client.get(address).status_code == 410
    assert answering.check_proofs(by=boss, request=made, accepted=True) == 1
    finish_tasks(made, boss)
    answered(made)
    jobs.run_due()
    address = client.get(link_in(mailoutbox[-1]))["Location"]
    assert made.number in page_words(client, address)
    letter = client.post(address)
    assert letter["Content-Type"] == "application/pdf"
    assert client.post(address).status_code == 410
    assert client.post(address, {"opinion": "no"}).status_code == 200
    with isolation.system():
        made.refresh_from_db()
    assert (made.state, made.opinion) == (State.ANSWERED, "no")
    assert Entry.objects.filter(action="rights.proof_destroyed").count() == 1


def test_an_heir_without_an_account_sends_the_proof_of_it(cast: Cast, client: Client) -> None:
    heir = said(cast, whom="deceased", concerned="Yves Le Goff", right="post_mortem")
    assert client.post(NEW, heir).status_code == 200
    made = asked(client, {**heir, "proofs": paper()})
    with isolation.system():
        assert made.proofs.get().kind == "quality"


def test_a_link_that_was_never_given_opens_nothing(client: Client) -> None:
    assert client.get("/dpo/suite/1/never-given/").status_code == 410
    assert client.post("/dpo/suite/1/suite/", {"opinion": "yes"}).status_code == 410


@pytest.mark.commitment("PDP-8.11")
def test_somebody_without_an_account_reads_why_two_months_more_are_needed(
    cast: Cast, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    made = asked(client, said(cast, member_number=""))
    answering.extend(by=builders.staff(), request=made, reason="Dix ans d’archives sur papier.")
    jobs.run_due()
    assert "Dix ans" not in str(mailoutbox[-1].body)
    page = page_words(client, client.get(link_in(mailoutbox[-1]))["Location"])
    assert "Dix ans d’archives sur papier." in page
    assert "11 janvier 2027" in page
