"""Accounts that nobody uses, sign-ups that were never finished, and what remains of closed accounts."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest

from portals.accounts.models import Account, AccountState, Space
from portals.declarations import Purpose
from portals.terms.models import Acceptance
from privacy.erasure.registry import Target
from privacy.erasure.rules import Relation
from privacy.retention.registry import SubjectRule, midnight, register
from privacy.retention.rules import DAY
from privacy.retention.sources import FIVE_YEARS, MINIMISED, PRESCRIPTION, PROSPECTS, SIX_MONTHS, THREE_YEARS

NOBODY = 0
"""The number of no person."""
UNFINISHED = (AccountState.STARTED, AccountState.TERMS_ACCEPTED)
SAMPLES = tuple(Target(space=space, subject_id=1, accounts=(1,)) for space in Space)


def seen_last(using: str) -> Any:
    """Accounts of people, with `seen`: when they last signed in, or were made."""
    rows = Account.objects.using(using).exclude(space=Space.STAFF)
    return rows.alias(seen=Greatest(Coalesce("last_login", "created_at"), "created_at"))


def unfinished(last: datetime.date, using: str) -> QuerySet[Account]:
    """Those that never got as far as being open, and were left alone since this day at the latest."""
    return seen_last(using).filter(state__in=UNFINISHED, seen__lt=midnight(last + DAY))


def unused(last: datetime.date, using: str) -> QuerySet[Account]:
    """Those into which nobody has signed since this day at the latest."""
    return seen_last(using).filter(state=AccountState.VALIDATED, seen__lt=midnight(last + DAY))


def closed(last: datetime.date, using: str) -> QuerySet[Account]:
    """Those that were closed by this day and of which something is left: what was accepted is the last of it."""
    accepted = Acceptance.objects.using(using).filter(account_id=OuterRef("pk"))
    rows = Account.objects.using(using).exclude(space=Space.STAFF)
    return rows.filter(Q(closed_at__lt=midnight(last + DAY)), Exists(accepted), state=AccountState.CLOSED)


def targets(keys: Sequence[Any], using: str) -> list[Target]:
    """The accounts, space by space. A member's person stays with the contract: only what is the account's is reached."""
    found: dict[str, list[int]] = {}
    rows = Account.objects.using(using).filter(pk__in=keys).order_by("pk")
    for space, key in rows.values_list("space", "pk"):
        found.setdefault(space, []).append(key)
    return [
        Target(
            space=space,
            subject_id=NOBODY,
            subject_ids=() if space == Space.MEMBER else tuple(numbers),
            accounts=tuple(numbers),
        )
        for space, numbers in found.items()
    ]


def closes_now(_last: datetime.date, day: datetime.date) -> Relation:
    """What was done with the account is proof from the day of its closing on."""
    return Relation(ended_on=day)


def ended(last: datetime.date, _day: datetime.date) -> Relation:
    return Relation(ended_on=last)


register(
    SubjectRule(
        code="portals.unfinished_signups", label="Inscriptions jamais finies", purpose=Purpose.PRE_CONTRACT,
        source=PROSPECTS, delay=SIX_MONTHS, after="la dernière étape", model="portals.Account", rows=unfinished,
        targets=targets, relation=closes_now, samples=SAMPLES, warned_days=30, space=Space.MEMBER,
    ),
    SubjectRule(
        code="portals.unused_accounts", label="Comptes inutilisés", purpose=Purpose.PORTAL, source=MINIMISED,
        delay=THREE_YEARS, after="la dernière connexion", model="portals.Account", rows=unused, targets=targets,
        relation=closes_now, samples=SAMPLES, warned_days=30, space=Space.MEMBER,
    ),
    SubjectRule(
        code="portals.closed_accounts", label="Comptes fermés et preuves d’acceptation", purpose=Purpose.PROOF,
        source=PRESCRIPTION, delay=FIVE_YEARS, after="la fermeture du compte", model="portals.Account", rows=closed,
        targets=targets, relation=ended, samples=SAMPLES, space=Space.MEMBER,
    ),
)  # fmt: skip
