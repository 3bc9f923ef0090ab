"""What the shared core holds and how long: accounts' traces, messages, exports, e-mails to come, runs of feeds."""

import datetime

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from portals.access.models import Basis
from portals.accounts.export.models import ExportState
from portals.accounts.known_networks import KEPT as NETWORKS_KEPT
from portals.correspondence.drafts import KEPT_DAYS as DRAFT_DAYS
from portals.correspondence.models import Message, State
from portals.declarations import Purpose
from portals.jobs.models import JobState
from privacy.erasure.registry import Key
from privacy.retention.registry import NightlyRule, RowRule, exempt, register
from privacy.retention.rules import Delay
from privacy.retention.sources import (
    FIVE_YEARS,
    LOGGING,
    MINIMISED,
    ONE_YEAR,
    PRESCRIPTION,
    THIRTY_DAYS,
    TWO_YEARS,
)  # fmt: skip


def last_message(thread: str) -> Subquery:
    """The instant of the last message of a thread."""
    messages = Message._base_manager.filter(thread_id=OuterRef(thread)).order_by("-sent_at")
    return Subquery(messages.values("sent_at")[:1])


ANSWERED = ~Q(state=State.WAITING)
OF_ANSWERED = ~Q(thread__state=State.WAITING)
EXCHANGE = "la fin de l’échange"

# Security: what is noted to recognise whoever signs in.
register(
    RowRule(
        code="portals.sessions", label="Historique des connexions", purpose=Purpose.SECURITY, source=LOGGING,
        delay=ONE_YEAR, after="la connexion", model="portals.AccountSession", counted="began_at",
    ),
    NightlyRule(
        code="portals.networks", label="Réseaux habituels", purpose=Purpose.SECURITY, source=LOGGING,
        delay=Delay(days=NETWORKS_KEPT.days), after="la dernière connexion depuis ce réseau",
        model="portals.KnownNetwork", schedule="accounts.known_networks",
        waiting=lambda at: Q(last_used_at__lt=at - NETWORKS_KEPT),
    ),
    RowRule(
        code="portals.mail_codes", label="Codes envoyés par e-mail", purpose=Purpose.SECURITY, source=LOGGING,
        delay=THIRTY_DAYS, after="l’envoi du code", model="portals.MailCode", counted="created_at",
    ),
    RowRule(
        code="portals.email_changes", label="Changements d’adresse e-mail", purpose=Purpose.SECURITY, source=LOGGING,
        delay=ONE_YEAR, after="le changement", model="portals.EmailChange",
        counted=Coalesce("done_at", "cancelled_at", "asked_at"),
    ),
    RowRule(
        code="portals.account_requests", label="Demandes d’accès sans réponse", purpose=Purpose.PRE_CONTRACT,
        source=MINIMISED, delay=Delay(days=1), after="la demande", model="portals.AccountRequest",
        counted="created_at", keys=(Key("account-request:{reference}"),),
    ),
)  # fmt: skip
register(
    RowRule(
        code="portals.fraud_reports", label="Signalements de fraude", purpose=Purpose.SECURITY, source=PRESCRIPTION,
        delay=FIVE_YEARS, after="le signalement", model="portals.FraudReport", counted="received_at",
    ),
    RowRule(
        code="portals.restrictions", label="Suspensions et fermetures levées", purpose=Purpose.PROOF,
        source=PRESCRIPTION, delay=FIVE_YEARS, after="la fin de la mesure", model="portals.Restriction",
        counted=Coalesce("lifted_at", "ends_at"),
    ),
    RowRule(
        code="portals.grants", label="Droits d’accès fermés", purpose=Purpose.PORTAL, source=PRESCRIPTION,
        delay=FIVE_YEARS, after="la fermeture de l’accès", model="portals.Grant", counted="closes_on",
        where=~Q(basis=Basis.COVER),  # a person's own goes with them: it says which account is theirs
    ),
    RowRule(
        code="portals.end_notices", label="Annonces de fin d’accès", purpose=Purpose.PORTAL, source=MINIMISED,
        delay=ONE_YEAR, after="la fermeture annoncée", model="portals.EndNotice", counted="closes_on",
    ),
    RowRule(
        code="portals.deletions", label="Suppressions de compte demandées", purpose=Purpose.PROOF,
        source=PRESCRIPTION, delay=FIVE_YEARS, after="la suppression ou son annulation", model="portals.Deletion",
        counted=Coalesce("done_at", "cancelled_at"),
    ),
    RowRule(
        code="portals.bank_changes", label="Changements de compte bancaire", purpose=Purpose.PROOF,
        source=PRESCRIPTION, delay=FIVE_YEARS, after="le changement", model="portals.BankChange",
        counted=Coalesce("done_at", "cancelled_at"),
    ),
)  # fmt: skip
# Messages and complaints, with their documents; then what is written and never sent.
register(
    RowRule(
        code="portals.messages", label="Messages et réclamations", purpose=Purpose.PROOF, source=PRESCRIPTION,
        delay=FIVE_YEARS, after=EXCHANGE, model="portals.Message", where=OF_ANSWERED,
        counted=Coalesce("thread__closed_at", last_message("thread_id")),
    ),
    RowRule(
        code="portals.staff_notes", label="Notes sur les messages", purpose=Purpose.PROOF, source=PRESCRIPTION,
        delay=FIVE_YEARS, after=EXCHANGE, model="portals.StaffNote", where=OF_ANSWERED,
        counted=Coalesce("thread__closed_at", last_message("thread_id"), "thread__answered_at"),
    ),
    RowRule(
        code="portals.threads", label="Échanges et réclamations", purpose=Purpose.PROOF, source=PRESCRIPTION,
        delay=FIVE_YEARS, after=EXCHANGE, model="portals.Thread", where=ANSWERED,
        counted=Coalesce("closed_at", last_message("pk"), "answered_at"),
    ),
    RowRule(
        code="portals.error_reports", label="Erreurs signalées", purpose=Purpose.PORTAL, source=MINIMISED,
        delay=ONE_YEAR, after="la réponse", model="portals.ErrorReport", counted="decided_at",
        where=~Q(words_sealed=b""), emptied=("account", "words_sealed"),
    ),
    NightlyRule(
        code="portals.drafts", label="Brouillons de messages", purpose=Purpose.PORTAL, source=MINIMISED,
        delay=Delay(days=DRAFT_DAYS), after="le dernier enregistrement", model="portals.WritingDraft",
        schedule="correspondence.drafts",
        waiting=lambda at: Q(saved_at__lt=at - datetime.timedelta(days=DRAFT_DAYS)),
    ),
    RowRule(
        code="portals.alerts", label="Annonces de votre espace", purpose=Purpose.PORTAL, source=MINIMISED,
        delay=TWO_YEARS, after="l’annonce", model="portals.Alert", counted="placed_at",
    ),
)  # fmt: skip
# Copies of everything that somebody asked for.
register(
    NightlyRule(
        code="portals.export_files", label="Archives à télécharger", purpose=Purpose.PORTAL, source=MINIMISED,
        delay=Delay(days=7), after="leur préparation", model="portals.AccountExport", schedule="accounts.exports",
        waiting=lambda at: Q(state=ExportState.READY, expires_at__lte=at), empties=True,
    ),
    RowRule(
        code="portals.export_links", label="Liens d’archives", purpose=Purpose.SECURITY, source=LOGGING,
        delay=ONE_YEAR, after="la fin du lien", model="portals.ExportLink", counted="expires_at",
    ),
    RowRule(
        code="portals.exports", label="Archives demandées", purpose=Purpose.PORTAL, source=LOGGING, delay=ONE_YEAR,
        after="la demande", model="portals.AccountExport", counted="requested_at", where=Q(state=ExportState.REMOVED),
    ),
    RowRule(
        code="portals.export_transfers", label="Envois directs à un autre organisme", purpose=Purpose.PROOF,
        source=PRESCRIPTION, delay=FIVE_YEARS, after="l’envoi", model="portals.ExportTransfer",
        counted=Coalesce("done_at", "asked_at"),
    ),
    RowRule(
        code="portals.jobs", label="Tâches faites, e-mails envoyés", purpose=Purpose.OPERATIONS, source=LOGGING,
        delay=ONE_YEAR, after="la tâche", model="portals.Job", counted="finished_at",
        where=Q(state__in=[JobState.DONE, JobState.FAILED, JobState.UNKNOWN]),
    ),
    RowRule(
        code="portals.occurrences", label="Passages des tâches planifiées", purpose=Purpose.OPERATIONS,
        source=LOGGING, delay=TWO_YEARS, after="le passage", model="portals.Occurrence", counted="scheduled_for",
    ),
    RowRule(
        code="portals.feed_runs", label="Comptes rendus des flux et de leurs rejets", purpose=Purpose.PROOF,
        source=PRESCRIPTION, delay=FIVE_YEARS, after="le chargement", model="portals.FeedRun", counted="finished_at",
    ),
)  # fmt: skip
exempt(
    "Suit ce à quoi il est joint ou ce qu’il ouvre, supprimé avec lui.", "portals.StoredFile", "portals.SubjectKey",
)  # fmt: skip
