"""The link by which one leaves a list, without signing in: a signed number, which says nothing of the person."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

SALT = "privacy.campaigns.unsubscribe"


class DeadLink(ValueError):
    """Not a link of ours."""


def token_of(message_id: int) -> str:
    """It does not lapse: one leaves a list whenever one wishes to."""
    return signing.dumps(message_id, salt=SALT)


def message_id_of(token: str) -> int:
    """Raises DeadLink."""
    try:
        value = signing.loads(token, salt=SALT)
    except signing.BadSignature as error:
        raise DeadLink from error
    if not isinstance(value, int):
        raise DeadLink
    return value


def address_of(message_id: int) -> str:
    """The whole address, for an e-mail and its headers."""
    return settings.SITE_ADDRESS.rstrip("/") + reverse("privacy:unsubscribe", args=[token_of(message_id)])
