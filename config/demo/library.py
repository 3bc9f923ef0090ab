"""The enforceable documents of the demo: short texts of our own, told as fictitious on each page, published as staff would."""

import datetime
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string

from members.coverage.models import Plan, PlanKind
from members.guarantees.queries import lines_of, table_on
from members.library.actions import publish
from members.library.models import DocumentKind, LegalDocument
from members.populate.plans import IMPROVED, IMPROVEMENT, OPENING


class Text(NamedTuple):
    """A version to publish. `plan` is a code, empty for a text that holds for everybody."""

    kind: DocumentKind
    title: str
    template: str
    valid_from: datetime.date
    plan: str = ""

    @property
    def version(self) -> str:
        return f"V-{self.valid_from:%m-%Y}"


STATUTES_VOTED = datetime.date(2025, 1, 1)
EVERYBODYS = (
    Text(DocumentKind.STATUTES, "Statuts de la mutuelle", "statutes", OPENING),
    Text(DocumentKind.STATUTES, "Statuts de la mutuelle", "statutes", STATUTES_VOTED),
    Text(DocumentKind.INTERNAL_RULES, "Règlement intérieur", "internal_rules", OPENING),
    Text(DocumentKind.MUTUAL_RULES, "Règlement mutualiste", "mutual_rules", OPENING),
    Text(DocumentKind.MUTUAL_RULES, "Règlement mutualiste", "mutual_rules", STATUTES_VOTED),
)


def publish_library() -> int:
    """Publish the texts, once: those of everybody, then those of each plan. Gives how many are new."""
    if LegalDocument.objects.exists():
        return 0
    plans = {plan.plan_code: plan for plan in Plan.objects.order_by("plan_code")}
    texts = [*EVERYBODYS, *(text for plan in plans.values() for text in _texts_of(plan))]
    for text in texts:
        _publish(text, plans.get(text.plan))
    return len(texts)


def _texts_of(plan: Plan) -> list[Text]:
    is_group = plan.kind == PlanKind.GROUP
    kind = DocumentKind.NOTICE if is_group else DocumentKind.CONTRACT_TERMS
    title = f"{'Notice d’information' if is_group else 'Conditions du contrat'} {plan.name}"
    days = [OPENING, IMPROVEMENT] if plan.plan_code == IMPROVED else [OPENING]
    return [Text(kind, title, "contract", day, plan.plan_code) for day in days]


@transaction.atomic
def _publish(text: Text, plan: Plan | None) -> None:
    from portals.documents.pdf import render_pdf  # WeasyPrint takes a second to load: once, on the first start

    context = {
        "text": text,
        "plan": plan,
        "lines": table_on(lines_of(plan.pk), text.valid_from) if plan else [],
        "is_first": text.valid_from == OPENING,
        "organisation": settings.ORGANISATION_FACTS,
        "space": "adherent",
    }
    publish(
        by=None,
        kind=text.kind,
        title=text.title,
        version=text.version,
        valid_from=text.valid_from,
        content=render_pdf(render_to_string(f"demo/library/{text.template}.html", context)),
        plan=plan,
    )
