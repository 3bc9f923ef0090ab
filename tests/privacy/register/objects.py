"""One of each book of the DPO."""

import datetime
from typing import Any

from portals.accounts.models import Account
from portals.declarations import Purpose
from portals.documents.actions import store
from privacy.models import (
    Advice,
    AuthorityExchange,
    Control,
    ControlResult,
    ImpactAssessment,
    PlannedMeasure,
    Recipient,
    Risk,
    Sheet,
    Transfer,
)
from privacy.register.publishing import publish

DAY = datetime.date(2026, 1, 5)


def recipient_of(**facts: Any) -> Recipient:
    """A processor with all that article 28 asks for."""
    asked = {
        "name": "Éditique de l’Ouest", "recipient_class": "processor", "processings": [Purpose.CONTRACT.value],
        "service": "Impression des courriers", "location": "Rennes", "safeguards": "Contrat, audits, chiffrement",
        "contract": "C-2025-14", "signed_on": DAY, "review_on": datetime.date(2027, 1, 5),
    }  # fmt: skip
    return Recipient.objects.create(**{**asked, **facts})


def assessment_of(code: str = Purpose.PRIOR_AGREEMENT, **facts: Any) -> ImpactAssessment:
    asked = {"title": "Étude", "description": "Ce qui est fait", "necessity": "Pourquoi", "measures": "Comment"}
    return ImpactAssessment.objects.create(processing=code, **{**asked, **facts})


def risk_of(**facts: Any) -> Risk:
    asked = {
        "processing": Purpose.RIGHTS_LOOKUP.value, "kind": "access", "title": "Identifiants volés", "causes": "Hameçonnage",
        "likelihood": 3, "severity": 3, "owner": "RSSI",
    }  # fmt: skip
    return Risk.objects.create(**{**asked, **facts})


def control_of(**facts: Any) -> Control:
    asked = {
        "title": "Revue des habilitations", "kind": "control", "processings": [Purpose.SECURITY.value], "method": "Export",
        "owner": "RSSI", "months": 6, "due_on": DAY,
    }  # fmt: skip
    return Control.objects.create(**{**asked, **facts})


def books_of(by: Account) -> dict[str, Any]:
    """A row of each model of the register, by the name of its admin pages."""
    recipient, control, risk = recipient_of(), control_of(), risk_of()
    proof = store(content=b"%PDF-1.7 essai", content_type="application/pdf", by=by)
    result = ControlResult.objects.create(
        control=control, done_on=DAY, finding="compliant", words="Conforme", evidence=proof, recorded_by=by
    )
    return {
        "privacy_sheet": Sheet.objects.create(processing=Purpose.CONTRACT.value),
        "privacy_recipient": recipient,
        "privacy_transfer": Transfer.objects.create(
            recipient=recipient, processing=Purpose.CONTRACT.value, ground="contract", what="Courriers", persons=12,
            protection="Chiffrement", sent_on=DAY, recorded_by=by,
        ),
        "privacy_publication": publish(by=by, note="Première version"),
        "privacy_impactassessment": assessment_of(),
        "privacy_risk": risk,
        "privacy_plannedmeasure": PlannedMeasure.objects.create(risk=risk, what="Second facteur", owner="RSSI", due_on=DAY),
        "privacy_control": control,
        "evidence of control": result,
        "privacy_authorityexchange": AuthorityExchange.objects.create(kind="question", direction="received", summary="Essai"),
        "privacy_advice": Advice.objects.create(addressed_to="Direction générale", subject="Essai", text="Avis"),
    }  # fmt: skip
