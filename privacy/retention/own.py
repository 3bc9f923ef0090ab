"""What the privacy core holds and how long: requests, choices, incidents, histories; and what is kept, with why."""

import datetime

from django.db.models import OuterRef, Q, Subquery

from portals.declarations import Purpose
from portals.presentation.formats import local_date
from privacy.consents.models import Choice
from privacy.retention.registry import NightlyRule, RowRule, exempt, register
from privacy.retention.rules import NO_DELAY, Delay
from privacy.retention.sources import (
    CHOICES,
    FIVE_YEARS,
    IDENTITY_PROOF,
    MINIMISED,
    PRESCRIPTION,
    PROSPECTS,
    SIX_MONTHS,
    THREE_YEARS,
)  # fmt: skip
from privacy.rights.models import PENDING

LINK_DAYS = datetime.timedelta(days=30)
RECEIVED = "la réception de la demande"


def replaced_at() -> Subquery:
    """The instant at which the same person said something else about the same purpose, by the same channel."""
    later = Choice._base_manager.filter(
        space=OuterRef("space"), subject_id=OuterRef("subject_id"), purpose_id=OuterRef("purpose_id"),
        channel=OuterRef("channel"), pk__gt=OuterRef("pk"),
    )  # fmt: skip
    return Subquery(later.order_by("pk").values("at")[:1])


register(
    RowRule(
        code="privacy.identity_proofs", label="Pièces d’identité jamais vérifiées", purpose=Purpose.PROOF,
        source=IDENTITY_PROOF, delay=SIX_MONTHS, after="leur réception\u202f; vérifiées, elles disparaissent aussitôt",
        model="privacy.RightsProof", counted="received_on", where=Q(upload__isnull=False),
    ),
    *(
        RowRule(
            code=f"privacy.{code}", label=label, purpose=Purpose.PROOF, source=PRESCRIPTION, delay=FIVE_YEARS,
            after=RECEIVED, model=f"privacy.{model}", counted="request__received_on",
            where=~Q(request__state__in=PENDING),
        )
        for code, label, model in (
            ("rights_tasks", "Tâches d’une demande", "RightsTask"),
            ("rights_decisions", "Décisions sur une demande", "RightsDecision"),
            ("rights_pauses", "Suspensions d’une demande", "RightsPause"),
            ("rights_proofs", "Pièces d’une demande", "RightsProof"),
        )
    ),
    NightlyRule(
        code="privacy.rights_links", label="Liens envoyés pour une demande", purpose=Purpose.PROOF, source=MINIMISED,
        delay=Delay(days=LINK_DAYS.days), after="la fin du lien", model="privacy.RightsLink", schedule="rights.links",
        waiting=lambda at: Q(expires_at__lt=at - LINK_DAYS),
    ),
    RowRule(
        code="privacy.rights_requests", label="Demandes d’exercice de droits", purpose=Purpose.PROOF,
        source="RGPD, articles 12 et 17.3.e\u202f; code civil, article 2224", delay=FIVE_YEARS, after=RECEIVED,
        model="privacy.RightsRequest", counted="received_on", where=~Q(state__in=PENDING),
    ),
    RowRule(
        code="privacy.choices", label="Choix remplacés par un autre", purpose=Purpose.COMMUNICATION, source=CHOICES,
        delay=FIVE_YEARS, after="leur remplacement", model="privacy.Choice", counted=replaced_at(),
    ),
    RowRule(
        code="privacy.campaign_messages", label="Lettres et offres envoyées", purpose=Purpose.COMMUNICATION,
        source=PROSPECTS, delay=THREE_YEARS, after="l’envoi", model="privacy.CampaignMessage", counted="made_at",
    ),
    RowRule(
        code="privacy.freezes", label="Limitations d’usage levées", purpose=Purpose.PROOF, source=PRESCRIPTION,
        delay=FIVE_YEARS, after="la levée", model="privacy.Freeze", counted="lifted_at",
    ),
    RowRule(
        code="privacy.legal_holds", label="Conservations pour litige", purpose=Purpose.PROOF, source=PRESCRIPTION,
        delay=FIVE_YEARS, after="leur dernier jour", model="privacy.LegalHold", counted="until",
    ),
)  # fmt: skip
register(
    RowRule(
        code="privacy.anomalies", label="Anomalies du journal", purpose=Purpose.SECURITY, source=PRESCRIPTION,
        delay=FIVE_YEARS, after="leur découverte", model="privacy.Anomaly", counted="found_at",
    ),
    RowRule(
        code="privacy.deliveries", label="Avertissements d’une violation", purpose=Purpose.SECURITY,
        source=PRESCRIPTION, delay=FIVE_YEARS, after="la clôture de la violation", model="privacy.Delivery",
        counted="concerned__breach__closed_at",
    ),
    RowRule(
        code="privacy.concerned", label="Personnes concernées par une violation", purpose=Purpose.SECURITY,
        source=PRESCRIPTION, delay=FIVE_YEARS, after="la clôture de la violation", model="privacy.Concerned",
        counted="breach__closed_at",
    ),
    RowRule(
        code="privacy.row_changes", label="Valeurs d’avant", purpose=Purpose.SECURITY, source=PRESCRIPTION,
        delay=FIVE_YEARS, after="le changement", model="privacy.RowChange", counted="at",
    ),
    RowRule(
        code="privacy.field_changes", label="Valeurs d’avant, changées par le personnel", purpose=Purpose.PROOF,
        source=PRESCRIPTION, delay=FIVE_YEARS, after="le changement", model="privacy.FieldChange",
        counted="timestamp",
    ),
    NightlyRule(
        code="privacy.medical_cases", label="Dossiers médicaux", purpose=Purpose.MEDICAL, source=PRESCRIPTION,
        delay=NO_DELAY, after="le jour que dit chaque dossier", model="privacy.MedicalCase",
        schedule="vault.retention", waiting=lambda at: Q(erased_at=None, erase_on__lte=local_date(at)), empties=True,
    ),
)  # fmt: skip
exempt(
    "Le journal ne contient que des numéros\u00a0: il fait preuve par un sceau qui relie chaque ligne aux autres, et "
    "n’en perd aucune. Ce que ces numéros désignent disparaît, et avec cela ce qui y reconnaîtrait quelqu’un.",
    "privacy.Entry",
)  # fmt: skip
exempt(
    "Le registre des violations se tient sans limite de durée (RGPD, article 33.5)\u202f; il ne porte que des numéros.",
    "privacy.Incident", "privacy.IncidentStep", "privacy.Filing", "privacy.LetterBatch",
)  # fmt: skip
exempt(
    "Preuve de ce que la mutuelle a tenu (RGPD, article 5.2)\u00a0: signée par le personnel, sans donnée d’adhérent.",
    "privacy.Campaign", "privacy.ControlResult", "privacy.ImpactAssessment", "privacy.Publication",
    "privacy.PurposeText", "privacy.Restoration", "privacy.RetentionRun", "privacy.RetentionSwitch",
    "privacy.RowCreation", "privacy.Transfer",
)  # fmt: skip
exempt("La preuve d’un effacement ne porte que des numéros, qui ne désignent plus personne.", "privacy.Erasure")
