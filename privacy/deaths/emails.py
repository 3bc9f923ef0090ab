"""E-mails about a death. They name nobody, and say nothing of what was decided."""

from django.core.mail import EmailMessage
from django.urls import reverse

from portals.accounts.models import Account, AccountState
from portals.jobs import Job, mail_handler
from portals.jobs.withholding import register_guard
from portals.presentation.mail import compose
from privacy.deaths.declaring import RECEIVED
from privacy.deaths.models import Death, Handover
from privacy.deaths.sealing import ADDRESS_PLACE, claim_of, unseal
from privacy.deaths.shutting import is_withheld
from privacy.deaths.verifying import EXECUTOR_TOLD, REOPENED
from privacy.deaths.working import HANDOVER, token_of
from privacy.directives.contents import content_of

register_guard(is_withheld)


@mail_handler(RECEIVED)
def received(job: Job) -> EmailMessage | None:
    """To whoever declared: the same words whether the person is known here or not."""
    death = Death.objects.get(pk=job.subject_id)
    return _mail(
        claim_of(death).get("email", ""), "Nous avons bien reçu votre déclaration", "received",
        reverse("portals:dpo"), number=death.number,
    )  # fmt: skip


@mail_handler(EXECUTOR_TOLD)
def executor_told(job: Job) -> EmailMessage | None:
    """To the person charged with the directives, who is not told of whom by e-mail; the letter says it."""
    death = Death.objects.select_related("directives").get(pk=job.subject_id)
    content = content_of(death.directives) if death.directives and death.is_pending else None
    address = content.executor.email if content else ""
    return _mail(
        address, "Une personne vous a confié une mission", "executor", reverse("portals:dpo"), number=death.number
    )


@mail_handler(HANDOVER)
def handover(job: Job) -> EmailMessage | None:
    given = Handover.objects.select_related("task__death").get(pk=job.subject_id)
    if given.used_at is not None:
        return None
    path = reverse("privacy:handover", args=[given.reference, token_of(given)])
    address = unseal(given.task.death, ADDRESS_PLACE, given.address_sealed)
    return _mail(address, "Des données vous ont été laissées", "handover", path)


@mail_handler(REOPENED)
def reopened(job: Job) -> EmailMessage | None:
    """To somebody who was held for dead by mistake."""
    account = Account.objects.filter(pk=job.subject_id, is_active=True).exclude(state=AccountState.CLOSED).first()
    if account is None:
        return None
    return compose(
        to=account.email, subject="Votre espace est de nouveau ouvert", template="privacy/deaths/emails/reopened",
        space=account.space, path=reverse("portals:login"), context={"subject": "Votre espace est de nouveau ouvert"},
    )  # fmt: skip


def _mail(to: str, subject: str, template: str, path: str, **context: str) -> EmailMessage | None:
    if not to:
        return None
    return compose(
        to=to, subject=subject, template=f"privacy/deaths/emails/{template}", space="", path=path,
        context={"subject": subject, **context},
    )  # fmt: skip
