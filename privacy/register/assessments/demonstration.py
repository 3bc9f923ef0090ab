"""The assessments of a portfolio that was fabricated: without them its sensitive processings would not run.

Never called for real people: there, the DPO assesses and decides in the admin.
"""

import datetime

from django.db import transaction
from django.utils import timezone

from portals.accounts.models import Account
from portals.dates import months_after
from privacy.register.assessments.actions import decide, switch_on
from privacy.register.assessments.models import Activation, ImpactAssessment, Outcome
from privacy.register.declared import PROCESSINGS, Processing

OPINION = "Avis favorable, sous réserve des mesures prévues et de la revue annuelle."
MEASURES = (
    "Cloisonnement par foyer dans la base de données, accès limités au rôle, journal scellé de chaque consultation, "
    "pièces chiffrées par personne et détruites à leur terme."
)


@transaction.atomic
def assess_all(*, by: Account | None, today: datetime.date | None = None) -> int:
    """Assess and switch on every sensitive processing that is not; returns how many."""
    running = set(Activation.objects.filter(ended_at=None).values_list("processing", flat=True))
    due = [one for one in PROCESSINGS if one.sensitive and one.code not in running]
    for rank, processing in enumerate(due):
        _assess(processing, by=by, review_on=months_after(today or timezone.localdate(), 2 + 2 * rank))
    return len(due)


def _assess(processing: Processing, *, by: Account | None, review_on: datetime.date) -> None:
    assessment = ImpactAssessment.objects.create(
        processing=processing.code,
        title=processing.title,
        description=processing.sentence,
        necessity=f"Données limitées à ce que demande l’usage. Base légale\u00a0: {processing.bases_words}.",
        measures=MEASURES,
    )
    decided = decide(by=by, assessment=assessment, outcome=Outcome.VALIDATED, opinion=OPINION, review_on=review_on)
    switch_on(by=by, assessment=decided)
