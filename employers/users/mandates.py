"""Mandates given to filing agents (tiers déclarants): given, prolonged; `actions.revoke` puts an end to them."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from employers.companies.queries import access_of
from employers.permissions import MANDATABLE, ServiceCode, role_of_scope
from employers.users.actions import NotAUser
from employers.users.invitations import invite
from employers.users.models import Mandate
from employers.users.notices import tell_administrators
from employers.users.queries import grants_of
from employers.users.rules import latest_end, mandate_closes_on
from portals.access.models import Basis
from portals.accounts.models import Account
from privacy import audit


class ImpossibleDates(ValueError):
    """The mandate would end before it begins, in the past, or more than three years later."""


class ImpossibleScope(ValueError):
    """No service is named, or one that a company may not entrust."""


@transaction.atomic
def mandate(
    *,
    by: Account,
    company_id: int,
    email: str,
    services: Iterable[str],
    may_change: bool,
    starts_on: datetime.date,
    ends_on: datetime.date,
) -> Mandate:
    """Ask a filing agent to act for the company, on the days and for the services named.

    Raises ImpossibleDates, ImpossibleScope, and what `invite` raises. It takes effect when the agent accepts.
    """
    scope = frozenset(services)
    if not scope or not scope <= MANDATABLE.keys():
        raise ImpossibleScope
    _check_dates(starts_on, ends_on)
    role = role_of_scope(scope, may_change=may_change)
    invitation = invite(by=by, company_id=company_id, email=email, role=role)
    given = Mandate.objects.create(
        company_id=company_id,
        invitation=invitation,
        services=[str(code) for code in ServiceCode if code in scope],
        starts_on=starts_on,
        ends_on=ends_on,
    )
    audit.record(
        "mandate.given",
        by=by,
        object_kind="mandate",
        object_id=given.pk,
        details={"services": ",".join(given.services)},
    )
    return given


@transaction.atomic
def prolong(*, by: Account, company_id: int, grant_id: int, ends_on: datetime.date) -> Mandate:
    """Give a running mandate another last day, sooner or later; access follows. Raises NotAUser, ImpossibleDates."""
    today = timezone.localdate()
    agents = grants_of(company_id, today).filter(basis=Basis.MANDATE)
    grant = agents.select_for_update().filter(pk=grant_id).first()
    if grant is None:
        raise NotAUser
    mandates = Mandate.objects.select_for_update().filter(company=company_id, ended_at=None)
    given = mandates.filter(invitation__accepted_by=grant.account_id).order_by("-id").first()
    if given is None:
        raise NotAUser
    _check_dates(given.starts_on, ends_on)
    given.ends_on = ends_on
    given.save(update_fields=["ends_on"])
    grant.closes_on = mandate_closes_on(ends_on, access_of(company_id, today))
    grant.save(update_fields=["closes_on"])
    audit.record("mandate.prolonged", by=by, object_kind="mandate", object_id=given.pk)
    tell_administrators(company_id, "mandate_prolonged")
    return given


def _check_dates(starts_on: datetime.date, ends_on: datetime.date) -> None:
    if ends_on < max(starts_on, timezone.localdate()) or ends_on > latest_end(max(starts_on, timezone.localdate())):
        raise ImpossibleDates
