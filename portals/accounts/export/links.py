"""The single-use links by which an archive is taken: given after a step-up, good for 24 hours, good once."""

import hashlib
import secrets
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from portals.accounts.export.models import AccountExport, ExportLink
from portals.accounts.export.queries import ready_of
from portals.accounts.export.rules import LINK
from portals.accounts.models import Account
from portals.signals import announce

SECRET_BYTES = 32


class NothingReady(Exception):
    """No archive of the account can be downloaded now."""


class LinkOver(Exception):
    """The link was used already, is too old, or leads to what is no longer there."""


@dataclass(frozen=True)
class Given:
    """A link as it is shown, once: the secret is not kept."""

    link: ExportLink
    secret: str


@transaction.atomic
def give_link(*, by: Account) -> Given:
    """A new link to the archive that is ready; those given before and not used are worth nothing any more.

    Raises NothingReady.
    """
    ready = ready_of(by)
    if ready is None:
        raise NothingReady
    now = timezone.now()
    ExportLink.objects.filter(export__account=by, used_at=None, expires_at__gt=now).update(expires_at=now)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    link = ExportLink.objects.create(export=ready, digest=_digest(secret), made_at=now, expires_at=now + LINK)
    announce("account.export_link_given", by=by, object_kind="export", object_id=ready.pk)
    return Given(link, secret)


@transaction.atomic
def take(*, by: Account, secret: str) -> AccountExport:
    """Use a link. Of two at the same instant, one gets the archive. Raises LinkOver, for another's link too."""
    now, ready = timezone.now(), ready_of(by)
    if ready is None:
        raise LinkOver
    links = ExportLink.objects.filter(export=ready, digest=_digest(secret), used_at=None, expires_at__gt=now)
    if not links.update(used_at=now):
        raise LinkOver
    announce("account.export_downloaded", by=by, object_kind="export", object_id=ready.pk)
    return ready


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
