"""Reporting a fraudulent use, blocking the account, and the way back (CGU-2.7).

Somebody signed in is believed at once. Somebody signed out is answered by a worker, like a sign-up: the page stores the
same row whoever is designated, and looks nobody up.
"""

import json

from django.db import transaction
from django.utils import timezone

from portals.accounts.actions import promise_mail
from portals.accounts.fraud import references
from portals.accounts.fraud.models import FraudReport, ReportState
from portals.accounts.fraud.queries import account_recognised, subject_of
from portals.accounts.models import Account
from portals.accounts.signup import Answers
from portals.jobs import Job, Priority, enqueue, handler
from portals.secrets import seal, unseal
from portals.signals import announce

ANSWERS_PLACE = "portals_fraudreport.answers_sealed"
DESCRIPTION_PLACE = "portals_fraudreport.description_sealed"
REFERENCE_DRAWS = 20


class NotLocked(Exception):
    """There is nothing to unlock."""


class ReasonMissing(Exception):
    """Unlocking an account for somebody is justified in words."""


class NoFreeReference(RuntimeError):
    """Twenty numbers drawn in a row were taken: there is something wrong with the source of randomness."""


@transaction.atomic
def report(*, by: Account, description: str = "") -> FraudReport:
    """The holder of the account, signed in, says that it is misused: it is blocked at once."""
    kept = _store(description, account=by, was_signed_in=True, state=ReportState.MATCHED)
    lock(by=by, account=by, report=kept)
    return kept


@transaction.atomic
def request_report(*, by: None, identifier: str, proof: str, description: str = "") -> FraudReport:
    """Keep the report of somebody signed out for the worker. Nobody is looked up here."""
    kept = _store(description, was_signed_in=False, answers={"identifier": identifier, "proof": proof})
    enqueue("account.fraud", key=kept.reference, subject_id=kept.pk, priority=Priority.ASKED)
    announce("account.fraud_received", by=by, object_kind="fraud_report", object_id=kept.reference)
    return kept


@handler("account.fraud")
def answer_report(job: Job) -> None:
    """Block the account that the answers designate, if they do; then forget them."""
    kept = FraudReport.objects.select_for_update().get(pk=job.subject_id)
    if kept.answers_sealed is None:
        return
    answers: Answers = json.loads(unseal(subject_of(kept), ANSWERS_PLACE, bytes(kept.answers_sealed)))
    kept.answers_sealed = None
    kept.account = account_recognised(answers)
    kept.state = ReportState.MATCHED if kept.account else ReportState.UNMATCHED
    kept.save(update_fields=["answers_sealed", "account", "state"])
    if kept.account is not None:
        lock(by=None, account=kept.account, report=kept)
    else:
        announce(
            "account.fraud_unmatched", by=None, object_kind="fraud_report", object_id=kept.reference, result="refused"
        )


@transaction.atomic
def lock(*, by: Account | None, account: Account, report: FraudReport) -> None:
    """Block the account: every session ends, no password opens it. Its owner is told by e-mail how to come back.

    Locking again keeps the first instant, and opens an incident for the new report all the same.
    """
    held = Account.objects.select_for_update(of=("self",)).get(pk=account.pk)
    held.locked_at = held.locked_at or timezone.now()
    held.session_epoch += 1
    held.save(update_fields=["locked_at", "session_epoch"])
    account.locked_at, account.session_epoch = held.locked_at, held.session_epoch
    announce(
        "account.fraud_reported",
        by=by,
        object_kind="account",
        object_id=account.pk,
        details={"report": report.reference, "signed_in": int(report.was_signed_in)},
    )
    promise_mail("account.locked", account)


@transaction.atomic
def unlock(*, by: Account, account: Account, reason: str) -> None:
    """Staff lift the block after checking who asks. Raises NotLocked or ReasonMissing.

    The old password may be known to somebody else, so it is not given back: a link to choose another one leaves for the
    account's e-mail address. `reason` stays with the reports; the journal says who unlocked.
    """
    if not reason.strip():
        raise ReasonMissing
    held = Account.objects.select_for_update(of=("self",)).get(pk=account.pk)
    if held.locked_at is None:
        raise NotLocked
    held.locked_at = None
    held.session_epoch += 1
    held.set_unusable_password()
    held.save(update_fields=["locked_at", "session_epoch", "password"])
    account.locked_at, account.session_epoch, account.password = None, held.session_epoch, held.password
    announce(
        "account.unlocked",
        by=by,
        object_kind="account",
        object_id=account.pk,
        details={"way": "staff"},
    )
    FraudReport.objects.filter(account=account, unlock_reason="").update(unlock_reason=reason.strip())
    promise_mail("account.unlocked", account)
    promise_mail("account.recovery_link", account)


def _store(
    description: str,
    *,
    was_signed_in: bool,
    account: Account | None = None,
    state: ReportState = ReportState.RECEIVED,
    answers: Answers | None = None,
) -> FraudReport:
    """The row of a report. Sealed texts are padded by nobody: only their length in the table tells one from another."""
    year = timezone.localdate().year
    drawn = (references.draw(year) for _ in range(REFERENCE_DRAWS))
    reference = next((one for one in drawn if not FraudReport.objects.filter(reference=one).exists()), None)
    if reference is None:
        raise NoFreeReference
    kept = FraudReport(reference=reference, was_signed_in=was_signed_in, account=account, state=state)
    if answers is not None:
        kept.answers_sealed = seal(subject_of(kept), ANSWERS_PLACE, json.dumps(answers))
    if description.strip():
        kept.description_sealed = seal(subject_of(kept), DESCRIPTION_PLACE, description.strip())
    kept.save()
    return kept


def open_description(*, by: Account, report: FraudReport) -> str:
    """What the person said happened, for whoever handles the incident; the journal notes that it was read."""
    if report.description_sealed is None:
        return ""
    announce("account.fraud_description_read", by=by, object_kind="fraud_report", object_id=report.reference)
    return unseal(subject_of(report), DESCRIPTION_PLACE, bytes(report.description_sealed))
