"""What the core tells of an account in its data package, whatever it opens. Read in the system's context.

What was written for somebody else is told only to whoever still acts for them (`exported_grants`).
"""

from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from portals.access.models import EndNotice, Grant, Restriction
from portals.accounts.closing.models import Deletion
from portals.accounts.export.models import AccountExport, ExportLink, ExportTransfer
from portals.accounts.export.registry import ACCOUNT, Scope, Told, register_rows
from portals.accounts.fraud.actions import DESCRIPTION_PLACE
from portals.accounts.fraud.models import FraudReport
from portals.accounts.fraud.queries import subject_of as report_subject
from portals.accounts.models import Account, KnownNetwork
from portals.accounts.second_factor.models import MailCode, RecoveryCodes, TotpDevice
from portals.accounts.security.models import AccountSession, EmailChange
from portals.alerts.models import Alert
from portals.correspondence.models import Message, StaffNote, Thread
from portals.correspondence.sealing import MESSAGE_PLACE, NOTE_PLACE
from portals.correspondence.sealing import subject_of as thread_subject
from portals.documents.models import StoredFile, Upload, UploadState
from portals.documents.uploads import content_of
from portals.secrets import unseal
from portals.terms.models import Acceptance


def of_account(model: type[models.Model], title: str, name: str = "account", **more: Any) -> Told:
    """A model whose rows name their account."""

    def rows(scope: Scope) -> "QuerySet[Any]":
        return model._default_manager.filter(**{name: scope.account.pk})

    return Told(model, title, rows, **more)


def _threads(scope: Scope) -> "QuerySet[Thread]":
    acted_for = Q(for_other=False)
    for grant in scope.grants:
        acted_for |= Q(space=grant.space, tenant_id=grant.tenant_id, subject_id=grant.subject_id)
    return Thread.objects.filter(acted_for, account=scope.account)


def _message_text(message: Message) -> str:
    return unseal(thread_subject(message.thread), MESSAGE_PLACE, message.text_sealed)


def _note_text(note: StaffNote) -> str:
    return unseal(thread_subject(note.thread), NOTE_PLACE, note.text_sealed)


def _description(report: FraudReport) -> str | None:
    sealed = report.description_sealed
    return unseal(report_subject(report), DESCRIPTION_PLACE, sealed) if sealed else None


def document_path(upload: Upload) -> str:
    """Where a document that was sent is in its folder: its number keeps two of the same name apart."""
    return f"documents-envoyes/{upload.pk}-{upload.name}"


def _document(upload: Upload) -> tuple[str, bytes] | None:
    if upload.stored is None or upload.state == UploadState.DISCARDED:
        return None
    return document_path(upload), content_of(upload)


register_rows(
    ACCOUNT,
    Told(Account, "Compte", lambda scope: Account.objects.filter(pk=scope.account.pk)),
    Told(Grant, "Droits d’accès", lambda scope: Grant.objects.filter(pk__in=[grant.pk for grant in scope.grants])),
    Told(EndNotice, "Annonces de fin d’accès", lambda scope: EndNotice.objects.filter(grant__in=scope.grants)),
    of_account(Acceptance, "Conditions acceptées"),
    of_account(Restriction, "Suspensions et fermetures"),
    of_account(AccountSession, "Connexions"),
    of_account(KnownNetwork, "Réseaux reconnus"),
    of_account(TotpDevice, "Applications de codes", "user"),
    of_account(RecoveryCodes, "Codes de secours", "user"),
    of_account(MailCode, "Codes envoyés par e-mail"),
    of_account(EmailChange, "Changements d’adresse e-mail"),
    Told(Thread, "Échanges et réclamations", _threads),
    Told(
        Message, "Messages", lambda scope: Message.objects.filter(thread__in=_threads(scope)).select_related("thread"),
        reads={"text_sealed": _message_text},
    ),
    Told(
        StaffNote, "Notes de nos services",
        lambda scope: StaffNote.objects.filter(thread__in=_threads(scope)).select_related("thread"),
        reads={"text_sealed": _note_text},
    ),
    Told(
        Upload, "Documents envoyés",
        lambda scope: Upload.objects.filter(sent_by=scope.account).select_related("stored"), document=_document,
    ),
    Told(
        StoredFile, "Fichiers",
        lambda scope: StoredFile.objects.filter(upload__sent_by=scope.account).select_related("upload"),
        reads={"file": lambda stored: document_path(stored.upload)},
    ),
    of_account(Alert, "Alertes placées sur vos pages"),
    of_account(FraudReport, "Signalements de fraude", reads={"description_sealed": _description}),
    of_account(Deletion, "Suppressions du compte"),
    of_account(AccountExport, "Copies des données"),
    Told(ExportLink, "Liens de téléchargement", lambda scope: ExportLink.objects.filter(export__account=scope.account)),
    of_account(ExportTransfer, "Transmissions à un tiers"),
)  # fmt: skip
