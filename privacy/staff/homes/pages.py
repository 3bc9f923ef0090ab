"""One page for each role: what is due to it, what it answers for, and the pages that its rights open. Nothing else."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone

from portals.access.entry import account_of
from portals.gestion import homes
from portals.gestion.homes import Home
from privacy.audit import record
from privacy.desk.home import SOON, Panel, ShownDue, shown_due, table
from privacy.desk.registry import Due, Facts
from privacy.staff.homes import data, risk, security

type Dues = tuple[str, Callable[[], Sequence[Due]]]
type FactsOf = tuple[str, Callable[[], Facts]]


@dataclass(frozen=True)
class RoleHome:
    """`permission`: held by that role alone. `dues` and `facts`: heading, and what is read under it."""

    permission: str
    title: str
    dues: tuple[Dues, ...]
    facts: tuple[FactsOf, ...]


HOMES = (
    RoleHome(
        "privacy.contain_incident",
        "Sécurité des systèmes d’information",
        (("Incidents ouverts", security.incidents), ("Habilitations et personnel", security.dues)),
        (
            ("Sessions du personnel", security.sessions),
            ("Limites et refus, 24\u00a0heures", security.limits),
            ("Comptes arrêtés", security.stopped),
            ("Charte et sensibilisation", security.staff),
        ),
    ),
    RoleHome(
        "privacy.map_publication",
        "Responsable des données",
        (("Registre", data.dues),),
        (
            ("Ce qui est déclaré", data.declared),
            ("Qualité des données reçues, 30\u00a0jours", data.quality),
            ("Effacements, 12\u00a0mois", data.purges),
        ),
    ),
    RoleHome(
        "privacy.audit_control",
        "Risques et conformité",
        (("Contrôles et audits", risk.controls), ("Plan d’action", risk.measures), ("Habilitations", risk.review)),
        (("Risques ouverts", risk.risks), ("Plan d’audit", risk.audits)),
    ),
)


def page_of(home: RoleHome) -> Home:
    """The first page of a role; the look is journalled, as every look of staff."""

    def page(request: HttpRequest, context: dict[str, Any]) -> TemplateResponse:
        today = timezone.localdate()
        tables: list[tuple[str, list[ShownDue]]] = [
            (heading, [shown_due(due, today) for due in read()]) for heading, read in home.dues
        ]
        every = [row for _heading, rows in tables for row in rows]
        record("staff_home.consulted", by=account_of(request), details={"home": home.permission})
        more = {
            "title": home.title,
            "now": timezone.now(),
            "late": sum(row.left is not None and row.left < 0 for row in every),
            "soon": sum(row.left is not None and 0 <= row.left <= SOON for row in every),
            "tables": [table(heading, rows) for heading, rows in tables if rows],
            "panels": [Panel(heading, facts=read()) for heading, read in home.facts],
        }
        return TemplateResponse(request, "admin/privacy/staff/home.html", {**context, **more})

    return page


for one in HOMES:
    homes.register(one.permission, page_of(one))
