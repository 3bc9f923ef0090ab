"""Enforceable documents made by hand."""

import datetime
from typing import Any

from members.coverage.models import Cover, Plan
from members.households.models import Person
from members.library.actions import publish
from members.library.models import DocumentKind, LegalDocument
from portals.access import isolation

PDF = b"%PDF-1.4 of a test\n"


def document(**fields: Any) -> LegalDocument:
    """A version of the statutes, in force since 2020, unless `fields` say otherwise."""
    chosen: dict[str, Any] = {
        "by": None,
        "kind": DocumentKind.STATUTES,
        "title": "Statuts de la mutuelle",
        "version": "V-01-2020",
        "valid_from": datetime.date(2020, 1, 1),
        "content": PDF,
        **fields,
    }
    return publish(**chosen)


def terms_of(plan: Plan, **fields: Any) -> LegalDocument:
    """The conditions of the contracts of one plan."""
    return document(kind=DocumentKind.CONTRACT_TERMS, title=f"Conditions du contrat {plan.name}", plan=plan, **fields)


def plan_of(person: Person) -> Plan:
    """The plan of the person's only cover."""
    with isolation.system():
        return Cover.objects.select_related("policy__plan").get(person=person).policy.plan
