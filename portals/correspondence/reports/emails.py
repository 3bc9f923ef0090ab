"""Whoever reported an error from their account is told that it was looked at."""

from django.core.mail import EmailMessage
from django.urls import reverse

from portals.accounts.models import AccountState
from portals.correspondence.reports.models import ErrorReport, ReportedState
from portals.jobs import Job, Priority, enqueue, mail_handler
from portals.presentation.mail import compose

TOLD = "error.told"


def tell(report: ErrorReport) -> None:
    """Promise the e-mail, to whoever has an account."""
    if report.account_id is not None:
        enqueue(TOLD, key=report.number, subject_id=report.pk, priority=Priority.ASKED)


@mail_handler(TOLD)
def told(job: Job) -> EmailMessage | None:
    report = ErrorReport.objects.select_related("account").get(pk=job.subject_id)
    account = report.account
    if account is None or not account.is_active or account.state == AccountState.CLOSED:
        return None
    return compose(
        to=account.email,
        subject="L’erreur que vous avez signalée a été examinée",
        template="portals/correspondence/reports/emails/decided",
        space=account.space,
        path=reverse("portals:error_report_followed", args=[report.number]),
        context={"number": report.number, "is_corrected": report.state == ReportedState.CORRECTED},
    )
