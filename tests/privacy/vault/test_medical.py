"""Who opens the vault: the adviser and the assistants they name, after a second factor asked anew. Nobody else."""

import datetime
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portals.access import isolation
from portals.accounts.models import Account
from portals.gestion.roles import Role
from portals.jobs import run_due
from privacy.audit.models import Entry
from privacy.vault import actions, readers
from privacy.vault.medical import deciding, entrance
from privacy.vault.models import Cover, MedicalCase
from privacy.vault.opening import documents_of
from privacy.vault.readers import Duty
from privacy.vault.rules import Outcome
from tests import builders
from tests.cast import Cast
from tests.permissions.test_matrix import without_what_is_drawn
from tests.privacy.vault.objects import CANARY, inside, mails_in, reader, sent_case_of

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "vault"]),
    pytest.mark.commitment("PDP-4.6", "PDP-4.8"),
]

DECISION = {"outcome": "exclude", "opinion": f"Exclusion dos. {CANARY}"}


def refusals(account: Account) -> list[tuple[str, str]]:
    entries = Entry.objects.filter(action="vault.refused", account_id=account.pk, result="refused").order_by("id")
    return [(entry.details["page"], entry.details["method"]) for entry in entries]


def test_the_adviser_reads_and_each_look_is_journalled(cast: Cast) -> None:
    case = sent_case_of(cast.alice_account)
    adviser = reader()
    client = inside(adviser)
    assert case.reference in client.get(reverse("medical:home")).content.decode()
    page = client.get(reverse("medical:case", args=[case.reference])).content.decode()
    assert CANARY in page
    assert "Alice Le Goff" in page
    (document,) = documents_of(case.reference)
    answer = client.get(reverse("medical:document", args=[case.reference, document]))
    assert CANARY.encode() in answer.content
    assert answer["Content-Disposition"].startswith("attachment")
    looks = Entry.objects.filter(account_id=adviser.pk, object_kind="medicalcase", object_id=str(case.pk))
    assert set(looks.values_list("action", flat=True)) == {"vault.read", "vault.document_read"}
    mine = builders.sign_in(Client(), cast.alice_account)
    assert "Lecture d’un dossier par le médecin-conseil" in mine.get(reverse("privacy:looks")).content.decode()


def everybody_else() -> list[Account]:
    named_by_nobody = builders.colleague(Role.MEDICAL_ADVISER)  # the group alone, given by whoever gives groups
    ended = reader(Duty.ASSISTANT)
    readers.end(by=None, account=ended)
    lost_the_group = reader(Duty.ASSISTANT)
    lost_the_group.groups.clear()
    others = [builders.colleague(role) for role in (Role.DPO, Role.AGENT, Role.BENEFITS, Role.SECURITY, Role.AUDITOR)]
    return [*others, builders.colleague(*Role), named_by_nobody, ended, lost_the_group]


def test_for_everybody_else_it_is_a_missing_page_and_each_try_is_recorded(cast: Cast) -> None:
    """Every role of the staff's site, the one who holds them all included, which is as far as a superuser could go."""
    case = sent_case_of(cast.alice_account)
    addresses = [
        reverse("medical:home"), reverse("medical:entrance"), reverse("medical:looks"), reverse("medical:assistants"),
        reverse("medical:case", args=[case.reference]),
    ]  # fmt: skip
    for account in everybody_else():
        client = builders.enter_gestion(Client(), account)
        session = client.session
        session[entrance.UNTIL] = 4_000_000_000  # even with the door's mark in their session
        session.save()
        missing = without_what_is_drawn(client.get("/rien-ici/"))
        for address in addresses:
            answer = client.get(address)
            assert answer.status_code == 404
            assert without_what_is_drawn(answer) == missing
            assert client.post(address).status_code == 404
        assert len(refusals(account)) == 2 * len(addresses)
    member = builders.sign_in(Client(), cast.bob_account)
    assert member.get(reverse("medical:case", args=[case.reference])).status_code == 404
    assert refusals(cast.bob_account) == [("medical:case", "GET")]


def test_the_second_factor_is_asked_anew_and_lapses(cast: Cast) -> None:
    case = sent_case_of(cast.alice_account)
    adviser = reader()
    _device, key = builders.totp(adviser)
    client = builders.sign_in(Client(), adviser)
    wanted = reverse("medical:case", args=[case.reference])
    door = f"{reverse('medical:entrance')}?next={wanted}"
    assert client.get(wanted)["Location"] == door
    assert client.post(door, {"token": "000000"}).status_code == 400
    assert client.get(wanted).status_code == 302
    good = client.post(door, {"token": builders.code_of(key, steps=1)})
    if good.status_code != 302:  # the wrong code slowed this device for a second
        with time_machine.travel(timezone.now() + datetime.timedelta(seconds=40)):
            good = client.post(door, {"token": builders.code_of(key, steps=1)})
    assert good["Location"] == wanted
    assert client.get(wanted).status_code == 200
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=16)):
        session = client.session
        session["seen_at"] = int(timezone.now().timestamp())
        session.save()
        assert client.get(wanted)["Location"] == door
    client.post(reverse("medical:leave"))
    assert client.get(wanted)["Location"] == door


def test_mode_gestion_opens_nothing_of_it(cast: Cast) -> None:
    case = sent_case_of(cast.alice_account)
    client = builders.enter_gestion(Client(), reader())
    assert client.get(reverse("medical:case", args=[case.reference])).status_code == 302


@pytest.mark.commitment("PDP-4.6")
def test_the_decision_comes_out_as_one_word(cast: Cast, mail_folder: Path) -> None:
    case = sent_case_of(cast.alice_account)
    client = inside(reader())
    assert client.post(reverse("medical:decide", args=[case.reference]), DECISION)["Location"] == reverse(
        "medical:home"
    )
    with isolation.system():
        case.refresh_from_db()
    assert (case.outcome, case.erase_on) == ("exclude", None)
    mine = builders.sign_in(Client(), cast.alice_account).get(reverse("privacy:vault_case", args=[case.reference]))
    assert "acceptée avec exclusion" in mine.content.decode()
    assert CANARY not in mine.content.decode()
    agent = builders.enter_gestion(Client(), builders.colleague(Role.AGENT))
    page = agent.get(reverse("admin:privacy_medicalcase_change", args=[case.pk])).content.decode()
    assert "acceptée avec exclusion" in page
    assert CANARY not in page
    assert CANARY in client.get(reverse("medical:case", args=[case.reference])).content.decode()
    run_due()
    mails = mails_in(mail_folder)
    assert mails
    for word in (CANARY, "xclusion", "édic", case.reference, "santé"):
        assert not any(word in mail for mail in mails)


def test_what_was_decided_is_not_decided_again(cast: Cast) -> None:
    case = sent_case_of(cast.alice_account)
    client = inside(reader())
    for outcome in ("refuse", "accept"):
        client.post(reverse("medical:decide", args=[case.reference]), {**DECISION, "outcome": outcome})
    with isolation.system():
        assert MedicalCase.objects.get(pk=case.pk).outcome == "refuse"


@pytest.mark.parametrize("page", ["decide", "copy_given"])
def test_an_assistant_reads_and_decides_nothing(cast: Cast, page: str) -> None:
    case = sent_case_of(cast.alice_account)
    assistant = reader(Duty.ASSISTANT)
    client = inside(assistant)
    assert client.get(reverse("medical:case", args=[case.reference])).status_code == 200
    assert client.post(reverse(f"medical:{page}", args=[case.reference]), DECISION).status_code == 404
    assert client.get(reverse("medical:assistants")).status_code == 404
    assert refusals(assistant) == [(f"medical:{page}", "POST"), ("medical:assistants", "GET")]
    with isolation.system():
        assert MedicalCase.objects.get(pk=case.pk).outcome == ""


def test_two_years_later_the_adviser_is_alone(cast: Cast) -> None:
    case = sent_case_of(cast.alice_account)
    with isolation.system():
        deciding.decide(by=cast.alice_account, case=case, outcome=Outcome.ACCEPT, opinion="Rien.")
        MedicalCase.objects.update(decided_at=timezone.now() - datetime.timedelta(days=3 * 365))
    address = reverse("medical:case", args=[case.reference])
    assert inside(reader(Duty.ASSISTANT)).get(address).status_code == 404
    assert inside(reader()).get(address).status_code == 200


def test_the_adviser_names_assistants_and_takes_them_off(cast: Cast) -> None:
    case = sent_case_of(cast.alice_account)
    candidate = builders.colleague(Role.MEDICAL_ASSISTANT, display_name="Anaïs Corlay")
    client = inside(reader())
    address = reverse("medical:assistants")
    client.post(address, {"account": str(builders.colleague(Role.AGENT).pk)})
    assert readers.duty_of(candidate) is None
    client.post(address, {"account": str(candidate.pk)})
    assert readers.duty_of(candidate) == Duty.ASSISTANT
    theirs = inside(candidate)
    assert theirs.get(reverse("medical:case", args=[case.reference])).status_code == 200
    client.post(reverse("medical:assistant_end", args=[candidate.pk]))
    assert theirs.get(reverse("medical:case", args=[case.reference])).status_code == 404


def test_what_was_withdrawn_is_gone_for_the_adviser_too(cast: Cast) -> None:
    case = sent_case_of(cast.alice_account)
    with isolation.system():
        actions.withdraw(by=cast.alice_account, case=case)
    client = inside(reader())
    assert client.get(reverse("medical:case", args=[case.reference])).status_code == 404
    assert documents_of(case.reference) == []


def test_the_list_of_looks_says_who_tried(cast: Cast) -> None:
    case = sent_case_of(cast.alice_account)
    dpo = builders.colleague(Role.DPO, display_name="Hélène Marzin")
    builders.sign_in(Client(), dpo).get(reverse("medical:case", args=[case.reference]))
    page = inside(reader()).get(reverse("medical:looks")).content.decode()
    assert "Hélène Marzin" in page
    assert "Refusé" in page
    assert "Alice" not in page


def test_a_letter_is_answered_and_nothing_else(cast: Cast) -> None:
    case = sent_case_of(cast.alice_account, Cover.LETTER)
    client = inside(reader())
    client.post(reverse("medical:decide", args=[case.reference]), DECISION)
    with isolation.system():
        assert MedicalCase.objects.get(pk=case.pk).outcome == ""
    client.post(reverse("medical:decide", args=[case.reference]), {**DECISION, "outcome": "answered"})
    with isolation.system():
        assert MedicalCase.objects.get(pk=case.pk).outcome == "answered"


def test_a_copy_is_given_back(cast: Cast) -> None:
    case = sent_case_of(cast.alice_account)
    with isolation.system():
        actions.ask_copy(by=cast.alice_account, case=case)
    client = inside(reader())
    assert "demande une copie" in client.get(reverse("medical:case", args=[case.reference])).content.decode()
    client.post(reverse("medical:copy_given", args=[case.reference]))
    with isolation.system():
        assert MedicalCase.objects.get(pk=case.pk).copy_given_at is not None
