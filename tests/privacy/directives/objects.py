"""Directives for tests that only need some to stand."""

from members.households.models import Person
from portals.access import isolation
from portals.accounts.models import Account
from privacy.consents.holders import Holder
from privacy.directives import actions
from privacy.directives.contents import Contact, Content
from privacy.directives.holders import Writer
from privacy.directives.models import Directives
from privacy.directives.queries import versions_of
from privacy.directives.rules import Capacity

NOLWENN = Contact("Nolwenn Le Goff", "nolwenn@example.org", "")
YANN = Contact("Yann Corre", "yann@example.org", "3 rue du Port\n29200 Brest")
SAID = Content(
    fates={"contact": "erase", "health": "communicate", "contract": "keep"}, recipient=NOLWENN, executor=YANN
)


def holder_of(person: Person) -> Holder:
    return Holder("adherent", person.pk, person.household_id)


def directives_of(
    account: Account, person: Person, content: Content = SAID, capacity: Capacity = Capacity.SELF
) -> Directives:
    """The next version of this person's directives, accepted."""
    holder = holder_of(person)
    with isolation.system():
        last = versions_of(holder).first()
        return actions.write(
            by=account, writer=Writer(holder, "", capacity), content=content, accepted=True,
            read=last.number if last else 0,
        )  # fmt: skip


def version_of(account: Account, person: Person) -> int:
    """The number of the first version, written if there is none."""
    with isolation.system():
        first = versions_of(holder_of(person)).last()
    return (first or directives_of(account, person)).number
