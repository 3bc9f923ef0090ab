"""Rights requests for tests that only need one to stand in an address."""

from portals.access import isolation
from portals.access.models import Grant
from portals.accounts.models import Account
from portals.documents.quarantine import release
from portals.documents.uploads import CleanFile
from privacy.rights import actions, answering
from privacy.rights.models import Outcome, Right, RightsRequest, Verdict
from tests import builders

WORDS = "Mon nom est mal écrit\u00a0: Le Goff, en deux mots."
PAPER = CleanFile("identite.pdf", "application/pdf", b"%PDF-1.7")


def request_of(account: Account, right: Right = Right.RECTIFICATION, **more: object) -> RightsRequest:
    """A request that the account makes for itself, and that waits."""
    with isolation.system():
        grant = Grant.objects.filter(account=account).order_by("id").first()
        return actions.ask(by=account, right=right, words=WORDS, grant=grant, **more)  # type: ignore[arg-type]  # of tests


def doubted_request_of(account: Account) -> RightsRequest:
    """A request whose delay is suspended."""
    made = request_of(account, Right.ACCESS)
    answering.pause(by=builders.staff(), request=made, reason="Deux personnes portent ce nom.")
    return made


def proved_request_of(account: Account) -> RightsRequest:
    """A request with a task to do and a document out of quarantine to check."""
    made = request_of(account)
    actions.send_proof(by=account, request=made, files=[PAPER])
    with isolation.system():
        upload = made.proofs.get().upload
        assert upload is not None
        release(by=None, upload=upload)
    return made


def finish_tasks(request: RightsRequest, by: Account) -> None:
    """Every service has done its part."""
    with isolation.system():
        tasks = list(request.tasks.filter(done_at=None))
    for task in tasks:
        answering.finish_task(by=by, task=task, report="Fait.")


def answered(request: RightsRequest, outcome: Outcome = Outcome.GRANTED) -> RightsRequest:
    """The whole of what the officer does."""
    officer = builders.staff()
    finish_tasks(request, officer)
    decision = {"identity.contract": (Verdict.DONE, "")}
    answering.decide(by=officer, request=request, decisions=decision)
    answering.answer(by=officer, request=request, outcome=outcome, text="C’est corrigé.")
    with isolation.system():
        request.refresh_from_db()
    return request


def answered_request_of(account: Account) -> RightsRequest:
    return answered(request_of(account))
