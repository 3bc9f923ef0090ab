"""Whether the sealed pages take anything now."""

from portals.declarations import Purpose
from privacy.register.running import may_run
from privacy.vault.keeping import is_set_up


def is_open() -> bool:
    """The ceremony was held, and the processing is assessed and switched on (PDP-4.9)."""
    return is_set_up() and may_run(Purpose.MEDICAL)
