"""Whom FranceConnect vouches for, among the persons of the mutual."""

from members.households.models import Person
from members.households.signup import bare_name
from portals.accounts.federation.directory import Claims, Recognition
from portals.names import folded_name


def is_subject(claims: Claims, person_id: int) -> bool:
    """Same birth date, same name (birth name first), same first given name: the identité pivot, as far as we hold it."""
    person = Person.objects.filter(pk=person_id).first()
    if person is None or claims.get("birthdate") != person.birth_date.isoformat():
        return False
    names = {bare_name(person.birth_name), bare_name(person.family_name)} - {""}
    vouched = {bare_name(str(claims.get(key) or "")) for key in ("family_name", "preferred_username")} - {""}
    return bool(names & vouched) and _first(person.given_names) == _first(str(claims.get("given_name") or ""))


def subject_of(_claims: Claims) -> int | None:
    """Nobody without a doubt: two persons may share a name and a birth date. The first link is made signed in."""
    return None


def _first(given_names: str) -> str:
    return folded_name(given_names).split(" ")[0]


RECOGNITION = Recognition(is_subject=is_subject, subject_of=subject_of)
