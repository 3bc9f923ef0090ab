"""Alice's plan has a table of guarantees; the tests of this folder stand on 9 October 2026."""

import datetime
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client

from members.coverage.models import Guarantee, Policy
from portals.access import isolation
from tests import builders
from tests.cast import Cast

NOON = datetime.datetime(2026, 10, 9, 10, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def october() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def guarantee(cast: Cast) -> Callable[..., Guarantee]:
    """Adds a line to the table of Alice's plan, in force since 2018: 100 % of the base unless said otherwise."""

    def add(family: str, **fields: Any) -> Guarantee:
        with isolation.system():
            plan = Policy.objects.get(household=cast.alice.household).plan
            return Guarantee.objects.create(
                **{
                    "plan": plan, "act_family_id": family, "valid_from": datetime.date(2018, 1, 1), "basis": "BR",
                    "rate": Decimal(1), "wording": f"{family} : 100 % de la base", **fields,
                }
            )  # fmt: skip

    return add


@pytest.fixture
def alice(cast: Cast, client: Client) -> Client:
    return builders.sign_in(client, cast.alice_account)
