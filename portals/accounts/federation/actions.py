"""Linking an account to an identity that a provider vouches for, and undoing it."""

from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from portals.access import isolation
from portals.access.models import Grant
from portals.accounts.federation.directory import Claims, IdentityProvider, recognition_of
from portals.accounts.models import Account, AccountState
from portals.accounts.security.notices import notify_security_change
from portals.signals import announce


class SomebodyElse(Exception):
    """The identity is not that of the person whom the account is for."""


class LinkedElsewhere(Exception):
    """The identity already opens another account."""


def account_designated(provider: IdentityProvider, claims: Claims) -> Account | None:
    """The one account of whom the claims designate without a doubt (a professional by their RPPS), not linked yet.

    Looks over every row, because nobody is signed in yet: like the match of a sign-up, and nothing of it is shown.
    """
    recognition = recognition_of(provider.space)
    if recognition is None:
        return None
    with isolation.system():
        subject_id = recognition.subject_of(claims)
    if subject_id is None:
        return None
    # A practice opens to its delegates too: the provider vouches for the professional, who has no role.
    grants = Grant.objects.filter(space=provider.space, subject_id=subject_id, role="", revoked_at=None)
    accounts = Account.objects.filter(grants__in=grants, state=AccountState.VALIDATED, is_active=True, locked_at=None)
    found = list(accounts.distinct()[:2])
    is_free = len(found) == 1 and not SocialAccount.objects.filter(user=found[0], provider=provider.code).exists()
    return found[0] if is_free else None


def link(*, by: Account, provider: IdentityProvider, uid: str, claims: Claims) -> SocialAccount:
    """Let this identity open the account from now on. Claims are compared and not kept.

    Raises SomebodyElse, which the journal notes (outside the transaction that the error ends), or LinkedElsewhere.
    """
    recognition = recognition_of(provider.space)
    subjects = _own_subjects(by, provider.space)
    if recognition is None or not any(_is_subject(provider, claims, grant) for grant in subjects):
        announce("account.federation_link", by=by, object_kind="account", object_id=by.pk, result="refused")
        raise SomebodyElse
    return _keep(by, provider, uid)


@transaction.atomic
def _keep(by: Account, provider: IdentityProvider, uid: str) -> SocialAccount:
    link, is_new = SocialAccount.objects.get_or_create(provider=provider.code, uid=uid, defaults={"user": by})
    if link.user_id != by.pk:
        raise LinkedElsewhere
    if is_new:
        announce(
            "account.federation_linked", by=by, object_kind="account", object_id=by.pk,
            details={"provider": provider.code},
        )  # fmt: skip
        notify_security_change(by, "identity_linked")
    return link


@transaction.atomic
def unlink(*, by: Account, provider: IdentityProvider) -> None:
    """The identity no longer opens the account."""
    removed, _ = SocialAccount.objects.filter(user=by, provider=provider.code).delete()
    if removed:
        announce(
            "account.federation_unlinked", by=by, object_kind="account", object_id=by.pk,
            details={"provider": provider.code},
        )  # fmt: skip
        notify_security_change(by, "identity_unlinked")


def _own_subjects(account: Account, space: str) -> list[Grant]:
    grants = Grant.objects.filter(account=account, space=space, revoked_at=None)
    return [grant for grant in grants if not grant.represents and not grant.is_delegated]


def _is_subject(provider: IdentityProvider, claims: Claims, grant: Grant) -> bool:
    recognition = recognition_of(provider.space)
    if recognition is None:
        return False
    with isolation.tenant(grant.space, grant.tenant_id):
        return recognition.is_subject(claims, grant.subject_id)
