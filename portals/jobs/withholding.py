"""E-mails that are written and do not leave: rooms say why when the app is ready.

register_guard(is_withheld)   # (kind, message) -> bool, in the system's context
"""

from collections.abc import Callable

from django.core.mail import EmailMessage

type Guard = Callable[[str, EmailMessage], bool]

_guards: list[Guard] = []


def register_guard(guard: Guard) -> None:
    if guard not in _guards:
        _guards.append(guard)


def is_withheld(kind: str, message: EmailMessage) -> bool:
    """Whether some room keeps this message back."""
    return any(guard(kind, message) for guard in _guards)
