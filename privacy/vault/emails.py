"""The e-mails of the vault: that something has happened, never what, nor that it is about health."""

from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone

from portals.accounts.models import Account, AccountState
from portals.gestion.roles import Role
from portals.jobs import Job, Priority, enqueue, mail_handler
from portals.presentation.mail import compose
from privacy.vault.models import MedicalCase

NEWS, WAITING = "vault.news", "vault.waiting"


def tell_holder(case: MedicalCase) -> None:
    """Promise the holder that there is something new, in the caller's transaction."""
    enqueue(NEWS, key=_key(case), subject_id=case.account_id, priority=Priority.ASKED)


def tell_adviser(case: MedicalCase) -> None:
    """Promise whoever is in the medical advisers' group that a case waits."""
    advisers = Account.objects.filter(groups__name=Role.MEDICAL_ADVISER.value, is_staff=True, is_active=True)
    for number in advisers.values_list("pk", flat=True):
        enqueue(WAITING, key=f"{number}-{_key(case)}", subject_id=number)


@mail_handler(NEWS)
def news(job: Job) -> EmailMessage | None:
    """To the holder."""
    return _message(job, "news", "Du nouveau dans votre espace", reverse("portals:home"))


@mail_handler(WAITING)
def waiting(job: Job) -> EmailMessage | None:
    """To the medical adviser."""
    return _message(job, "waiting", "Un dossier vous attend", reverse("medical:home"))


def _key(case: MedicalCase) -> str:
    return f"{case.pk}-{int(timezone.now().timestamp())}"


def _message(job: Job, template: str, subject: str, path: str) -> EmailMessage | None:
    account = Account.objects.filter(pk=job.subject_id, is_active=True).exclude(state=AccountState.CLOSED).first()
    if account is None:
        return None
    return compose(
        to=account.email, subject=subject, template=f"privacy/vault/emails/{template}", space=account.space, path=path
    )
