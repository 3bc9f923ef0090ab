"""Whom a breach concerns, as the journal says it, and what reaches each of them (PDP-7.9)."""

import datetime

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from members.households.models import Person
from portals import jobs
from portals.access import isolation
from portals.alerts.models import Alert
from portals.gestion.roles import Role
from portals.signals import Concerned as Whom
from privacy.audit import record
from privacy.audit.models import Entry
from privacy.breaches.telling import actions, listing
from privacy.breaches.telling.export import breach_files
from privacy.breaches.telling.models import Channel, Concerned, Delivery, DeliveryState, LetterBatch
from privacy.breaches.violations.models import Breach
from tests import builders
from tests.cast import Cast
from tests.pages import words_of
from tests.permissions.walks import leave
from tests.privacy.breaches.objects import breach_about, whole_breach_about

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("PDP-7.9")]


def counted(breach: Breach) -> dict[int, int]:
    """Looks by person, once the job has read the journal."""
    listing.count(by=builders.colleague(Role.DPO), breach=breach)
    jobs.run_due()
    return {one.person_id: one.looks for one in Concerned.objects.filter(breach=breach) if one.person_id}


def told(cast: Cast, *persons: Person, letters: bool = False, is_drill: bool = False) -> Breach:
    """Everybody given is concerned and told."""
    breach = whole_breach_about(cast.colleague_account, is_drill=is_drill)
    Concerned.objects.bulk_create([Concerned(breach=breach, person_id=person.pk) for person in persons])
    dpo = builders.colleague(Role.DPO)
    actions.tell(by=dpo, breach=breach, message="Voici ce qui est arrivé.", to_everybody_by_letter=letters)
    jobs.run_due()
    breach.refresh_from_db()
    return breach


def ways(breach: Breach, person: Person) -> set[tuple[str, str]]:
    rows = Delivery.objects.filter(concerned__breach=breach, concerned__person_id=person.pk)
    return set(rows.values_list("channel", "state"))


def moved(person: Person, **fields: str) -> None:
    with isolation.system():
        Person.objects.filter(pk=person.pk).update(**fields)


def test_the_journal_says_whom_an_account_was_shown_in_the_period(cast: Cast) -> None:
    thief = cast.colleague_account
    house = cast.alice.household_id
    record("rights.looked_up", by=thief, object_kind="household", object_id=house, details={"reference": "V-1"})
    record("rights.looked_up", by=thief, object_kind="household", result="refused", details={"reference": "V-2"})
    record("account.sign_in", by=thief, object_kind="account", object_id=cast.bob_account.pk)
    record("rights.looked_up", by=cast.professional_account, object_kind="household", object_id=cast.bob.household_id)
    found = counted(breach_about(thief))
    family = cast.home
    assert found == {one.pk: 1 for one in (family.alice, family.samir, family.lina, family.ines)}


def test_what_staff_opened_counts_and_what_came_before_does_not(cast: Cast) -> None:
    agent = builders.colleague(Role.AGENT)
    record("gestion.consulted", by=agent, object_kind="thread", concerned=Whom(frozenset([cast.bob.pk])))
    record("gestion.consulted", by=agent, concerned=Whom(frozenset([cast.bob.pk, cast.alice.pk])))
    Entry.objects.create(
        at=timezone.now() - datetime.timedelta(days=3), action="gestion.consulted", account_id=agent.pk, space="gestion",
        subject_id=cast.home.lina.pk,
    )  # fmt: skip
    record("gestion.consulted", by=agent, object_kind="account", object_id=cast.home.samir_account.pk)
    found = counted(breach_about(agent))
    assert found == {cast.bob.pk: 2, cast.alice.pk: 1, cast.home.samir.pk: 1}


def test_reading_the_journal_again_counts_nobody_twice(cast: Cast) -> None:
    agent = builders.colleague(Role.AGENT)
    record("gestion.consulted", by=agent, concerned=Whom(frozenset([cast.bob.pk])))
    breach = breach_about(agent)
    counted(breach)
    assert counted(breach) == {cast.bob.pk: 1}
    breach.refresh_from_db()
    assert breach.persons_count == 1


def test_whoever_has_an_account_gets_an_alert_and_an_e_mail_that_says_nothing(cast: Cast) -> None:
    mail.outbox.clear()
    breach = told(cast, cast.alice, cast.home.ines)
    assert ways(breach, cast.alice) == {("alert", "placed"), ("email", "sent")}
    sent = [one for one in mail.outbox if one.to == [cast.alice_account.email]]
    assert len(sent) == 1  # hers and her daughter's
    text = f"{sent[0].subject} {sent[0].body}"
    assert not any(word in text for word in ("Alice", "Inès", "arrivé\u00a0:", "Voici", "volé", "48217736"))
    assert breach.reference in text  # in the address of the page


def test_a_child_is_told_through_both_parents(cast: Cast) -> None:
    breach = told(cast, cast.home.ines)
    parents = {cast.alice_account.pk, cast.home.samir_account.pk}
    assert set(Alert.objects.filter(key=breach.reference).values_list("account_id", flat=True)) == parents


def test_without_an_account_the_address_of_the_contract_serves_then_the_post(cast: Cast) -> None:
    moved(cast.home.lina, email="lina@example.org", address_line1="2 rue du Port", postcode="56000", city="Vannes")
    mail.outbox.clear()
    breach = told(cast, cast.home.lina)
    assert ways(breach, cast.home.lina) == {("email", "sent")}
    (message,) = [one for one in mail.outbox if one.to == ["lina@example.org"]]
    assert "Lina" not in str(message.body)

    moved(cast.home.lina, email="")
    breach = told(cast, cast.home.lina)
    assert ways(breach, cast.home.lina) == {("letter", "due")}
    batch = LetterBatch.objects.get(breach=breach)
    assert batch.stored is not None
    with batch.stored.file.open("rb") as letters:
        assert letters.read(4) == b"%PDF"


def test_nobody_is_forgotten_in_silence(cast: Cast) -> None:
    moved(cast.home.lina, email="", address_line1="")
    breach = told(cast, cast.home.lina)
    assert ways(breach, cast.home.lina) == {("letter", "no_way")}


def test_posted_letters_leave_no_address_behind(cast: Cast) -> None:
    moved(cast.alice, address_line1="2 rue du Port", postcode="56000", city="Vannes")
    breach = told(cast, cast.alice, letters=True)
    dpo = builders.colleague(Role.DPO)
    batch = LetterBatch.objects.get(breach=breach)
    client = builders.enter_gestion(Client(), dpo)
    address = f"/gestion/privacy/breach/{breach.pk}/lettres/{batch.pk}.pdf"
    printed = client.get(address)
    assert printed["Content-Type"] == "application/pdf"
    leave(printed)
    actions.mark_posted(by=dpo, batch=batch, posted_on=timezone.localdate())
    assert client.get(address).status_code == 404
    assert ("letter", "sent") in ways(breach, cast.alice)
    with pytest.raises(actions.AlreadyPosted):
        actions.mark_posted(by=dpo, batch=batch, posted_on=timezone.localdate())


def test_the_alert_stands_on_every_page_until_it_is_read(cast: Cast) -> None:
    breach = told(cast, cast.alice)
    client = builders.sign_in(Client(), cast.alice_account)
    for page in ("/adherent/", "/adherent/prestations/", "/compte/", "/adherent/carte/"):
        assert "Une violation de données vous concerne." in words_of(client.get(page).text)
    address = f"/mes-donnees/violations/{breach.reference}/"
    page = words_of(client.get(address).text)
    assert "Voici ce qui est arrivé." in page and "État civil" in page and "CNIL" in page
    assert client.post(address).status_code == 302
    assert "Une violation de données vous concerne." not in words_of(client.get("/adherent/").text)
    assert ways(breach, cast.alice) == {("alert", "read"), ("email", "sent")}
    assert client.get(address).status_code == 200
    assert breach.reference in words_of(client.get("/mes-donnees/").text)


def test_everything_downloaded_has_what_was_told(cast: Cast) -> None:
    breach = told(cast, cast.alice)
    files = dict(breach_files(cast.alice_account.grants.get()))
    written = files["violations-de-donnees.csv"]
    assert isinstance(written, bytes)
    assert breach.reference in written.decode() and "Voici ce qui est arrivé." in written.decode()
    assert not dict(breach_files(cast.bob_account.grants.get()))


def test_a_look_that_names_a_person_and_their_account_counts_once(cast: Cast) -> None:
    agent = builders.colleague(Role.AGENT)
    whose = Whom(frozenset([cast.alice.pk, cast.bob.pk]), frozenset([cast.alice_account.pk]))
    record("gestion.consulted", by=agent, object_kind="household", object_id=cast.alice.household_id, concerned=whose)
    assert counted(breach_about(agent))[cast.alice.pk] == 1


def test_nobody_else_reads_it(cast: Cast) -> None:
    breach = told(cast, cast.alice)
    stranger = builders.sign_in(Client(), cast.bob_account)
    assert stranger.get(f"/mes-donnees/violations/{breach.reference}/").status_code == 404
    assert "violation" not in words_of(stranger.get("/adherent/").text)


def test_persons_are_told_once(cast: Cast) -> None:
    breach = told(cast, cast.alice)
    dpo = builders.colleague(Role.DPO)
    with pytest.raises(listing.AlreadyDecided):
        actions.tell(by=dpo, breach=breach, message="Encore.", to_everybody_by_letter=False)
    with pytest.raises(listing.AlreadyDecided):
        listing.add_persons(by=dpo, breach=breach, numbers=["48217736"])


def test_the_officer_adds_by_number_whom_the_journal_cannot_know(cast: Cast) -> None:
    breach = breach_about(cast.colleague_account)
    client = builders.enter_gestion(Client(), builders.colleague(Role.DPO))
    address = f"/gestion/privacy/breach/{breach.pk}/personnes/ajouter/"
    assert client.post(address, {"numbers": "48217736\n00000000"}).status_code == 302
    assert breach.concerned.count() == 4
    listed = client.get(f"/gestion/privacy/breach/{breach.pk}/personnes/")
    assert "Alice Le Goff" in words_of(listed.text)
    entry = Entry.objects.filter(action="breach.persons_listed").latest("pk")
    assert f"p{cast.alice.pk}" in entry.details["about"].split()


def test_an_exercise_tells_nobody_and_is_marked_everywhere(cast: Cast) -> None:
    moved(cast.alice, address_line1="2 rue du Port", postcode="56000", city="Vannes")
    mail.outbox.clear()
    breach = told(cast, cast.alice, cast.bob, letters=True, is_drill=True)
    assert mail.outbox == []
    assert not Alert.objects.exists()
    assert set(Delivery.objects.values_list("state", flat=True)) == {DeliveryState.SIMULATED}
    assert set(Delivery.objects.values_list("channel", flat=True)) == set(Channel)
    client = builders.enter_gestion(Client(), builders.colleague(Role.DPO))
    at = f"/gestion/privacy/breach/{breach.pk}/"
    pages = ("change/", "personnes/", "decrire/", "risque/", "avertir/", "clore/")
    assert all("EXERCICE" in words_of(client.get(f"{at}{page}").text) for page in pages)
    with pytest.raises(actions.AlreadyPosted):
        batch = LetterBatch.objects.get(breach=breach)
        actions.mark_posted(by=builders.colleague(Role.DPO), batch=batch, posted_on=timezone.localdate())
    assert client.post(f"{at}dossier/").status_code == 302
    said = client.get(f"{at}dossier/1.json").json()
    assert said["exercice"].startswith("EXERCICE")


def test_only_the_officer_instructs(cast: Cast) -> None:
    breach = whole_breach_about(cast.colleague_account)
    client = builders.enter_gestion(Client(), builders.colleague(Role.SECURITY))
    at = f"/gestion/privacy/breach/{breach.pk}/"
    assert client.get(f"{at}change/").status_code == 200
    for page in ("decrire/", "risque/", "dossier/", "avertir/", "dispense/", "clore/", "personnes/"):
        assert client.get(f"{at}{page}").status_code == 403
