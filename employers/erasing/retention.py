"""How long the employer space keeps what it holds: proofs five years, accounts ten, files that nobody finished a month."""

from django.db.models import Q
from django.db.models.functions import Coalesce

from employers.dsn.models import KEPT as DSN_KEPT
from employers.imports.models import KEPT as FILES_KEPT
from employers.imports.models import FileState
from employers.links.rules import KEPT_OVER, KEPT_UNCONFIRMED
from employers.terminations.planned import KEPT as DEPARTURES_KEPT
from employers.terminations.words import State as DepartureState
from employers.waivers.words import State as WaiverState
from employers.workforce.drafts import KEPT as WORKFORCE_KEPT
from portals.declarations import Purpose
from privacy.erasure.registry import Key
from privacy.retention.registry import NightlyRule, RowRule, exempt, register
from privacy.retention.rules import NO_DELAY, Delay
from privacy.retention.sources import (
    ACCOUNTING,
    CONTRACT_PRESCRIPTION,
    FIVE_YEARS,
    LOGGING,
    MINIMISED,
    ONE_YEAR,
    PRESCRIPTION,
    TEN_YEARS,
)  # fmt: skip

SOCIAL = "Code de la sécurité sociale, article L.\u00a0244-3\u202f; code civil, article 2224"
SETTLED = Q(state__in=[WaiverState.ENDED, WaiverState.REFUSED])
OF_SETTLED = Q(waiver__state__in=[WaiverState.ENDED, WaiverState.REFUSED])

# Employees: what proves that they were affiliated, that they left, that they were exempted.
register(
    RowRule(
        code="employers.operation_items", label="Détail des opérations d’effectif", purpose=Purpose.PROOF,
        source=PRESCRIPTION, delay=FIVE_YEARS, after="l’opération", model="employers.OperationItem",
        counted="operation__opened_at",
    ),
    RowRule(
        code="employers.operations", label="Opérations d’effectif", purpose=Purpose.PROOF, source=PRESCRIPTION,
        delay=FIVE_YEARS, after="l’opération", model="employers.Operation", counted="opened_at",
    ),
    RowRule(
        code="employers.departures", label="Fins de contrat de travail", purpose=Purpose.GROUP_CONTRACT,
        source=CONTRACT_PRESCRIPTION, delay=FIVE_YEARS, after="la fin de l’affiliation",
        model="employers.EmployeeTermination", counted="affiliation__end_date",
        where=~Q(state=DepartureState.DRAFT),
    ),
    RowRule(
        code="employers.employee_links", label="Questionnaires d’affiliation confirmés", purpose=Purpose.PROOF,
        source=PRESCRIPTION, delay=FIVE_YEARS, after="la confirmation", model="employers.EmployeeLink",
        counted=Coalesce("confirmed_at", "waived_at", "revoked_at"),
    ),
    RowRule(
        code="employers.affiliations", label="Affiliations", purpose=Purpose.GROUP_CONTRACT,
        source=CONTRACT_PRESCRIPTION, delay=FIVE_YEARS, after="la fin de l’affiliation",
        model="employers.Affiliation", counted="end_date",
    ),
    RowRule(
        code="employers.waiver_steps", label="Étapes des dispenses", purpose=Purpose.PROOF, source=SOCIAL,
        delay=FIVE_YEARS, after="la fin de la dispense", model="employers.WaiverStep", where=OF_SETTLED,
        counted=Coalesce("waiver__ended_on", "waiver__valid_until", "waiver__first_day"),
    ),
    RowRule(
        code="employers.waiver_requests", label="Demandes de dispense et justificatifs", purpose=Purpose.PROOF,
        source=SOCIAL, delay=FIVE_YEARS, after="la fin de la dispense", model="employers.WaiverRequest",
        where=OF_SETTLED, counted=Coalesce("waiver__ended_on", "waiver__valid_until", "waiver__first_day"),
        files=("proofs",),
    ),
    RowRule(
        code="employers.waivers", label="Dispenses d’affiliation", purpose=Purpose.GROUP_CONTRACT, source=SOCIAL,
        delay=FIVE_YEARS, after="la fin de la dispense", model="employers.Waiver", where=SETTLED,
        counted=Coalesce("ended_on", "valid_until", "first_day"), keys=(Key("waiver:{reference}"),),
    ),
)  # fmt: skip
# The company's own users and accounts.
register(
    RowRule(
        code="employers.invitations", label="Invitations restées sans suite", purpose=Purpose.SECURITY, source=LOGGING,
        delay=ONE_YEAR, after="la fin de l’invitation", model="employers.Invitation", where=Q(accepted_at=None),
        counted=Coalesce("revoked_at", "expires_at"),
    ),
    RowRule(
        code="employers.mandates", label="Mandats terminés", purpose=Purpose.PROOF, source=PRESCRIPTION,
        delay=FIVE_YEARS, after="leur dernier jour", model="employers.Mandate", counted="ends_on",
    ),
    RowRule(
        code="employers.line_disputes", label="Contestations de cotisations", purpose=Purpose.PROOF, source=ACCOUNTING,
        delay=TEN_YEARS, after="la période", model="employers.LineDispute", counted="line__slip__period_end",
    ),
    RowRule(
        code="employers.contribution_lines", label="Lignes des bordereaux", purpose=Purpose.GROUP_CONTRACT,
        source=ACCOUNTING, delay=TEN_YEARS, after="la période", model="employers.ContributionLine",
        counted="slip__period_end",
    ),
    RowRule(
        code="employers.contribution_slips", label="Bordereaux de cotisations", purpose=Purpose.GROUP_CONTRACT,
        source=ACCOUNTING, delay=TEN_YEARS, after="la période", model="employers.ContributionSlip",
        counted="period_end",
    ),
)  # fmt: skip
# What was begun and left.
register(
    NightlyRule(
        code="employers.employee_files", label="Fichiers de salariés", purpose=Purpose.GROUP_CONTRACT,
        source=MINIMISED, delay=Delay(days=FILES_KEPT.days), after="le dernier enregistrement",
        model="employers.EmployeeFile", schedule="employee_files.old",
        waiting=lambda at: Q(saved_at__lt=at - FILES_KEPT) & ~Q(state=FileState.AFFILIATING),
    ),
    NightlyRule(
        code="employers.affiliated_lines", label="Lignes des fichiers déjà affiliées", purpose=Purpose.GROUP_CONTRACT,
        source=MINIMISED, delay=NO_DELAY, after="la fin du délai d’annulation", model="employers.EmployeeFile",
        schedule="employee_files.affiliated", empties=True,
        waiting=lambda at: Q(state=FileState.READY, settled_at__lt=at),
    ),
    NightlyRule(
        code="employers.dsn_drafts", label="Fichiers de paie relus", purpose=Purpose.GROUP_CONTRACT, source=MINIMISED,
        delay=Delay(days=DSN_KEPT.days), after="le dernier enregistrement", model="employers.DsnDraft",
        schedule="dsn_drafts", waiting=lambda at: Q(saved_at__lt=at - DSN_KEPT),
    ),
    NightlyRule(
        code="employers.workforce_drafts", label="Mouvements d’effectif jamais confirmés",
        purpose=Purpose.GROUP_CONTRACT, source=MINIMISED, delay=Delay(days=WORKFORCE_KEPT.days),
        after="le dernier enregistrement", model="employers.WorkforceDraft", schedule="workforce.drafts",
        waiting=lambda at: Q(saved_at__lt=at - WORKFORCE_KEPT),
    ),
    NightlyRule(
        code="employers.departure_drafts", label="Départs jamais confirmés", purpose=Purpose.GROUP_CONTRACT,
        source=MINIMISED, delay=Delay(days=DEPARTURES_KEPT.days), after="le dernier enregistrement",
        model="employers.EmployeeTermination", schedule="terminations.drafts",
        waiting=lambda at: Q(state=DepartureState.DRAFT, saved_at__lt=at - DEPARTURES_KEPT),
    ),
    NightlyRule(
        code="employers.unconfirmed_links", label="Questionnaires d’affiliation jamais confirmés",
        purpose=Purpose.GROUP_CONTRACT, source=MINIMISED, delay=Delay(days=KEPT_UNCONFIRMED.days),
        after="la réponse (30\u00a0jours après la fin du lien, sans réponse)", model="employers.EmployeeLink",
        schedule="employee_links", empties=True,
        waiting=lambda at: Q(confirmed_at=None, revoked_at=None, waived_at=None)
        & (Q(completed_at__lt=at - KEPT_UNCONFIRMED) | Q(completed_at=None, expires_at__lt=at - KEPT_OVER)),
    ),
)  # fmt: skip
exempt(
    "L’entreprise et son contrat collectif\u00a0: une personne morale, dont le contact se change dans l’espace.",
    "employers.Company", "employers.CompanyAccount", "employers.GroupContract", "employers.ProvidedCase",
)  # fmt: skip
exempt("Anonyme par construction.", "employers.TechnicalAccount")
