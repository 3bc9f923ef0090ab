"""Who changes rows, for the field history: an account and an operation, as settings of the running transaction.

The triggers of the history read them (`privacy.changes.triggers`). They are set with `SET LOCAL` only, and apart from
the row-level context, which comes and goes inside a transaction while whoever acts stays the same.
"""

from django.db import connection

ACCOUNT = "history.account"
OPERATION = "history.operation"
SET = f"SELECT set_config('{ACCOUNT}', %s, true), set_config('{OPERATION}', %s, true)"


def acts(*, account_id: int | None, operation: str) -> None:
    """From here to the end of the transaction, changes are this account's and this operation's.

    `operation` is the reference of a request, or what names a piece of work: `job:KIND:12`, `feed:persons:34`. Whoever
    says nothing is named by their database role and application.
    """
    with connection.cursor() as cursor:
        cursor.execute(SET, [str(account_id or ""), operation])
