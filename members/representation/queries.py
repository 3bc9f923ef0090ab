"""Reads about representations."""

import datetime

from django.db.models import Q, QuerySet

from members.representation.models import Representation, State
from portals.access.models import Basis, Grant
from portals.accounts.models import Account, AccountState, Space


def representatives_of(person_id: int) -> QuerySet[Representation]:
    """Who represents a person, or did: in force first, then the newest."""
    told = Q(state__in=[State.ACCEPTED, State.ENDED])
    rows = Representation.objects.filter(told, person_id=person_id).select_related("account")
    return rows.order_by("state", "-start_date", "-id")


def made_by(account: Account) -> QuerySet[Representation]:
    """What an account asked for or exercises, newest first; the ones of plain right are told apart."""
    return Representation.objects.filter(account=account).order_by("-created_at", "-id")


def own_request(account: Account, representation_id: int) -> Representation | None:
    """A request of this account, whatever its state."""
    return Representation.objects.filter(account=account, pk=representation_id).first()


def representation_of(person_id: int, representation_id: int) -> Representation | None:
    """A representation that concerns this person."""
    return Representation.objects.filter(person_id=person_id, pk=representation_id).first()


def person_of(account_id: int) -> int | None:
    """The insured person whose own account this is; None for a representative who is not insured."""
    own = Grant.objects.filter(account=account_id, space=Space.MEMBER, basis=Basis.COVER, revoked_at=None)
    return own.order_by("id").values_list("subject_id", flat=True).first()


def notified_beside(person_id: int, *, day: datetime.date) -> list[Account]:
    """The accounts that act fully for an adult or a minor of 16 and more, told of new statements as the person is."""
    grants = Grant.objects.filter(
        space=Space.MEMBER, basis=Basis.REPRESENTATION, subject_id=person_id, consult_only=False,
        account__is_active=True, account__state=AccountState.VALIDATED,
    )  # fmt: skip
    return [grant.account for grant in grants.open_on(day).select_related("account").order_by("id")]
