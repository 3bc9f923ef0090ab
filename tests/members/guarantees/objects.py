"""Guarantee tables made by hand, on the plan of a person of the cast."""

import datetime
from decimal import Decimal
from typing import Any

from members.coverage.models import Guarantee, GuaranteeBasis, Plan
from portals.access import isolation

SINCE = datetime.date(2022, 1, 1)


def line(plan: Plan, family: str, **fields: Any) -> Guarantee:
    """A line at 100 % of the base since 2022, unless `fields` say otherwise. Amounts may be given as texts."""
    chosen: dict[str, Any] = {
        "valid_from": SINCE,
        "basis": GuaranteeBasis.BR,
        "rate": Decimal(1) if "amount" not in fields else None,
        "wording": f"{family} au contrat",
        **fields,
    }
    with isolation.system():
        return Guarantee.objects.create(plan=plan, act_family_id=family, **chosen)


def usual_table(plan: Plan) -> None:
    """A doctor at 150 %, 200 € of glasses a year, four sessions of soft medicine, the baskets whole."""
    line(plan, "MED", rate=Decimal("1.5"))
    line(plan, "OPTI", basis=GuaranteeBasis.FIXED, amount="200", annual_cap="200", cap_unit="EUR")
    line(plan, "DOUX", basis=GuaranteeBasis.FIXED, amount="25", annual_cap="4", cap_unit="ACTS")
    line(plan, "RAC0", basis=GuaranteeBasis.EXPENSE)
