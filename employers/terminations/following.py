"""What a termination brings about in the household, and what the household's portability tells the company.

Both cross from one tenant to another, so they run in the system's context. A company is told that the portability runs
until a day, is suspended, or has stopped: never why, and never a proof.

A death that a company tells is declared to the mutual, where two people verify it. A company that undoes the end takes
nothing back there: they hear of both, and dismiss it.
"""

import datetime
from collections.abc import Mapping

from employers.terminations.emails import Told, tell
from employers.terminations.models import EmployeeTermination
from employers.terminations.rules import Consequences, Departure, consequences
from employers.terminations.words import Continuing, Reason
from employers.terminations.words import State as Standing
from members.coverage.models import Cover
from members.households.models import Person
from members.households.rules import MAJORITY, age_on
from members.portability import actions as portability
from members.portability import offers
from members.portability.models import IndividualOffer
from members.portability.words import Ground, State
from portals.access import isolation
from portals.accounts.models import Account, Space
from privacy.consents.holders import Holder
from privacy.deaths.declaring import declare_of
from privacy.deaths.models import Way

TOLD = {
    "portability.stopped": Continuing.STOPPED,
    "portability.suspended": Continuing.SUSPENDED,
    "portability.resumed": Continuing.RUNNING,
}
"""What is announced of a portability, and what the company reads of it."""
AS_TOLD = {
    State.RUNNING: Continuing.RUNNING,
    State.SUSPENDED: Continuing.SUSPENDED,
    State.STOPPED: Continuing.STOPPED,
}
UNDONE = "workforce.undone"


def apply(*, by: Account, row: EmployeeTermination, told: Consequences) -> None:
    """Open, correct or cancel the portability of a termination, and promise the offer that comes without one."""
    with isolation.system():
        person, policy = row.affiliation.person, row.affiliation.policy
        if person is None or policy is None:
            return
        if row.portability is not None:
            portability.correct(by=by, portability=row.portability, rights=told.rights)
            _tell_company(row)
        elif told.has_portability:
            row.portability = portability.open_portability(by=by, person=person, policy=policy, rights=told.rights)
            row.save(update_fields=["portability"])
        _withdraw_offers(by, row)
        if told.departure.reason == Reason.DEATH:
            whom = Holder(Space.MEMBER, person.pk, person.household_id)
            declare_of(way=Way.EMPLOYER, by=by, holder=whom, died_on=told.departure.last_day)
        if told.ground is not None and not told.has_portability:
            for one in _offered_to(row, told):
                offers.schedule(
                    by=by, person=one, policy=policy, ground=told.ground, rights_end=told.rights.contract_end
                )


def _tell_company(row: EmployeeTermination) -> None:
    """A portability that was stopped or suspended stays so when its dates are corrected."""
    if row.portability is not None and row.months:
        row.portability.refresh_from_db()
        row.continuing = AS_TOLD[State(row.portability.state)]
        row.continues_until = row.portability.last_day
        row.save(update_fields=["continuing", "continues_until"])


def on_operation(
    *, action: str, by: Account | None, object_id: int | str, details: Mapping[str, str | int], **_: object
) -> None:
    """Receiver of `portals.signals.operation`, in its transaction."""
    if action in TOLD:
        with isolation.system():
            EmployeeTermination.objects.filter(portability_id=object_id, state=Standing.DONE).update(
                continuing=TOLD[action], continues_until=datetime.date.fromisoformat(str(details["last_day"]))
            )
    elif action == UNDONE and by is not None:
        with isolation.system():
            for row in EmployeeTermination.objects.filter(operation_id=object_id, state=Standing.DONE).order_by("-pk"):
                _undo(by, row)


def _undo(by: Account, row: EmployeeTermination) -> None:
    """The affiliation and the policy are put back already: what rested on their end goes, or is as it was before."""
    row.state = Standing.UNDONE
    row.save(update_fields=["state"])
    before = row.replaces
    _withdraw_offers(by, row)
    if before is not None:
        before.state = Standing.DONE
        before.save(update_fields=["state"])
        departure = Departure(Reason(before.reason), before.last_day, before.employed_since, before.notice_until)
        if row.portability_id and not before.portability_id:
            _cancel(by, row)
        apply(by=by, row=before, told=consequences(departure, today=before.contract_end))
    elif row.portability_id:
        _cancel(by, row)
    tell(row, Told.UNDONE)


def _cancel(by: Account, row: EmployeeTermination) -> None:
    if row.portability is not None:
        portability.cancel(by=by, portability=row.portability)


def _withdraw_offers(by: Account, row: EmployeeTermination) -> None:
    """The offers that no portability carries."""
    policy_id = row.affiliation.policy_id
    for offer in IndividualOffer.objects.filter(policy_id=policy_id or 0, portability=None):
        offers.withdraw(by=by, offer=offer)


def _offered_to(row: EmployeeTermination, told: Consequences) -> list[Person]:
    """The employee; after a death, the adults who were covered beside them, or the first of the children."""
    affiliation = row.affiliation
    if told.ground != Ground.BEREAVED:
        return [affiliation.person] if affiliation.person is not None else []
    covers = Cover.objects.filter(policy_id=affiliation.policy_id or 0).exclude(person_id=affiliation.person_id or 0)
    others = list(Person.objects.filter(pk__in=covers.values("person_id")).order_by("rank", "pk"))
    adults = [one for one in others if age_on(one.birth_date, told.rights.contract_end) >= MAJORITY]
    return adults or others[:1]
