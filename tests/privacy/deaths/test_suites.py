"""After a confirmed death: directives become tasks and are carried out, heirs are told what settles the estate (PDP-8.8)."""

import io
import re
import zipfile
from decimal import Decimal

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.deaths import estate
from members.households.models import Person
from portals import jobs
from portals.access import isolation
from portals.accounts.models import Account
from portals.gestion.roles import Role
from privacy.audit.models import Entry
from privacy.deaths import verifying, working
from privacy.deaths.models import Death, DeathTask, EstateLetter, State
from privacy.deaths.package import write_package
from privacy.deaths.registry import label_of
from privacy.deaths.words import COMMUNICATE, ERASE, ESTATE, EXECUTOR, GENERAL, KEEP
from privacy.desk.registry import Due, Source, sources
from privacy.directives.contents import Content, General
from privacy.erasure.actions import hold, stored
from privacy.erasure.models import Erasure
from privacy.erasure.planning import plan_for
from tests import builders
from tests.cast import Cast
from tests.pages import words_of
from tests.privacy.deaths.objects import confirmed, declared, end_cover, entered, task_of
from tests.privacy.directives.objects import SAID, directives_of

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("PDP-8.8", "CGU-8.8")]


def kinds_of(death: Death) -> set[str]:
    with isolation.system():
        return set(DeathTask.objects.filter(death=death).values_list("kind", flat=True))


def test_directives_become_tasks_with_those_of_the_services(cast: Cast) -> None:
    directives_of(cast.alice_account, cast.alice, Content(fates=SAID.fates, recipient=SAID.recipient,
                  executor=SAID.executor, general=General("Tiers de Bretagne", "B-12")))  # fmt: skip
    death = confirmed(cast.alice)
    assert kinds_of(death) == {
        ERASE, COMMUNICATE, KEEP, EXECUTOR, GENERAL, ESTATE, "members.cover", "members.benefits", "members.minors",
    }  # fmt: skip
    assert task_of(death, ERASE).kinds == ["contact"]
    assert task_of(death, COMMUNICATE).kinds == ["health"]


def test_without_directives_or_once_they_are_revoked_nothing_is_erased_nor_given(cast: Cast) -> None:
    directives_of(cast.home.samir_account, cast.home.samir)
    from privacy.directives.actions import revoke
    from privacy.directives.holders import Writer
    from tests.privacy.directives.objects import holder_of

    with isolation.system():
        revoke(by=cast.home.samir_account, writer=Writer(holder_of(cast.home.samir), "", "self"))  # type: ignore[arg-type]  # its value
    assert kinds_of(confirmed(cast.home.samir)) == {ESTATE, "members.cover", "members.benefits"}
    assert "members.minors" in kinds_of(confirmed(cast.alice))


def test_the_executor_is_told_and_nothing_of_the_content_is(cast: Cast, mailoutbox: list[EmailMessage]) -> None:
    directives_of(cast.alice_account, cast.alice)
    confirmed(cast.alice)
    jobs.run_due()
    (mail,) = [mail for mail in mailoutbox if mail.to == ["yann@example.org"]]
    said = mail.subject + str(mail.body)
    for word in ("Alice", "Le Goff", "Nolwenn", "effac", "remboursement"):
        assert word not in said


def test_an_erasure_touches_what_directives_name_and_waits_for_the_law(cast: Cast) -> None:
    directives_of(cast.alice_account, cast.alice, Content(fates={"contact": "erase"}))
    death = confirmed(cast.alice)
    task = task_of(death, ERASE)
    officer = builders.staff()
    with pytest.raises(working.StillCovered):
        working.order_erasure(by=officer, task=task, shown=[])
    end_cover(cast.alice)
    with isolation.system():
        target = working.target_of(death)
        hold(by=officer, target=target, reason="Litige.", until=timezone.localdate().replace(year=2030))
        plan = plan_for(target, timezone.localdate(), task.kinds)
        whole = plan_for(target, timezone.localdate())
    person = next(line for line in plan.lines if line.label == "members.Person")
    assert "nom" in person.kept
    assert {"téléphone", "adresse e-mail"} <= set(person.emptied)
    assert {line.label for line in plan.going} < {line.label for line in whole.going}
    erasure = working.order_erasure(by=officer, task=task, shown=stored(plan))
    assert (erasure.kinds, erasure.request_number) == (["contact"], death.number)
    with isolation.system():
        task.refresh_from_db()
        assert task.done_at is not None
        assert Erasure.objects.get().subject_id == cast.alice.pk
    with pytest.raises(verifying.TooLate):
        verifying.undo(by=officer, death=death, reason="Trop tard.")


def test_what_is_left_to_somebody_is_the_departeds_alone_and_of_these_kinds(cast: Cast) -> None:
    directives_of(cast.alice_account, cast.alice, SAID)
    task = task_of(confirmed(cast.alice), COMMUNICATE)
    target = io.BytesIO()
    with isolation.system():
        tables = write_package(task, target)
    archive = zipfile.ZipFile(target)
    everything = "".join(archive.read(name).decode("utf-8-sig") for name in archive.namelist())
    assert {"benefitline"} <= {table.name for table in tables}
    assert cast.home.alice_line.act_label in everything
    for other in (cast.home.samir_line, cast.home.ines_line, cast.bob_line):
        assert other.act_label not in everything
    assert cast.alice.email not in everything  # an address is of another kind
    assert "person.csv" not in archive.namelist() or "Le Goff" not in archive.read("person.csv").decode("utf-8-sig")


def link_in(mail: EmailMessage) -> str:
    found = re.search(r"https?://[^/]+(/dpo/remise/\S+)", str(mail.body))
    assert found, mail.body
    return found[1]


def test_the_link_serves_once_after_the_identity_was_established(
    cast: Cast, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    directives_of(cast.alice_account, cast.alice, SAID)
    task = task_of(confirmed(cast.alice), COMMUNICATE)
    officer = builders.staff()
    with pytest.raises(working.NotOpen):
        working.finish(by=officer, task=task, report="Fait.")
    for _ in range(2):
        working.hand_over(by=officer, task=task, address="nolwenn@example.org", identity="Vue en agence.")
        jobs.run_due()
    links = [link_in(mail) for mail in mailoutbox if "laissées" in mail.subject]
    assert client.get(links[0]).status_code == 410  # the second link ended the first
    shown = client.get(links[1], follow=True)
    secret = links[1].rstrip("/").rsplit("/", 1)[1]
    here = shown.redirect_chain[-1][0]
    assert secret not in here
    assert "Le Goff" not in words_of(shown.content.decode())
    with isolation.system():
        task.refresh_from_db()
        assert task.done_at is None  # reading the page uses nothing up
    taken = client.post(here)
    assert taken["Content-Type"] == "application/zip"
    assert b"".join(taken).startswith(b"PK")
    assert client.get(links[1]).status_code == 410
    with isolation.system():
        task.refresh_from_db()
    assert task.done_at is not None
    assert Entry.objects.filter(action="death.handed_over").count() == 1


def test_heirs_are_told_a_closed_list_without_any_care(cast: Cast) -> None:
    death = confirmed(cast.alice)
    desk = builders.enter_gestion(Client(), builders.colleague(Role.AGENT))
    address = reverse("admin:privacy_death_estate", args=[death.pk])
    page = words_of(desk.get(address).content.decode())
    assert "SA48217736" in page
    assert cast.home.alice_line.act_label not in page
    letter = desk.post(address, {"addressee": "Nolwenn Le Goff\n1 quai du Port", "quality": "Acte de notoriété"})
    assert letter.content.startswith(b"%PDF")
    with isolation.system():
        assert EstateLetter.objects.get().quality == "Acte de notoriété"
        labels = [label for label, _value in estate.facts(cast.alice.pk, timezone.localdate())]
    assert labels == [
        "Contrat", "Couvert depuis le", "Fin de la couverture", "Remboursements dus à la succession",
        "Cotisations restant dues",
    ]  # fmt: skip
    assert isinstance(estate._owed_to(cast.alice), Decimal)


def test_nothing_is_written_to_heirs_before_the_death_is_confirmed(cast: Cast) -> None:
    death = declared()
    desk = builders.enter_gestion(Client(), builders.colleague(Role.AGENT))
    assert desk.get(reverse("admin:privacy_death_estate", args=[death.pk])).status_code == 404
    with pytest.raises(working.NotOpen):
        working.note_letter(by=builders.staff(), death=death, addressee="X", quality="Y")


def test_the_staff_walk_from_the_declaration_to_the_last_task(cast: Cast) -> None:
    directives_of(cast.alice_account, cast.alice, Content(fates={"contract": "keep"}, executor=SAID.executor))
    agent = builders.enter_gestion(Client(), builders.colleague(Role.AGENT))
    officer = builders.enter_gestion(Client(), builders.colleague(Role.DPO))
    death = entered()
    assert any(death.number in due.note for source in sources() for due in dues_of(source))
    check = reverse("admin:privacy_death_check", args=[death.pk])
    wrong = {"number": "48217736", "birth_date": "01/01/1950", "died_on": "01/10/2026", "proven": "on"}
    assert "Personne ne répond" in words_of(agent.post(check, wrong).content.decode())
    right = {**wrong, "birth_date": f"{cast.alice.birth_date:%d/%m/%Y}"}
    assert agent.post(check, {**right, "proven": ""}).status_code == 200
    assert agent.post(check, right).status_code == 302
    confirm = reverse("admin:privacy_death_confirm", args=[death.pk])
    assert agent.post(confirm, {"sure": "on"}).status_code == 403
    assert officer.post(confirm, {"sure": "on"}).status_code == 302
    page = words_of(officer.get(reverse("admin:privacy_death_change", args=[death.pk])).content.decode())
    assert "Yann Corre" in page
    assert "Yann Corre" not in words_of(
        agent.get(reverse("admin:privacy_death_change", args=[death.pk])).content.decode()
    )
    assert officer.get(reverse("admin:privacy_death_executor", args=[death.pk])).content.startswith(b"%PDF")
    with isolation.system():
        tasks = list(DeathTask.objects.filter(death=death).order_by("pk"))
    for task in tasks:
        shown = words_of(agent.get(reverse("admin:privacy_deathtask_change", args=[task.pk])).content.decode())
        assert label_of(task.kind) in shown.replace("\u00a0", "\u00a0")
        done = agent.post(reverse("admin:privacy_deathtask_finish", args=[task.pk]), {"report": "Fait."})
        assert done.status_code == 302, task.kind
    with isolation.system():
        death.refresh_from_db()
    assert death.state == State.SETTLED
    assert not Account.objects.get(pk=cast.alice_account.pk).is_active


def dues_of(source: Source) -> list[Due]:
    with isolation.system():
        return list(source.dues(timezone.localdate()))


def test_representations_end_with_the_last_suite(cast: Cast) -> None:
    from members.representation.models import Quality, Representation, Scope
    from members.representation.models import State as Standing

    helper = builders.account(builders.person(builders.household()))
    with isolation.system():
        made = Representation.objects.create(
            reference="r" * 32, account=helper, person=cast.alice, household=cast.alice.household,
            quality=Quality.AGENT, scope=Scope.ACT, start_date=timezone.localdate(), state=Standing.ACCEPTED,
            decided_at=timezone.now(),
        )  # fmt: skip
    death = confirmed(cast.alice)
    with isolation.system():
        made.refresh_from_db()
        assert made.state == Standing.ACCEPTED
        tasks = list(DeathTask.objects.filter(death=death).select_related("death"))
    for task in tasks:
        working.finish(by=builders.staff(), task=task, report="")
    with isolation.system():
        made.refresh_from_db()
        assert made.state == Standing.ENDED
        assert Person.objects.filter(pk=cast.alice.pk).exists()
