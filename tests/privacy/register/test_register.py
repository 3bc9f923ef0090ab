"""The record of processing: its fields, its four classes of recipients, its versions, what is published of it."""

import csv
import io
import zipfile

import pikepdf
import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from portals.accounts.models import Space
from portals.declarations import Purpose, Sensitivity, Subject
from portals.gestion.roles import Role, rights_of
from privacy.models import Entry, Publication, Recipient, Sheet, Transfer
from privacy.register.declared import PROCESSINGS, RecipientClass
from privacy.register.kept import OF_SPACE, declared_fields, lines_of
from privacy.register.publishing import COLUMNS, NothingNew, publish
from tests import builders
from tests.cast import Cast
from tests.pages import words_of
from tests.privacy.register.objects import DAY, books_of, recipient_of

pytestmark = [pytest.mark.django_db]

OPERATIONAL = (Role.AGENT, Role.BENEFITS, Role.MEDICAL_ADVISER, Role.SECURITY, Role.AUDITOR)
BOOKS = ("sheet", "recipient", "transfer", "publication", "impactassessment", "risk", "plannedmeasure", "control",
         "authorityexchange", "advice")  # fmt: skip
RECIPIENT = {
    "name": "Revendeur", "recipient_class": "partner", "processings": ["contract"], "service": "Fichiers", "location": "Paris",
}  # fmt: skip


@pytest.fixture
def dpo(client: Client) -> Client:
    return builders.enter_gestion(client, builders.colleague(Role.DPO))


@pytest.mark.commitment("PDP-3.1", "PDP-2.6")
def test_each_purpose_that_a_field_names_is_in_the_register_with_a_legal_basis_and_a_duration() -> None:
    described = {processing.purpose: processing for processing in PROCESSINGS}
    assert set(described) == set(Purpose)
    for processing in described.values():
        assert processing.bases and processing.recipients and processing.retention and processing.sentence


@pytest.mark.commitment("PDP-4.9")
def test_what_holds_health_data_is_declared_sensitive_or_is_no_processing_of_health() -> None:
    """Documents, archives and the past of rows may hold health data, and are kept for other purposes as well."""
    health = {field.kind.purpose for field in declared_fields() if field.kind.sensitivity == Sensitivity.HEALTH}
    sensitive = {processing.purpose for processing in PROCESSINGS if processing.sensitive}
    assert health - sensitive <= {Purpose.PORTAL, Purpose.CONTRACT, Purpose.SECURITY}
    assert {Purpose.REIMBURSEMENT, Purpose.PRIOR_AGREEMENT, Purpose.PROVIDER_PAYMENT} <= sensitive


@pytest.mark.commitment("PDP-6.2", "CGU-8.6")
def test_there_are_four_classes_of_recipients_and_no_fifth() -> None:
    assert len(RecipientClass) == 4
    with pytest.raises(IntegrityError, match="recipient_is_of_four_classes"), transaction.atomic():
        recipient_of(recipient_class="broker")


@pytest.mark.commitment("PDP-6.3")
def test_data_never_leave_for_money(dpo: Client) -> None:
    with pytest.raises(IntegrityError, match="recipient_never_for_money"), transaction.atomic():
        recipient_of(for_money=True)
    answer = dpo.post(reverse("admin:privacy_recipient_add"), {**RECIPIENT, "for_money": "on"})
    assert "jamais transmise à titre onéreux" in answer.content.decode()
    assert not Recipient.objects.exists()
    assert dpo.post(reverse("admin:privacy_recipient_add"), RECIPIENT).status_code == 302
    sold = {
        "recipient": Recipient.objects.get().pk, "processing": "contract", "ground": "contract", "what": "Adresses",
        "persons": 3, "protection": "Chiffrement", "sent_on": "05/01/2026", "for_money": "on",
    }  # fmt: skip
    answer = dpo.post(reverse("admin:privacy_transfer_add"), sold)
    assert "jamais transmise à titre onéreux" in answer.content.decode()
    del sold["for_money"]
    assert dpo.post(reverse("admin:privacy_transfer_add"), sold).status_code == 302
    assert Transfer.objects.get().recorded_by is not None
    assert Entry.objects.filter(action="data.transferred").exists()


@pytest.mark.commitment("PDP-6.1")
def test_outside_the_contract_a_transfer_says_the_consent_or_the_law_that_allows_it() -> None:
    recipient = recipient_of()
    facts = {"recipient": recipient, "processing": "contract", "what": "Adresses", "persons": 1, "sent_on": DAY}
    for ground in ("consent", "law", "request"):
        with pytest.raises(IntegrityError, match="says_its_ground"), transaction.atomic():
            Transfer.objects.create(**facts, ground=ground, protection="Chiffrement")
    Transfer.objects.create(**facts, ground="consent", reference="CS-2026-001", protection="Chiffrement")


@pytest.mark.commitment("PDP-6.4")
def test_a_processor_has_its_contract_its_guarantees_and_its_review_and_a_transfer_its_protection() -> None:
    for missing in ({"contract": ""}, {"signed_on": None}, {"safeguards": ""}, {"review_on": None}):
        with pytest.raises(IntegrityError, match="recipient_processor_has_its_contract"), transaction.atomic():
            recipient_of(**missing)
    with pytest.raises(IntegrityError, match="recipient_abroad_has_safeguards"), transaction.atomic():
        recipient_of(recipient_class="partner", is_outside_eu=True, safeguards="")
    with pytest.raises(IntegrityError, match="transfer_is_protected"), transaction.atomic():
        Transfer.objects.create(
            recipient=recipient_of(), processing="contract", what="Adresses", persons=1, sent_on=DAY, ground="contract",
            protection="",
        )  # fmt: skip


@pytest.mark.commitment("PDP-1.7")
def test_an_entity_of_the_group_is_a_recipient_like_any_third_party() -> None:
    with pytest.raises(IntegrityError, match="recipient_processor_has_its_contract"), transaction.atomic():
        recipient_of(is_of_group=True, contract="")
    recipient_of(name="Entité du groupe", is_of_group=True)
    version = publish(by=builders.colleague(Role.DPO), note="Essai")
    line = next(line for line in version.content if line["code"] == "contract")
    assert "Entité du groupe (sous-traitants, entité du groupe)" in line["named"]


@pytest.mark.commitment("CGU-8.4")
def test_a_purpose_that_the_register_does_not_have_cannot_be_saved(dpo: Client) -> None:
    answer = dpo.post(reverse("admin:privacy_recipient_add"), {**RECIPIENT, "processings": ["resale"]})
    assert answer.status_code == 200
    assert not Recipient.objects.exists()
    with pytest.raises(IntegrityError, match="recipient_processings_are_declared"), transaction.atomic():
        recipient_of(processings=["resale"])
    with pytest.raises(IntegrityError, match="sheet_processing_is_declared"), transaction.atomic():
        Sheet.objects.create(processing="resale")


@pytest.mark.commitment("PDP-2.6")
def test_a_version_is_frozen_with_its_number_its_author_and_what_changed(dpo: Client) -> None:
    address = reverse("admin:privacy_publication_publish")
    assert dpo.post(address, {"note": "Première version"}).status_code == 302
    answer = dpo.post(address, {"note": "La même"})
    assert "Rien n’a changé" in answer.content.decode()
    Sheet.objects.create(processing="contract", measures="Chiffrement des courriers")
    assert dpo.post(address, {"note": "Mesures du contrat"}).status_code == 302
    first, second = Publication.objects.order_by("number")
    assert [first.number, second.number] == [1, 2]
    assert first.changes == []
    assert second.changes == [
        {"code": "contract", "column": "measures", "before": first.content[1]["measures"],
         "after": "Chiffrement des courriers"}
    ]  # fmt: skip
    from django.db import connection

    with pytest.raises(Exception, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE privacy_publication SET note = 'Autre'")
    assert Entry.objects.filter(action="register.published").count() == 2
    with pytest.raises(NothingNew):
        publish(by=builders.colleague(Role.DPO), note="Encore")


@pytest.mark.commitment("PDP-2.6", "PDP-2.4")
def test_it_leaves_as_pdf_as_csv_and_as_a_pack_for_the_authority(dpo: Client) -> None:
    books = books_of(builders.colleague(Role.DPO))
    row = books["privacy_publication"]
    pdf = dpo.get(reverse("admin:privacy_publication_pdf", args=[row.pk]))
    with pikepdf.open(io.BytesIO(pdf.content)) as opened:
        assert opened.Root.MarkInfo.Marked
        assert str(opened.docinfo["/Keywords"])
    found = dpo.post(reverse("portals:verify"), {"document": io.BytesIO(pdf.content)})
    assert found.status_code == 200
    rows = list(
        csv.reader(
            io.StringIO(dpo.get(reverse("admin:privacy_publication_csv", args=[row.pk])).content.decode("utf-8-sig")),
            delimiter=";",
        )
    )
    assert rows[0] == list(COLUMNS.values())
    assert len(rows) == len(PROCESSINGS) + 1
    pack = dpo.get(reverse("admin:privacy_publication_pack", args=[row.pk]))
    with zipfile.ZipFile(io.BytesIO(pack.content)) as archive:
        assert {
            "destinataires.csv",
            "analyses-d-impact.csv",
            "echanges.csv",
            "registre-v1.csv",
            "registre-v1.pdf",
        } == set(archive.namelist())


@pytest.mark.commitment("PDP-2.1")
@pytest.mark.parametrize("role", OPERATIONAL, ids=lambda role: role.name)
def test_nobody_but_the_dpo_writes_in_the_register(role: Role, client: Client) -> None:
    books = books_of(builders.colleague(Role.DPO))
    assert not {right.model for right in rights_of(role) if right.verb != "view"} & {
        f"privacy.{book}" for book in BOOKS
    }
    builders.enter_gestion(client, builders.colleague(role))
    for book in BOOKS:
        row = books[f"privacy_{book}"]
        for address in (f"admin:privacy_{book}_add", f"admin:privacy_{book}_change"):
            args = [row.pk] if address.endswith("change") else []
            assert client.post(reverse(address, args=args), {"title": "Altéré"}).status_code in {403, 404}, address
    assert not {right.model for right in rights_of(Role.DPO) if right.verb in {"add", "change"}} & {
        "portals.restriction", "members.carerequest", "members.instalment", "members.beneficiaryrequest",
    }  # fmt: skip


@pytest.mark.commitment("CGU-8.5", "PDP-3.1", "PDP-6.3")
def test_everybody_reads_what_is_kept_why_and_for_how_long_from_the_declarations(client: Client, cast: Cast) -> None:
    for account in (cast.alice_account, cast.company_account, cast.professional_account):
        builders.sign_in(client, account)
        page = words_of(client.get(reverse("privacy:kept")).content.decode())
        for line in lines_of(OF_SPACE[Space(account.space)]):
            assert line.processing.title in page
            assert line.processing.retention in page
        assert "jamais vendues" in page
    builders.sign_in(client, cast.company_account)
    assert "décompte" not in words_of(client.get(reverse("privacy:kept")).content.decode())


def test_each_field_about_somebody_is_on_the_page_of_somebody() -> None:
    shown = {
        (line.processing.purpose, kept.sensitivity): kept.fields
        for line in lines_of(frozenset(Subject) - {Subject.NOBODY})
        for kept in line.kept
    }
    assert sum(shown.values()) == len(declared_fields())


@pytest.mark.commitment("PDP-1.1", "CGU-8.3", "CGU-8.4", "PDP-3.4")
def test_the_public_policy_tells_every_purpose_of_the_register(client: Client) -> None:
    page = words_of(client.get(reverse("portals:privacy")).content.decode())
    for processing in PROCESSINGS:
        if processing.purpose != Purpose.OPERATIONS:
            assert processing.title in page, processing.code


@pytest.mark.commitment("PDP-3.2")
def test_what_is_asked_before_a_contract_is_a_processing_of_its_own_with_its_own_duration() -> None:
    by_purpose = {processing.purpose: processing for processing in PROCESSINGS}
    assert by_purpose[Purpose.PRE_CONTRACT].retention != by_purpose[Purpose.CONTRACT].retention
    assert all(
        field.kind.purpose != Purpose.PRE_CONTRACT for field in declared_fields() if field.model == "members.Person"
    )


@pytest.mark.commitment("CGU-8.4", "CGU-8.2")
def test_each_form_says_which_purpose_it_serves_and_a_form_without_one_stops_the_build() -> None:
    from django import forms
    from django.urls import get_resolver

    from privacy.register.checks import every_form_has_its_purpose

    assert get_resolver().url_patterns  # every page is imported, and its forms with it
    assert every_form_has_its_purpose() == []
    stranger = type("StrangeForm", (forms.Form,), {"__module__": "privacy.nowhere"})
    assert [error.id for error in every_form_has_its_purpose()] == ["privacy.E004"]
    stranger.__module__ = "privacy.register.nowhere"  # it stays in memory, with a purpose
    assert every_form_has_its_purpose() == []


@pytest.mark.commitment("CGU-8.1", "CGU-8.4")
def test_beside_the_answers_a_form_tells_what_they_serve(client: Client, cast: Cast) -> None:
    builders.sign_in(client, cast.alice_account)
    page = client.get(reverse("portals:message_new")).content.decode()
    assert "À quoi servent vos réponses" in page
    assert f"{reverse('portals:privacy')}#kept-proof" in page
    assert 'id="kept-proof"' in client.get(reverse("portals:privacy")).content.decode()


@pytest.mark.commitment("CGU-8.2")
def test_what_may_be_left_out_is_marked_and_may_really_be_left_out(client: Client, cast: Cast) -> None:
    builders.sign_in(client, cast.alice_account)
    page = words_of(client.get(reverse("portals:message_new")).content.decode())
    assert "Sauf mention « facultatif », toutes les réponses sont nécessaires" in page.replace("\u00a0", " ")
    answer = client.post(reverse("portals:message_new"), {"topic": "data", "text": "Une question."})
    assert answer.status_code == 302
