"""The members whom criteria designate. Runs as the role `campaigns`, so columns are named one by one."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from members.audience.forms import SegmentForm, departments_of, kept, wrong
from members.coverage.models import Cover, PlanKind
from members.households.models import Person, Role
from members.households.rules import MAJORITY
from portals.access.models import Basis, Grant
from portals.accounts.models import AccountState, Space
from portals.presentation.formats import number
from privacy.campaigns.audiences import Audience, Recipient
from privacy.consents.holders import Holder

OLDEST = 130


def recipients(criteria: Mapping[str, Any], day: datetime.date) -> list[Recipient]:
    """Adults covered on the day who have an account of their own. Two statements at most; nobody twice."""
    accounts = (
        Grant.objects.open_on(day)
        .filter(Q(ended_on=None) | Q(ended_on__gte=day), space=Space.MEMBER, basis=Basis.COVER)
        .filter(account__is_active=True, account__state=AccountState.VALIDATED, subject_id__in=_persons(criteria, day))
        .order_by("account_id", "id")
        .values_list("account_id", "subject_id", "tenant_id")
    )
    first = {
        account: Recipient(Holder(Space.MEMBER, subject, tenant), account)
        for account, subject, tenant in reversed(accounts)
    }
    return list(first.values())


def _persons(criteria: Mapping[str, Any], day: datetime.date) -> Any:
    covers = Cover.objects.running_on(day)
    if criteria.get("kind"):
        covers = covers.filter(policy__plan__kind=criteria["kind"])
    if criteria.get("plans"):
        covers = covers.filter(policy__plan__plan_code__in=criteria["plans"])
    persons = Person.objects.filter(pk__in=covers.values("person_id"), birth_date__lte=_years_before(day, MAJORITY))
    if criteria.get("holders"):
        persons = persons.filter(role=Role.MEMBER)
    if criteria.get("age_from"):
        persons = persons.filter(birth_date__lte=_years_before(day, criteria["age_from"]))
    if criteria.get("age_to"):
        persons = persons.filter(birth_date__gt=_years_before(day, criteria["age_to"] + 1))
    if codes := departments_of(criteria):
        persons = persons.filter(_in_departments(codes))
    return persons.values("pk")


def _in_departments(codes: list[str]) -> Q:
    """By the first digits of the postcode; the two departments of Corsica share theirs."""
    begins = Q(pk=None)
    for code in codes:
        begins |= Q(postcode__startswith="20" if code in {"2A", "2B"} else code)
    return begins


def _years_before(day: datetime.date, years: int) -> datetime.date:
    """The last birth date of those who are this old on the day; 29 February counts from 1 March."""
    year = day.year - min(years, OLDEST)
    try:
        return day.replace(year=year)
    except ValueError:
        return datetime.date(year, 2, 28)


def words(criteria: Mapping[str, Any]) -> str:
    """`Contrat individuel, de 30 à 60 ans, département 29`; everybody without criteria."""
    said = []
    if criteria.get("holders"):
        said.append("les adhérents, sans leurs proches")
    if criteria.get("kind"):
        said.append(f"contrat {PlanKind(criteria['kind']).label.lower()}")
    if criteria.get("plans"):
        said.append(f"formules {', '.join(criteria['plans'])}")
    if criteria.get("age_from"):
        said.append(f"à partir de {number(criteria['age_from'])} ans")
    if criteria.get("age_to"):
        said.append(f"jusqu’à {number(criteria['age_to'])} ans")
    if codes := departments_of(criteria):
        said.append(f"départements {', '.join(codes)}")
    return ", ".join(said) or "toutes les personnes majeures couvertes"


AUDIENCE = Audience("Adhérents", SegmentForm, wrong, kept, words, recipients)
