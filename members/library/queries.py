"""Reads of the library from the point of view of a person."""

import datetime

from django.db.models import Q, QuerySet

from members.coverage.models import Cover
from members.households.rules import Viewpoint
from members.library.models import DocumentKind, LegalDocument
from members.library.rules import Stretch, is_readable

ORDER = {kind: rank for rank, kind in enumerate(DocumentKind.values)}


def stretches_of(viewpoint: Viewpoint) -> list[Stretch]:
    """The covers of those whom the viewer sees, within their policies. One query."""
    rows = Cover.objects.filter(household_id=viewpoint.household_id, person_id__in=viewpoint.seen_ids).values_list(
        "policy__plan_id", "policy__group_contract", "start_date", "policy__start_date", "end_date", "policy__end_date"
    )
    found = []
    for plan_id, contract, start, policy_start, end, policy_end in rows:
        last: datetime.date | None = min((day for day in (end, policy_end) if day is not None), default=None)
        first = max(start, policy_start)
        if last is None or first <= last:
            found.append(Stretch(plan_id, contract, first, last))
    return found


def readable(stretches: list[Stretch]) -> list[LegalDocument]:
    """Every version that these covers let one read: by kind, then the newest first. One query."""
    plans = {stretch.plan_id for stretch in stretches}
    contracts = {stretch.group_contract for stretch in stretches} | {""}
    documents: QuerySet[LegalDocument] = (
        LegalDocument.objects.filter(Q(plan=None) | Q(plan_id__in=plans), group_contract__in=contracts)
        .select_related("plan", "file")
        .order_by("-valid_from", "-pk")
    )
    found = [document for document in documents if is_readable(document, stretches)]
    return sorted(found, key=lambda document: (ORDER[document.kind], document.title))


def next_version(document: LegalDocument) -> LegalDocument | None:
    """The version of the same text that comes after this one, if there is one."""
    later = LegalDocument.objects.filter(
        kind=document.kind,
        title=document.title,
        plan=document.plan,
        group_contract=document.group_contract,
        valid_from__gt=document.valid_from,
    )
    return later.order_by("valid_from").first()
