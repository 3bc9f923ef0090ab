"""Incidents and breaches of the tests."""

import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from portals import jobs
from portals.access import isolation
from portals.accounts.models import Account
from portals.alerts.actions import place
from portals.gestion.roles import Role
from privacy.breaches.actions import report
from privacy.breaches.models import Incident, Kind
from privacy.breaches.telling import listing
from privacy.breaches.telling.actions import SENTENCE
from privacy.breaches.telling.models import LetterBatch
from privacy.breaches.violations.actions import assess, describe, enter, prepare
from privacy.breaches.violations.models import Breach, Filing, Risk
from tests import builders

HOUR = datetime.timedelta(hours=1)
FACTS: dict[str, Any] = {
    "natures": ["confidentiality"],
    "cause": "outside_purpose",
    "circumstances": "Un compte volé a servi à vérifier des droits en rafale.",
    "data_categories": ["identity", "cover"],
    "person_categories": ["members", "dependants"],
    "persons_count": 198,
    "records_count": 198,
    "consequences": "Hameçonnage qui cite la mutuelle.",
    "measures_taken": "Service arrêté, sessions fermées.",
    "measures_planned": "Second facteur exigé à chaque vérification.",
}
"""Every item of article 33.3 that is ours to say."""


def incident_about(account: Account, *, is_drill: bool = False) -> Incident:
    """An incident that a member of staff reported, with this account in question."""
    return report(
        by=builders.colleague(Role.AGENT), kind=Kind.ACCOUNT_MISUSE, words="Essai.", suspects=[account.pk],
        is_drill=is_drill,
    )  # fmt: skip


def breach_about(
    account: Account, *, hours_ago: float = 1, is_drill: bool = False, by: Account | None = None, **facts: Any
) -> Breach:
    """Entered in the register; known so many hours ago, looked at since the day before until now."""
    dpo = by or builders.colleague(Role.DPO)
    now = timezone.now()
    breach = enter(
        by=dpo, incident=incident_about(account, is_drill=is_drill), aware_at=now - datetime.timedelta(hours=hours_ago)
    )
    period = {"began_at": now - datetime.timedelta(hours=hours_ago + 24), "ended_at": now + HOUR}
    describe(by=dpo, breach=breach, facts={**period, **facts})
    breach.refresh_from_db()
    return breach


def whole_breach_about(account: Account, *, risk: Risk = Risk.HIGH, **more: Any) -> Breach:
    """Described and assessed: a whole file can be made."""
    dpo = builders.colleague(Role.DPO)
    breach = breach_about(account, by=dpo, **more, **FACTS)
    assess(by=dpo, breach=breach, risk=risk, reason="Des familles entières, sur le compte d’un tiers.")
    breach.refresh_from_db()
    return breach


def filing_of(breach: Breach) -> Filing:
    return prepare(by=builders.colleague(Role.DPO), breach=breach, late_reason="")


def breach_and_files_of(account: Account) -> dict[str, Any]:
    """A breach with a file that waits for its deposit, and letters that are not printed yet."""
    breach = whole_breach_about(account)
    filing_of(breach)
    return {"privacy_breach": breach, "batch of breach": LetterBatch.objects.create(breach=breach, letters=1)}


def told_breach_of(account: Account) -> str:
    """The number of a breach that the account was told of."""
    breach = whole_breach_about(account)
    address = reverse("privacy:breach_told", args=[breach.reference])
    place(account_ids=[account.pk], key=breach.reference, sentence=SENTENCE, path=address)
    return breach.reference


def persons_touched_by(account: Account) -> set[int]:
    """The insured persons whom the journal finds for a breach with this account in question."""
    breach = breach_about(account)
    listing.count(by=builders.colleague(Role.DPO), breach=breach)
    jobs.run_due()
    with isolation.system():
        return {one.person_id for one in breach.concerned.all() if one.person_id}
