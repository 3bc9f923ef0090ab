"""Who sees what inside a household. Pure: no database, no clock."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from members.households.models import Role

AGE_OF_OWN_CHOICE = 16
"""From this age a minor may have an account, and says which of the parents see their care."""
MAJORITY = 18
"""From this age a person's care is theirs alone, but for a mandate or a judgment."""
UNINSURED = 0
"""In place of a parent's id: authority is exercised by somebody whom we do not insure."""


@dataclass(frozen=True)
class HouseholdPerson:
    """A person of a household, with what pages say of them and what the rules ask.

    `has_own_account`: refunds go to a bank account of their own, and not to the member's. `has_own_space`: they have
    an account here. `only_parent_id`: who exercises parental authority alone by a judgment (`UNINSURED` for somebody
    we do not know), None when both parents do. `hidden_from`: the parents to whom they do not show their care.
    """

    id: int
    role: str
    birth_date: datetime.date
    given_names: str
    family_name: str
    has_own_account: bool
    has_own_space: bool = False
    only_parent_id: int | None = None
    hidden_from: frozenset[int] = frozenset()

    @property
    def first_name(self) -> str:
        """The first of the given names, as one calls the person."""
        return self.given_names.split()[0] if self.given_names else self.family_name

    @property
    def full_name(self) -> str:
        return f"{self.given_names} {self.family_name}".strip()


def age_on(birth_date: datetime.date, day: datetime.date) -> int:
    """Full years of age on a day. Born on 29 February: a year older on 1 March of the other years."""
    had_birthday = (day.month, day.day) >= (birth_date.month, birth_date.day)
    return day.year - birth_date.year - (0 if had_birthday else 1)


def chooses_who_sees(birth_date: datetime.date, day: datetime.date) -> bool:
    """Whether a minor says themselves who sees their care: from 16 until 18."""
    return AGE_OF_OWN_CHOICE <= age_on(birth_date, day) < MAJORITY


def has_authority(viewer: HouseholdPerson, person: HouseholdPerson) -> bool:
    """Whether the household holds `viewer` for a parent of `person`: the member, unless a judgment names one parent.

    Whoever is a member in their own right, even before 18, has no parent here.
    """
    if person.role == Role.MEMBER:
        return False
    if person.only_parent_id is not None:
        return viewer.id == person.only_parent_id
    return viewer.role == Role.MEMBER


def sees_lines_of(viewer: HouseholdPerson, person: HouseholdPerson, *, day: datetime.date) -> bool:
    """Whether `viewer` may read each line of care of `person`, both of one household, on that day.

    Everyone reads their own lines; a parent those of a minor, who from 16 on may hide them from one or the other
    (PDP-1.2, experience of the space). At 18 nobody else, whatever was chosen before.
    """
    if viewer.id == person.id:
        return True
    if age_on(person.birth_date, day) >= MAJORITY or not has_authority(viewer, person):
        return False
    return not (chooses_who_sees(person.birth_date, day) and viewer.id in person.hidden_from)


def sees_payments_for(viewer: HouseholdPerson, person: HouseholdPerson, *, day: datetime.date) -> bool:
    """Whether `viewer` is told what was paid for `person` without the care: it arrived on the viewer's account."""
    if sees_lines_of(viewer, person, day=day):
        return False
    return viewer.role == Role.MEMBER and not person.has_own_account


@dataclass(frozen=True)
class Viewpoint:
    """What one person of a household may see of it on a day, or whoever represents that person.

    `is_represented`: the pages are read by a representative, who sees this person's care and nothing of the others,
    not even of the children whom the person would see (CGU-2.11). `acting_person_id` is then the representative, when
    they are insured here.
    """

    household_id: int
    viewer: HouseholdPerson
    persons: tuple[HouseholdPerson, ...]
    day: datetime.date
    is_represented: bool = False
    acting_person_id: int | None = None

    @cached_property
    def seen(self) -> tuple[HouseholdPerson, ...]:
        """Those whose every line the viewer reads; the viewer comes first."""
        if self.is_represented:
            return (self.viewer,)
        others = [p for p in self.persons if p != self.viewer and sees_lines_of(self.viewer, p, day=self.day)]
        return (self.viewer, *others)

    @cached_property
    def paid_for(self) -> tuple[HouseholdPerson, ...]:
        """Those of whom the viewer knows only what arrived for them on the viewer's own account."""
        if self.is_represented:
            return ()
        return tuple(p for p in self.persons if sees_payments_for(self.viewer, p, day=self.day))

    @cached_property
    def reserved(self) -> tuple[HouseholdPerson, ...]:
        """Those whose care is theirs alone, as the member is told; nobody else is told anything of the others."""
        told = self.is_holder and not self.is_represented
        return tuple(p for p in self.persons if p not in self.seen) if told else ()

    @property
    def reserved_names(self) -> str:
        return listed([person.first_name for person in self.reserved if self._is_of_age_to_choose(person)])

    @property
    def reserved_count(self) -> int:
        return len([person for person in self.reserved if self._is_of_age_to_choose(person)])

    @property
    def kept_names(self) -> str:
        """Children under 16 whose care is another parent's to see, by a judgment."""
        return listed([person.first_name for person in self.reserved if not self._is_of_age_to_choose(person)])

    @cached_property
    def concealed_ids(self) -> list[int]:
        """Minors whose refunds arrive on another parent's account: when, where and under which reference is not told.

        The care and each share of it are the child's, and are shown. The other parent is the member, who is paid for
        whoever has no bank account of their own.
        """
        holder = next((person for person in self.persons if person.role == Role.MEMBER), None)
        reader = self.acting_person_id if self.is_represented else self.viewer.id
        if holder is None or holder.id == reader:
            return []
        return [
            person.id
            for person in self.seen
            if not person.has_own_account
            and person.id != reader
            and person.role != Role.MEMBER
            and age_on(person.birth_date, self.day) < MAJORITY
        ]

    def _is_of_age_to_choose(self, person: HouseholdPerson) -> bool:
        return age_on(person.birth_date, self.day) >= AGE_OF_OWN_CHOICE

    @property
    def others_seen_names(self) -> str:
        """The persons, besides the viewer, whose lines count in the viewer's sums."""
        return listed([person.first_name for person in self.seen[1:]])

    @cached_property
    def by_id(self) -> dict[int, HouseholdPerson]:
        return {person.id: person for person in self.persons}

    @property
    def charge(self) -> str:
        """Whose charge what is left is, in a sentence: `à votre charge`, or `à sa charge` for a representative."""
        return "à sa charge" if self.is_represented else "à votre charge"

    @property
    def own_label(self) -> str:
        """What the column of what stays with the person is called."""
        return self.viewer.first_name if self.is_represented else "Vous"

    @property
    def seen_ids(self) -> list[int]:
        return [person.id for person in self.seen]

    @property
    def paid_for_ids(self) -> list[int]:
        return [person.id for person in self.paid_for]

    @property
    def is_holder(self) -> bool:
        """Whether the viewer is the member, on whose account refunds arrive by default."""
        return self.viewer.role == Role.MEMBER


def listed(names: Sequence[str]) -> str:
    """`Alice`, `Alice et Inès`, `Alice, Inès et Noé`."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} et {names[-1]}"
