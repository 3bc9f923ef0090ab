"""What was typed when the session had ended: kept as the draft of the account that the form was made for.

The form carries a signed word that says whose it is and for which grant. Posted without a session, it lets the text
into that account's draft and nothing else: only the same account ever reads it again.
"""

from django.core import signing
from django.http import HttpRequest

from members.quotes.requests.actions import save_draft
from members.quotes.requests.forms import KEPT
from members.quotes.requests.models import RequestKind
from portals.access import isolation
from portals.access.models import Grant
from portals.accounts.limits import Limit, LimitReached, count
from portals.accounts.models import Account

SALT = "members.quotes.requests.drafts"
HOLDER = "holder"
"""The hidden field that says whose form this is."""
HOLDER_SECONDS = 12 * 3600
MAX_CHARACTERS = 200
RESCUES_BY_ACCOUNT = Limit("care request rescues", 20, 3600)


def holder_word(grant: Grant, kind: RequestKind) -> str:
    """What the form carries."""
    return signing.dumps([grant.account_id, grant.tenant_id, grant.subject_id, kind.value], salt=SALT)


def rescue(request: HttpRequest, kind: RequestKind) -> bool:
    """Keep what was posted without a session. Whether anything was kept."""
    try:
        account_id, household_id, person_id, written_for = signing.loads(
            request.POST.get(HOLDER, ""), salt=SALT, max_age=HOLDER_SECONDS
        )
        count(RESCUES_BY_ACCOUNT, str(account_id))
    except (signing.BadSignature, LimitReached, TypeError, ValueError):
        return False
    if written_for != kind.value:
        return False
    with isolation.system():  # nobody is signed in; the signed word says whose row this is
        save_draft(
            by=Account.objects.get(pk=account_id),
            kind=kind,
            household_id=household_id,
            person_id=person_id,
            content={name: request.POST.get(name, "")[:MAX_CHARACTERS] for name in KEPT},
            is_ready=False,
        )
    return True
