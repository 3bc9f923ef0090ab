"""PostgreSQL 18 and Valkey 9 started from Python packages, when no server is configured.

`addresses` says where they answer, without starting anything; `services` starts them, or joins the
ones that already run, and stops them when their last user leaves.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from config.embedded.running import Services


def services(directory: "Path | str", *, durable: bool = True) -> "Services":
    """The services of `directory`, started if need be; see `Services`. Use it in a `with`."""
    from config.embedded.running import Services  # settings import this package: keep it light

    return Services(directory, durable=durable)
