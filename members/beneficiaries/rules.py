"""From when and until when somebody is covered beside the member, and who may ask. Pure: no database, no clock.

Days are of Europe/Paris. The figures come from dated rules that staff keep (`BeneficiaryRule`), never from here, but for
the ends of covers below. docs/decisions/beneficiaries.md
"""

import calendar
import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

from members.beneficiaries.words import CHILDREN, COUPLE, Case, Late, Reason, Until
from members.households.models import Role
from members.households.rules import MAJORITY, age_on

DAY = datetime.timedelta(days=1)
NEWBORN_MONTHS = 12
ANNOUNCED_DAYS = 90
"""A limit of age is announced so long before, and no cover ends sooner after its announcement."""
ANSWER_WORKING_DAYS = 10
REMOVAL_DAYS = 60
"""A divorce or the end of a PACS that is told within this delay ends the cover with the month of the event."""
OLDEST = 120
NEEDS_NO_PROOF = frozenset({Reason.OTHER})


class Unfit(ValueError):
    """An answer does not suit the case. The message is for the person; `field` is the answer's."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class Rule:
    """A line of `BeneficiaryRule`."""

    plan_id: int | None
    case: str
    is_open: bool
    employee_may_ask: bool
    age_limit: int | None
    until: str
    declare_within_days: int | None
    late: str
    wording: str
    documents: tuple[str, ...]
    valid_from: datetime.date
    valid_to: datetime.date | None

    def holds_on(self, day: datetime.date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    @property
    def label(self) -> str:
        return Case(self.case).label


def rule_for(rules: Iterable[Rule], *, plan_id: int, case: str, day: datetime.date) -> Rule | None:
    """The plan's own rule of that day, or everybody's; the most recent one of them."""
    fitting = [rule for rule in rules if rule.case == case and rule.plan_id in {plan_id, None} and rule.holds_on(day)]
    return max(fitting, key=lambda rule: (rule.plan_id is not None, rule.valid_from), default=None)


def may_ask(rule: Rule, *, is_group: bool) -> bool:
    """Whether the member may ask it here: the plan accepts the case, and leaves it to the employee in a group contract."""
    return rule.is_open and (rule.employee_may_ask or not is_group)


def limit_day(birth_date: datetime.date, rule: Rule) -> datetime.date | None:
    """The last day of cover that the limit of age leaves; None without a limit."""
    if rule.age_limit is None:
        return None
    first = birth_date.replace(year=birth_date.year + rule.age_limit, day=1)
    birthday = first + datetime.timedelta(days=birth_date.day - 1)  # 29 February gives 1 March of the other years
    if rule.until == Until.YEAR:
        return datetime.date(birthday.year, 12, 31)
    return end_of_month(birthday) if rule.until == Until.MONTH else birthday - DAY


def first_day(rule: Rule, *, event: datetime.date | None, asked_on: datetime.date) -> datetime.date:
    """From when a cover runs: from the event when it was declared in the delay, as the rule says otherwise."""
    delay = rule.declare_within_days
    if event is not None and delay is not None and event <= asked_on <= event + datetime.timedelta(days=delay):
        return event
    return asked_on if rule.late == Late.DAY else end_of_month(asked_on) + DAY


def last_day(reason: str, *, event: datetime.date | None, asked_on: datetime.date) -> datetime.date:
    """The last day of a cover that is asked to end.

    The day of a death; the month of a divorce or of the end of a PACS told within sixty days; the eve of another cover
    that begins later; otherwise the end of the month in which it is asked.
    """
    if event is not None:
        if reason == Reason.DEATH:
            return event
        told_in_time = asked_on <= event + datetime.timedelta(days=REMOVAL_DAYS)
        if reason in {Reason.DIVORCE, Reason.PACS_END} and told_in_time:
            return end_of_month(event)
        if reason == Reason.OWN_COVER and event > asked_on:
            return event - DAY
    return end_of_month(asked_on)


def end_of_month(day: datetime.date) -> datetime.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def notice_last_day(limit: datetime.date, *, announced_on: datetime.date) -> datetime.date:
    """The last day of the cover once the limit was announced: the limit, or ninety days after a late announcement."""
    return max(limit, announced_on + datetime.timedelta(days=ANNOUNCED_DAYS))


def needs_proof(reason: str) -> bool:
    """Whether a request goes with a document: all of them but leaving for a reason of one's own."""
    return reason not in NEEDS_NO_PROOF


def may_leave(*, role: str, birth_date: datetime.date, day: datetime.date) -> bool:
    """Whether a person may ask to leave the member's cover by themselves: an adult, and not the member."""
    return role != Role.MEMBER and age_on(birth_date, day) >= MAJORITY


def reasons_for(role: str) -> list[Reason]:
    """The reasons that make sense for somebody of this role."""
    couple = {Reason.DIVORCE, Reason.PACS_END}
    return [reason for reason in Reason if role == Role.SPOUSE or reason not in couple]


def role_of(case: str) -> str:
    """The role that the portfolio knows a case by."""
    if case in COUPLE:
        return Role.SPOUSE
    return Role.CHILD if case in CHILDREN else Role.OTHER


def check_birth(rule: Rule, birth_date: datetime.date, *, holder_born: datetime.date, today: datetime.date) -> None:
    """Raises Unfit when somebody born that day cannot be covered in this case today."""
    if not (birth_date <= today and age_on(birth_date, today) <= OLDEST):
        raise Unfit("birth_date", "Vérifiez l’année\u00a0: cette date ne peut pas être une date de naissance.")
    if rule.case in COUPLE and age_on(birth_date, today) < MAJORITY:
        raise Unfit("birth_date", "Cette personne n’a pas 18 ans\u00a0: vérifiez l’année.")
    if rule.case == Case.NEWBORN and age_on(birth_date, today) * 12 >= NEWBORN_MONTHS:
        raise Unfit(
            "birth_date", "Cet enfant a plus d’un an\u00a0: choisissez «\u00a0Enfant\u00a0» à l’étape précédente."
        )
    if rule.case == Case.ASCENDANT and birth_date >= holder_born:
        raise Unfit("birth_date", "Un parent est né avant vous\u00a0: vérifiez l’année.")
    limit = limit_day(birth_date, rule)
    if limit is not None and limit < today:
        raise Unfit(
            "birth_date",
            f"Dans ce cas, votre formule couvre jusqu’à {rule.age_limit} ans. Une autre situation convient peut-être\u00a0: "
            "revenez au choix du cas.",
        )


def check_event(kind_of_event: str, event: datetime.date, *, today: datetime.date, may_come: bool) -> None:
    """Raises Unfit for a day that has not come, unless it may, or that is too far. `kind_of_event`: `le mariage`…"""
    if event > today and not may_come:
        raise Unfit("event_date", f"Ce jour n’est pas encore venu\u00a0: faites la demande après {kind_of_event}.")
    if event > today + datetime.timedelta(days=180):
        raise Unfit("event_date", "Cette date est à plus de six mois\u00a0: faites la demande plus près du jour.")
    if today.year - event.year > OLDEST:
        raise Unfit("event_date", "Vérifiez l’année.")


def nir_contradicts(nir: str, *, sex: str, birth_date: datetime.date) -> bool:
    """Whether a NIR (15 characters, key checked) says another sex, year or month of birth.

    Months above 12 are those of people whose exact birth is not known to the registry: they contradict nothing.
    """
    if not re.fullmatch(r"[12][0-9]{4}.{10}", nir):
        return False
    month = int(nir[3:5])
    return nir[0] != sex or nir[1:3] != f"{birth_date:%y}" or (1 <= month <= 12 and month != birth_date.month)
