"""What a room asks of a member of staff before their rights switch on, such as the staff charter (PDP-7.2)."""

from collections.abc import Callable
from dataclasses import dataclass

from portals.accounts.models import Account


@dataclass(frozen=True)
class Asked:
    """What is still asked of somebody. `path`: the page where it is done, `act` the words of that link.

    `blocks`: the rights stay off until it is done; otherwise `sentence` is only shown above the switch.
    """

    sentence: str
    path: str
    act: str
    blocks: bool


type Ask = Callable[[Account], Asked | None]

_asks: list[Ask] = []


def register(ask: Ask) -> None:
    """`ask` answers None when nothing is asked. Called when the app is ready; asked at each switch, never in between."""
    if ask not in _asks:
        _asks.append(ask)


def asked_of(account: Account) -> list[Asked]:
    """Everything that is asked of this account now."""
    return [asked for ask in _asks if (asked := ask(account)) is not None]
