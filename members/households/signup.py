"""Who may open an account in the member space, and which words their password may not be made of (CGU-1.2)."""

import datetime
from collections import defaultdict
from collections.abc import Sequence

from django.core.exceptions import ValidationError

from members.coverage.models import Cover
from members.households.models import Person
from members.households.rules import AGE_OF_OWN_CHOICE, age_on
from portals.access.models import Basis
from portals.accounts.fields import HandwrittenDateField
from portals.accounts.models import Space
from portals.accounts.rules import access_given_by
from portals.accounts.signup import Answers, Door, Ends, Match
from portals.names import folded_name
from privacy.deaths import is_departed


def match(answers: Answers, today: datetime.date) -> Match | None:
    """The person with this member number, birth date and name, aged 16 or more, covered now or two years ago at most.

    Names are compared without accents, case or punctuation, the name in use and the birth name alike. Two persons
    who answer to the same description (twins) are told apart by the e-mail address on file, or not at all.
    """
    born = datetime.date.fromisoformat(answers["birth_date"])
    if age_on(born, today) < AGE_OF_OWN_CHOICE:
        return None
    named = persons_named(answers["member_number"], born, answers["family_name"])
    person = _the_one(named, answers["email"])
    if person is None or is_departed(Space.MEMBER, person.pk):
        return None
    access = access_given_by(ends_of([person.pk], today).get(person.pk, []), today)
    if not access.is_open:
        return None
    return Match(
        tenant_id=person.household_id,
        subject_id=person.pk,
        display_name=f"{person.given_names.split(',')[0].split()[0]} {person.family_name}",
        email=person.email or answers["email"],
        ended_on=access.ended_on,
        closes_on=access.closes_on,
    )


def persons_named(member_number: str, born: datetime.date, family_name: str) -> list[Person]:
    """The persons of this member number, born that day, who bear this name, in use or of birth."""
    return [person for person in persons_born(member_number, born) if _is_named(person, family_name)]


def persons_born(member_number: str, born: datetime.date) -> list[Person]:
    """The persons of this member number who were born that day, in the order of their ranks."""
    return list(Person.objects.filter(household__member_number=member_number, birth_date=born).order_by("rank"))


def recognises(person_id: int, answers: Answers) -> bool:
    """Whether the proof of a fraud report is this person's birth date, however it is written."""
    try:
        born = HandwrittenDateField().to_python(answers["proof"])
    except ValidationError:
        return False
    return born is not None and Person.objects.filter(pk=person_id, birth_date=born).exists()


def personal_words(person_id: int) -> list[str]:
    """Names, birth date, addresses and numbers of the person and of those who live with them."""
    person = Person.objects.select_related("household").get(pk=person_id)
    family = Person.objects.filter(household=person.household_id)
    words = [person.household.member_number, person.email, person.phone, person.city, person.postcode]
    for relative in family:
        words += [
            relative.family_name, relative.birth_name, relative.given_names, relative.birth_date.isoformat(),
        ]  # fmt: skip
    return words


def _is_named(person: Person, typed: str) -> bool:
    wanted = bare_name(typed)
    return bool(wanted) and wanted in {bare_name(person.family_name), bare_name(person.birth_name)}


def bare_name(name: str) -> str:
    """`D’Angelo`, `d angelo` and `DANGELO` are one name."""
    return folded_name(name).replace(" ", "")


def _the_one(persons: list[Person], email: str) -> Person | None:
    if len(persons) > 1:
        persons = [person for person in persons if person.email.lower() == email.lower()]
    return persons[0] if len(persons) == 1 else None


def ends_of(person_ids: Sequence[int], today: datetime.date) -> Ends:
    """The last days of the covers that have begun; a policy that stops takes its covers with it. One query."""
    covers = Cover.objects.filter(person_id__in=person_ids, start_date__lte=today)
    ends: dict[int, list[datetime.date | None]] = defaultdict(list)
    for person_id, own, of_policy in covers.values_list("person_id", "end_date", "policy__end_date"):
        ends[person_id].append(_earlier(own, of_policy))
    return ends


def _earlier(one: datetime.date | None, other: datetime.date | None) -> datetime.date | None:
    ends = [end for end in (one, other) if end is not None]
    return min(ends) if ends else None


DOOR = Door(
    basis=Basis.COVER,
    match=match,
    personal_words=personal_words,
    recognises=recognises,
    ends_of=ends_of,
    fed_by=frozenset({"policies", "covers"}),
)
