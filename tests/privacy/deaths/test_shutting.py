"""A declared death: said the same of everybody, verified by two people, undone exactly when it was a mistake (PDP-8.8)."""

import io
import re

import pytest
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.test import Client

from members.card.material import material_of
from members.card.showing import wallet_of
from members.coverage.models import Policy
from members.households.queries import viewpoint
from members.households.signup import match
from members.rights.matching import Look, ask
from members.rights.questions import Typed
from portals import jobs
from portals.access import isolation
from portals.access.models import Grant
from portals.accounts.models import Account
from portals.jobs import Priority, enqueue
from portals.signals import announce
from privacy.audit.models import Entry
from privacy.consents import Channel, may_use
from privacy.deaths import declaring, verifying
from privacy.deaths.models import Death, State, Way
from tests import builders
from tests.builders.accounts import PASSWORD
from tests.cast import Cast
from tests.pages import words_of
from tests.privacy.consents.objects import accepts
from tests.privacy.consents.objects import holder_of as chooser_of
from tests.privacy.deaths.conftest import NOW
from tests.privacy.deaths.objects import DIED, checked, confirmed, declared
from tests.privacy.directives.objects import holder_of

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("PDP-8.8", "CGU-8.8")]

DECLARE = "/dpo/deces/"


def form(**more: object) -> dict[str, object]:
    paper = io.BytesIO(
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    )
    paper.name = "acte.pdf"
    return {
        "given_names": "Alice", "family_name": "Le Goff", "birth_date": "07/03/1985", "died_on": "01/10/2026",
        "member_number": "48217736", "name": "Nolwenn Le Goff", "quality": "sa sœur", "email": "nolwenn@example.org",
        **more,
    }  # fmt: skip


def reloaded(death: Death) -> Death:
    with isolation.system():
        death.refresh_from_db()
    return death


def account(number: int) -> Account:
    return Account.objects.get(pk=number)


def test_what_is_answered_does_not_tell_whether_somebody_is_known(
    cast: Cast, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    from tests.privacy.rights.test_asking import paper

    known = client.post(DECLARE, {**form(), "proofs": paper("acte.pdf")})
    unknown = client.post(DECLARE, {**form(family_name="Personne", member_number="1"), "proofs": paper("acte.pdf")})
    assert (known.status_code, known["Location"]) == (302, unknown["Location"])
    jobs.run_due()
    bodies = {re.sub(r"DD-\d+-\d+", "", str(mail.body)) for mail in mailoutbox if mail.to == ["nolwenn@example.org"]}
    assert len(bodies) == 1
    assert [mail.to for mail in mailoutbox] == [["nolwenn@example.org"]] * 2
    assert "Le Goff" not in "".join(str(mail.body) + mail.subject for mail in mailoutbox)
    with isolation.system():
        assert set(Death.objects.values_list("state", "subject_id")) == {(State.REPORTED, None)}
    assert account(cast.alice_account.pk).is_active


def test_a_declaration_without_the_document_is_shown_again(cast: Cast, client: Client) -> None:
    assert client.post(DECLARE, form()).status_code == 200
    with isolation.system():
        assert not Death.objects.exists()


def test_the_first_verification_shuts_everything_of_the_person_and_of_nobody_else(cast: Cast, client: Client) -> None:
    builders.sign_in(client, cast.alice_account)
    husband = builders.sign_in(Client(), cast.home.samir_account)
    guardian = builders.account(builders.person(builders.household()))
    acting = Grant.objects.create(
        account=guardian, space="adherent", basis="representation", tenant_id=cast.alice.household_id,
        subject_id=cast.alice.pk, since=DIED,
    )  # fmt: skip
    death = checked(cast.alice)
    assert death.closed_accounts == [cast.alice_account.pk]
    assert client.get("/adherent/").status_code == 302  # the session has ended
    assert not account(cast.alice_account.pk).is_active
    acting.refresh_from_db()
    assert acting.revoked_at is not None
    assert husband.get("/adherent/").status_code == 200
    assert account(cast.bob_account.pk).is_active


def test_the_right_password_leads_to_a_page_that_says_why_and_a_wrong_one_tells_nothing(cast: Cast) -> None:
    checked(cast.alice)
    identifier = cast.alice_account.identifier
    right = Client().post("/connexion/", {"login": identifier, "password": PASSWORD})
    assert (right.status_code, right["Location"]) == (302, "/espace-ferme/")
    page = Client().get("/espace-ferme/")
    assert page.status_code == 403
    assert "Nous vous devons des excuses" in words_of(page.content.decode()).replace("\u00a0", " ")
    wrong = Client().post("/connexion/", {"login": identifier, "password": "autre mot de passe"})
    assert wrong.status_code == 200


def test_the_card_and_the_answer_to_professionals_forget_the_person_and_keep_the_family(cast: Cast) -> None:
    def seen() -> set[int]:
        with isolation.system():
            return material_of([cast.alice.household_id]).persons_of(cast.alice.household_id)

    def answered(person: object) -> bool:
        look = Look(NOW, "R-1", "Cabinet", "Médecin", "Brest")
        question = Typed("48217736", person.birth_date, None)  # type: ignore[attr-defined]  # a person
        return ask(question, NOW.date(), look, may_show=True).is_found

    everybody = {one.pk for one in (cast.alice, cast.home.samir, cast.home.lina, cast.home.ines)}
    assert seen() == everybody
    assert answered(cast.alice)
    death = checked(cast.alice)
    assert seen() == everybody - {cast.alice.pk}
    assert not answered(cast.alice)
    assert answered(cast.home.samir)
    with isolation.tenant("adherent", cast.alice.household_id):
        view = viewpoint(
            household_id=cast.alice.household_id, person_id=cast.home.samir.pk, day=NOW.date(), is_represented=False
        )
        assert wallet_of(view, day=NOW.date(), person=None).cards
    verifying.undo(by=builders.staff(), death=death, reason="Homonyme.")
    assert seen() == everybody
    assert answered(cast.alice)


def test_no_message_leaves_for_the_departed_and_the_living_get_theirs(
    cast: Cast, mailoutbox: list[EmailMessage]
) -> None:
    accepts(cast.alice_account, cast.alice, "newsletter")
    with isolation.system():
        assert may_use(chooser_of(cast.alice), "newsletter", Channel.EMAIL)
    checked(cast.alice)
    with isolation.system():
        assert not may_use(chooser_of(cast.alice), "newsletter", Channel.EMAIL)
    jobs.run_due()
    mailoutbox.clear()
    for to in (cast.alice_account, cast.home.samir_account):
        enqueue("card.reminder", key=str(to.pk), subject_id=to.pk, priority=Priority.ASKED)
    jobs.run_due()
    assert [mail.to for mail in mailoutbox] == [[cast.home.samir_account.email]]


def test_an_address_that_a_living_account_has_is_still_written_to(cast: Cast, mailoutbox: list[EmailMessage]) -> None:
    checked(cast.alice)
    Account.objects.filter(pk=cast.home.samir_account.pk).update(email=cast.alice_account.email)
    mailoutbox.clear()
    enqueue("card.reminder", key="x", subject_id=cast.home.samir_account.pk, priority=Priority.ASKED)
    jobs.run_due()
    assert [mail.to for mail in mailoutbox if mail.to == [cast.alice_account.email]]


def test_nobody_opens_an_account_in_the_name_of_the_departed(cast: Cast) -> None:
    answers = {
        "member_number": "48217736", "family_name": "Le Goff", "birth_date": cast.alice.birth_date.isoformat(),
        "email": "",
    }  # fmt: skip
    with isolation.system():
        assert match(answers, NOW.date()) is not None
    checked(cast.alice)
    with isolation.system():
        assert match(answers, NOW.date()) is None


def test_a_mistake_is_undone_with_nothing_lost(cast: Cast, client: Client, mailoutbox: list[EmailMessage]) -> None:
    guardian = builders.account(builders.person(builders.household()))
    Grant.objects.create(
        account=guardian, space="adherent", basis="representation", tenant_id=cast.alice.household_id,
        subject_id=cast.alice.pk, since=DIED,
    )  # fmt: skip
    ended = Grant.objects.create(
        account=cast.bob_account, space="adherent", basis="representation", tenant_id=cast.alice.household_id,
        subject_id=cast.alice.pk, since=DIED, revoked_at=NOW,
    )  # fmt: skip

    def state() -> object:
        accounts = (
            Account.objects.filter(is_staff=False)
            .order_by("pk")
            .values_list("pk", "is_active", "state", "email", "password")
        )
        return list(accounts), list(Grant.objects.order_by("pk").values_list("pk", "revoked_at", "since", "closes_on"))

    before = state()
    death = checked(cast.alice)
    assert state() != before
    jobs.run_due()
    mailoutbox.clear()
    verifying.undo(by=builders.staff(), death=death, reason="Deux personnes portent ce nom.")
    assert state() == before
    ended.refresh_from_db()
    assert ended.revoked_at == NOW
    jobs.run_due()
    told = [mail for mail in mailoutbox if mail.to == [cast.alice_account.email]]
    assert "de nouveau ouvert" in told[0].subject
    signed = client.post("/connexion/", {"login": cast.alice_account.identifier, "password": PASSWORD})
    assert signed["Location"] != "/espace-ferme/"
    assert Entry.objects.filter(action="death.undone").count() == 1
    assert reloaded(death).dismiss_reason == "Deux personnes portent ce nom."


def test_two_people_verify_and_the_database_says_so(cast: Cast) -> None:
    death = checked(cast.alice)
    first = death.checked_by
    assert first is not None
    with pytest.raises(verifying.SamePerson):
        verifying.confirm(by=first, death=death)
    with isolation.system(), pytest.raises(IntegrityError), transaction.atomic():
        Death.objects.filter(pk=death.pk).update(state=State.CONFIRMED, confirmed_by=first, confirmed_at=NOW)
    verifying.confirm(by=builders.staff(), death=death)
    assert reloaded(death).state == State.CONFIRMED


def test_the_document_is_destroyed_by_the_verification(cast: Cast) -> None:
    death = declared()
    verifying.check(by=builders.staff(), death=death, holder=holder_of(cast.alice), died_on=DIED)
    with isolation.system():
        proof = death.proofs.get()
    assert proof.upload_id is None
    assert proof.checked_at is not None
    assert Entry.objects.filter(action="death.proof_destroyed").exists()


def test_a_death_stands_once(cast: Cast) -> None:
    confirmed(cast.alice)
    with pytest.raises(verifying.KnownAlready):
        checked(cast.alice)


def test_a_policy_that_ends_by_death_declares_its_member_once(cast: Cast) -> None:
    with isolation.system():
        policy = Policy.objects.get(household=cast.alice.household)
        policy.end_date, policy.end_reason = DIED, "DÉCÈS"
        policy.save(update_fields=["end_date", "end_reason"])
        other = Policy.objects.get(household=cast.bob.household)
        other.end_date, other.end_reason = DIED, "résiliation"
        other.save(update_fields=["end_date", "end_reason"])
    for feed in (1, 2):
        announce("feed.loaded", by=None, object_kind="feed.policies", object_id=feed, details={"updated": 1})
        jobs.run_due()
    with isolation.system():
        death = Death.objects.get()
    assert (death.subject_id, death.died_on, death.way) == (cast.alice.pk, DIED, Way.MANAGEMENT)
    assert account(cast.alice_account.pk).is_active


def test_the_management_software_declares_and_people_still_verify(cast: Cast) -> None:
    def declared() -> Death | None:
        with isolation.system():
            return declaring.declare_of(way=Way.MANAGEMENT, by=None, holder=holder_of(cast.alice), died_on=DIED)

    death = declared()
    assert death is not None
    assert declared() is None
    assert account(cast.alice_account.pk).is_active
    assert (death.state, death.subject_id) == (State.REPORTED, cast.alice.pk)
    verifying.undo(by=builders.staff(), death=death, reason="Erreur de saisie.")
    assert declared() is None  # the next night says the same again
