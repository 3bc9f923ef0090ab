"""Field history: every change of a tracked row leaves the row as it was, bulk loads and raw SQL included.

Creation leaves nothing (the row itself is its first state); an update or a delete stores the old row. Triggers are
statement-level (`PGHISTORY_LEVEL`), so a feed of a million rows pays one extra `INSERT … SELECT`.
"""

from collections.abc import Callable

import pghistory
from django.db import models


def track[M: type[models.Model]](exclude: tuple[str, ...] = ()) -> Callable[[M], M]:
    """Keep the old rows of a model. `exclude` names fields that must never be copied (sealed secrets)."""
    decorator: Callable[[M], M] = pghistory.track(
        pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent(), exclude=list(exclude) or None
    )
    return decorator
