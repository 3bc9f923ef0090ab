"""The DPO's books of the demo: recipients, risks, controls, letters, advice, and a first version of the register."""

import datetime

from django.db import transaction
from django.utils import timezone

from config.demo.accounts.parts import STAFF
from portals.accounts.models import Account
from portals.dates import months_after
from portals.declarations import Purpose
from privacy.register.assessments.demonstration import assess_all
from privacy.register.assessments.models import ImpactAssessment, PlannedMeasure, Risk, RiskKind
from privacy.register.controls.models import Control, ControlKind, ControlResult, Finding
from privacy.register.declared import PROCESSINGS
from privacy.register.models import Publication, Recipient, Sheet, Transfer
from privacy.register.oversight.models import Advice, AuthorityExchange, Direction, ExchangeKind, Followed
from privacy.register.publishing import publish

OF_CONTRACT = [Purpose.CONTRACT.value, Purpose.REIMBURSEMENT.value]
OF_CARE = [Purpose.REIMBURSEMENT.value, Purpose.PROVIDER_PAYMENT.value]


def fill_register() -> bool:
    """Write them once, in the DPO's name; says whether they were missing."""
    _role, name, _note = STAFF["dpo"]
    dpo = Account.objects.filter(display_name=name, is_staff=True).first()
    if dpo is None or Publication.objects.exists():
        return False
    with transaction.atomic():
        today = timezone.localdate()
        assess_all(by=dpo, today=today)
        _sheets(today)
        _recipients(today, dpo)
        _risks(today)
        _controls(today, dpo)
        _dialogue(today)
        publish(by=dpo, note="Première version publiée avec les espaces en ligne")
    return True


def _sheets(today: datetime.date) -> None:
    Sheet.objects.bulk_create(
        Sheet(
            processing=processing.code,
            verified_on=months_after(today, -1 - rank % 6),
            review_on=months_after(today, 11 - rank % 12) + datetime.timedelta(days=9),
            finding="Conforme à sa description, sans écart.",
        )
        for rank, processing in enumerate(PROCESSINGS[:12])
    )


def _recipients(today: datetime.date, dpo: Account) -> None:
    signed, review = months_after(today, -10), months_after(today, 2)
    facts = {"signed_on": signed, "safeguards": "Contrat de l’article 28, audit annuel, chiffrement de bout en bout."}
    Recipient.objects.bulk_create(
        [
            Recipient(
                name="Éditique de l’Ouest", recipient_class="processor", processings=OF_CONTRACT, location="Rennes",
                service="Impression et envoi des courriers", contract="ST-2026-04", sub_processors="Transporteur postal",
                review_on=today + datetime.timedelta(days=6), **facts,
            ),
            Recipient(
                name="Hébergeur de données de santé", recipient_class="processor", contract="ST-2025-11",
                processings=[processing.code for processing in PROCESSINGS], location="Paris et Lyon",
                service="Hébergement certifié HDS", review_on=review, **facts,
            ),
            Recipient(
                name="Service informatique du groupe", recipient_class="processor", is_of_group=True,
                processings=[Purpose.SECURITY.value], service="Surveillance des accès", location="Nantes",
                contract="ST-2026-01", review_on=review, **facts,
            ),
            Recipient(
                name="Assurance maladie", recipient_class="partner", processings=OF_CARE, location="France",
                service="Échange des décomptes", safeguards="Norme NOEMIE, liaison chiffrée",
            ),
            Recipient(
                name="Tracfin", recipient_class="authority", processings=[Purpose.FINANCIAL_CRIME.value],
                service="Déclarations que la loi impose", location="France",
            ),
        ]
    )  # fmt: skip
    Transfer.objects.create(
        recipient=Recipient.objects.get(name="Éditique de l’Ouest"), processing=Purpose.CONTRACT.value, ground="contract",
        what="Noms et adresses, pour l’appel de cotisations", persons=412, protection="Fichier chiffré, dépôt SFTP",
        sent_on=months_after(today, -1), recorded_by=dpo,
    )  # fmt: skip


def _risks(today: datetime.date) -> None:
    listed = (
        (Purpose.RIGHTS_LOOKUP, RiskKind.ACCESS, "Identifiants d’un professionnel volés", 3, 4, "RSSI"),
        (Purpose.CONTRACT, RiskKind.MISUSE, "Compte d’une entreprise détourné pour changer un IBAN", 2, 3, "RSSI"),
        (Purpose.REIMBURSEMENT, RiskKind.ACCESS, "Un proche lit les soins d’un autre", 2, 2, "Relation adhérents"),
        (Purpose.PROOF, RiskKind.CHANGE, "Une écriture modifiée sert de preuve", 1, 3, "RSSI"),
        (Purpose.PORTAL, RiskKind.LOSS, "Perte des pièces envoyées", 1, 2, "Exploitation"),
    )
    for rank, (purpose, kind, title, likelihood, severity, owner) in enumerate(listed):
        risk = Risk.objects.create(
            processing=purpose.value, kind=kind, title=title, causes="Décrites dans l’analyse d’impact.", owner=owner,
            likelihood=likelihood, severity=severity,
        )  # fmt: skip
        PlannedMeasure.objects.create(
            risk=risk, what="Exercice annuel et revue des mesures", owner=owner,
            due_on=today + datetime.timedelta(days=20 * rank - 4),
        )  # fmt: skip
    ImpactAssessment.objects.create(
        processing=Purpose.PRIOR_AGREEMENT.value, title="Lecture des devis par image",
        description="Lire les montants d’un devis photographié, pour préremplir la demande.",
        necessity="Éviter une double saisie. L’image n’est pas gardée.", measures="Traitement sur nos serveurs, sans tiers.",
        started_on=months_after(today, -1), opinion_due_on=today + datetime.timedelta(days=5),
    )  # fmt: skip


def _controls(today: datetime.date, dpo: Account) -> None:
    listed = (
        ("Revue des habilitations", ControlKind.CONTROL, [Purpose.SECURITY.value], 6, 12, "RSSI"),
        (
            "Exactitude de la page « Ce que nous conservons »",
            ControlKind.CONTROL,
            [Purpose.PORTAL.value],
            12,
            -3,
            "DPO",
        ),
        ("Audit des sous-traitants", ControlKind.AUDIT, OF_CONTRACT, 24, 48, "Risques et conformité"),
        ("Audit du tiers payant", ControlKind.AUDIT, OF_CARE, 36, 400, "Risques et conformité"),
    )
    for title, kind, processings, months, days, owner in listed:
        control = Control.objects.create(
            title=title.replace("« ", "«\u00a0").replace(" »", "\u00a0»"), kind=kind, processings=processings, months=months,
            method="Sur pièces, par échantillon.", owner=owner, due_on=today + datetime.timedelta(days=days),
        )  # fmt: skip
        ControlResult.objects.create(
            control=control, done_on=months_after(today, -months), finding=Finding.COMPLIANT, words="Aucun écart.",
            recorded_by=dpo,
        )  # fmt: skip


def _dialogue(today: datetime.date) -> None:
    AuthorityExchange.objects.create(
        kind=ExchangeKind.QUESTION, direction=Direction.RECEIVED, on_day=today - datetime.timedelta(days=12),
        reference="DM-2026-117", summary="Demande d’explications sur la durée des journaux de connexion.",
        answer_due_on=today + datetime.timedelta(days=18),
    )  # fmt: skip
    Advice.objects.create(
        given_on=months_after(today, -2), addressed_to="Direction générale", subject="Second facteur pour les adhérents",
        text="Le proposer à chaque connexion, sans l’imposer.", followed=Followed.FOLLOWED,
    )  # fmt: skip
    Advice.objects.create(
        given_on=months_after(today, -1), addressed_to="Direction du développement", subject="Croisement de fichiers",
        text="Ne pas rapprocher les soins des offres.", followed=Followed.WAITING,
    )  # fmt: skip
