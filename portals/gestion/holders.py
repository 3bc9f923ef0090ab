"""What staff call the household, company or professional that an account acts for.

The shared core knows none of them: each space registers how to find its own by a number, and how to name them. Both
run in the staff's scope of the database.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from portals.accounts.models import Space


@dataclass(frozen=True)
class Holders:
    """`find(number)`: ids of the tenants with exactly this number. `name(ids)`: a name for each, without health data."""

    find: Callable[[str], list[int]]
    name: Callable[[Collection[int]], dict[int, str]]


_holders: dict[str, Holders] = {}


def register(space: Space, holders: Holders) -> None:
    """Tell how a space's tenants are found and named. Called once per space, from `AppConfig.ready`."""
    _holders[space] = holders


def find(number: str) -> dict[str, list[int]]:
    """The tenants with exactly this number, by space; spaces without any are left out."""
    found = {space: holders.find(number) for space, holders in _holders.items()}
    return {space: ids for space, ids in found.items() if ids}


def names(space: str, tenant_ids: Collection[int]) -> dict[int, str]:
    """A name for each tenant; what the space cannot see has none."""
    holders = _holders.get(space)
    return holders.name(tenant_ids) if holders and tenant_ids else {}
