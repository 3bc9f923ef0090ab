"""What the room of breaches asks of the member space: whom a thing showed, and how each person is reached."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from django.db.models import Q
from django.utils import timezone

from members.households.models import Person, Role
from members.households.rules import MAJORITY, age_on
from members.rights.models import RightsLook
from portals.access.models import Basis, Grant
from portals.accounts.models import AccountState, Space
from portals.signals import Concerned as Whom
from privacy.breaches.telling.registry import Contact, Shown
from privacy.breaches.violations.models import PersonCategory

PARENTS = (Role.MEMBER, Role.SPOUSE)
CATEGORIES = {Role.MEMBER.value: PersonCategory.MEMBERS}
"""Of who is of age; whoever has another role is covered through the member."""


def persons_of_households(shown: Collection[Shown]) -> Mapping[Shown, Whom]:
    """Whom each look at a household showed: those of the card, when a professional was answered; otherwise everybody in
    it, for no page says less. Two queries."""
    ids = {int(one.object_id) for one in shown if one.object_id.isdecimal()}
    references = {one.reference for one in shown if one.reference}
    by_answer: dict[tuple[int, str], set[int]] = defaultdict(set)
    looks = RightsLook.objects.filter(household__in=ids, reference__in=references)
    for household, reference, person in looks.values_list("household_id", "reference", "person_id"):
        by_answer[household, reference].add(person)
    by_household: dict[int, set[int]] = defaultdict(set)
    for household, person in Person.objects.filter(household__in=ids).values_list("household_id", "pk"):
        by_household[household].add(person)
    return {
        one: Whom(frozenset(by_answer.get((int(one.object_id), one.reference)) or by_household[int(one.object_id)]))
        for one in shown
        if one.object_id.isdecimal()
    }


def find(number: str) -> set[int]:
    """The persons of an exact member or policy number."""
    number = number.replace(" ", "")
    of_number = Q(household__member_number=number) | Q(household__policies__policy_number=number)
    return set(Person.objects.filter(of_number).values_list("pk", flat=True))


def contacts(person_ids: Collection[int]) -> dict[int, Contact]:
    """How each person is reached: by their own account and address; a minor, by their parents'. Three queries."""
    persons = list(Person.objects.filter(pk__in=person_ids).order_by("pk"))
    today = timezone.localdate()
    minors = {one.pk for one in persons if age_on(one.birth_date, today) < MAJORITY}
    of_minors = {one.household_id for one in persons if one.pk in minors}
    parents: dict[int, list[Person]] = defaultdict(list)
    for parent in Person.objects.filter(household__in=of_minors, role__in=PARENTS).order_by("rank", "pk"):
        parents[parent.household_id].append(parent)
    accounts = _accounts_of({*person_ids, *(parent.pk for those in parents.values() for parent in those)})
    return {
        one.pk: _contact(one, parents[one.household_id], accounts, PersonCategory.CHILDREN)
        if one.pk in minors
        else _contact(one, [], accounts, CATEGORIES.get(one.role, PersonCategory.DEPENDANTS))
        for one in persons
    }


def _contact(
    person: Person, parents: list[Person], accounts: Mapping[int, Collection[int]], category: PersonCategory
) -> Contact:
    name = f"{person.given_names} {person.family_name}"
    reached = [person, *parents]
    return Contact(
        name=name,
        addressee=f"Aux représentants légaux de {name}" if parents else name,
        address_lines=next((lines for one in reached if (lines := _address_of(one))), ()),
        email=next((one.email for one in ([*parents, person] if parents else [person]) if one.email), ""),
        account_ids=tuple(sorted({account for one in reached for account in accounts.get(one.pk, ())})),
        category=category,
    )


def _accounts_of(person_ids: Iterable[int]) -> dict[int, list[int]]:
    """The open accounts of persons: their own, and those of who represents them."""
    open_grants = Grant.objects.open_on(timezone.localdate()).filter(
        space=Space.MEMBER, subject_id__in=list(person_ids), basis__in=[Basis.COVER, Basis.REPRESENTATION]
    )
    usable = open_grants.filter(account__is_active=True).exclude(account__state=AccountState.CLOSED)
    found: dict[int, list[int]] = defaultdict(list)
    for person, account in usable.order_by("pk").values_list("subject_id", "account_id"):
        found[person].append(account)
    return found


def _address_of(person: Person) -> tuple[str, ...]:
    """What goes under the name; nothing without a street and a commune."""
    if not person.address_line1 or not person.city:
        return ()
    lines = (person.address_line1, person.address_line2, f"{person.postcode} {person.city}".strip())
    return tuple(line for line in lines if line)
