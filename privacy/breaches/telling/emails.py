"""The e-mail of a breach: that something is to be read, and nothing of what nor about whom."""

from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone

from portals.accounts.models import Account, AccountState, Space
from portals.jobs import Job, mail_handler
from portals.presentation.mail import compose
from privacy.breaches.containing import MAIL as CONTAINMENT
from privacy.breaches.telling.actions import EMAIL
from privacy.breaches.telling.listing import contacts_of
from privacy.breaches.telling.models import Channel, Delivery, DeliveryState

SUBJECT = "Un message important au sujet de vos données"


@mail_handler(EMAIL)
def told(job: Job) -> EmailMessage | None:
    """To an account, with the way to its page; or to the address of a contract without an account, or of an account that
    is closed, with ours."""
    delivery = Delivery.objects.select_related("concerned__breach").filter(pk=job.subject_id).first()
    if delivery is None or delivery.concerned.breach.is_drill:
        return None
    message = _to_account(delivery) if delivery.account_id else _to_contract(delivery)
    of_the_same = Delivery.objects.filter(pk=delivery.pk)
    if delivery.account_id:
        of_the_same = Delivery.objects.filter(
            concerned__breach=delivery.concerned.breach_id, channel=Channel.EMAIL, account_id=delivery.account_id
        )
    of_the_same.update(state=DeliveryState.SENT if message else DeliveryState.NO_WAY, at=timezone.now())
    return message


def _to_account(delivery: Delivery) -> EmailMessage | None:
    accounts = Account.objects.filter(pk=delivery.account_id or 0, is_active=True).exclude(state=AccountState.CLOSED)
    account = accounts.first()
    if account is None or not account.email:
        return None
    return compose(
        to=account.email,
        subject=SUBJECT,
        template="privacy/breaches/emails/told",
        space=account.space,
        path=reverse("privacy:breach_told", args=[delivery.concerned.breach.reference]),
    )


def _to_contract(delivery: Delivery) -> EmailMessage | None:
    contact = contacts_of([delivery.concerned]).get(delivery.concerned_id)
    if contact is None or not contact.email:
        return None
    return compose(
        to=contact.email,
        subject=SUBJECT,
        template="privacy/breaches/emails/told_without_account",
        space=contact.space,
        path=reverse("portals:dpo"),
    )


@mail_handler(CONTAINMENT)
def containment_asked(job: Job) -> EmailMessage | None:
    """To one security officer: an incident is to be stopped."""
    officer = Account.objects.filter(pk=job.subject_id, is_active=True, locked_at=None).first()
    if officer is None or not officer.email:
        return None
    return compose(
        to=officer.email,
        subject="Un incident est à arrêter",
        template="privacy/breaches/emails/containment",
        space=Space.STAFF,
        path=reverse("admin:privacy_incident_changelist"),
    )
