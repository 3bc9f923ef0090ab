"""What the pages of a link offer: whom the contract lets one cover, and in which cases one may stay out."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from employers.links.answering import Visit
from employers.links.sealing import IDENTITY
from employers.waivers.queries import cases_of
from employers.waivers.rules import Rule as WaiverRule
from members.beneficiaries.queries import all_rules
from members.beneficiaries.rules import Rule, rule_for
from members.beneficiaries.words import Case
from portals.access import isolation


@dataclass(frozen=True)
class Shown:
    """Somebody whom the employee covers, as the summary says it."""

    full_name: str
    label: str
    birth_date: datetime.date


def dependant_rules(visit: Visit) -> list[Rule]:
    """The cases that the plan accepts on the first day, in their order."""
    with isolation.system():
        rules = all_rules()
    plan_id, day = visit.contract.plan_id, visit.link.start_date
    found = [rule_for(rules, plan_id=plan_id, case=case.value, day=day) for case in Case]
    return [rule for rule in found if rule is not None and rule.is_open]


def waiver_rules(visit: Visit) -> list[WaiverRule]:
    """The cases of right, and those that the act of the company provides."""
    with isolation.system():
        return cases_of(visit.link.contract, visit.link.start_date)


def holder_birth_date(visit: Visit) -> datetime.date | None:
    """The employee's; None while they have not said who they are."""
    told = visit.answers.get(IDENTITY, {}).get("birth_date")
    return datetime.date.fromisoformat(told) if told else None


def shown_dependants(told: Iterable[dict[str, str]]) -> list[Shown]:
    return [
        Shown(
            f"{said['given_names']} {said['family_name']}",
            str(Case(said["case"]).label),
            datetime.date.fromisoformat(said["birth_date"]),
        )
        for said in told
    ]
