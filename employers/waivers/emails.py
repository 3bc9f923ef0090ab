"""What the people in charge of waivers are told: that one waits, that some end soon. Never who, nor why."""

from dataclasses import dataclass
from enum import StrEnum

from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone

from employers.permissions import ServiceCode, may_change
from employers.users.queries import grants_of
from employers.waivers.models import Waiver
from portals.access.models import Basis
from portals.accounts.models import Account, AccountState, Space
from portals.jobs import Job, Priority, enqueue, mail_handler
from portals.presentation.mail import compose

TOLD = "employer.waiver_told"


class Told(StrEnum):
    """What has happened. The value is a part of the job's key."""

    ASKED = "asked"
    SIXTY = "sixty"
    FIFTEEN = "fifteen"
    EXPIRED = "expired"


REMINDERS = {60: Told.SIXTY, 15: Told.FIFTEEN}


@dataclass(frozen=True)
class Words:
    subject: str
    sentence: str
    details: str


WORDS = {
    Told.ASKED: Words(
        "Une demande de dispense vous attend",
        "Un salarié demande à être dispensé d’adhérer au contrat santé.",
        "Sa demande et son justificatif sont dans votre espace\u00a0: à vous de valider ou de refuser.",
    ),
    Told.SIXTY: Words(
        "Une dispense se termine dans deux mois",
        "Une dispense d’adhésion se termine dans soixante jours au plus.",
        "Demandez dès maintenant au salarié de la renouveler, justificatif à l’appui.",
    ),
    Told.FIFTEEN: Words(
        "Une dispense se termine dans quinze jours",
        "Une dispense d’adhésion se termine dans quinze jours au plus.",
        "Sans renouvellement, le salarié doit rejoindre le contrat le lendemain.",
    ),
    Told.EXPIRED: Words(
        "Un salarié est à affilier",
        "Une dispense d’adhésion est échue sans avoir été renouvelée.",
        "Le salarié doit rejoindre le contrat. Votre espace dit qui, et depuis quand.",
    ),
}


def tell(waiver: Waiver, what: Told, *, key: str) -> None:
    """Promise one message to each person of the company who answers waivers, in the transaction of what happened.

    `key`: what makes it one message: the request, or the last day that it speaks of.
    """
    for account in _in_charge(waiver.company_id):
        enqueue(TOLD, key=f"{waiver.pk}.{what}.{key}.{account.pk}", subject_id=waiver.pk, priority=Priority.ORDINARY)


@mail_handler(TOLD)
def told(job: Job) -> EmailMessage | None:
    """To one person; nothing once they no longer act for the company, or the waiver no longer is what it says."""
    waiver = Waiver.objects.get(pk=job.subject_id)
    _waiver, what, _key, account_id = job.key.split(".")
    account = next((one for one in _in_charge(waiver.company_id) if one.pk == int(account_id)), None)
    if account is None or (what in set(REMINDERS.values()) and not waiver.is_living):
        return None
    words = WORDS[Told(what)]
    return compose(
        to=account.email,
        subject=words.subject,
        template="employers/waivers/emails/told",
        space=Space.EMPLOYER,
        path=reverse("employers:waivers"),
        context={"words": words},
    )


def _in_charge(company_id: int) -> list[Account]:
    """The company's own people who may answer a waiver; its filing agents see them when they come."""
    today = timezone.localdate()
    grants = grants_of(company_id, today).exclude(basis=Basis.MANDATE).filter(since__lte=today)
    able = grants.filter(account__is_active=True, account__state=AccountState.VALIDATED).select_related("account")
    return [grant.account for grant in able if may_change(grant, ServiceCode.WAIVERS)]
