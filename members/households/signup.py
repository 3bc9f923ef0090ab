"""Who may open an account in the member space, and which words their password may not be made of (CGU-1.2)."""

import datetime

from members.households.models import Person
from members.households.rules import AGE_OF_OWN_CHOICE, age_on, folded_name
from portals.access.models import Basis
from portals.accounts.rules import access_given_by
from portals.accounts.signup import Answers, Door, Match


def match(answers: Answers, today: datetime.date) -> Match | None:
    """The person with this member number, birth date and name, aged 16 or more, covered now or two years ago at most.

    Names are compared without accents, case or punctuation, the name in use and the birth name alike. Two persons
    who answer to the same description (twins) are told apart by the e-mail address on file, or not at all.
    """
    born = datetime.date.fromisoformat(answers["birth_date"])
    if age_on(born, today) < AGE_OF_OWN_CHOICE:
        return None
    persons = Person.objects.filter(household__member_number=answers["member_number"], birth_date=born)
    named = [person for person in persons if _is_named(person, answers["family_name"])]
    person = _the_one(named, answers["email"])
    if person is None:
        return None
    access = access_given_by(_ends_of_covers(person, today), today)
    if not access.is_open:
        return None
    return Match(
        tenant_id=person.household_id,
        subject_id=person.pk,
        display_name=f"{person.given_names.split(',')[0].split()[0]} {person.family_name}",
        email=person.email or answers["email"],
        access_until=access.until,
    )


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
    wanted = _bare(typed)
    return bool(wanted) and wanted in {_bare(person.family_name), _bare(person.birth_name)}


def _bare(name: str) -> str:
    """`D’Angelo`, `d angelo` and `DANGELO` are one name."""
    return folded_name(name).replace(" ", "")


def _the_one(persons: list[Person], email: str) -> Person | None:
    if len(persons) > 1:
        persons = [person for person in persons if person.email.lower() == email.lower()]
    return persons[0] if len(persons) == 1 else None


def _ends_of_covers(person: Person, today: datetime.date) -> list[datetime.date | None]:
    """The last days of the covers that have begun; a policy that stops takes its covers with it."""
    covers = person.covers.filter(start_date__lte=today).select_related("policy")
    return [_earlier(cover.end_date, cover.policy.end_date) for cover in covers]


def _earlier(one: datetime.date | None, other: datetime.date | None) -> datetime.date | None:
    ends = [end for end in (one, other) if end is not None]
    return min(ends) if ends else None


DOOR = Door(basis=Basis.COVER, match=match, personal_words=personal_words)
