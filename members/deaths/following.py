"""What follows a death in this space: cards say so at once; representations end once the suites are given."""

from django.db.models import Q
from django.utils import timezone

from members.card.renewing import refresh_later
from members.deaths import estate
from members.deaths.people import PEOPLE
from members.households.models import Person, Role
from members.households.rules import MAJORITY, age_on
from members.representation.actions import end
from members.representation.models import Ending, Representation, State
from portals.accounts.models import Space
from privacy.consents.holders import Holder
from privacy.deaths.models import Death
from privacy.deaths.registry import TaskKind, Turn, register_estate, register_follower, register_tasks
from privacy.directives import holders


def on_death(death: Death, turn: Turn) -> None:
    """In the transaction of the turn. Until everything is done, representations are stopped and not ended: a mistake is
    undone exactly."""
    if death.space != Space.MEMBER or death.subject_id is None:
        return
    if turn == Turn.SETTLED:
        _end_representations(death)
    elif turn in {Turn.SHUT, Turn.UNDONE} and death.tenant_id is not None:
        refresh_later(household_id=death.tenant_id)


def _end_representations(death: Death) -> None:
    """Of whoever acted for the person, and by the person: a mandate ends with either (code civil, art. 418 and 2003)."""
    concerned = Q(person=death.subject_id) | Q(account__in=death.closed_accounts)
    for representation in Representation.objects.filter(concerned, state=State.ACCEPTED).order_by("pk"):
        end(by=death.confirmed_by, representation=representation, why=Ending.STAFF)


def leaves_minors(holder: Holder) -> bool:
    """Whether the member of a household dies and minors remain in it: who sees their care has to be established."""
    person = Person.objects.filter(pk=holder.subject_id, role=Role.MEMBER).first()
    if person is None:
        return False
    return any(_is_minor(one) for one in Person.objects.filter(household=person.household_id).exclude(pk=person.pk))


def _is_minor(person: Person) -> bool:
    return age_on(person.birth_date, timezone.localdate()) < MAJORITY


holders.register(Space.MEMBER, PEOPLE)
register_follower(on_death)
register_estate(Space.MEMBER, estate.facts)
register_tasks(
    TaskKind(
        "members.cover", "Radier la couverture à la date du décès, revoir les cotisations", space=Space.MEMBER
    ),
    TaskKind("members.benefits", "Verser à la succession les remboursements dus", space=Space.MEMBER),
    TaskKind(
        "members.minors", "Enfants mineurs\u00a0: établir qui exerce l’autorité parentale, et l’enregistrer",
        space=Space.MEMBER, applies=leaves_minors,
    ),
)  # fmt: skip
