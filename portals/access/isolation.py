"""The row-level context: which rows the database shows to this transaction.

Policies read `app.scope`, `app.account`, `app.cases`, `app.household`, `app.company` and `app.professional`. They are set with
`SET LOCAL` (`set_config(…, true)`) only, so they end with the transaction and never travel through a connection pool.
No context, no rows.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from portals.accounts.models import Space

TENANT_SETTINGS = {
    Space.MEMBER: "app.household",
    Space.EMPLOYER: "app.company",
    Space.PROFESSIONAL: "app.professional",
}
ACCOUNT_SETTING = "app.account"
"""The account of the request: some rows (requests to represent somebody) are shown to whoever made them, wherever."""
CASES_SETTING = "app.cases"
"""Which files of investigations are open (`privacy.investigations.walls`); the system's context closes them all."""
SETTINGS = ("app.scope", ACCOUNT_SETTING, CASES_SETTING, *TENANT_SETTINGS.values())
SET = ", ".join(["set_config(%s, %s, true)"] * len(SETTINGS))
# What was there is read before it is replaced: the part that is materialized comes first.
READ = ", ".join(f"coalesce(current_setting(%s, true), '') AS s{place}" for place in range(len(SETTINGS)))
SWAP = f"WITH before AS MATERIALIZED (SELECT {READ}) SELECT before.*, {SET} FROM before"  # noqa: S608  (all ours)


class OutsideTransaction(RuntimeError):
    """The context was asked for outside a transaction, where it would vanish at once."""


def _set(values: dict[str, str]) -> dict[str, str]:
    """Set every setting (absent ones to '') and return what was there before."""
    if not connection.in_atomic_block:
        raise OutsideTransaction
    with connection.cursor() as cursor:
        cursor.execute(SWAP, [*SETTINGS, *_parameters(values)])
        row = cursor.fetchone() or ()
    return dict(zip(SETTINGS, row[: len(SETTINGS)], strict=True))


def apply(values: dict[str, str]) -> None:
    """Set the context of the running transaction, for what remains of it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + SET, _parameters(values))


def _parameters(values: dict[str, str]) -> list[str]:
    return [part for setting in SETTINGS for part in (setting, values.get(setting, ""))]


def setting_sql(space: str, tenant_id: str) -> str:
    """`apply(tenant_values(…))` as columns of a SELECT that reads the space and the tenant itself; NULL means nobody."""
    ours = [
        f"set_config('{setting}', coalesce(CASE {space} WHEN '{code}' THEN {tenant_id}::text END, ''), true)"
        for code, setting in TENANT_SETTINGS.items()
    ]
    closed = [f"set_config('{name}', '', true)" for name in ("app.scope", CASES_SETTING)]
    return ", ".join([*closed, *ours])


def tenant_values(space: str, tenant_id: int) -> dict[str, str]:
    """The settings for one household, company or professional."""
    return {TENANT_SETTINGS[Space(space)]: str(tenant_id)}


@contextmanager
def _context(values: dict[str, str]) -> Iterator[None]:
    with transaction.atomic():
        before = _set(values)
        yield
        # Not in a `finally`: after an error the savepoint is rolled back, and the settings with it.
        apply(before)


@contextmanager
def tenant(space: str, tenant_id: int) -> Iterator[None]:
    """See the rows of one household, company or professional, in one transaction."""
    with _context(tenant_values(space, tenant_id)):
        yield


@contextmanager
def system() -> Iterator[None]:
    """See every row, in one transaction: feeds, jobs, and the match of a sign-up. Never in a view."""
    with _context({"app.scope": "system"}):
        yield
