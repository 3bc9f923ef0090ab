"""The walls: what this transaction may read of the files, as a setting that their policies look at.

Words are kinds of files (`models.Kind`), and `OVERSIGHT`, which opens covers and disclosures and nothing else. Without a
word, no rows: pages of other staff, jobs and `isolation.system()` see none.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponseBase

from portals.access.entry import account_of
from portals.access.isolation import CASES_SETTING
from portals.accounts.models import Account
from privacy.investigations.models import Kind

OVERSIGHT = "oversight"
FRAUD, VIGILANCE = "privacy.fraud_investigation", "privacy.vigilance_investigation"
OVERSEE = "privacy.oversee_investigation"
WORDS = {FRAUD: Kind.FRAUD.value, VIGILANCE: Kind.FINANCIAL_CRIME.value, OVERSEE: OVERSIGHT}
SET = "SELECT set_config(%s, %s, true)"


def kinds_of(account: Account) -> list[Kind]:
    """The kinds of files that this account works on."""
    return [Kind(word) for right, word in WORDS.items() if word != OVERSIGHT and account.has_perm(right)]


def enter(account: Account) -> None:
    """Open to the rest of the transaction what the rights of this account open."""
    with connection.cursor() as cursor:
        cursor.execute(SET, [CASES_SETTING, " ".join(word for right, word in WORDS.items() if account.has_perm(right))])


@contextmanager
def inside(*words: str) -> Iterator[None]:
    """The same for a job, which has no account; what was there comes back."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting(%s, true), '')", [CASES_SETTING])
        (before,) = cursor.fetchone() or ("",)
        cursor.execute(SET, [CASES_SETTING, " ".join(words)])
        yield
        # Not in a `finally`: after an error the savepoint is rolled back, and the setting with it.
        cursor.execute(SET, [CASES_SETTING, before])


def walled[**P](view: Callable[P, HttpResponseBase]) -> Callable[P, HttpResponseBase]:
    """A page that works behind the walls of whoever asks for it. The request comes first."""

    @wraps(view)
    def behind(*args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        request = args[0]
        if not isinstance(request, HttpRequest):
            raise TypeError("a view takes its request first")
        enter(account_of(request))
        return view(*args, **kwargs)

    return behind
