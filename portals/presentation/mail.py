"""E-mails of the portals: text and HTML from one pair of templates, and a link to the site."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse


def compose(
    *, to: str, subject: str, template: str, space: str, path: str, context: Mapping[str, Any] | None = None
) -> EmailMultiAlternatives:
    """A message to one address. Nothing personal goes into the subject.

    `template` is the path of the pair without its extension; `path` follows the site's address.
    """
    values = {
        "organisation": settings.ORGANISATION_FACTS,
        "space": space,
        "url": settings.SITE_ADDRESS.rstrip("/") + path,
        "fraud_url": settings.SITE_ADDRESS.rstrip("/") + reverse("portals:fraud"),
        **(context or {}),
    }
    message = EmailMultiAlternatives(subject, render_to_string(f"{template}.txt", values).strip() + "\n", to=[to])
    message.attach_alternative(render_to_string(f"{template}.html", values), "text/html")
    return message
