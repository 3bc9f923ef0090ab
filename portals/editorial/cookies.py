"""Every cookie that the site sets. A test compares this list with each `Set-Cookie` of the site and each line that sets one."""

from dataclasses import dataclass

from django.conf import settings

AUDIENCE_CHOICE = "audience"
REFUSED, ACCEPTED = "refusee", "acceptee"
"""The cookie that keeps a choice, and its only values: it names nobody."""


@dataclass(frozen=True)
class Cookie:
    """A cookie that the site sets, why and when. All of them last as long as the connection (CGU-8.14)."""

    name: str
    purpose: str
    when: str


def site_cookies() -> tuple[Cookie, ...]:
    """The cookies of this site, in the order in which one meets them."""
    return (
        Cookie(
            settings.CSRF_COOKIE_NAME,
            "Vérifier que les formulaires envoyés viennent bien de vous",
            "Sur une page qui porte un formulaire",
        ),
        Cookie(settings.SESSION_COOKIE_NAME, "Vous garder connecté d’une page à l’autre", "Quand vous vous connectez"),
        Cookie(
            AUDIENCE_CHOICE,
            "Garder votre choix d’être compté ou non dans l’audience",
            "Quand vous choisissez, sur cette page",
        ),
    )
