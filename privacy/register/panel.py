"""What is kept and how long, on « Mes données »: the lines of the register that are about the space."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from portals.accounts.models import Account, Space
from privacy.register.kept import OF_SPACE, lines_of
from privacy.rights import panels

SHOWN = 6


def panel(request: HttpRequest, account: Account) -> Mapping[str, Any] | None:
    """The first lines of the register. No query."""
    return {"lines": lines_of(OF_SPACE[Space(account.space)])[:SHOWN]}


panels.register(panels.Panel("kept", column=2, order=10, template="privacy/register/panel.html", context=panel))
