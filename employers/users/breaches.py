"""What the room of breaches asks of the employer space: whose names a list of users showed, and how each is reached.

Lists of users show names, e-mail addresses, roles and last sign-ins. The journal holds who opened one and when: who was
on it is read from the rights and the invitations that stood at that instant.
"""

import datetime
from collections.abc import Collection, Iterable, Mapping

from django.utils import timezone

from employers.companies.models import Company
from employers.users.models import Invitation, Mandate
from employers.users.queries import accounts_at, address_of
from portals.access.models import Basis, Grant
from portals.accounts.models import Account, Space
from portals.signals import Concerned as Whom
from privacy.breaches.telling.accounts import contact_of, shown_by_grants
from privacy.breaches.telling.registry import Contact, Shown, numbers_of, register_accounts, register_resolver
from privacy.breaches.violations.models import PersonCategory

LIST = "users.listed"


def users_of_companies(shown: Collection[Shown]) -> Mapping[Shown, Whom]:
    """Those whom a list of users showed; no other page of a company names its users. Two queries, and one for each
    address that waits."""
    lists = [one for one in shown if one.action == LIST and one.object_id.isdecimal()]
    ids = {int(one.object_id) for one in lists}
    grants = Grant.objects.filter(space=Space.EMPLOYER, tenant_id__in=ids).select_related("account")
    users = shown_by_grants(lists, grants, lambda grant: grant.tenant_id)
    invitations = list(Invitation.objects.filter(company__in=ids))
    answering = {invitation.pk: _invited(invitation) for invitation in invitations}
    for one in lists:
        waited = [
            each for each in invitations if each.company_id == int(one.object_id) and _waited(each, one.at)
        ]  # fmt: skip
        users[one] |= Whom(accounts=frozenset(account for each in waited for account in answering[each.pk]))
    return users


def invited(shown: Collection[Shown]) -> Mapping[Shown, Whom]:
    """An invitation leads to whoever answered it, or has an account at its address. One query, and one for each address."""
    return _by_number(shown, Invitation.objects.filter(pk__in=numbers_of(shown)))


def mandated(shown: Collection[Shown]) -> Mapping[Shown, Whom]:
    """A mandate leads to the filing agent, through the invitation by which they accepted it."""
    mandates = Mandate.objects.filter(pk__in=numbers_of(shown)).select_related("invitation")
    agents = {str(mandate.pk): Whom(accounts=_invited(mandate.invitation)) for mandate in mandates}
    return {one: agents[one.object_id] for one in shown if one.object_id in agents}


def _by_number(shown: Collection[Shown], invitations: Iterable[Invitation]) -> dict[Shown, Whom]:
    found = {str(invitation.pk): Whom(accounts=_invited(invitation)) for invitation in invitations}
    return {one: found[one.object_id] for one in shown if one.object_id in found}


def _invited(invitation: Invitation) -> frozenset[int]:
    """Whoever has no account is nobody that the portals know: their address is forgotten with the invitation."""
    if invitation.accepted_by_id is not None:
        return frozenset([invitation.accepted_by_id])
    if not invitation.email_sealed:
        return frozenset()
    return frozenset(account.pk for account in accounts_at(address_of(invitation)))


def _waited(invitation: Invitation, at: datetime.datetime) -> bool:
    over = invitation.accepted_at or invitation.revoked_at
    return invitation.created_at <= at and (over is None or over > at)


def contacts(accounts: Collection[Account]) -> dict[int, Contact]:
    """How the users of companies are reached. A letter goes to the company of whoever works there today; a filing agent
    works elsewhere, at an address that nobody told us. Two queries."""
    grants = Grant.objects.open_on(timezone.localdate()).filter(
        account__in=accounts, space=Space.EMPLOYER, basis=Basis.GROUP_CONTRACT
    )
    company_of = dict(grants.order_by("-pk").values_list("account_id", "tenant_id"))
    companies = Company.objects.in_bulk(set(company_of.values()))
    return {
        account.pk: contact_of(
            account, PersonCategory.COMPANY_USERS, _address_of(companies.get(company_of.get(account.pk, 0)))
        )
        for account in accounts
    }


def _address_of(company: Company | None) -> tuple[str, ...]:
    """What goes under the name; nothing without a street and a commune."""
    if company is None or not company.address_line1 or not company.city:
        return ()
    return (company.name, company.address_line1, f"{company.postcode} {company.city}".strip())


register_resolver("company", users_of_companies)
register_resolver("invitation", invited)
register_resolver("mandate", mandated)
register_accounts(Space.EMPLOYER, contacts)
