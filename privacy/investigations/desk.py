"""What files and communications bring to the desk of the data protection officer: days and numbers, no content.

The desk is read without walls; each source opens oversight for its own query and closes it again.
"""

import datetime
from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone

from portals.dates import months_after
from privacy.desk.registry import Due, Facts, Pairs, Source, register
from privacy.disclosures.models import Disclosure
from privacy.disclosures.models import State as DisclosureState
from privacy.erasure.models import LegalHold
from privacy.investigations import rules
from privacy.investigations.models import Investigation, State
from privacy.investigations.screening.models import FreezeList
from privacy.investigations.walls import OVERSIGHT, inside

AHEAD = datetime.timedelta(days=60)
ANSWER_DAYS = 5
"""Within how many days of its preparation a communication is approved or refused: authorities give days, not weeks."""
LIST_IS_OLD = datetime.timedelta(days=30)


def holds(today: datetime.date) -> Sequence[Due]:
    """Those that end soon, and files that have been open for long."""
    ending = LegalHold.objects.filter(lifted_at=None, until__gte=today, until__lte=today + AHEAD).exclude(
        case_reference=""
    )
    dues = [
        Due(
            f"Dossier {one.case_reference}", "La conservation finit",
            reverse("admin:privacy_legalhold_change", args=[one.pk]), one.until, timezone.localdate(one.set_at),
        )
        for one in ending.order_by("until", "pk")
    ]  # fmt: skip
    with inside(OVERSIGHT):
        slow = [
            one
            for one in Investigation.objects.filter(state=State.OPEN).order_by("opened_at")
            if rules.is_slow(timezone.localdate(one.opened_at), today)
        ]
    dues += [
        Due(
            f"Dossier {one.reference}", "Ouvert depuis plus de six mois",
            reverse("admin:privacy_investigation_change", args=[one.pk]),
            months_after(timezone.localdate(one.opened_at), rules.OPEN_MONTHS), timezone.localdate(one.opened_at),
        )
        for one in slow
    ]  # fmt: skip
    return dues


def disclosures(_today: datetime.date) -> Sequence[Due]:
    """Those that wait for approval. One query."""
    with inside(OVERSIGHT):
        waiting = list(Disclosure.objects.filter(state=DisclosureState.WAITING).order_by("asked_at"))
    return [
        Due(
            f"{one.authority_name}, {one.reference}", "Communication à approuver",
            reverse("admin:privacy_disclosure_change", args=[one.pk]),
            timezone.localdate(one.asked_at) + datetime.timedelta(days=ANSWER_DAYS), one.received_on,
        )
        for one in waiting
    ]  # fmt: skip


def freeze_list(today: datetime.date) -> Facts:
    """Which list is compared, and whether it is old. One query."""
    version = FreezeList.objects.order_by("-pk").first()
    link = ("Les listes", reverse("admin:privacy_freezelist_changelist"))
    if version is None:
        return Facts((("Liste de gel des avoirs", "aucune"),), ("À importer", "bad"), link)
    is_old = today - version.published_on > LIST_IS_OLD
    pairs = (
        ("Liste publiée le", f"{version.published_on:%d/%m/%Y}"),
        ("Comparée le", f"{timezone.localtime(version.screened_at):%d/%m/%Y}" if version.screened_at else "pas encore"),
    )
    return Facts(pairs, ("Liste ancienne", "warn") if is_old else ("À jour", "good"), link)


def figures(since: datetime.date, until: datetime.date) -> Pairs:
    """How many files, how many communications."""
    with inside(OVERSIGHT):
        files = Investigation.objects.filter(opened_at__date__gte=since, opened_at__date__lte=until).count()
        sent = Disclosure.objects.filter(sent_on__gte=since, sent_on__lte=until).count()
    return [("Dossiers d’enquête ouverts", str(files)), ("Communications remises à des autorités", str(sent))]


register(Source("investigations", "Dossiers d’enquête", dues=holds, figures=figures))
register(Source("disclosures", "Communications aux autorités", dues=disclosures))
register(Source("freeze_list", "Gel des avoirs", facts=freeze_list))
