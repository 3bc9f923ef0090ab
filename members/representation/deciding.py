"""What staff decide: accept, ask for a document, refuse, end; and the account of a guardian who is not insured.

Staff read the queue in their own scope; what they decide touches a household and a grant, so it runs in the system's
context, in one transaction with its journal entry.
"""

import datetime
import secrets

from django.db import transaction
from django.utils import timezone

from members.households.choices.queries import hides_from, only_parent_of
from members.households.models import Person
from members.households.rules import chooses_who_sees
from members.representation.actions import NotAsked, claim_of, end
from members.representation.emails import Told, tell
from members.representation.grants import open_grants
from members.representation.models import Ending, Quality, Representation, Scope, State
from members.representation.queries import person_of
from members.representation.rules import BY_JUDGMENT, asks_second_factor, closing, may_be_parent
from portals.access import isolation
from portals.access.models import Basis, Grant
from portals.accounts.actions import open_account_without_grant
from portals.accounts.models import Account, Space
from portals.documents.models import UploadState
from privacy.audit import record

OPEN_STATES = (State.ASKED, State.INCOMPLETE)


class NobodyDesignated(Exception):
    """No person matches what was typed: there is nobody to represent yet."""


class AlreadyDesignated(Exception):
    """The request names a person already: the worker or a colleague found them."""


class AlreadyOver(Exception):
    """By its date, or by the person's age, the representation would open nothing."""


class AlreadyRepresented(Exception):
    """This account acts for this person already, or is the person's own."""


class NoAuthority(Exception):
    """A judgment gives parental authority over this child to another parent alone."""


class StoppedByMinor(Exception):
    """The minor, 16 or more, chose that this parent sees nothing: it is theirs to undo."""


class NoTerm(Exception):
    """A judgment has a term: a guardianship is not accepted without its last day."""


class ProofUnchecked(Exception):
    """A document is still in quarantine, or none was kept: there is nothing to decide on."""


def accept(
    *, by: Account, representation: Representation, scope: str | None = None, end_date: datetime.date | None = None
) -> None:
    """Accept a request, with the scope and the last day that the proof says. Opens the grant (CGU-2.11).

    Raises NotAsked, NobodyDesignated, AlreadyOver, AlreadyRepresented, NoAuthority, StoppedByMinor, NoTerm or
    ProofUnchecked.
    """
    with isolation.system():
        accepted = _asked(representation)
        accepted.scope = scope or accepted.scope
        accepted.end_date = end_date or accepted.end_date
        if (
            accepted.proofs.filter(state=UploadState.QUARANTINED).exists()
            or not accepted.proofs.filter(state=UploadState.RELEASED).exists()
        ):
            raise ProofUnchecked
        _put_in_force(accepted, by)
    _record("representation.accepted", by, accepted)


def ask_for_document(*, by: Account, representation: Representation, words: str) -> None:
    """Say which document is missing; the person adds it, and the request comes back. Raises NotAsked."""
    with isolation.system():
        asked = _asked(representation)
        asked.state, asked.answer = State.INCOMPLETE, words
        asked.save(update_fields=["state", "answer"])
        tell(asked, Told.INCOMPLETE)
    _record("representation.document_asked", by, asked)


def refuse(*, by: Account, representation: Representation, reason: str) -> None:
    """Refuse, with the reason that the person reads. Raises NotAsked."""
    with isolation.system():
        refused = _asked(representation)
        refused.state, refused.answer = State.REFUSED, reason
        refused.decided_at, refused.decided_by = timezone.now(), by
        refused.save(update_fields=["state", "answer", "decided_at", "decided_by"])
        tell(refused, Told.REFUSED)
    _record("representation.refused", by, refused)


def designate(*, by: Account, representation: Representation, person: Person) -> None:
    """Name the person of a request for which the worker found nobody, or several. Decides nothing; the person is told.

    Raises NotAsked or AlreadyDesignated.
    """
    with isolation.system():
        named = _asked(representation)
        if named.person_id is not None:
            raise AlreadyDesignated
        named.person, named.household_id = person, person.household_id
        named.save(update_fields=["person", "household"])
        tell(named, Told.ASKED_FOR)
    _record("representation.designated", by, named)


def end_by_staff(*, by: Account, representation: Representation) -> None:
    """End it now: lifted by a judge, contested with good reason, death. Raises NotAsked."""
    end(by=by, representation=representation, why=Ending.STAFF)


@transaction.atomic
def open_representative_account(*, by: Account, email: str, display_name: str) -> Account:
    """An account for a guardian who is not insured: no cover of its own, a second factor, persons added after that.

    The two e-mails of any opening leave (CGU-2.2, 2.3).
    """
    account = open_account_without_grant(by=by, space=Space.MEMBER, email=email, display_name=display_name)
    account.second_factor_asked = True
    account.save(update_fields=["second_factor_asked"])
    return account


def add_person(
    *,
    by: Account,
    account: Account,
    person: Person,
    quality: Quality,
    start_date: datetime.date,
    end_date: datetime.date | None,
    scope: Scope = Scope.ACT,
) -> Representation:
    """Have an account represent a person, from a judgment that staff hold. Raises as `accept`."""
    with isolation.system():
        made = Representation.objects.create(
            reference=secrets.token_hex(16),
            account=account,
            person=person,
            household_id=person.household_id,
            quality=quality,
            scope=scope,
            start_date=start_date,
            end_date=end_date,
            state=State.ASKED,
            asked_at=timezone.now(),
        )
        _put_in_force(made, by)
    _record("representation.accepted", by, made)
    return made


def _put_in_force(accepted: Representation, by: Account) -> None:
    person = accepted.person
    if person is None:
        raise NobodyDesignated
    if accepted.quality in BY_JUDGMENT and accepted.end_date is None:
        raise NoTerm
    today = timezone.localdate()
    close = closing(accepted.quality, birth_date=person.birth_date, end_date=accepted.end_date)
    if close.day is not None and close.day <= today:
        raise AlreadyOver
    own = Grant.objects.filter(account_id=accepted.account_id, space=Space.MEMBER, subject_id=person.pk)
    if (
        own.filter(basis=Basis.COVER).exists()
        or Representation.objects.filter(account=accepted.account_id, person=person, state=State.ACCEPTED).exists()
    ):
        raise AlreadyRepresented
    if accepted.quality == Quality.PARENT:
        _check_parent(accepted, person, today)
    accepted.state, accepted.decided_at, accepted.decided_by, accepted.answer = State.ACCEPTED, timezone.now(), by, ""
    accepted.claim_sealed = None  # the person is known: what was typed has served
    accepted.save()
    if asks_second_factor(accepted.quality):
        Account.objects.filter(pk=accepted.account_id).update(second_factor_asked=True)
    open_grants(today=today, representation_id=accepted.pk)
    tell(accepted, Told.ACCEPTED)


def _check_parent(accepted: Representation, person: Person, today: datetime.date) -> None:
    parent = person_of(accepted.account_id)
    if not may_be_parent(parent, only_parent_of(person.pk, day=today)):
        raise NoAuthority
    earlier = Representation.objects.filter(account=accepted.account_id, person=person, quality=Quality.PARENT)
    last = earlier.filter(state=State.ENDED).order_by("-ended_at").first()
    stopped = last is not None and last.ending == Ending.CHOICE
    if chooses_who_sees(person.birth_date, today) and (stopped or hides_from(person.pk, parent)):
        raise StoppedByMinor


def designated(representation: Representation) -> dict[str, str]:
    """What was typed of the person, for staff to compare with the proof."""
    return claim_of(representation)


def _asked(representation: Representation) -> Representation:
    """The request as it is now, held. Raises NotAsked once it was decided."""
    rows = Representation.objects.select_for_update(of=("self",)).select_related("person")
    row = rows.filter(pk=representation.pk, state__in=OPEN_STATES).first()
    if row is None:
        raise NotAsked
    return row


def _record(action: str, by: Account, representation: Representation) -> None:
    details = {"account": representation.account_id, "person": representation.person_id or 0}
    record(action, by=by, object_kind="representation", object_id=representation.pk, details=details)
