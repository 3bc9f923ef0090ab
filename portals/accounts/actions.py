"""What changes an account: requests from outside, opening, passwords, validation."""

import datetime
import secrets

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from portals.access import isolation
from portals.access.expiry import recompute
from portals.access.models import Grant
from portals.accounts import identifiers, requests, temporary_passwords
from portals.accounts.models import Account, AccountRequest, AccountState, RequestKind
from portals.accounts.queries import accounts_recovered_by, holders_of, may_be_mailed, step_of
from portals.accounts.rules import Step
from portals.accounts.signup import Answers, Match, door_of
from portals.jobs import Job, Priority, enqueue, handler
from portals.signals import announce

IDENTIFIER_DRAWS = 20


class NoFreeIdentifier(RuntimeError):
    """Twenty identifiers drawn in a row were taken: there is something wrong with the source of randomness."""


class TemporaryPasswordUsed(Exception):
    """Somebody else has just signed in with this temporary password."""


@transaction.atomic
def request_sign_up(*, by: None, space: str, answers: Answers) -> AccountRequest:
    """Keep a sign-up for the worker. Nobody is looked up here, so nothing can be guessed from the page (CGU-1.2)."""
    request = requests.store(RequestKind.SIGN_UP, answers, space=space)
    announce("account.sign_up_requested", by=by, object_kind="account_request", object_id=request.pk)
    return request


@transaction.atomic
def request_recovery(*, by: None, login: str) -> AccountRequest:
    """Keep what somebody typed who has lost their identifier or password (CGU-2.4). Nobody is looked up here."""
    request = requests.store(RequestKind.RECOVERY, {"login": login})
    announce("account.recovery_requested", by=by, object_kind="account_request", object_id=request.pk)
    return request


@handler("account.sign_up")
def answer_sign_up(job: Job) -> None:
    """Match the answers against the portfolio, in the system's context, and open the account of whoever matches.

    Who is unknown, too young or no longer covered gets no mail: the page has already said whom to ask.
    """
    taken = requests.take(job.subject_id)
    if taken is None:
        return
    request, answers = taken
    door = door_of(request.space)
    match = door.match(answers, timezone.localdate()) if door else None
    if match is None:
        announce("account.sign_up_unmatched", by=None, result="refused", details={"space": request.space})
    else:
        opened = open_account(by=None, space=request.space, match=match)
        recompute(today=timezone.localdate(), account=opened)
    requests.forget(request)


@handler("account.recovery")
def answer_recovery(job: Job) -> None:
    """Write to the accounts that an identifier or an e-mail address designates, at the address they have."""
    taken = requests.take(job.subject_id)
    if taken is None:
        return
    request, answers = taken
    typed = answers["login"]
    for account in accounts_recovered_by(typed):
        announce("account.recovery_sent", by=None, object_kind="account", object_id=account.pk)
        if "@" in typed:
            promise_mail("account.identifier_reminder", account)
        promise_mail("account.recovery_link", account)
    requests.forget(request)


@transaction.atomic
def open_account(*, by: Account | None, space: str, match: Match) -> Account:
    """The account of whoever matched, made now or found, and the e-mails that lead to it.

    Somebody who never chose a password and whose temporary one is gone gets a new one: a sign-up can be resumed.
    """
    door = door_of(space)
    if door is None:
        raise LookupError(space)
    _one_at_a_time(space, match.subject_id)
    holders = holders_of(space, match.subject_id)
    if holders:
        _remind(holders)
        return holders[0]
    return add_account(by=by, space=space, basis=door.basis, match=match, since=timezone.localdate())


@transaction.atomic
def add_account(*, by: Account | None, space: str, basis: str, match: Match, since: datetime.date) -> Account:
    """A new account with its grant, whatever accounts its organisation has already, and the e-mails that lead to it."""
    account = _create(space, match)
    Grant.objects.create(
        account=account,
        space=space,
        basis=basis,
        tenant_id=match.tenant_id,
        subject_id=match.subject_id,
        since=since,
        role=match.role,
        ended_on=match.ended_on,
        closes_on=match.closes_on,
    )
    announce("account.created", by=by, object_kind="account", object_id=account.pk, details={"space": space})
    send_credentials(account)
    return account


@transaction.atomic
def open_account_without_grant(*, by: Account, space: str, email: str, display_name: str) -> Account:
    """An account that opens nothing yet, for whoever will act for others only; the two e-mails of any opening leave."""
    account = _create(space, Match(tenant_id=0, subject_id=0, display_name=display_name, email=email))
    announce("account.created", by=by, object_kind="account", object_id=account.pk, details={"space": space})
    send_credentials(account)
    return account


def send_credentials(account: Account) -> None:
    """Two separate e-mails: the identifier, and a single-use password drawn when the mail is written (CGU-2.2, 2.3)."""
    promise_mail("account.identifier", account)
    promise_mail("account.temporary_password", account)


def promise_mail(kind: str, account: Account) -> None:
    """Promise one e-mail, within what an account may receive in a day whoever asks for it."""
    if may_be_mailed(kind, account):
        key = f"{account.pk}-{secrets.token_hex(8)}"
        enqueue(kind, key=key, subject_id=account.pk, priority=Priority.ASKED)


def give_temporary_password(account: Account) -> str:
    """Draw the temporary password and keep its hash only; the caller writes it in the e-mail and forgets it."""
    password = temporary_passwords.draw()
    account.set_password(password)
    account.must_choose_password = True
    account.temporary_password_until = timezone.now() + temporary_passwords.LIFETIME
    account.save(update_fields=["password", "must_choose_password", "temporary_password_until"])
    announce("account.temporary_password_given", by=None, object_kind="account", object_id=account.pk)
    return password


def void_temporary_password(*, by: Account) -> None:
    """It has served: from now on it opens nothing. Raises TemporaryPasswordUsed for the slower of two sign-ins."""
    checked = by.password
    by.set_unusable_password()
    by.temporary_password_until = None
    same = Account.objects.filter(pk=by.pk, password=checked)
    if not same.update(password=by.password, temporary_password_until=None):
        raise TemporaryPasswordUsed


@transaction.atomic
def choose_password(*, by: Account, password: str) -> None:
    """Keep the password that its owner chose (checked by the form). Every other session of the account ends."""
    was_chosen_before = by.password_changed_at is not None
    was_locked = by.locked_at is not None
    by.locked_at = None
    by.set_password(password)
    by.must_choose_password = False
    by.temporary_password_until = None
    by.password_changed_at = timezone.now()
    fields = ["password", "must_choose_password", "temporary_password_until", "password_changed_at"]
    by.save(update_fields=[*fields, "locked_at"] if was_locked else fields)
    announce("account.password_chosen", by=by, object_kind="account", object_id=by.pk)
    if was_locked:  # only the link sent to the owner leads here with a blocked account (CGU-2.7)
        announce("account.unlocked", by=by, object_kind="account", object_id=by.pk, details={"way": "link"})
        promise_mail("account.unlocked", by)
    if was_chosen_before:
        promise_mail("account.password_changed", by)
    validate_registration(by=by)


def sign_out(*, by: Account) -> None:
    """Note that the person left; the view ends the session."""
    announce("account.sign_out", by=by, object_kind="account", object_id=by.pk)


@transaction.atomic
def validate_registration(*, by: Account) -> bool:
    """Open the account once every formality is done (CGU-1.6, 2.1); says whether it is open."""
    if by.state == AccountState.VALIDATED:
        return True
    if step_of(by, is_verified=True) != Step.VALIDATION:
        return False
    by.state = AccountState.VALIDATED
    by.save(update_fields=["state"])
    announce("account.validated", by=by, object_kind="account", object_id=by.pk)
    promise_mail("account.opened", by)
    return True


def personal_words(account: Account) -> list[str]:
    """The words a password of this account may not be made of; its space reads them in the tenant's context."""
    words = [account.identifier, account.display_name, account.organisation_name, account.email]
    door = door_of(account.space)
    grant = Grant.objects.filter(account=account, space=account.space, revoked_at=None).first()
    if door is not None and grant is not None:
        with isolation.tenant(grant.space, grant.tenant_id):
            words += door.personal_words(grant.subject_id)
    return [word for word in words if word]


def _remind(holders: list[Account]) -> None:
    """A second sign-up for somebody known: start again if nobody ever got in, else say that the space is there.

    For an organisation, whoever asked may be a colleague: all who answer for it are told, and none is added (CGU-1.3).
    """
    if all(_must_start_again(account) for account in holders):
        send_credentials(holders[0])
        return
    for account in holders:
        promise_mail("account.colleague_asked" if account.organisation_name else "account.already_open", account)


def _must_start_again(account: Account) -> bool:
    """Whether its owner never chose a password, and has no good temporary one any more."""
    never_got_in = account.state == AccountState.STARTED and account.password_changed_at is None
    has_good_password = account.temporary_password_until is not None and not temporary_passwords.is_over(
        account.temporary_password_until, timezone.now()
    )
    return never_got_in and not has_good_password


def _create(space: str, match: Match) -> Account:
    """A new account with a free identifier and no password yet."""
    for _ in range(IDENTIFIER_DRAWS):
        account = Account(
            identifier=identifiers.draw(),
            email=match.email,
            space=space,
            display_name=match.display_name,
            organisation_name=match.organisation_name,
            must_choose_password=True,
        )
        account.set_unusable_password()
        try:
            with transaction.atomic():
                account.save()
        except IntegrityError:
            if Account.objects.filter(identifier=account.identifier).exists():
                continue
            raise
        return account
    raise NoFreeIdentifier


def _one_at_a_time(space: str, subject_id: int) -> None:
    """Two sign-ups of one person wait for one another, until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))", [f"sign-up:{space}", subject_id])
