"""What whoever holds a link does with it, without an account: open it, answer step by step, send, or ask to stay out.

They belong to no company's context, so the link is looked for in the system's: by the hash of its token, and by nothing
that anybody could guess.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from employers.companies.models import GroupContract
from employers.companies.queries import access_of, running_on
from employers.links.emails import COMPLETED
from employers.links.models import EmployeeLink
from employers.links.rules import ANSWERABLE, State
from employers.links.sealing import (
    BANK,
    DEPENDANTS,
    IDENTITY,
    Answers,
    Invited,
    answers_of,
    forget,
    invited_of,
    seal_answers,
)
from employers.links.sending import LinkOver
from employers.users.tokens import hash_of
from employers.waivers import actions as waivers
from employers.waivers.models import Waiver
from employers.waivers.rules import Plea
from employers.waivers.words import Channel
from members.households.models import Household
from portals.access import isolation
from portals.documents.uploads import CleanFile
from portals.jobs import Priority, enqueue
from privacy.audit import record

MOST_DEPENDANTS = 12


class Incomplete(Exception):
    """The identity is not told yet."""


@dataclass(frozen=True)
class Visit:
    """What a link opens: the offer of the company, and what was answered so far.

    `contracts`: the one proposed first, then the others open to the same population (the options).
    """

    link: EmployeeLink
    company_name: str
    contracts: tuple[GroupContract, ...]
    invited: Invited
    answers: Answers

    @property
    def contract(self) -> GroupContract:
        """The contract chosen, or the one proposed."""
        wanted = self.answers.get(BANK, {}).get("contract", "")
        return next((each for each in self.contracts if str(each.pk) == wanted), self.contracts[0])


@dataclass(frozen=True)
class Welcome:
    """What the last link shows."""

    company_name: str
    member_number: str
    link: EmployeeLink


@transaction.atomic
def open_link(token: str) -> State:
    """Note that the link was opened, the first time. Raises LinkOver for one that nobody was ever given too."""
    with isolation.system():
        link = _by_token(token)
        state = link.state_at(timezone.now())
        if state == State.CONFIRMED:
            return state
        _check_open(link)
        if link.opened_at is None:
            link.opened_at = timezone.now()
            link.save(update_fields=["opened_at"])
            _record("employee_link.opened", link)
        return State.OPENED


def visit_of(token: str) -> Visit:
    """What the link opens. Raises LinkOver."""
    with isolation.system():
        link = _by_token(token)
        _check_open(link)
        return _visit(link)


def welcome_of(token: str) -> Welcome:
    """The member number of an employee whose affiliation is confirmed. Raises LinkOver."""
    with isolation.system():
        link = _by_token(token)
        affiliation = link.affiliation
        if affiliation is None or affiliation.undone_at is not None or timezone.now() >= link.expires_at:
            raise LinkOver
        household = Household.objects.get(persons=affiliation.person_id)
        _record("employee_link.welcomed", link)
        return Welcome(link.company.name, household.member_number, link)


@transaction.atomic
def save(*, token: str, step: str, said: Any) -> None:
    """Keep the answers of a step. Raises LinkOver."""
    with isolation.system():
        link = _held(token)
        _save(link, answers_of(link) | {step: said})


@transaction.atomic
def add_dependant(*, token: str, said: dict[str, str]) -> None:
    """One more person to cover beside the employee. Raises LinkOver."""
    with isolation.system():
        link = _held(token)
        answers = answers_of(link)
        answers[DEPENDANTS] = [*answers.get(DEPENDANTS, []), said][:MOST_DEPENDANTS]
        _save(link, answers)


@transaction.atomic
def remove_dependant(*, token: str, rank: int) -> None:
    """Forget one of them, by their place from 0; nothing happens for a place that is empty. Raises LinkOver."""
    with isolation.system():
        link = _held(token)
        answers = answers_of(link)
        kept = [each for place, each in enumerate(answers.get(DEPENDANTS, [])) if place != rank]
        _save(link, answers | {DEPENDANTS: kept})


@transaction.atomic
def complete(*, token: str) -> None:
    """Send the answers to be confirmed: the link has served. Raises LinkOver, Incomplete."""
    with isolation.system():
        link = _held(token)
        if IDENTITY not in answers_of(link):
            raise Incomplete
        link.completed_at, link.token_hash = timezone.now(), None
        link.save(update_fields=["completed_at", "token_hash"])
        _record("employee_link.completed", link)
        enqueue(COMPLETED, key=f"{link.pk}-{secrets.token_hex(8)}", subject_id=link.pk, priority=Priority.ASKED)


@transaction.atomic
def ask_waiver(*, token: str, plea: Plea, files: Sequence[CleanFile]) -> Waiver:
    """Ask to stay out instead: the company answers it with its other waivers. The link has served.

    Raises LinkOver, and what `employers.waivers.actions.ask` raises.
    """
    with isolation.system():
        link = _held(token)
        waiver = waivers.ask(by=None, contract=link.contract, plea=plea, files=files, channel=Channel.LINK)
        link.waiver, link.waived_at = waiver, timezone.now()
        forget(link)
        link.save(update_fields=["waiver", "waived_at", "invited_sealed", "answers_sealed", "token_hash"])
        _record("employee_link.waived", link)
        return waiver


def _by_token(token: str) -> EmployeeLink:
    links = EmployeeLink.objects.select_related("company", "contract__plan", "affiliation")
    link = links.filter(token_hash=hash_of(token)).first()
    if link is None:
        raise LinkOver
    return link


def _held(token: str) -> EmployeeLink:
    links = EmployeeLink.objects.select_for_update(of=("self",)).select_related("company", "contract__plan")
    link = links.filter(token_hash=hash_of(token)).first()
    if link is None:
        raise LinkOver
    _check_open(link)
    return link


def _check_open(link: EmployeeLink) -> None:
    """Raises LinkOver once it has served, is withdrawn or too old, or when the company's access has closed."""
    now = timezone.now()
    if link.state_at(now) not in ANSWERABLE or not access_of(link.company_id, timezone.localdate(now)).is_open:
        raise LinkOver


def _visit(link: EmployeeLink) -> Visit:
    invited = invited_of(link)
    if invited is None:
        raise LinkOver
    same = GroupContract.objects.filter(company=link.company_id, population=link.contract.population)
    others = running_on(same.exclude(pk=link.contract_id), link.start_date).select_related("plan")
    contracts = (link.contract, *others.order_by("contract_number"))
    return Visit(link, link.company.name, contracts, invited, answers_of(link))


def _save(link: EmployeeLink, answers: Answers) -> None:
    link.answers_sealed = seal_answers(link.reference, answers)
    link.save(update_fields=["answers_sealed"])


def _record(action: str, link: EmployeeLink) -> None:
    record(action, by=None, object_kind="employee_link", object_id=link.pk, details={"company": link.company_id})
