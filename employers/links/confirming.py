"""Confirming what an employee completed: the affiliation, their dependants, and the end of what they typed."""

import datetime
import secrets
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from employers.companies.models import GroupContract
from employers.links.emails import WELCOME
from employers.links.models import EmployeeLink
from employers.links.rules import State
from employers.links.sealing import BANK, DEPENDANTS, IDENTITY, Answers, Invited, answers_of, forget, invited_of
from employers.links.sending import LinkOver, held
from employers.workforce import actions as workforce
from employers.workforce.models import Affiliation, Source
from employers.workforce.rules import NewEmployee
from members.enrolment.actions import NewDependant, add_dependant
from portals.accounts.models import Account
from portals.jobs import Priority, enqueue
from privacy.audit import record


@transaction.atomic
def confirm(*, by: Account, company_id: int, link_id: int, start_date: datetime.date) -> Affiliation:
    """Affiliate the employee and whoever they cover, in one operation; then erase what they typed.

    Raises EmployeeLink.DoesNotExist, LinkOver, and what `employers.workforce.actions.affiliate` raises.
    """
    link = held(company_id, link_id, State.COMPLETED)
    invited = invited_of(link)
    if invited is None:
        raise LinkOver
    answers = answers_of(link)
    operation = workforce.open_operation(by=by, company_id=company_id, source=Source.LINK)
    affiliation = workforce.affiliate(
        by=by,
        operation=operation,
        contract=_contract(link, answers),
        employee=employee_from(answers, invited),
        start_date=start_date,
        population=link.population,
    )
    for dependant in dependants_from(answers):
        if affiliation.policy_id is not None:
            add_dependant(by=by, policy_id=affiliation.policy_id, dependant=dependant, first_day=start_date)
    _close(by, link, affiliation)
    return affiliation


def employee_from(answers: Answers, invited: Invited) -> NewEmployee:
    """The employee as they named themselves, with what only the company knows."""
    said, bank = answers[IDENTITY], answers.get(BANK, {})
    return NewEmployee(
        family_name=said["family_name"],
        given_names=said["given_names"],
        birth_date=datetime.date.fromisoformat(said["birth_date"]),
        birth_name=said["birth_name"],
        sex=said["sex"],
        nir=said["nir"],
        email=invited.email,
        employee_number=invited.employee_number,
        own_email=said["email"],
        phone=said["phone"],
        iban=bank.get("iban", ""),
    )


def dependants_from(answers: Answers) -> Iterable[NewDependant]:
    for said in answers.get(DEPENDANTS, []):
        yield NewDependant(
            role=said["role"],
            family_name=said["family_name"],
            given_names=said["given_names"],
            birth_date=datetime.date.fromisoformat(said["birth_date"]),
            birth_name=said["birth_name"],
            sex=said["sex"],
            nir=said["nir"],
        )


def _contract(link: EmployeeLink, answers: Answers) -> GroupContract:
    """The option that the employee chose among those of the population, or the contract proposed."""
    wanted = answers.get(BANK, {}).get("contract", "")
    if not wanted or wanted == str(link.contract_id):
        return link.contract
    options = GroupContract.objects.filter(company=link.company_id, population=link.contract.population)
    return options.select_related("plan").filter(pk=wanted).first() or link.contract


def _close(by: Account, link: EmployeeLink, affiliation: Affiliation) -> None:
    link.confirmed_at, link.confirmed_by, link.affiliation = timezone.now(), by, affiliation
    forget(link)
    link.save(
        update_fields=["confirmed_at", "confirmed_by", "affiliation", "invited_sealed", "answers_sealed", "token_hash"]
    )
    record(
        "employee_link.confirmed", by=by, object_kind="employee_link", object_id=link.pk,
        details={"company": link.company_id, "affiliation": affiliation.pk},
    )  # fmt: skip
    enqueue(WELCOME, key=f"{link.pk}-{secrets.token_hex(8)}", subject_id=link.pk, priority=Priority.ASKED)
