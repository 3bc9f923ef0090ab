"""Starting a review, deciding of each role, closing it with its evidence (PDP-7.3)."""

from collections.abc import Iterator

from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone

from portals.accounts.models import Account, AccountState
from portals.documents.actions import store
from portals.gestion.colleagues import ASSIGN, LastOfficer, withdraw_role
from portals.gestion.roles import Role
from privacy.audit import record
from privacy.staff.awareness.queries import followed
from privacy.staff.charter.queries import standings
from privacy.staff.reviews.counting import delegates
from privacy.staff.reviews.evidence import csv_of, pdf_of
from privacy.staff.reviews.models import AccessReview, Decision, ReviewLine
from privacy.staff.reviews.rules import is_asleep, next_due_on
from privacy.staff.reviews.uses import done_by, last_of, uses_of

START, DECIDE, CLOSE = "privacy.add_accessreview", "privacy.decide_accessreview", "privacy.close_accessreview"
TAKEN_BACK = frozenset({Decision.WITHDRAWN, Decision.GONE})

__all__ = ["CLOSE", "DECIDE", "START", "AlreadyOpen", "Closed", "LastOfficer", "OwnRights", "Unfinished"]


class AlreadyOpen(Exception):
    """A review is open: it is the one to go on with."""


class Closed(Exception):
    """The review is closed, or the line was decided."""


class OwnRights(PermissionDenied):
    """Nobody reviews their own rights, and the risk officer reviews those of security officers alone."""


class Unfinished(Exception):
    """Lines wait for a decision."""


@transaction.atomic
def start(*, by: Account) -> AccessReview:
    """Open a review of everybody who works here. Raises PermissionDenied or AlreadyOpen."""
    if not by.has_perm(START):
        raise PermissionDenied
    with connection.cursor() as cursor:  # two starts wait for one another
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('access_review.start'))")
    if AccessReview.objects.filter(closed_at=None).exists():
        raise AlreadyOpen
    review = AccessReview.objects.create(started_by=by, delegates=delegates())
    _complete(review)
    record("review.started", by=by, object_kind="accessreview", object_id=review.pk)
    return review


@transaction.atomic
def refresh(*, review: AccessReview) -> int:
    """Roles given since become lines, roles taken back elsewhere are no longer waited for. Returns how many lines wait."""
    held = _open(review)
    _complete(held)
    return held.lines.filter(decision=Decision.WAITING).count()


def may_decide(by: Account, account: Account) -> bool:
    """Whether somebody may review the rights of this account: the security officer everybody's but their own, the risk
    officer those of security officers."""
    if by.pk == account.pk or not by.has_perm(DECIDE):
        return False
    return by.has_perm(ASSIGN) or account.groups.filter(name=Role.SECURITY.value).exists()


@transaction.atomic
def decide(*, by: Account, line: ReviewLine, withdrawn: bool, reason: str) -> None:
    """Confirm a role, or take it back: at once, and the sessions of the account end.

    Raises PermissionDenied, OwnRights, Closed, or LastOfficer for the only security officer left.
    """
    if not by.has_perm(DECIDE):
        raise PermissionDenied
    row = ReviewLine.objects.select_for_update(of=("self",)).select_related("account", "review").get(pk=line.pk)
    if not may_decide(by, row.account):
        raise OwnRights
    if row.review.closed_at is not None or row.decision != Decision.WAITING:
        raise Closed
    if withdrawn:
        withdraw_role(by=by, account=row.account, role=row.role)
    row.decision = Decision.WITHDRAWN if withdrawn else Decision.CONFIRMED
    row.reason, row.decided_at, row.decided_by = reason, timezone.now(), by
    row.save(update_fields=["decision", "reason", "decided_at", "decided_by"])
    record("review.decided", by=by, object_kind="reviewline", object_id=row.pk, result=row.decision)


@transaction.atomic
def close(*, by: Account, review: AccessReview) -> None:
    """Close it: a table and a signed report are kept, and the next one has its day. Raises PermissionDenied, Closed or
    Unfinished."""
    if not by.has_perm(CLOSE):
        raise PermissionDenied
    held = _open(review)
    _complete(held)
    if held.lines.filter(decision=Decision.WAITING).exists():
        raise Unfinished
    now = timezone.now()
    held.closed_at, held.closed_by, held.next_due_on = now, by, next_due_on(timezone.localdate(now))
    table = csv_of(held)
    held.csv = store(content=table, content_type="text/csv", by=by)
    held.pdf = store(content=pdf_of(held, sha256=held.csv.sha256, by=by), content_type="application/pdf", by=by)
    held.save(update_fields=["closed_at", "closed_by", "next_due_on", "csv", "pdf"])
    record("review.closed", by=by, object_kind="accessreview", object_id=held.pk)


def _open(review: AccessReview) -> AccessReview:
    held = AccessReview.objects.select_for_update().get(pk=review.pk)
    if held.closed_at is not None:
        raise Closed
    return held


def _complete(review: AccessReview) -> None:
    """One line for each role that somebody holds now. Those that nobody holds any more are gone; those that were taken back
    and given again wait anew."""
    known = {(line.account_id, line.role): line for line in review.lines.all()}
    held = set(_roles())
    missing = sorted(held - known.keys())
    ReviewLine.objects.bulk_create(_lines(review, missing))
    gone = [line.pk for place, line in known.items() if place not in held and line.decision == Decision.WAITING]
    ReviewLine.objects.filter(pk__in=gone).update(decision=Decision.GONE)
    outside = _outside({account for account, role in held if not role})
    again = [
        line.pk
        for (account, role), line in known.items()
        if (account, role) in held and line.decision in TAKEN_BACK and (role or account in outside)
    ]
    ReviewLine.objects.filter(pk__in=again).update(
        decision=Decision.WAITING, reason="", decided_at=None, decided_by=None
    )


def _roles() -> Iterator[tuple[int, str]]:
    """Account and role. An account without any has a line too, and so has what was given outside roles."""
    staff = Account.objects.filter(is_staff=True).exclude(state=AccountState.CLOSED)  # those stopped for now too
    outside = set(staff.filter(user_permissions__isnull=False).values_list("pk", flat=True))
    for account, role in staff.values_list("pk", "groups__name"):
        yield account, role or ""
        if account in outside:
            yield account, ""


def _lines(review: AccessReview, places: list[tuple[int, str]]) -> Iterator[ReviewLine]:
    """The lines of these accounts and roles, with all that is known of them today. Eight queries."""
    numbers = {account for account, _role in places}
    done, charter, modules = done_by(numbers), standings(numbers), followed(numbers)
    accounts = Account.objects.in_bulk(numbers)
    outside = _outside(numbers)
    today = timezone.localdate()
    for number, role in places:
        uses = uses_of(role, done[number])
        last = last_of(uses)
        yield ReviewLine(
            review=review,
            account_id=number,
            role=role,
            last_sign_in=accounts[number].last_login,
            last_used_on=last,
            uses=[{"right": use.right.permission, "used_on": use.used_on and use.used_on.isoformat()} for use in uses]
            or [{"right": right, "used_on": None} for right in outside.get(number, [])],
            is_asleep=is_asleep(last, today),
            charter=charter[number].state.value,
            charter_due_on=charter[number].due_on,
            modules=modules[number].words,
        )


def _outside(accounts: set[int]) -> dict[int, list[str]]:
    """The rights that accounts were given outside roles."""
    found: dict[int, list[str]] = {}
    rows = Permission.objects.filter(user__in=accounts).select_related("content_type")
    for account, app, codename in rows.values_list("user", "content_type__app_label", "codename"):
        found.setdefault(account, []).append(f"{app}.{codename}")
    return found
