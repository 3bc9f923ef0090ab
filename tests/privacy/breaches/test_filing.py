"""The file for the authority: every item, in phases or whole, late with its reason; and the register of all breaches."""

import csv
import datetime
import io
import json

import pikepdf
import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from portals.gestion.roles import Role
from privacy.breaches.actions import BreachStands, Closed
from privacy.breaches.actions import close as close_incident
from privacy.breaches.models import IncidentState, StepKind
from privacy.breaches.telling.actions import exempt
from privacy.breaches.violations import actions
from privacy.breaches.violations.documents import filing_json, filing_pdf, register_csv, register_pdf
from privacy.breaches.violations.models import Breach, Exemption, Filing, Phase, Risk
from privacy.register.oversight.models import AuthorityExchange
from tests import builders
from tests.cast import Cast
from tests.privacy.breaches.objects import FACTS, HOUR, breach_about, filing_of, incident_about, whole_breach_about

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("PDP-7.8")]


def words_in(pdf: bytes) -> str:
    """The file that the PDF carries, as text."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        (attached,) = opened.attachments.values()
        return attached.get_file().read_bytes().decode()


def test_a_whole_file_has_every_item_of_article_33(cast: Cast) -> None:
    filing = filing_of(whole_breach_about(cast.colleague_account))
    assert (filing.phase, filing.missing) == (Phase.WHOLE, [])
    said = json.loads(filing_json(filing))
    nature = said["nature_de_la_violation"]
    assert nature["atteintes"][0].startswith("Confidentialité")
    assert nature["categories_de_personnes"] == ["Adhérents", "Ayants droit"]
    assert nature["nombre_de_personnes"] == 198
    assert nature["categories_de_donnees"][0].startswith("État civil")
    assert nature["nombre_d_enregistrements"] == 198
    assert nature["circonstances"] == FACTS["circumstances"]
    officer = said["delegue_a_la_protection_des_donnees"]
    assert officer["nom"] and officer["e_mail"] == "dpo@harmonie-mutuelle.fr" and "Nantes" in officer["adresse"]
    assert said["consequences_probables"] == FACTS["consequences"]
    assert said["mesures"] == {"prises": FACTS["measures_taken"], "proposees": FACTS["measures_planned"]}
    assert said["delai"]["heures"] == 72
    assert not said["delai"]["hors_delai"]
    assert said["exercice"] is None


def test_the_pdf_carries_the_same_file(cast: Cast) -> None:
    filing = filing_of(whole_breach_about(cast.colleague_account))
    pdf = filing_pdf(filing)
    assert pdf.startswith(b"%PDF")
    assert json.loads(words_in(pdf)) == filing.content


def test_what_is_not_known_yet_is_filed_later(cast: Cast) -> None:
    dpo = builders.colleague(Role.DPO)
    breach = breach_about(cast.colleague_account, circumstances="Compte volé.")
    first = actions.prepare(by=dpo, breach=breach, late_reason="")
    assert first.phase == Phase.FIRST
    assert first.content["phase"]["a_completer"]
    with pytest.raises(actions.NothingNew):
        actions.prepare(by=dpo, breach=breach, late_reason="")
    actions.mark_filed(by=dpo, filing=first, filed_at=timezone.now(), receipt="R-1")
    actions.describe(by=dpo, breach=breach, facts=FACTS)
    actions.assess(by=dpo, breach=breach, risk=Risk.LIKELY, reason="Peu de données.")
    second = actions.prepare(by=dpo, breach=breach, late_reason="")
    assert (second.phase, second.rank, second.missing) == (Phase.FURTHER, 2, [])
    assert second.content["phase"]["precedentes"][0]["recepisse"] == "R-1"
    actions.mark_filed(by=dpo, filing=second, filed_at=timezone.now(), receipt="R-2")
    with pytest.raises(actions.NothingNew):
        actions.prepare(by=dpo, breach=breach, late_reason="")


def test_after_72_hours_the_file_says_why(cast: Cast) -> None:
    dpo = builders.colleague(Role.DPO)
    breach = whole_breach_about(cast.colleague_account, hours_ago=73)
    with pytest.raises(actions.LateWithoutReason):
        actions.prepare(by=dpo, breach=breach, late_reason=" ")
    filing = actions.prepare(by=dpo, breach=breach, late_reason="Le prestataire a tardé à nous le dire.")
    assert filing.content["delai"]["hors_delai"]
    assert filing.content["delai"]["motif_du_retard"].startswith("Le prestataire")


def test_a_deposit_after_the_deadline_wants_its_reason_even_of_a_file_prepared_in_time(cast: Cast) -> None:
    dpo = builders.colleague(Role.DPO)
    breach = whole_breach_about(cast.colleague_account, hours_ago=71)
    filing = actions.prepare(by=dpo, breach=breach, late_reason="")
    Breach.objects.filter(pk=breach.pk).update(aware_at=breach.aware_at - 2 * HOUR)
    with pytest.raises(actions.LateWithoutReason):
        actions.mark_filed(by=dpo, filing=filing, filed_at=timezone.now(), receipt="R-1")
    actions.mark_filed(
        by=dpo, filing=filing, filed_at=timezone.now(), receipt="R-1", late_reason="Panne du téléservice."
    )


def test_the_database_refuses_a_late_deposit_without_reason_and_any_rewriting_of_a_file(cast: Cast) -> None:
    filing = filing_of(whole_breach_about(cast.colleague_account))
    with pytest.raises(IntegrityError), transaction.atomic():
        Filing.objects.filter(pk=filing.pk).update(filed_at=filing.due_at + HOUR, receipt="R-1")
    with pytest.raises(DatabaseError), transaction.atomic():
        Filing.objects.filter(pk=filing.pk).update(content={})
    with pytest.raises(DatabaseError), transaction.atomic():
        filing.breach.incident.steps.update(words="autre chose")
    with pytest.raises(DatabaseError), transaction.atomic():
        filing.breach.delete()


def test_it_was_not_known_tomorrow(cast: Cast) -> None:
    incident = incident_about(cast.colleague_account)
    with pytest.raises(actions.NotYet):
        actions.enter(by=builders.colleague(Role.DPO), incident=incident, aware_at=timezone.now() + HOUR)


def test_a_breach_is_closed_when_everything_due_is_done(cast: Cast) -> None:
    dpo = builders.colleague(Role.DPO)
    breach = whole_breach_about(cast.colleague_account)
    with pytest.raises(BreachStands):
        close_incident(by=dpo, incident=breach.incident, reason="Rien.")
    with pytest.raises(actions.Unfinished):
        actions.close(by=dpo, breach=breach, lessons="Rien.")
    actions.mark_filed(by=dpo, filing=filing_of(breach), filed_at=timezone.now(), receipt="R-1")
    assert len(actions.unfinished(breach)) == 1
    exempt(by=dpo, breach=breach, exemption=Exemption.UNREADABLE, reason="Tout était chiffré.", public_notice="")
    breach.refresh_from_db()
    actions.close(by=dpo, breach=breach, lessons="Second facteur à chaque vérification.")
    breach.incident.refresh_from_db()
    assert breach.incident.state == IncidentState.CLOSED
    kinds = list(breach.incident.steps.values_list("kind", flat=True))
    assert kinds == [
        StepKind.OPENED, StepKind.BREACH, StepKind.DESCRIBED, StepKind.ASSESSED, StepKind.PREPARED, StepKind.FILED,
        StepKind.EXEMPTED, StepKind.CLOSED,
    ]  # fmt: skip
    with pytest.raises(Closed):
        actions.describe(by=dpo, breach=breach, facts={"circumstances": "autre"})


def test_the_register_has_every_breach_but_the_exercises(cast: Cast) -> None:
    dpo = builders.colleague(Role.DPO)
    notified = whole_breach_about(cast.colleague_account)
    quiet = whole_breach_about(cast.colleague_account, risk=Risk.NONE)
    drill = whole_breach_about(cast.colleague_account, is_drill=True)
    actions.mark_filed(by=dpo, filing=filing_of(notified), filed_at=timezone.now(), receipt="R-77")
    year = timezone.localdate().year
    assert [notified.reference, quiet.reference, drill.reference] == [f"V-{year}-01", f"V-{year}-02", f"EX-V-{year}-01"]
    rows = Breach.objects.filter(is_drill=False).order_by("pk").prefetch_related("filings")
    written = list(csv.DictReader(io.StringIO(register_csv(rows).decode("utf-8-sig")), delimiter=";"))
    assert [row["Récépissé"] for row in written] == ["R-77", ""]
    assert list(AuthorityExchange.objects.values_list("reference", flat=True)) == ["R-77"]
    assert all(row["Ce qui est arrivé"] and row["Conséquences"] and row["Mesures prises"] for row in written)
    assert written[1]["Pourquoi"]
    assert register_pdf(rows, by=dpo).startswith(b"%PDF")


def test_the_period_of_a_new_breach_is_the_day_before_it_was_noticed(cast: Cast) -> None:
    incident = incident_about(cast.colleague_account)
    breach = actions.enter(by=builders.colleague(Role.DPO), incident=incident, aware_at=incident.opened_at)
    assert breach.began_at == incident.opened_at - datetime.timedelta(hours=24)
    assert breach.ended_at == incident.opened_at
