"""Modules of rooms that tell the core something by being imported: handlers of jobs, schedules, labels, admin pages.

Each app names its own when it is ready. `tests/guards/test_handlers.py` finds the one that was forgotten.
"""

from importlib import import_module


def import_rooms(app: str, *modules: str) -> None:
    """Import `app`.`module` for each of them; importing one twice does nothing. Raises ImportError."""
    for module in modules:
        import_module(f"{app}.{module}")
