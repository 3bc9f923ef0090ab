"""Writing the journal: one row per operation, in the transaction of the operation."""

import json
from typing import Any

from django.db import connections
from django.utils import timezone

from portals.access import reference
from portals.accounts.models import Account
from portals.signals import NOBODY, Concerned, Details

ABOUT = "about"
"""In `details`: whose record it is, as words `p<person>` and `a<account>`. Indexed by `journal_about`."""

MOST_NAMED = 200

# Every page pays for this one statement, so it is written by hand rather than made again by the ORM each time.
INSERT = """
    INSERT INTO privacy_entry (at, action, account_id, space, tenant_id, subject_id, acting_as, object_kind,
        object_id, result, terms_number, session_hash, reference, details)
    VALUES (%(at)s, %(action)s, %(account)s, %(space)s, %(tenant)s, %(subject)s, %(acting_as)s, %(object_kind)s,
        %(object_id)s, %(result)s, %(terms)s, %(session)s, %(reference)s, %(details)s)
"""


def record(
    action: str,
    *,
    by: Account | None,
    object_kind: str = "",
    object_id: int | str = "",
    result: str = "done",
    details: Details | None = None,
    concerned: Concerned = NOBODY,
    using: str = "default",
) -> None:
    """Add one entry. The request's reference, session, terms and tenant come from the running request, if any.

    `concerned`: whose record is shown or touched, so that they find who looked at it. One person alone, for an account
    that acts for nobody, is the entry's subject. `using`: whose transaction it joins, the portals' as a rule.
    """
    trace = reference.current()
    concerned |= trace.concerned
    subject = trace.subject_id
    if subject is None and len(concerned.persons) == 1:
        (subject,) = concerned.persons
    with connections[using].cursor() as cursor:
        cursor.execute(
            INSERT,
            {
                "at": timezone.now(),
                "action": action,
                "account": by.pk if by else None,
                "space": by.space if by else trace.space,
                "tenant": trace.tenant_id,
                "subject": subject,
                "acting_as": trace.acting_as,
                "object_kind": object_kind,
                "object_id": str(object_id),
                "result": result,
                "terms": trace.terms_number,
                "session": trace.session_hash,
                "reference": trace.reference,
                "details": json.dumps({**(details or {}), **_about(concerned, subject)}),
            },
        )


def _about(concerned: Concerned, subject: int | None) -> dict[str, str]:
    """Whoever is concerned and is not the subject already."""
    words = [f"p{number}" for number in sorted(concerned.persons - {subject})]
    words += [f"a{number}" for number in sorted(concerned.accounts)]
    return {ABOUT: " ".join(words[:MOST_NAMED])} if words else {}


def on_operation(*, action: str, by: Account | None, signal: Any, sender: Any, **rest: Any) -> None:
    """What `portals` announces is recorded like the rest."""
    record(action, by=by, **rest)
