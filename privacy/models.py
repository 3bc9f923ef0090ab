"""The face of the app: Django finds the rooms' models here."""

from privacy.audit.models import Entry, FieldChange, Seal
from privacy.breaches.models import Incident, IncidentStep
from privacy.breaches.telling.models import Concerned, Delivery, LetterBatch
from privacy.breaches.violations.models import Breach, Filing
from privacy.campaigns.models import Campaign, CampaignMessage
from privacy.changes.models import Restoration, RowChange, RowCreation
from privacy.consents.models import Choice, Purpose, PurposeText
from privacy.consultations.models import Answered, Consultation, SealedBallot
from privacy.deaths.models import Death, DeathProof, DeathTask, EstateLetter, Handover
from privacy.desk.models import JournalCheck
from privacy.directives.models import Directives
from privacy.disclosures.models import DisclosedSubject, Disclosure, ToldDisclosure
from privacy.erasure.models import Erasure, ErasureStep, LegalHold
from privacy.investigations.models import CaseStep, CaseSubject, Exhibit, Investigation, SuspicionReport
from privacy.investigations.screening.models import FreezeList, ListedName, ScreeningFlag
from privacy.register.assessments.models import Activation, ImpactAssessment, PlannedMeasure, Risk
from privacy.register.controls.models import Control, ControlResult
from privacy.register.models import Publication, Recipient, Sheet, Transfer
from privacy.register.oversight.models import Advice, AuthorityExchange
from privacy.restriction.models import Freeze
from privacy.retention.models import Archived, RetentionReport, RetentionRun, RetentionSwitch, RetentionWarning
from privacy.rights.doubts import RightsLink, RightsPause, RightsProof
from privacy.rights.models import RightsDecision, RightsRequest, RightsTask
from privacy.staff.awareness.models import AwarenessModule, AwarenessResult
from privacy.staff.charter.models import CharterAcknowledgement, CharterVersion
from privacy.staff.reviews.models import AccessReview, ReviewLine
from privacy.statistics.models import Edition
from privacy.vault.models import MedicalCase, MedicalConsent
from privacy.watch.models import Anomaly

__all__ = [
    "AccessReview",
    "Activation",
    "Advice",
    "Anomaly",
    "Answered",
    "Archived",
    "AuthorityExchange",
    "AwarenessModule",
    "AwarenessResult",
    "Breach",
    "Campaign",
    "CampaignMessage",
    "CaseStep",
    "CaseSubject",
    "CharterAcknowledgement",
    "CharterVersion",
    "Choice",
    "Concerned",
    "Consultation",
    "Control",
    "ControlResult",
    "Death",
    "DeathProof",
    "DeathTask",
    "Delivery",
    "Directives",
    "DisclosedSubject",
    "Disclosure",
    "Edition",
    "Entry",
    "Erasure",
    "ErasureStep",
    "EstateLetter",
    "Exhibit",
    "FieldChange",
    "Filing",
    "Freeze",
    "FreezeList",
    "Handover",
    "ImpactAssessment",
    "Incident",
    "IncidentStep",
    "Investigation",
    "JournalCheck",
    "LegalHold",
    "LetterBatch",
    "ListedName",
    "MedicalCase",
    "MedicalConsent",
    "PlannedMeasure",
    "Publication",
    "Purpose",
    "PurposeText",
    "Recipient",
    "Restoration",
    "RetentionReport",
    "RetentionRun",
    "RetentionSwitch",
    "RetentionWarning",
    "ReviewLine",
    "RightsDecision",
    "RightsLink",
    "RightsPause",
    "RightsProof",
    "RightsRequest",
    "RightsTask",
    "Risk",
    "RowChange",
    "RowCreation",
    "ScreeningFlag",
    "Seal",
    "SealedBallot",
    "Sheet",
    "SuspicionReport",
    "ToldDisclosure",
    "Transfer",
]
