"""Holders and lines of the ledger for tests."""

import datetime

from members.households.models import Person
from portals.access import isolation
from portals.accounts.models import Account, Space
from portals.documents.models import Upload
from privacy.consents.actions import Received, choose, write_down
from privacy.consents.holders import Chooser, Holder
from privacy.consents.models import Choice
from privacy.consents.queries import history_of, offered_to
from privacy.consents.rules import Capacity, Channel, Way
from tests import builders

SAID = datetime.date(2026, 1, 12)


def holder_of(person: Person) -> Holder:
    return Holder(Space.MEMBER, person.pk, person.household_id)


def says(account: Account, person: Person, *boxes: tuple[str, Channel]) -> None:
    """The person ticks exactly these boxes, in their space."""
    with isolation.system():
        holder = holder_of(person)
        read = [one.text.pk for one in offered_to(holder)]
        choose(
            by=account, chooser=Chooser(holder, "Essai", Capacity.SELF), read=read,
            ticked={(purpose, channel.value) for purpose, channel in boxes},
        )  # fmt: skip


def accepts(account: Account, person: Person, *purposes: str) -> None:
    """By e-mail, with the suggestions left as they are by default."""
    says(account, person, *[(code, Channel.EMAIL) for code in purposes], ("personalisation", Channel.WHOLE))


def choice_by_post(person: Person, *, proof: Upload | None = None) -> Choice:
    """A letter, written down by a member of staff."""
    return write_down(
        by=builders.staff(), holder=holder_of(person), purpose="newsletter", channel=Channel.EMAIL, accepts=True,
        received=Received(Way.POST, SAID, "C-2026-001", proof),
    )  # fmt: skip


def choice_of(person: Person) -> Choice:
    """Any choice of theirs."""
    return choice_by_post(person)


def ledger_of(person: Person) -> list[Choice]:
    """Newest first."""
    with isolation.system():
        return list(history_of(holder_of(person)))
