"""Everyone, with a thing of each kind, and contracts that ended: what ten years of retention have to let go of."""

import datetime

from django.db import connections

from tests.cast import Cast, build_cast
from tests.portals.gestion.things import addresses


def world(ended_on: datetime.date) -> Cast:
    """The cast with everything that staff handle; every contract ended on this day."""
    cast = build_cast()
    addresses(cast)
    end_contracts(ended_on)
    return cast


def end_contracts(ended_on: datetime.date) -> None:
    """Every cover, policy and agreement, as feeds would say it."""
    with connections["owner"].cursor() as cursor:
        for table in ("members_cover", "members_policy", "providers_agreement"):
            cursor.execute(
                f"UPDATE {table} SET start_date = least(start_date, %s), end_date = %s",
                [ended_on, ended_on],
            )
