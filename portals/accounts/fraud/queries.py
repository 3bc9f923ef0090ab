"""Reads about fraud reports."""

from portals.access.models import Basis, Grant
from portals.accounts import identifiers
from portals.accounts.fraud.models import FraudReport
from portals.accounts.models import Account, AccountState
from portals.accounts.signup import Answers, door_of

FOR_OTHERS = {Basis.REPRESENTATION, Basis.MANDATE}


def subject_of(report: FraudReport) -> str:
    """The subject under whose key the texts of a report are sealed."""
    return f"fraud-report:{report.reference}"


def account_recognised(answers: Answers) -> Account | None:
    """The account that an identifier designates, if the answers are its holder's. Needs the system's row context.

    The proof is that of whom the account is for; an account that only acts for others is recognised by one of them.
    """
    accounts = Account.objects.filter(identifier=identifiers.as_typed(answers["identifier"]), is_active=True)
    account = accounts.exclude(state=AccountState.CLOSED).first()
    if account is None:
        return None
    door = door_of(account.space)
    grants = list(Grant.objects.filter(account=account, space=account.space, revoked_at=None).order_by("id"))
    own = [grant for grant in grants if grant.basis not in FOR_OTHERS] or grants
    recognised = door is not None and any(door.recognises(grant.subject_id, answers) for grant in own)
    return account if recognised else None


def report_of(reference: str) -> FraudReport | None:
    """The report of this number."""
    return FraudReport.objects.filter(reference=reference).first()
