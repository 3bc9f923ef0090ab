"""What people do with a request: ask, send a proof, take it back, say what the answer was worth."""

import datetime
import secrets

from django.db import transaction
from django.utils import timezone

from portals.access import isolation
from portals.access.models import Basis, Grant
from portals.accounts.models import Account, AccountState, Space
from portals.correspondence.actions import next_number
from portals.documents.uploads import CleanFile, receive
from portals.jobs import Priority, enqueue
from privacy.audit import record
from privacy.rights import registry
from privacy.rights.doubts import LinkUse, ProofKind, RightsLink, RightsProof
from privacy.rights.emails import Step, tell
from privacy.rights.models import PENDING, Channel, Identity, Opinion, Right, RightsRequest, RightsTask, State, Whom
from privacy.rights.queries import clock_of
from privacy.rights.rules import Clock
from privacy.rights.sealing import Claim, seal_claim, seal_words

PREFIX = "DR"
MATCH = "rights.match"


class NotPending(Exception):
    """The request was answered or taken back: nothing more is done with it."""


class NotAnswered(Exception):
    """An opinion is given on an answer."""


class ReceivedLater(Exception):
    """A request cannot have come in after today."""


class NoProof(Exception):
    """Whoever asks for a deceased or a represented person, without an account that says so, sends a proof of it."""


def ask(
    *, by: Account, right: Right, words: str, grant: Grant | None, whom: Whom = Whom.SELF, claim: Claim | None = None,
    subject_id: int | None = None, files: list[CleanFile] | None = None,
) -> RightsRequest:  # fmt: skip
    """Ask from the space: whoever is signed in is identified, no document is asked of them (CGU-8.11).

    `subject_id`: the dependant concerned; otherwise the one whom the grant is for. Raises NoProof for an heir without.
    """
    if whom == Whom.DECEASED and not files:
        raise NoProof
    concerned = subject_id or (grant.subject_id if grant and whom != Whom.DECEASED else None)
    request = RightsRequest(
        right=right, whom=whom, channel=Channel.PORTAL, account=by, space=by.space, identity=Identity.SIGNED_IN,
        tenant_id=grant.tenant_id if grant and whom != Whom.DECEASED else None, subject_id=concerned,
    )  # fmt: skip
    known = {"name": by.display_name, "email": by.email, **(claim or {})}
    return _open(request, by=by, claim=known, words=words, files=files or [])


def ask_signed_out(*, right: Right, whom: Whom, claim: Claim, words: str, files: list[CleanFile]) -> RightsRequest:
    """Ask from the public page. The page says the same whoever asks: a worker looks for them (`matching`).

    Raises NoProof for somebody else's data without a proof of quality.
    """
    if whom in {Whom.DECEASED, Whom.REPRESENTED} and not files:
        raise NoProof
    with isolation.system():  # nobody is signed in: the row is nobody's until a person is recognised
        request = RightsRequest(right=right, whom=whom, channel=Channel.PUBLIC, space=Space.MEMBER)
        _open(request, by=None, claim=claim, words=words, files=files)
        enqueue(MATCH, key=request.reference, subject_id=request.pk, priority=Priority.ASKED)
    return request


def enter(
    *, by: Account, right: Right, whom: Whom, channel: Channel, received_on: datetime.date, claim: Claim, words: str,
    account: Account | None = None, files: list[CleanFile] | None = None,
) -> RightsRequest:  # fmt: skip
    """Enter a request that came by e-mail or by post, on the day it came. Raises ReceivedLater.

    `account`: that of the person, when they have one; who wrote is established later all the same.
    """
    if received_on > timezone.localdate():
        raise ReceivedLater
    with isolation.system():  # staff read these rows and write none of them
        space = account.space if account else Space.MEMBER
        request = RightsRequest(right=right, whom=whom, channel=channel, space=space, received_on=received_on)
        request.entered_by, request.account = by, account
        _open(request, by=by, claim=claim, words=words, files=files or [])
    return request


@transaction.atomic
def _open(
    request: RightsRequest, *, by: Account | None, claim: Claim, words: str, files: list[CleanFile]
) -> RightsRequest:
    today = timezone.localdate()
    request.received_on = request.received_on or today
    request.number = next_number(PREFIX, request.received_on.year)
    request.reference = secrets.token_hex(16)
    request.claim_sealed = seal_claim(request, claim)
    request.words_sealed = seal_words(request, words)
    request.due_on = Clock(request.received_on).due_on(today)
    kinds = registry.planned_tasks(request.right, request.space)
    request.save()
    with isolation.system():  # tasks are the services': whoever asks does not see them
        RightsTask.objects.bulk_create(RightsTask(request=request, kind=kind.code) for kind in kinds)
    if files:
        _keep(request, files, by=by, kind=ProofKind.QUALITY, received_on=request.received_on)
    details = {"right": str(request.right), "channel": str(request.channel), "whom": str(request.whom)}
    was_entered = request.entered_by_id is not None
    record(
        "rights.entered" if was_entered else "rights.asked",
        by=by, object_kind="rights_request", object_id=request.pk, details=details,
    )  # fmt: skip
    tell(request, Step.RECEIVED)
    return request


def send_proof(
    *, by: Account | None, request: RightsRequest, files: list[CleanFile], received_on: datetime.date | None = None
) -> None:
    """A proof of identity came: from the space, by a link, or by post on an earlier day. The delay runs again.

    Raises NotPending.
    """
    with isolation.system():  # the pause is staff's, the proof may come from somebody without an account
        row = held(request)
        day = received_on or timezone.localdate()
        _keep(row, files, by=by, kind=ProofKind.IDENTITY, received_on=day)
        run_again(row, on=day)
    record("rights.proof_received", by=by, object_kind="rights_request", object_id=row.pk)


@transaction.atomic
def withdraw(*, by: Account, request: RightsRequest) -> None:
    """The person takes the request back. Raises NotPending."""
    row = held(request)
    row.state = State.WITHDRAWN
    row.save(update_fields=["state"])
    with isolation.system():
        RightsTask.objects.filter(request=row, done_at=None).delete()
    record("rights.withdrawn", by=by, object_kind="rights_request", object_id=row.pk)


def rate(*, by: Account | None, request: RightsRequest, opinion: Opinion) -> None:
    """Say whether the answer was of use (PDP-8.11). Said again, the last word counts. Raises NotAnswered."""
    with isolation.system():  # also by the holder of a link, who has no account
        row = RightsRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
        if row.state != State.ANSWERED:
            raise NotAnswered
        row.opinion = opinion
        row.save(update_fields=["opinion"])
    record("rights.rated", by=by, object_kind="rights_request", object_id=row.pk)


def use_link(link: RightsLink) -> None:
    """A link serves once. In the system's context, in the transaction of what it serves for."""
    link.used_at = timezone.now()
    link.save(update_fields=["used_at"])


def confirm_by_link(link: RightsLink) -> None:
    """The link sent to the address on file was followed: it is them (décret 2019-536, art. 77). Raises NotPending."""
    with isolation.system():
        row = held(link.request)
        if link.use == LinkUse.CONFIRM and row.identity == Identity.UNKNOWN:
            row.identity = Identity.ON_FILE
            row.account = _account_of(row)
            row.save(update_fields=["identity", "account"])
            for rows in (row.pauses, row.proofs, row.decisions):
                rows.update(holder=row.account)
            record("rights.identity_confirmed", by=None, object_kind="rights_request", object_id=row.pk)
        use_link(link)


def _account_of(row: RightsRequest) -> Account | None:
    """The person's own account, so that the answer is in their space too; None for whoever has none that opens."""
    own = Grant.objects.filter(space=row.space, basis=Basis.COVER, subject_id=row.subject_id or 0, revoked_at=None)
    grant = own.filter(account__state=AccountState.VALIDATED).select_related("account").order_by("pk").first()
    return grant.account if grant else None


def held(request: RightsRequest) -> RightsRequest:
    """The row as it is now, held until the end of the transaction. Raises NotPending."""
    row = RightsRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if row.state not in PENDING:
        raise NotPending
    return row


def run_again(row: RightsRequest, *, on: datetime.date) -> None:
    """End the suspension, if there is one, and count the delay anew."""
    row.pauses.filter(ended_on=None, began_on__gt=on).update(ended_on=timezone.localdate())
    row.pauses.filter(ended_on=None).update(ended_on=on)
    row.due_on = clock_of(row).due_on(timezone.localdate())
    if row.state == State.PAUSED:
        row.state = state_of_tasks(row)
    row.save(update_fields=["due_on", "state"])


def state_of_tasks(row: RightsRequest) -> State:
    """Once its tasks are done, a request waits for its answer and for nothing else."""
    return State.OPEN if row.tasks.filter(done_at=None).exists() or not row.tasks.exists() else State.READY


def _keep(
    row: RightsRequest, files: list[CleanFile], *, by: Account | None, kind: ProofKind, received_on: datetime.date
) -> None:
    uploads = receive(files, by=by)
    RightsProof.objects.bulk_create(
        RightsProof(request=row, holder_id=row.account_id, kind=kind, upload=upload, received_on=received_on)
        for upload in uploads
    )
