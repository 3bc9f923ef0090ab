"""How long inquiries, communications to authorities and what the staff signs each year are kept."""

import datetime

from django.db.models import Q

from portals.dates import months_after
from portals.declarations import Purpose
from portals.presentation.formats import local_date
from privacy.disclosures.models import State as Communicated
from privacy.investigations.models import State
from privacy.investigations.screening.models import FlagState
from privacy.retention.registry import NightlyRule, RowRule, exempt, register
from privacy.retention.rules import NO_DELAY
from privacy.retention.sources import FIVE_YEARS, PRESCRIPTION

VIGILANCE = "Code monétaire et financier, article L.\u00a0561-12"
ENDED = (Communicated.REFUSED, Communicated.SENT)


def dismissed_long_ago(at: datetime.datetime) -> Q:
    """Flags that somebody dismissed, and that the law asks to keep no longer."""
    return Q(state=FlagState.DISMISSED, decided_at__date__lt=months_after(local_date(at), -FIVE_YEARS.months))


register(
    NightlyRule(
        code="privacy.investigations", label="Dossiers d’enquête", purpose=Purpose.FRAUD,
        source=f"{PRESCRIPTION}\u202f; {VIGILANCE}", delay=NO_DELAY, after="le jour que dit chaque dossier",
        model="privacy.Investigation", schedule="investigations.purge",
        waiting=lambda at: Q(state=State.CLOSED, purge_on__lte=local_date(at)), empties=True,
    ),
    NightlyRule(
        code="privacy.screening_flags", label="Alertes de vigilance écartées", purpose=Purpose.FINANCIAL_CRIME,
        source=VIGILANCE, delay=FIVE_YEARS, after="la décision", model="privacy.ScreeningFlag",
        schedule="investigations.purge", waiting=dismissed_long_ago,
    ),
    RowRule(
        code="privacy.disclosed_subjects", label="Personnes d’une communication à une autorité",
        purpose=Purpose.PROOF, source=PRESCRIPTION, delay=FIVE_YEARS, after="la demande de l’autorité",
        model="privacy.DisclosedSubject", counted="disclosure__received_on", where=Q(disclosure__state__in=ENDED),
    ),
    RowRule(
        code="privacy.disclosures", label="Communications aux autorités", purpose=Purpose.PROOF, source=PRESCRIPTION,
        delay=FIVE_YEARS, after="la demande de l’autorité", model="privacy.Disclosure", counted="received_on",
        where=Q(state__in=ENDED), files=("document", "bundle"),
    ),
    RowRule(
        code="privacy.charter_acknowledgements", label="Engagements du personnel", purpose=Purpose.SECURITY,
        source=PRESCRIPTION, delay=FIVE_YEARS, after="l’engagement", model="privacy.CharterAcknowledgement",
        counted="at",
    ),
    RowRule(
        code="privacy.awareness_results", label="Modules suivis par le personnel", purpose=Purpose.SECURITY,
        source=PRESCRIPTION, delay=FIVE_YEARS, after="le module", model="privacy.AwarenessResult", counted="done_at",
    ),
    RowRule(
        code="privacy.review_lines", label="Droits revus du personnel", purpose=Purpose.SECURITY, source=PRESCRIPTION,
        delay=FIVE_YEARS, after="la clôture de la revue", model="privacy.ReviewLine", counted="review__closed_at",
    ),
    RowRule(
        code="privacy.access_reviews", label="Revues des habilitations", purpose=Purpose.SECURITY, source=PRESCRIPTION,
        delay=FIVE_YEARS, after="la clôture de la revue", model="privacy.AccessReview", counted="closed_at",
        files=("csv", "pdf"),
    ),
)  # fmt: skip
exempt(
    "Ils sont détruits avec leur dossier\u00a0: sa clé l’est, et rien de ce qui reste ne se lit.",
    "privacy.CaseStep", "privacy.CaseSubject", "privacy.Exhibit", "privacy.SuspicionReport",
)  # fmt: skip
exempt(
    "Écrits et publiés par le personnel, sans donnée d’adhérent\u00a0: ils disent ce qui valait alors (RGPD, article 5.2).",
    "privacy.AwarenessModule", "privacy.CharterVersion", "privacy.Consultation", "privacy.FreezeList",
)  # fmt: skip
