"""Opening a portability, undoing it, stopping it, sending a proof. What staff decide is in `deciding.py`.

The end of a contract of employment comes from a company, whose rows these are not: whoever calls `open_portability`,
`correct` or `cancel` does so in the system's context. `operation` is announced each time: a company is told that it runs
until a day, or that it has stopped, and nothing else.
"""

import datetime

from django.db import transaction
from django.utils import timezone

from members.coverage.models import Policy
from members.households.models import Person
from members.portability import covering, offers
from members.portability.emails import Told, tell
from members.portability.models import Portability, UnemploymentProof
from members.portability.numbers import new_number
from members.portability.rules import DAY, Rights, last_day_declared, offer_stays, proof_due
from members.portability.words import LIVING, OPEN_PROOFS, Cause, Ground, ProofState, State
from portals.accounts.models import Account
from portals.correspondence.rules import working_days_after
from portals.documents.uploads import CleanFile, receive
from portals.signals import announce

ANSWER_WORKING_DAYS = 10


class NotRunning(Exception):
    """The portability is over, stopped or cancelled."""


class TooLate(Exception):
    """The last day covered has passed: a declaration is no longer taken back here."""


@transaction.atomic
def open_portability(*, by: Account | None, person: Person, policy: Policy, rights: Rights) -> Portability:
    """The policy, which whoever calls has just ended with the contract of employment, goes on from the day after.

    The offer of an individual contract is promised for the end.
    """
    if rights.ends_on is None:
        raise ValueError("this way of leaving opens no portability")
    row = Portability.objects.create(
        number=new_number("POR"),
        household_id=policy.household_id,
        person=person,
        policy=policy,
        contract_end=rights.contract_end,
        months=rights.months,
        ends_on=rights.ends_on,
        last_day=rights.ends_on,
        proof_due_on=proof_due(rights.starts_on, timezone.localdate()),
    )
    offers.schedule(
        by=by, person=person, policy=policy, ground=Ground.UNEMPLOYED, rights_end=rights.ends_on, portability=row
    )
    covering.set_last_day(row.policy_id, row.ends_on)
    _record("portability.opened", by, row)
    return row


@transaction.atomic
def correct(*, by: Account | None, portability: Portability, rights: Rights) -> None:
    """The contract of employment ended on another day, or otherwise: the same portability, with other dates.

    What was stopped or suspended stays so. Without portability any more, the cover ends today at the earliest: nobody
    loses yesterday's cover to a correction.
    """
    row = Portability.objects.select_for_update(of=("self",)).get(pk=portability.pk)
    today = timezone.localdate()
    if rights.ends_on is None:
        if row.state != State.CANCELLED:
            cancel(by=by, portability=row)
            covering.set_last_day(row.policy_id, max(rights.contract_end, min(row.last_day, today)))
        return
    row.contract_end, row.months, row.ends_on = rights.contract_end, rights.months, rights.ends_on
    if row.state == State.CANCELLED:
        row.state = State.RUNNING
    row.last_day = (
        rights.ends_on if row.state == State.RUNNING else min(max(row.last_day, rights.starts_on), rights.ends_on)
    )
    row.save(update_fields=["contract_end", "months", "ends_on", "last_day", "state"])
    covering.set_last_day(row.policy_id, row.last_day)
    offers.move(by=by, portability=row, rights_end=row.last_day)
    _record("portability.corrected", by, row)


@transaction.atomic
def cancel(*, by: Account | None, portability: Portability) -> None:
    """The contract of employment did not end after all: nothing is left of it. The cover is put back by the caller."""
    row = Portability.objects.select_for_update(of=("self",)).get(pk=portability.pk)
    if row.state == State.CANCELLED:
        return
    row.state = State.CANCELLED
    row.save(update_fields=["state"])
    _close_proofs(row)
    offers.withdraw_of(by=by, portability=row)
    _record("portability.cancelled", by, row)


@transaction.atomic
def declare_stop(*, by: Account, portability: Portability, cause: Cause, since: datetime.date) -> Portability:
    """What stops it, from `since` on. Raises NotRunning or `rules.NotAfterEnd`."""
    row = held(portability, *LIVING)
    last = last_day_declared(since, today=timezone.localdate(), ends_on=row.ends_on)
    row.last_day = min(last, row.last_day)
    row.state, row.cause, row.declared_at, row.suspends_on = State.STOPPED, cause, timezone.now(), None
    row.save(update_fields=["last_day", "state", "cause", "declared_at", "suspends_on"])
    covering.set_last_day(row.policy_id, row.last_day)
    _close_proofs(row)
    if offer_stays(cause):
        offers.move(by=by, portability=row, rights_end=row.last_day)
    else:
        offers.withdraw_of(by=by, portability=row)
    tell(row, Told.STOPPED)
    _record("portability.stopped", by, row)
    return row


@transaction.atomic
def take_back(*, by: Account, portability: Portability) -> None:
    """The person changes their mind before the last day: it runs again until its end. Raises NotRunning, TooLate."""
    row = held(portability, State.STOPPED)
    today = timezone.localdate()
    if today > row.last_day:
        raise TooLate
    row.proof_due_on = proof_due(row.contract_end, today) if row.proof_due_on else None
    row.state, row.cause, row.declared_at, row.reminded_on = State.RUNNING, "", None, None
    row.save(update_fields=["state", "cause", "declared_at", "proof_due_on", "reminded_on"])
    reopen(by=by, row=row)
    tell(row, Told.RESUMED)


@transaction.atomic
def send_proof(*, by: Account, portability: Portability, files: list[CleanFile]) -> UnemploymentProof:
    """Send documents: they join those that wait, or make a new proof. Raises NotRunning."""
    row = held(portability, *LIVING)
    proof = row.proofs.select_for_update(of=("self",)).filter(state__in=OPEN_PROOFS).first()
    due = working_days_after(timezone.localdate(), ANSWER_WORKING_DAYS)
    if proof is None:
        proof = UnemploymentProof.objects.create(portability=row, household_id=row.household_id, account=by, due_on=due)
    elif proof.state == ProofState.INCOMPLETE:
        proof.state, proof.due_on = ProofState.ASKED, due
        proof.save(update_fields=["state", "due_on"])
    proof.uploads.add(*receive(files, by=by))
    announce(
        "portability.proof_sent", by=by, object_kind="unemployment_proof", object_id=proof.pk,
        details={"portability": row.pk, "documents": len(files)},
    )  # fmt: skip
    return proof


def reopen(*, by: Account | None, row: Portability) -> None:
    """Cover until the end again, without a day lost: what was missing is there. The row is held, its state written."""
    row.last_day = row.ends_on
    row.save(update_fields=["last_day"])
    covering.set_last_day(row.policy_id, row.ends_on)
    offers.move(by=by, portability=row, rights_end=row.ends_on)
    _record("portability.resumed", by, row)


def held(portability: Portability, *states: State) -> Portability:
    """The row as it is now, held until the end of the transaction. Raises NotRunning out of these states, or once over."""
    row = Portability.objects.select_for_update(of=("self",)).filter(pk=portability.pk, state__in=states).first()
    if row is None or row.ends_on < timezone.localdate():
        raise NotRunning
    return row


def suspend(*, row: Portability, last_day: datetime.date) -> None:
    """No proof came: no cover after that day, which was announced. The row is held."""
    row.state, row.last_day = State.SUSPENDED, max(last_day, row.contract_end)
    row.suspends_on = row.last_day + DAY
    row.save(update_fields=["state", "last_day", "suspends_on"])
    covering.set_last_day(row.policy_id, row.last_day)
    tell(row, Told.SUSPENDED)
    _record("portability.suspended", None, row)


def _close_proofs(row: Portability) -> None:
    row.proofs.filter(state__in=OPEN_PROOFS).update(state=ProofState.CLOSED)


def _record(action: str, by: Account | None, row: Portability) -> None:
    announce(
        action, by=by, object_kind="portability", object_id=row.pk,
        details={"policy": row.policy_id, "last_day": row.last_day.isoformat()},
    )  # fmt: skip
