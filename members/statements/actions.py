"""Issuing a month's statements, rendering each, and putting first the one that somebody waits for."""

import datetime

from django.db import transaction
from django.utils import timezone

from members.representation.queries import notified_beside
from members.statements.documents import statement_pdf
from members.statements.freezing import freeze_month
from members.statements.models import Statement, StatementState
from members.statements.queries import account_of_recipient
from members.statements.rules import MonthNotOver, next_month
from portals import jobs
from portals.access import isolation
from portals.accounts.models import Account
from portals.documents.actions import store
from portals.jobs.actions import nudge_on_commit
from portals.jobs.nudges import MANY
from privacy.audit import record

RENDER = "statement.render"
NOTICE = "statement.notice"
NOTICE_BESIDE = "statement.notice_beside"
"""To an account that represents the recipient; the key ends with the account's id."""


def issue_month(*, month: datetime.date, by: Account | None) -> int:
    """Freeze the statements of a month (its first day) that is over in Paris; returns how many are new.

    A month is issued once: a second run makes nothing, and lines that come later are on the next statements. Raises
    `MonthNotOver`.
    """
    if next_month(month) > timezone.localdate():
        raise MonthNotOver(f"{month:%Y-%m}")
    with isolation.system():
        issued = freeze_month(month, kind=RENDER, now=timezone.now())
        if issued:
            details = {"statements": issued}
            record("statements.issued", by=by, object_kind="month", object_id=f"{month:%Y-%m}", details=details)
            nudge_on_commit(MANY)
    return issued


def render_statement(*, statement_id: int, by: Account | None) -> None:
    """Make the PDF of a statement and tell its recipient, in one transaction; nothing to do when it is there already."""
    with transaction.atomic():
        statements = Statement.objects.select_related("recipient").select_for_update(of=("self",))
        statement = statements.get(pk=statement_id)
        if statement.state == StatementState.RENDERED:
            return
        statement.file = store(content=statement_pdf(statement), content_type="application/pdf", by=by)
        statement.state = StatementState.RENDERED
        statement.save(update_fields=["state", "file"])
        if account_of_recipient(statement.recipient_id, day=timezone.localdate()) is not None:
            jobs.enqueue(NOTICE, key=str(statement.pk), subject_id=statement.pk)
        for account in notified_beside(statement.recipient_id, day=timezone.localdate()):
            jobs.enqueue(NOTICE_BESIDE, key=f"{statement.pk}-{account.pk}", subject_id=statement.pk)


@jobs.handler(RENDER)
def render(job: jobs.Job) -> None:
    render_statement(statement_id=job.subject_id, by=None)


def prepare_now(*, statement: Statement) -> None:
    """Its reader waits for it: the next one to be rendered. Changes nothing but the order of the queue."""
    jobs.ask(RENDER, key=str(statement.pk))
