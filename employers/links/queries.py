"""Reads about links as the company follows them: who, when, where each stands. Never what employees typed."""

import datetime
import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from employers.links.models import EmployeeLink
from employers.links.rules import REVOCABLE, SENDABLE, TINTS, State
from employers.links.sealing import IDENTITY, INVITED_PLACE, Invited, answers_of, subject_of
from portals.secrets.keys import data_keys
from portals.secrets.sealing import unseal_with

SHOWN = 200
"""Links on the list, the latest first; older ones are found from their employees."""


@dataclass(frozen=True)
class Followed:
    """A link as the company sees it. `name` and `email` are what the company gave, while they are kept."""

    link: EmployeeLink
    state: State
    name: str
    email: str
    employee_number: str

    @property
    def tint(self) -> str:
        return TINTS[self.state]

    @property
    def may_send_again(self) -> bool:
        return self.state in SENDABLE

    @property
    def may_revoke(self) -> bool:
        return self.state in REVOCABLE

    @property
    def waits_for_us(self) -> bool:
        return self.state == State.COMPLETED


@dataclass(frozen=True)
class Named:
    """What the company is shown of the identity that an employee typed: what an affiliation shows it anyway."""

    given_names: str
    family_name: str
    birth_date: datetime.date

    @property
    def full_name(self) -> str:
        return f"{self.given_names} {self.family_name}"


def links_of(company_id: int, now: datetime.datetime) -> list[Followed]:
    """The links of a company, those that wait for it first, then the latest. Two queries."""
    links = EmployeeLink.objects.filter(company=company_id).select_related("contract", "affiliation", "waiver")
    followed = _followed(list(links.order_by("-pk")[:SHOWN]), now)
    return sorted(followed, key=lambda one: not one.waits_for_us)


def link_of(company_id: int, link_id: int, now: datetime.datetime) -> Followed | None:
    """One of them; None for another company's as for one that never was."""
    links = EmployeeLink.objects.filter(company=company_id, pk=link_id)
    found = links.select_related("contract__plan", "affiliation", "waiver", "invited_by", "confirmed_by").first()
    return _followed([found], now)[0] if found else None


def completed_links(company_id: int) -> QuerySet[EmployeeLink]:
    """The answers that wait for the company."""
    completed = EmployeeLink.objects.filter(company=company_id, completed_at__isnull=False)
    return completed.filter(confirmed_at=None, revoked_at=None, waived_at=None)


def named_in(link: EmployeeLink) -> Named | None:
    """Who completed a link that waits to be confirmed: name and birth date, and nothing else of what was typed."""
    said = answers_of(link).get(IDENTITY)
    if link.completed_at is None or said is None:
        return None
    return Named(said["given_names"], said["family_name"], datetime.date.fromisoformat(said["birth_date"]))


def _followed(links: Sequence[EmployeeLink], now: datetime.datetime) -> list[Followed]:
    sealed = [subject_of(link.reference) for link in links if link.invited_sealed]
    keys = data_keys(sealed) if sealed else {}
    return [_one(link, _invited(link, keys), now) for link in links]


def _invited(link: EmployeeLink, keys: dict[str, bytes]) -> Invited | None:
    subject = subject_of(link.reference)
    if not link.invited_sealed:
        return None
    return Invited(**json.loads(unseal_with(keys[subject], subject, INVITED_PLACE, bytes(link.invited_sealed))))


def _one(link: EmployeeLink, invited: Invited | None, now: datetime.datetime) -> Followed:
    """Once the link is over, the name is that of the affiliation or of the waiver."""
    state = link.state_at(now)
    if invited is not None:
        return Followed(link, state, invited.full_name, invited.email, invited.employee_number)
    if link.affiliation is not None:
        return Followed(
            link, state, link.affiliation.full_name, link.affiliation.email, link.affiliation.employee_number
        )
    if link.waiver is not None:
        return Followed(link, state, link.waiver.employee, "", link.waiver.employee_number)
    return Followed(link, state, "", "", "")
