"""Communications to authorities: every fact, four eyes, what was asked and nothing more, and what the person reads."""

import csv
import datetime
import hashlib
import io
import json
import zipfile
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portals.access import isolation
from portals.gestion.roles import Role
from privacy.audit.models import Entry
from privacy.disclosures import actions
from privacy.disclosures.documents import HEADINGS
from privacy.disclosures.models import Disclosure, Means, State, ToldDisclosure
from privacy.investigations.models import Kind
from privacy.investigations.walls import OVERSIGHT, inside
from tests import builders
from tests.cast import Cast
from tests.pages import words_of
from tests.privacy.disclosures.objects import ASKED, approved, prepared, produced
from tests.privacy.investigations.objects import holder, who

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-8.7", "PDP-6.2")]

TODAY = datetime.date(2026, 3, 2)


def hand_over(made: Disclosure) -> None:
    with inside(made.kind):
        actions.hand_over(
            by=made.asked_by, disclosure=made, sent_on=timezone.localdate(), means=Means.PORTAL, receipt="D-42"
        )


def told_to(cast: Cast) -> str:
    client = builders.sign_in(Client(), cast.alice_account)
    return words_of(client.get(reverse("privacy:my_data")).text)


def test_it_is_written_down_with_every_fact_from_its_page(cast: Cast) -> None:
    client = builders.enter_gestion(Client(), builders.colleague(Role.FRAUD))
    days = {name: f"{ASKED[name]:%d/%m/%Y}" for name in ("received_on", "since", "until")}
    said = {**ASKED, **days, "kind": "fraud", "who": cast.alice_account.identifier}
    assert client.post(reverse("admin:privacy_disclosure_prepare"), said).status_code == 302
    with inside(Kind.FRAUD):
        made = Disclosure.objects.get()
        assert made.state == State.WAITING
        assert [(one.space, one.subject_id) for one in made.subjects.all()] == [("adherent", cast.alice.pk)]
    said["is_secret"] = "on"
    assert "Dites quel texte impose le secret" in words_of(
        client.post(reverse("admin:privacy_disclosure_prepare"), said).text
    )


@pytest.mark.parametrize("empty", ["authority_name", "ground_reference", "necessity", "classes"])
def test_none_is_without_its_authority_its_ground_and_its_data(cast: Cast, empty: str) -> None:
    with pytest.raises(IntegrityError, match="disclosure_says_who_why_and_what"), transaction.atomic():
        blank: dict[str, Any] = {empty: [] if empty == "classes" else ""}
        prepared(who(cast.alice), **blank)


def test_nothing_leaves_before_another_pair_of_eyes_approved_it(cast: Cast) -> None:
    made = prepared(who(cast.alice))
    with inside(Kind.FRAUD), pytest.raises(actions.NotNow):
        actions.produce(by=made.asked_by, disclosure=made)
    with inside(OVERSIGHT, Kind.FRAUD), pytest.raises(actions.OwnRequest):
        actions.approve(by=made.asked_by, disclosure=made)
    with inside(OVERSIGHT), pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
        Disclosure.objects.update(state="approved", decided_by=made.asked_by, decided_at=timezone.now())
    with inside(OVERSIGHT), pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
        Disclosure.objects.update(state="approved")
    dpo = builders.enter_gestion(Client(), builders.colleague(Role.DPO))
    assert dpo.post(reverse("admin:privacy_disclosure_approve", args=[made.pk])).status_code == 302
    with inside(Kind.FRAUD):
        assert actions.produce(by=made.asked_by, disclosure=made) > 0


def test_a_refused_one_goes_nowhere_and_says_why(cast: Cast) -> None:
    made = prepared(who(cast.alice))
    with inside(OVERSIGHT):
        with pytest.raises(actions.ReasonMissing):
            actions.refuse(by=builders.colleague(Role.DPO), disclosure=made, words=" ")
        actions.refuse(by=builders.colleague(Role.DPO), disclosure=made, words="Période trop longue.")
    with inside(Kind.FRAUD), pytest.raises(actions.NotNow):
        actions.produce(by=made.asked_by, disclosure=made)


def test_secrecy_that_binds_the_officer_too_needs_a_text(cast: Cast) -> None:
    with pytest.raises(IntegrityError, match="secret_by_a_text"), transaction.atomic():
        prepared(who(cast.alice), skips_approval=True)
    made = prepared(who(cast.alice), is_secret=True, skips_approval=True, secrecy_ground="CPP, art. 11")
    assert made.state == State.APPROVED


def files_of(made: Disclosure) -> dict[str, str]:
    with inside(made.kind):
        content = actions.bundle_of(by=made.asked_by, disclosure=made)
    assert hashlib.sha256(content).hexdigest() == made.bundle_sha256
    archive = zipfile.ZipFile(io.BytesIO(content))
    return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


def test_what_is_handed_over_is_the_asked_classes_and_nothing_else(cast: Cast) -> None:
    files = files_of(produced(who(cast.alice)))
    whole = "\n".join(files.values())
    assert "Le Goff" in whole
    assert str(cast.alice.phone or "06 98 41 22 17") not in whole
    assert not any("benefitline" in name for name in files)
    assert "Samir" not in whole
    told = json.loads(files["description.json"])
    assert told["donnees"] == ["Identité (gestion du contrat)"] and told["personnes"] == 1
    health = files_of(produced(who(cast.alice), classes=["health.reimbursement"]))
    assert any("benefitline" in name for name in health)
    assert not any("person.csv" in name for name in health)


def test_the_children_of_whom_is_asked_stay_out(cast: Cast) -> None:
    """Alice reads the care of Inès, who is ten, in her own package."""
    files = files_of(produced(who(cast.alice), classes=["health.reimbursement", "identity.contract"]))
    lines = next(text for name, text in files.items() if "benefitline" in name).splitlines()
    with isolation.system():
        assert len(lines) == 1 + cast.alice.benefits.count()
    assert "Inès" not in "\n".join(files.values())


def test_the_period_cuts_what_happened(cast: Cast) -> None:
    day = cast.home.alice_line.care_date
    within = files_of(produced(who(cast.alice), classes=["health.reimbursement"], since=day, until=day))
    after = day + datetime.timedelta(days=1)
    outside = files_of(produced(who(cast.alice), classes=["health.reimbursement"], since=after, until=after))
    assert any("benefitline" in name for name in within) and not any("benefitline" in name for name in outside)


def test_somebody_without_an_account_gives_nothing_of_others(cast: Cast) -> None:
    files = files_of(produced(who(cast.home.ines)))
    whole = "\n".join(files.values())
    assert "Inès" in whole and "Alice" not in whole


def test_a_professional_is_told_by_their_account(cast: Cast) -> None:
    made = produced(holder(cast.professional_account), classes=["identity.portal", "identity.provider_payment"])
    assert made.bundle_rows is not None
    hand_over(made)
    with isolation.system():
        assert ToldDisclosure.objects.get().subject_id == cast.professional_account.pk


def test_it_is_handed_over_once_with_its_means_and_its_agent(cast: Cast) -> None:
    made = approved(who(cast.alice))
    with inside(Kind.FRAUD), pytest.raises(actions.NotNow):
        actions.hand_over(by=made.asked_by, disclosure=made, sent_on=TODAY, means=Means.HAND, receipt="")
    with inside(Kind.FRAUD):
        actions.produce(by=made.asked_by, disclosure=made)
    hand_over(made)
    with pytest.raises(actions.NotNow):
        hand_over(made)
    with inside(Kind.FRAUD):
        made.refresh_from_db()
    assert (made.sent_by_id, made.means, made.receipt) == (made.asked_by_id, "portal", "D-42")
    done = set(Entry.objects.filter(object_kind="disclosure").values_list("action", flat=True))
    assert {f"disclosure.{one}" for one in ("prepared", "decided", "produced", "handed_over")} <= done


def test_the_person_reads_to_whom_their_data_went(cast: Cast) -> None:
    made = produced(who(cast.alice))
    assert "Gendarmerie" not in told_to(cast)
    hand_over(made)
    page = told_to(cast)
    assert "À qui vos données ont été transmises" in page
    assert "Gendarmerie de Nantes" in page and "Identité (gestion du contrat)" in page
    assert "PV 2026/1234" not in page


def test_what_is_secret_appears_the_day_after_its_secrecy_ends(cast: Cast) -> None:
    made = produced(
        who(cast.alice), is_secret=True, secrecy_ground="CPP, art. 11", secret_until=datetime.date(2027, 5, 31)
    )
    hand_over(made)
    assert "Gendarmerie" not in told_to(cast)
    with isolation.system():
        assert actions.tell_due(datetime.date(2027, 5, 31)) == 0
        assert actions.tell_due(datetime.date(2027, 6, 1)) == 1
        assert actions.tell_due(datetime.date(2027, 6, 2)) == 0
    assert "Gendarmerie de Nantes" in told_to(cast)


def test_what_is_secret_for_good_is_never_told(cast: Cast) -> None:
    made = produced(
        who(cast.alice), kind=Kind.FINANCIAL_CRIME, authority="tracfin", ground="tracfin_right", is_secret=True,
        secrecy_ground="CMF, art. L. 561-18",
    )  # fmt: skip
    hand_over(made)
    with isolation.system():
        assert actions.tell_due(datetime.date(2099, 1, 1)) == 0
        assert not ToldDisclosure.objects.exists()


def test_nobody_reads_what_was_told_to_somebody_else(cast: Cast) -> None:
    hand_over(produced(who(cast.alice)))
    with isolation.tenant("adherent", cast.bob.household_id):
        assert not ToldDisclosure.objects.exists()
    with isolation.tenant("adherent", cast.alice.household_id):
        assert ToldDisclosure.objects.get().subject_id == cast.alice.pk


def test_the_register_has_every_field_and_the_officer_alone_takes_it(cast: Cast) -> None:
    made = produced(who(cast.alice), case_reference="DE-260302-ABCDEF")
    hand_over(made)
    dpo = builders.colleague(Role.DPO)
    client = builders.enter_gestion(Client(), dpo)
    answer = client.get(reverse("admin:privacy_disclosure_register_csv"))
    [row] = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    assert list(row) == list(HEADINGS)
    blank = {name for name, cell in row.items() if not cell}
    assert blank <= {"Motif"}
    assert row["Autorité"] == "Police ou gendarmerie" and "60-1" in row["Fondement"]
    assert row["Référence"] == "PV 2026/1234" and row["Personnes"].endswith(str(cast.alice.pk))
    assert row["Remise par"] == made.asked_by.display_name and row["Moyen"] == "Portail sécurisé de l’autorité"
    assert "Goff" not in answer.content.decode()
    pdf = client.get(reverse("admin:privacy_disclosure_register_pdf"))
    assert pdf.content.startswith(b"%PDF")
    for role in set(Role) - {Role.DPO}:
        other = builders.enter_gestion(Client(), builders.colleague(role))
        assert other.get(reverse("admin:privacy_disclosure_register_csv")).status_code == 403


def test_an_agent_neither_prepares_nor_reads_one(cast: Cast) -> None:
    made = prepared(who(cast.alice))
    with pytest.raises(PermissionDenied):
        actions.prepare(by=builders.colleague(Role.AGENT), kind=Kind.FRAUD, asked=actions.Asked(**ASKED), subjects=[])
    client = builders.enter_gestion(Client(), builders.colleague(Role.AGENT))
    assert client.get(reverse("admin:privacy_disclosure_change", args=[made.pk])).status_code == 403


def test_one_that_waits_is_on_the_officer_s_desk(cast: Cast) -> None:
    made = prepared(who(cast.alice))
    client = builders.enter_gestion(Client(), builders.colleague(Role.DPO))
    page = words_of(client.get(reverse("admin:index")).text)
    assert made.reference in page and "Communication à approuver" in page
