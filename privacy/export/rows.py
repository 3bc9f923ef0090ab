"""What the data package tells of the record: the journal of the account, choices, requests, incidents, and why all is held.

The rows of choices and requests belong to nobody's tenant: the system reads them, filtered by whom they are of.
"""

from dataclasses import asdict, replace
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from portals.accounts.export.registry import ACCOUNT, Notice, Scope, Told, register_notices, register_rows
from portals.accounts.export.sources import of_account
from portals.accounts.models import Space
from privacy.audit.labels import label_of
from privacy.audit.models import Entry, FieldChange
from privacy.breaches.models import Incident, IncidentStep
from privacy.breaches.telling.models import Concerned, Delivery, LetterBatch
from privacy.breaches.violations.models import Filing
from privacy.campaigns.models import CampaignMessage
from privacy.changes.models import Restoration
from privacy.consents.models import Choice
from privacy.consultations.models import Answered, Consultation
from privacy.directives.contents import content_of
from privacy.directives.models import Directives
from privacy.disclosures.models import ToldDisclosure
from privacy.erasure.models import Erasure, LegalHold
from privacy.register.assessments.models import ImpactAssessment
from privacy.register.controls.models import ControlResult
from privacy.register.kept import OF_SPACE, lines_of
from privacy.register.models import Publication, Transfer
from privacy.restriction.models import Freeze
from privacy.retention.models import RetentionRun, RetentionSwitch
from privacy.rights.doubts import RightsPause, RightsProof
from privacy.rights.models import RightsDecision, RightsRequest, Whom
from privacy.rights.sealing import answer_of, claim_of, words_of
from privacy.staff.awareness.models import AwarenessModule, AwarenessResult
from privacy.staff.charter.models import CharterAcknowledgement, CharterVersion
from privacy.staff.reviews.models import AccessReview, ReviewLine
from privacy.vault.models import MedicalCase, MedicalConsent
from privacy.watch.models import Anomaly

type Rows = "QuerySet[Any]"
HANDED = "Autorités à qui vos données ont été remises"
HELD = "Ce que la loi oblige à garder malgré un effacement"


def _requests(scope: Scope) -> Rows:
    """What the account asked for, for others only while it still acts for them."""
    mine = ~Q(whom=Whom.REPRESENTED)
    for grant in scope.grants:
        mine |= Q(space=grant.space, subject_id=grant.subject_id)
    return RightsRequest.objects.filter(mine, account=scope.account)


def _choices(scope: Scope) -> Rows:
    """Outside the member space, choices are the account's own."""
    return Choice.objects.exclude(space=Space.MEMBER).filter(subject_id=scope.account.pk)


def _directives(scope: Scope) -> Rows:
    """As choices: outside the member space, the account's own."""
    return Directives.objects.exclude(space=Space.MEMBER).filter(subject_id=scope.account.pk)


def _persons_directives(scope: Scope) -> Rows:
    """The person's own; never to whoever acts for them."""
    if scope.grant.represents:
        return Directives.objects.none()
    return Directives.objects.filter(space=Space.MEMBER, subject_id=scope.grant.subject_id)


def _directives_said(version: Directives) -> Any:
    content = content_of(version)
    return asdict(content) if content else None


def _persons_choices(scope: Scope) -> Rows:
    return Choice.objects.filter(space=Space.MEMBER, subject_id=scope.grant.subject_id)


def _of_subject(model: type[models.Model], title: str) -> Told:
    """Of an account: rows that say whose they are by a space and a number, as choices do."""

    def rows(scope: Scope) -> Rows:
        return model._default_manager.exclude(space=Space.MEMBER).filter(subject_id=scope.account.pk)

    return Told(model, title, rows)


def _of_person(model: type[models.Model], title: str, name: str = "subject_id") -> Told:
    """Of the insured person; `name` is the column that has their number."""

    def rows(scope: Scope) -> Rows:
        mine = {"space": Space.MEMBER} if name == "subject_id" else {}
        return model._default_manager.filter(**mine, **{name: scope.grant.subject_id})

    return Told(model, title, rows, elsewhere=True)


def _told_only(told: Told) -> Told:
    """Without the holds that the law forbids to tell of."""
    return replace(told, rows=lambda scope: told.rows(scope).filter(is_told=True))


def _notices(space: str) -> list[Notice]:
    """The register's own words, by purpose."""
    lines = lines_of(OF_SPACE[Space(space)])
    return [
        Notice(
            purpose=line.processing.title,
            basis=line.processing.bases_words,
            recipients=line.processing.recipients_words,
            kept=line.processing.retention,
        )
        for line in lines
    ]


register_notices(_notices)
register_rows(
    ACCOUNT,
    of_account(
        Entry, "Journal de vos opérations", "account_id",
        reads={"action": lambda entry: f"{label_of(entry.action)} ({entry.action})"},
    ),
    of_account(FieldChange, "Champs que vous avez modifiés", "actor"),
    of_account(Incident, "Incidents de sécurité", "account_id"),
    of_account(Anomaly, "Alertes levées sur votre compte", "incident__account_id"),
    Told(Choice, "Choix de communication", _choices),
    of_account(CampaignMessage, "Messages d’information adressés", "account_id"),
    of_account(Answered, "Consultations auxquelles vous avez répondu"),
    Told(
        RightsRequest, "Demandes sur vos données", _requests,
        reads={"words_sealed": words_of, "answer_sealed": answer_of, "claim_sealed": claim_of},
    ),
    Told(RightsDecision, "Décisions sur ces demandes", lambda scope: RightsDecision.objects.filter(request__in=_requests(scope))),
    Told(RightsPause, "Pauses de leur délai", lambda scope: RightsPause.objects.filter(request__in=_requests(scope))),
    Told(RightsProof, "Justificatifs d’identité", lambda scope: RightsProof.objects.filter(request__in=_requests(scope))),
    Told(Directives, "Directives pour après le décès", _directives, reads={"content_sealed": _directives_said}),
    of_account(MedicalCase, "Dossiers adressés au médecin-conseil"),
    of_account(MedicalConsent, "Consentements donnés pour ces dossiers"),
    _of_subject(Freeze, "Limitations de l’usage de vos données"),
    _told_only(_of_subject(LegalHold, HELD)),
    _of_subject(ToldDisclosure, HANDED),
    # What the staff did themselves: empty for everybody else.
    of_account(Restoration, "Valeurs que vous avez rétablies", "by"),
    of_account(Transfer, "Transmissions que vous avez notées", "recorded_by"),
    of_account(Publication, "Versions du registre que vous avez publiées", "published_by"),
    of_account(ImpactAssessment, "Analyses d’impact que vous avez conclues", "decided_by"),
    of_account(ControlResult, "Contrôles que vous avez notés", "recorded_by"),
    of_account(IncidentStep, "Étapes d’incidents que vous avez notées", "by"),
    of_account(Consultation, "Consultations que vous avez écrites", "written_by"),
    of_account(Filing, "Dossiers que vous avez préparés pour l’autorité", "prepared_by"),
    of_account(LetterBatch, "Lots de lettres que vous avez postés", "posted_by"),
    of_account(Concerned, "Violations de données qui ont concerné votre compte", "account_id"),
    of_account(Delivery, "Ce qui vous en a été dit", "concerned__account_id"),
    of_account(Erasure, "Effacements que vous avez ordonnés", "ordered_by"),
    of_account(CharterAcknowledgement, "Vos engagements sur la charte du personnel"),
    of_account(CharterVersion, "Versions de la charte que vous avez publiées", "published_by"),
    of_account(AwarenessResult, "Modules de sensibilisation que vous avez suivis"),
    of_account(AwarenessModule, "Modules que vous avez publiés", "published_by"),
    of_account(AccessReview, "Revues des habilitations que vous avez commencées", "started_by"),
    of_account(ReviewLine, "Ce que ces revues ont décidé de vos rôles"),
    of_account(RetentionRun, "Passages de la conservation que vous avez demandés", "asked_by"),
    of_account(RetentionSwitch, "Règles de conservation que vous avez arrêtées ou reprises", "set_by"),
)  # fmt: skip
register_rows(
    Space.MEMBER,
    Told(Choice, "Choix de communication", _persons_choices, elsewhere=True),
    Told(
        Directives,
        "Directives pour après le décès",
        _persons_directives,
        reads={"content_sealed": _directives_said},
        elsewhere=True,
    ),
    _of_person(Concerned, "Violations de données qui vous ont concerné", "person_id"),
    _of_person(Delivery, "Ce qui vous en a été dit", "concerned__person_id"),
    _of_person(Freeze, "Limitations de l’usage de vos données"),
    _told_only(_of_person(LegalHold, HELD)),
    _of_person(ToldDisclosure, HANDED),
)
