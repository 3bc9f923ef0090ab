"""What the room of breaches asks of the space of professionals: whom a page of a practice showed, how each is reached.

« Accès du cabinet » shows names, e-mail addresses, roles and last sign-ins of who works there. The other pages show what
is the professional's own (their name, agreement, bank details, invoices): when somebody else's account opened them, they
lead to the professional.
"""

import datetime
from collections.abc import Collection, Mapping

from django.utils import timezone

from portals.access.models import Grant
from portals.accounts.models import Account, Space
from portals.signals import Concerned as Whom
from privacy.breaches.telling.accounts import contact_of, shown_by_grants
from privacy.breaches.telling.registry import Contact, Shown, numbers_of, register_accounts, register_resolver
from privacy.breaches.violations.models import PersonCategory
from providers.agreements.models import Professional
from providers.agreements.signup import practice_of
from providers.users.models import Delegation
from providers.users.queries import accounts_at, address_of

LIST = "delegates.listed"
OF_THE_PRACTICE = {
    "professional.viewed", "agreement.consulted", "bank.consulted", "invoices.listed", "invoices.exported",
    "transfers.listed", "transfers.exported",
}  # fmt: skip


def people_of_practices(shown: Collection[Shown]) -> Mapping[Shown, Whom]:
    """Who worked there, for the list of accesses; the professional, for the pages of the practice. Two queries, and one
    for each address that waits."""
    numbered = [one for one in shown if one.object_id.isdecimal()]
    lists = [one for one in numbered if one.action == LIST]
    pages = [one for one in numbered if one.action in OF_THE_PRACTICE]
    ids = {int(one.object_id) for one in (*lists, *pages)}
    grants = list(Grant.objects.filter(space=Space.PROFESSIONAL, tenant_id__in=ids).select_related("account"))
    people = shown_by_grants(lists, [one for one in grants if one.role], lambda grant: grant.tenant_id)
    delegations = list(Delegation.objects.filter(professional__in={int(one.object_id) for one in lists}))
    answering = {delegation.pk: _invited(delegation) for delegation in delegations}
    for one in lists:
        waited = [
            each for each in delegations if each.professional_id == int(one.object_id) and _waited(each, one.at)
        ]  # fmt: skip
        people[one] |= Whom(accounts=frozenset(account for each in waited for account in answering[each.pk]))
    return people | shown_by_grants(pages, [one for one in grants if not one.role], lambda grant: grant.tenant_id)


def invited(shown: Collection[Shown]) -> Mapping[Shown, Whom]:
    """An invitation leads to whoever answered it, or has an account at its address. One query, and one for each address."""
    ids = numbers_of(shown)
    delegations = Delegation.objects.filter(pk__in=ids)
    found = {str(delegation.pk): Whom(accounts=_invited(delegation)) for delegation in delegations}
    return {one: found[one.object_id] for one in shown if one.object_id in found}


def _invited(delegation: Delegation) -> frozenset[int]:
    """Whoever has no account is nobody that the portals know: their address is forgotten with the invitation."""
    if delegation.accepted_by_id is not None:
        return frozenset([delegation.accepted_by_id])
    if not delegation.email_sealed:
        return frozenset()
    return frozenset(account.pk for account in accounts_at(address_of(delegation)))


def _waited(delegation: Delegation, at: datetime.datetime) -> bool:
    over = delegation.accepted_at or delegation.revoked_at
    return delegation.created_at <= at and (over is None or over > at)


def contacts(accounts: Collection[Account]) -> dict[int, Contact]:
    """How professionals and those who work for them are reached: a letter goes to the practice. Three queries."""
    grants = Grant.objects.open_on(timezone.localdate()).filter(account__in=accounts, space=Space.PROFESSIONAL)
    grant_of = {grant.account_id: grant for grant in grants.order_by("-pk")}
    practices = Professional.objects.in_bulk({grant.tenant_id for grant in grant_of.values()})
    holders = set(Grant.objects.filter(account__in=accounts, role="").values_list("account_id", flat=True))
    return {
        account.pk: contact_of(
            account,
            PersonCategory.PROFESSIONALS if account.pk in holders else PersonCategory.DELEGATES,
            _address_of(practices[grant_of[account.pk].tenant_id], account) if account.pk in grant_of else (),
        )
        for account in accounts
    }


def _address_of(practice: Professional, account: Account) -> tuple[str, ...]:
    """What goes under the name of the account, the practice's own first; nothing without a street and a commune."""
    if not practice.street or not practice.city:
        return ()
    name = practice_of(practice)
    lines = (practice.street, f"{practice.postcode} {practice.city}".strip())
    return lines if name == account.display_name else (name, *lines)


register_resolver("professional", people_of_practices)
register_resolver("delegation", invited)
register_accounts(Space.PROFESSIONAL, contacts)
