"""The holders of accounts who are no insured person: a breach concerns them as well (RGPD, art. 34 makes no difference).

An account that its holder has by their own cover leads to the insured person, whichever way it was touched; any other
is told as itself. Here is what the core knows of them; the spaces of companies and practices add their addresses.
"""

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping

from django.conf import settings
from django.utils import timezone

from portals.access.models import Basis, Grant
from portals.accounts.models import Account, AccountState, Space
from portals.signals import Concerned as Whom
from privacy.breaches.telling.registry import Contact, Shown, numbers_of, register_accounts, register_resolver
from privacy.breaches.violations.models import PersonCategory


def own_persons(account_ids: Collection[int]) -> dict[int, int]:
    """The insured person whose own an account is, by account; those of nobody are left out. One query."""
    own = Grant.objects.filter(account__in=account_ids, space=Space.MEMBER, basis=Basis.COVER)
    return dict(own.order_by("pk").values_list("account_id", "subject_id"))


def of_identifier(number: str) -> set[int]:
    """The account of an exact identifier (10 digits)."""
    return set(Account.objects.filter(identifier=number.replace(" ", "")).values_list("pk", flat=True))


def contact_of(account: Account, category: PersonCategory, address_lines: tuple[str, ...] = ()) -> Contact:
    """How the holder is reached: on their pages while the account opens, otherwise at the e-mail that it still has."""
    opens = account.is_active and account.state != AccountState.CLOSED
    return Contact(
        name=account.display_name,
        addressee=account.display_name,
        address_lines=address_lines if opens else (),
        email="" if opens else account.email,
        account_ids=(account.pk,) if opens else (),
        category=category,
        space=account.space,
    )


def shown_by_grants(
    shown: Collection[Shown], grants: Iterable[Grant], thing_of: Callable[[Grant], int]
) -> dict[Shown, Whom]:
    """Whose grants each list showed: those that were there at that instant, and open that day or later. `grants` with
    their accounts."""
    by_thing: dict[str, list[Grant]] = {}
    for grant in grants:
        by_thing.setdefault(str(thing_of(grant)), []).append(grant)
    return {
        one: Whom(accounts=frozenset(each.account_id for each in by_thing.get(one.object_id, ()) if _is_there(each, one.at)))
        for one in shown
    }  # fmt: skip


def _is_there(grant: Grant, at: datetime.datetime) -> bool:
    return (
        grant.created_at <= at
        and (grant.revoked_at is None or grant.revoked_at > at)
        and (grant.closes_on is None or grant.closes_on > timezone.localdate(at))
        and (grant.account.closed_at is None or grant.account.closed_at > at)
    )


def of_grants(shown: Collection[Shown]) -> Mapping[Shown, Whom]:
    """A right that was opened, given, changed or withdrawn leads to who has it, in every space. One query."""
    ids = numbers_of(shown)
    holders = dict(Grant.objects.filter(pk__in=ids).values_list("pk", "account_id"))
    return {
        one: Whom(accounts=frozenset([holders[int(one.object_id)]]))
        for one in shown
        if one.object_id.isdecimal() and int(one.object_id) in holders
    }


def _representatives(accounts: Collection[Account]) -> dict[int, Contact]:
    """Of the member space, whoever is not insured: no address is known of them."""
    return {account.pk: contact_of(account, PersonCategory.REPRESENTATIVES) for account in accounts}


def _staff(accounts: Collection[Account]) -> dict[int, Contact]:
    """At the mutual itself."""
    lines = (settings.ORGANISATION_FACTS.name, *settings.ORGANISATION_FACTS.address_lines)
    return {account.pk: contact_of(account, PersonCategory.STAFF, lines) for account in accounts}


register_resolver("grant", of_grants)
register_accounts(Space.MEMBER, _representatives)
register_accounts(Space.STAFF, _staff)
