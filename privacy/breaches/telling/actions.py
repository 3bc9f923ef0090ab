"""Telling whom a breach concerns, by every means there is (PDP-7.9). Who they are is established in `listing`.

In a drill the same rows are written, marked as simulated: no alert is placed, no e-mail leaves, no letter is posted.
"""

import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from portals.accounts.models import Account
from portals.alerts.actions import acknowledge, place
from portals.documents.actions import remove
from portals.jobs import Job, Priority, enqueue, enqueue_all, handler
from privacy.audit import record
from privacy.breaches.models import StepKind
from privacy.breaches.telling.listing import AlreadyDecided, contacts_of
from privacy.breaches.telling.models import Channel, Concerned, Delivery, DeliveryState, LetterBatch
from privacy.breaches.telling.registry import Contact
from privacy.breaches.timeline import note
from privacy.breaches.violations.actions import held_open
from privacy.breaches.violations.models import Breach, Exemption

TELL, EMAIL, LETTERS = "breach.tell", "breach.email", "breach.letters"
SENTENCE = "Une violation de données vous concerne."
LETTERS_AT_A_TIME = 200
"""Letters of one PDF."""


class NobodyConcerned(Exception):
    """Nobody is to be told yet."""


class AlreadyPosted(Exception):
    """This batch has left, or is not made yet."""


@transaction.atomic
def tell(*, by: Account, breach: Breach, message: str, to_everybody_by_letter: bool) -> None:
    """Tell everybody concerned, in these words. A job prepares what reaches each. Raises Closed, AlreadyDecided or
    NobodyConcerned."""
    held = held_open(breach)
    if held.told_at is not None:
        raise AlreadyDecided
    if not held.concerned.exists():
        raise NobodyConcerned
    held.message, held.told_at, held.exemption = message.strip(), timezone.now(), ""
    held.save(update_fields=["message", "told_at", "exemption"])
    enqueue(TELL, key=f"{held.pk}-{int(to_everybody_by_letter)}", subject_id=held.pk, priority=Priority.ASKED)
    note(held.incident, StepKind.TOLD, by=by, words=f"{held.concerned.count()}\u00a0personne(s).")
    record("breach.told", by=by, object_kind="breach", object_id=held.pk, details={"drill": int(held.is_drill)})


@handler(TELL)
def tell_now(job: Job) -> None:
    """Write the log of what reaches each person, place the alerts, promise the e-mails and the letters."""
    breach = Breach.objects.select_related("incident").get(pk=job.subject_id)
    if Delivery.objects.filter(concerned__breach=breach).exists():
        return
    everybody = list(breach.concerned.order_by("pk"))
    contacts = contacts_of(everybody)
    letters = job.key.endswith("-1")
    rows = [row for one in everybody for row in _ways_to(one, contacts.get(one.pk), letters=letters)]
    if breach.is_drill:
        for row in rows:
            row.state = DeliveryState.SIMULATED
    Delivery.objects.bulk_create(rows, batch_size=1_000)
    if not breach.is_drill:
        alerted = {row.account_id for row in rows if row.channel == Channel.ALERT and row.account_id}
        path = reverse("privacy:breach_told", args=[breach.reference])
        place(account_ids=alerted, key=breach.reference, sentence=SENTENCE, path=path)
        enqueue_all(EMAIL, _mails_of(rows, breach), priority=Priority.ORDINARY)
    _batch_letters(breach, [row for row in rows if row.channel == Channel.LETTER and row.state != DeliveryState.NO_WAY])


def _ways_to(one: Concerned, contact: Contact | None, *, letters: bool) -> list[Delivery]:
    """Every means: an alert and an e-mail for each account, the e-mail of the contract without one, a letter when nothing
    else is known or when everybody gets one. Without any, a line says that nobody could be reached."""
    if contact is None:
        return [Delivery(concerned=one, channel=Channel.LETTER, state=DeliveryState.NO_WAY)]
    rows = []
    for account in contact.account_ids:
        rows.append(Delivery(concerned=one, channel=Channel.ALERT, account_id=account, state=DeliveryState.PLACED))
        rows.append(Delivery(concerned=one, channel=Channel.EMAIL, account_id=account))
    if not contact.account_ids and contact.email:
        rows.append(Delivery(concerned=one, channel=Channel.EMAIL))
    if letters or not rows:
        state = DeliveryState.DUE if contact.address_lines else DeliveryState.NO_WAY
        if contact.address_lines or not rows:
            rows.append(Delivery(concerned=one, channel=Channel.LETTER, state=state))
    return rows


def _mails_of(rows: list[Delivery], breach: Breach) -> list[tuple[str, int]]:
    """One for each account, however many of its persons are concerned; one for each address of a contract."""
    mails = {
        f"{breach.pk}-a{row.account_id}" if row.account_id else f"{breach.pk}-d{row.pk}": row.pk
        for row in rows
        if row.channel == Channel.EMAIL
    }
    return list(mails.items())


def _batch_letters(breach: Breach, letters: list[Delivery]) -> None:
    for start in range(0, len(letters), LETTERS_AT_A_TIME):
        part = letters[start : start + LETTERS_AT_A_TIME]
        batch = LetterBatch.objects.create(breach=breach, letters=len(part))
        Delivery.objects.filter(pk__in=[row.pk for row in part]).update(batch=batch)
        enqueue(LETTERS, key=str(batch.pk), subject_id=batch.pk, priority=Priority.ORDINARY)


@transaction.atomic
def exempt(*, by: Account, breach: Breach, exemption: Exemption, reason: str, public_notice: str) -> None:
    """The persons are not told one by one, and this is why (RGPD, art. 34.3). Raises Closed or AlreadyDecided."""
    held = held_open(breach)
    if held.told_at is not None:
        raise AlreadyDecided
    held.exemption, held.exemption_reason, held.public_notice = exemption, reason.strip(), public_notice.strip()
    held.save(update_fields=["exemption", "exemption_reason", "public_notice"])
    note(held.incident, StepKind.EXEMPTED, by=by, words=f"{exemption.label}. {reason}")
    record("breach.exempted", by=by, object_kind="breach", object_id=held.pk, details={"why": exemption.value})


@transaction.atomic
def mark_posted(*, by: Account, batch: LetterBatch, posted_on: datetime.date) -> None:
    """The letters have left: each line of the log says so, and the file with the addresses is removed. Raises
    AlreadyPosted."""
    held = LetterBatch.objects.select_for_update(of=("self",)).select_related("breach__incident").get(pk=batch.pk)
    if held.posted_on is not None or held.stored is None or held.breach.is_drill:
        raise AlreadyPosted
    stored, held.stored, held.posted_on, held.posted_by = held.stored, None, posted_on, by
    held.save(update_fields=["stored", "posted_on", "posted_by"])
    remove(stored, by=by)
    held.deliveries.update(state=DeliveryState.SENT, at=timezone.now())
    note(held.breach.incident, StepKind.POSTED, by=by, words=f"{held.letters}\u00a0lettre(s).")


@transaction.atomic
def read_by(*, by: Account, breach: Breach) -> None:
    """The holder has read it: the alert goes, and the log says when."""
    if acknowledge(by=by, key=breach.reference):
        placed = Delivery.objects.filter(concerned__breach=breach, channel=Channel.ALERT, account_id=by.pk)
        placed.update(state=DeliveryState.READ, at=timezone.now())
