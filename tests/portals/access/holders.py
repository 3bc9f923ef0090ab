"""The same story in each of the three spaces: somebody, and what their access rests on."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from members.coverage.models import Cover
from portals.access import isolation
from portals.access.expiry import recompute
from portals.access.models import Grant
from portals.accounts.models import Account
from tests import builders

SPACES = ("adherent", "employeur", "professionnel")


@dataclass(frozen=True)
class Story:
    """`start` begins another cover, contract or agreement for the same holder; `end` ends every one that runs."""

    space: str
    account: Account
    start: Callable[..., Any]

    @property
    def grant(self) -> Grant:
        return Grant.objects.get(account=self.account)

    @property
    def home(self) -> str:
        return f"/{self.space}/"


def story(space: str, **dates: datetime.date | None) -> Story:
    """An account whose access rests on one thing with these dates; the grant has none of them yet."""
    if space == "adherent":
        person = builders.person()

        def start(**more: Any) -> Cover:
            return builders.cover(builders.policy(person.household, **more), person)

        made = Story(space, builders.account(person), start)
    elif space == "employeur":
        company = builders.company()
        made = Story(space, builders.account(company), lambda **more: builders.group_contract(company, **more))
    else:
        one = builders.professional()
        made = Story(space, builders.account(one), lambda **more: builders.agreement(one, **more))
    made.start(**dates)
    return made


def follow_portfolio(today: datetime.date) -> None:
    with isolation.system():
        recompute(today=today)
