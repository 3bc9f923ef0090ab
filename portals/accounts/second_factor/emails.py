"""Two e-mails: the code of a step-up, and the warning that somebody who knows the password has no device."""

from django.core.mail import EmailMessage
from django.urls import reverse

from portals.accounts.models import Account, AccountState
from portals.accounts.second_factor.mail_codes import KIND, write_mail_code
from portals.jobs import Job, mail_handler
from portals.presentation.mail import compose


@mail_handler(KIND, resend_when_unknown=True)
def step_up_code(job: Job) -> EmailMessage | None:
    """The code is drawn now, and only its hash outlives this message."""
    account = _recipient(job)
    code = write_mail_code(account) if account else None
    return _message(account, "step_up_code", "Votre code de confirmation", code=code) if account and code else None


@mail_handler("account.second_factor_refused")
def second_factor_refused(job: Job) -> EmailMessage | None:
    """The right password, and codes that are not: the owner must know."""
    account = _recipient(job)
    return _message(account, "refused", "Des codes refusés sur votre espace") if account else None


def _recipient(job: Job) -> Account | None:
    accounts = Account.objects.select_for_update(of=("self",)).filter(is_active=True).exclude(state=AccountState.CLOSED)
    return accounts.filter(pk=job.subject_id).first()


def _message(account: Account, template: str, subject: str, **context: str) -> EmailMessage:
    return compose(
        to=account.email,
        subject=subject,
        template=f"portals/second_factor/emails/{template}",
        space=account.space,
        path=reverse("portals:login"),
        context=context,
    )
