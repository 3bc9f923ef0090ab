"""The third parties to which somebody may have their data sent directly: those that the organisation has agreed with."""

import ssl
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class Recipient:
    """Where portable data is posted. `authority`: a file of certificates, when public ones do not vouch for it."""

    code: str
    name: str
    url: str
    token: str = field(repr=False)
    authority: str = ""

    def __post_init__(self) -> None:
        if urlsplit(self.url).scheme != "https" or not self.token:
            raise ImproperlyConfigured(f"The recipient {self.code} needs an https address and a token.")

    @property
    def context(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.authority or None)


def recipients() -> dict[str, Recipient]:
    """By code, in the order of `settings.DATA_RECIPIENTS`. Raises ImproperlyConfigured."""
    return _read(tuple(tuple(sorted(one.items())) for one in settings.DATA_RECIPIENTS))


@cache
def _read(told: tuple[tuple[tuple[str, str], ...], ...]) -> dict[str, Recipient]:
    found = [Recipient(**dict(one)) for one in told]
    return {recipient.code: recipient for recipient in found}
