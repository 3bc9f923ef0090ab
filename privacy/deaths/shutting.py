"""The first verification shuts what was the person's; an error opens it again, exactly as it was.

Accounts keep everything: they only open no more (`is_active`), and their sessions end. Those who acted for the person act
no more. Nothing is sent to the addresses that were theirs alone. The cover itself is ended by the management, not here.
"""

from collections.abc import Iterable

from django.core.mail import EmailMessage
from django.utils import timezone

from portals.access.models import Basis, Grant
from portals.accounts.models import Account, AccountState, Space
from portals.accounts.security.sessions import end_every_session
from portals.secrets import blind_index
from privacy.consents.holders import Holder
from privacy.deaths.models import Death
from privacy.deaths.queries import departed
from privacy.directives.holders import people_of
from privacy.erasure.accounts import accounts_of_person

PLACE = "privacy_death.silenced"
OWN_MAILS = "death."
"""How the kinds of this room's own e-mails begin: they go to the living, at whatever address these gave."""


def shut(death: Death, holder: Holder) -> None:
    """Close the accounts, stop who acted for the person, silence the addresses. In the system's context."""
    numbers = accounts_of_person(holder.subject_id) if holder.space == Space.MEMBER else (holder.subject_id,)
    accounts = list(
        Account.objects.select_for_update(of=("self",)).filter(pk__in=numbers, is_active=True).order_by("pk")
    )
    for account in accounts:
        end_every_session(account)
        account.is_active = False
        account.save(update_fields=["is_active"])
    acting = Grant.objects.filter(space=holder.space, subject_id=holder.subject_id, revoked_at=None)
    acting = acting.filter(basis=Basis.REPRESENTATION)
    grants = sorted(acting.values_list("pk", flat=True))
    Grant.objects.filter(pk__in=grants).update(revoked_at=timezone.now())
    death.closed_accounts = [account.pk for account in accounts]
    death.stopped_grants = grants
    addresses = {*people_of(holder.space).emails_of(holder.subject_id), *(account.email for account in accounts)}
    death.silenced = sorted(_index(one) for one in addresses if one)


def open_again(death: Death) -> list[Account]:
    """Undo `shut`: the accounts that it closed, but for those that were closed for good since. In the system's context."""
    accounts = Account.objects.filter(pk__in=death.closed_accounts).exclude(state=AccountState.CLOSED)
    opened = list(accounts.order_by("pk"))
    accounts.update(is_active=True)
    Grant.objects.filter(pk__in=death.stopped_grants).update(revoked_at=None)
    return opened


def is_withheld(kind: str, message: EmailMessage) -> bool:
    """Whether an e-mail is for addresses that only the departed had. One query, two when one of them matches.

    An address that a living account has taken since is the living's. In the system's context.
    """
    if kind.startswith(OWN_MAILS) or not message.to:
        return False
    indexes = {_index(address): address for address in message.to}
    silent = departed().filter(silenced__overlap=list(indexes)).values_list("silenced", flat=True)
    silenced = {index for found in silent for index in found}
    return bool(silenced) and all(index in silenced for index in indexes) and not _living(indexes.values())


def _living(addresses: Iterable[str]) -> bool:
    """Whether an account that opens has one of these addresses."""
    accounts = Account.objects.filter(is_active=True).exclude(state=AccountState.CLOSED)
    return any(accounts.filter(email__iexact=address).exists() for address in addresses)


def _index(address: str) -> str:
    return blind_index(PLACE, address.strip().lower()).hex()
