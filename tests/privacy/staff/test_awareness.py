"""Awareness modules: published by the security officer, followed by everybody, without keeping who erred (PDP-7.2)."""

import datetime

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portals import jobs
from portals.accounts.models import Account
from portals.gestion.roles import Role
from privacy.models import AwarenessModule, AwarenessResult, Entry
from privacy.staff.awareness.emails import invite
from privacy.staff.awareness.queries import followed, results_of
from privacy.staff.awareness.rules import BadQuestions, Question, check
from tests import builders
from tests.pages import words_of
from tests.privacy.staff.objects import QUESTIONS, RIGHT, module_by

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("PDP-7.2")]


@pytest.fixture
def officer(db: None) -> Account:
    return builders.colleague(Role.SECURITY)


@pytest.fixture
def agent(db: None) -> Account:
    return builders.colleague(Role.AGENT)


def written(count: int) -> dict[str, str]:
    """A form with so many questions."""
    answers = {"title": "Appareils", "text": "<p>Verrouillez l’écran.</p>", "due_on": "01/02/2099"}
    for rank in range(1, count + 1):
        answers |= {
            f"question_{rank}": "Que faire\u202f?", f"choice_{rank}_1": "Verrouiller", f"choice_{rank}_2": "Partir",
            f"right_{rank}": "0", f"why_{rank}": "Une seconde suffit.",
        }  # fmt: skip
    return answers


def test_a_module_has_three_to_five_whole_questions() -> None:
    check(QUESTIONS)
    one = QUESTIONS[0]
    for wrong in (
        [one] * 2,
        [one] * 6,
        [one, one, Question("Et\u202f?", ("Oui", "Non"), 2, "Parce que.")],
        [one, one, Question("Et\u202f?", ("Oui", ""), 0, "Parce que.")],
        [one, one, Question("Et\u202f?", ("Oui", "Non"), 0, "")],
    ):
        with pytest.raises(BadQuestions):
            check(wrong)


def test_the_officer_publishes_one_and_sees_who_followed_it(client: Client, officer: Account, agent: Account) -> None:
    builders.enter_gestion(client, officer)
    address = reverse("admin:privacy_awarenessmodule_write")
    assert client.post(address, written(2)).status_code == 200
    assert client.post(address, {**written(4), "choice_4_2": ""}).status_code == 200
    assert client.post(address, {**written(3), "due_on": "01/02/2020"}).status_code == 200
    assert not AwarenessModule.objects.exists()
    answer = client.post(address, written(4))
    module = AwarenessModule.objects.get()
    assert answer["Location"] == reverse("admin:privacy_awarenessmodule_change", args=[module.pk])
    assert len(module.questions) == 4
    AwarenessResult.objects.create(account=agent, module=module)
    page = words_of(client.get(answer["Location"]).content.decode())
    assert "suivi par 1 sur 2" in page
    assert {member.account: member.result is not None for member in results_of(module)} == {officer: False, agent: True}


def test_each_answer_is_explained_and_wrong_ones_are_not_kept(client: Client, officer: Account, agent: Account) -> None:
    module = module_by(officer)
    builders.sign_in(client, agent)  # mode gestion is off
    address = reverse("admin:awareness_module", args=[module.pk])
    assert module.title in client.get(reverse("admin:awareness")).content.decode()
    page = words_of(client.post(address, {**RIGHT, "question_0": "0"}).content.decode())
    assert "2 bonnes réponses sur 3" in page
    assert all(question.why in page for question in QUESTIONS)
    assert "La bonne réponse" in page
    assert not AwarenessResult.objects.exists()
    assert not Entry.objects.filter(account_id=agent.pk, action__startswith="awareness").exists()
    page = words_of(client.post(address, RIGHT).content.decode())
    assert "3 bonnes réponses sur 3" in page
    client.post(address, RIGHT)
    assert AwarenessResult.objects.get().account == agent
    assert Entry.objects.filter(action="awareness.followed").count() == 1
    assert followed([agent.pk, officer.pk])[agent.pk].words == "1 sur 1"
    assert followed([officer.pk])[officer.pk].done == 0


def test_an_ended_module_is_asked_of_nobody(client: Client, officer: Account, agent: Account) -> None:
    module = module_by(officer)
    builders.enter_gestion(client, officer)
    client.post(reverse("admin:privacy_awarenessmodule_end", args=[module.pk]))
    client.post(reverse("admin:privacy_awarenessmodule_end", args=[module.pk]))
    assert Entry.objects.filter(action="awareness.ended").count() == 1
    builders.sign_in(client, agent)
    assert client.get(reverse("admin:awareness_module", args=[module.pk])).status_code == 404
    assert followed([agent.pk])[agent.pk].asked == 0


def test_a_member_has_no_such_page(client: Client) -> None:
    builders.sign_in(client, builders.account(builders.person(builders.household())))
    for name in ("admin:charter", "admin:awareness"):
        assert client.get(reverse(name)).status_code == 404


def test_who_has_not_followed_it_is_told_at_first_and_seven_days_before(officer: Account, agent: Account) -> None:
    module = module_by(officer)
    AwarenessResult.objects.create(account=officer, module=module)
    told = []
    for days in (1, 2, 23, 24, 31):
        with time_machine.travel(timezone.now() + datetime.timedelta(days=days), tick=False):
            mail.outbox.clear()
            invite(timezone.now())
            jobs.run_due()
            told.append([message.to for message in mail.outbox])
    assert told == [[[agent.email]], [], [[agent.email]], [], []]
