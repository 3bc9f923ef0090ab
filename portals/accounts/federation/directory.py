"""Which identity providers are configured, for which space, and how each space recognises whom they vouch for.

Nothing is configured by default: without a client number in the settings, no button shows and no address answers.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from portals.accounts.models import Space

type Claims = Mapping[str, Any]
"""What the provider says of the person, by the names of OpenID Connect."""


@dataclass(frozen=True)
class IdentityProvider:
    """A provider that an operator configured. `code` is its `provider_id` in allauth and in addresses."""

    code: str
    name: str
    space: Space


@dataclass(frozen=True)
class Recognition:
    """How a space knows whom a provider vouches for.

    `is_subject(claims, subject_id)` says whether the claims are those of this person or professional; it runs with
    the rows of the account's own tenant in sight. `subject_of(claims)` finds the one whom they designate without a
    doubt, with every row in sight; None when nothing in them is unique to one person.
    """

    is_subject: Callable[[Claims, int], bool]
    subject_of: Callable[[Claims], int | None]


_recognitions: dict[str, Recognition] = {}


def register(space: Space, recognition: Recognition) -> None:
    """Tell how `space` recognises. Called once per space, from `AppConfig.ready`."""
    _recognitions[space] = recognition


def recognition_of(space: str) -> Recognition | None:
    return _recognitions.get(space)


def configured(space: str | None = None) -> list[IdentityProvider]:
    """The providers that are configured, those of one space when it is named."""
    providers: dict[str, dict[str, Any]] = settings.SOCIALACCOUNT_PROVIDERS
    apps = providers["openid_connect"]["APPS"]
    found = [IdentityProvider(app["provider_id"], app["name"], Space(app["settings"]["space"])) for app in apps]
    return [provider for provider in found if space is None or provider.space == space]


def provider_named(code: str) -> IdentityProvider | None:
    return next((provider for provider in configured() if provider.code == code), None)
