"""Threads and reports for tests that only need one to stand in an address."""

from portals.access import isolation
from portals.access.models import Grant
from portals.accounts.models import Account
from portals.correspondence import actions, answering
from portals.correspondence.models import Kind, Outcome, Thread
from portals.correspondence.reports.actions import report
from tests import builders


def thread_of(account: Account, kind: Kind) -> Thread:
    """A thread that the account opened for itself."""
    with isolation.system():
        grant = Grant.objects.filter(account=account).order_by("id").first()
        topic = "delay" if kind == Kind.COMPLAINT else "other"
        return actions.write(
            by=account, kind=kind, topic=topic, text="Ma carte n’est pas arrivée.", grant=grant, files=[]
        )


def message_of(account: Account) -> str:
    """The number of a message that waits."""
    return thread_of(account, Kind.MESSAGE).number


def answered_complaint_of(account: Account) -> str:
    """The number of a complaint that was answered."""
    thread = thread_of(account, Kind.COMPLAINT)
    answering.answer(by=builders.staff(), thread=thread, text="La carte est partie le 2.", outcome=Outcome.GRANTED)
    return thread.number


def report_of_nobody() -> str:
    """The number of a report made signed out."""
    return report(by=None, page="aide/", words="Le téléphone est faux.").number
