"""The processings for which this site holds no field of their own."""

from functools import cache

from privacy.register.declared import Processing
from privacy.register.kept import whole_register


@cache
def reuses() -> tuple[Processing, ...]:
    """Those that use again what the others hold, or whose data are kept elsewhere."""
    return tuple(line.processing for line in whole_register() if not line.kept)
