"""Representations for tests that only need one to stand in an address."""

import datetime

from django.utils import timezone

from members.households.models import Person
from members.representation import actions, deciding
from members.representation.models import Quality, Scope
from portals.access import isolation
from portals.accounts.models import Account
from tests import builders


def draft_of(account: Account) -> int:
    """The draft of an account, without any document."""
    claim = {"member_number": "1", "given_name": "Bob", "family_name": "Tanguy", "birth_date": "1980-03-14"}
    with isolation.system():
        draft = actions.save_draft(
            by=account,
            claim=claim,
            quality=Quality.AGENT,
            scope=Scope.ACT,
            start_date=timezone.localdate(),
            end_date=None,
        )
    return draft.pk


def representation(*, of: Person, by: Account) -> int:
    """A mandate in force, since today, for a year."""
    today = timezone.localdate()
    made = deciding.add_person(
        by=builders.staff(), account=by, person=of, quality=Quality.AGENT, start_date=today,
        end_date=today + datetime.timedelta(days=365),
    )  # fmt: skip
    return made.pk
