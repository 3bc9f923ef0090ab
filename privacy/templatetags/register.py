"""`{% load register %}{% published_register %}`: the public part of the register, in any page."""

from collections.abc import Mapping
from typing import Any

from django import forms, template

from portals.declarations import Purpose
from portals.declarations.collection import NoPurpose, purpose_of
from privacy.register.declared import processing_of
from privacy.register.kept import EVERYBODY, lines_of
from privacy.register.reuses import reuses
from privacy.retention.published import table

register = template.Library()


@register.inclusion_tag("privacy/register/lines.html")
def published_register() -> Mapping[str, Any]:
    """What is held on anybody, why, for how long and who receives it. No query."""
    return {"lines": lines_of(EVERYBODY), "reuses": reuses(), "table": table()}


@register.inclusion_tag("privacy/register/purpose.html")
def purpose_note(form: forms.BaseForm) -> Mapping[str, Any]:
    """`{% purpose_note form %}`: what the answers of a form serve, with the way to the register (CGU-8.1, CGU-8.4)."""
    try:
        purpose = purpose_of(type(form))
    except NoPurpose:  # a form of Django's admin, made on the spot
        return {"processing": None}
    return {"processing": None if purpose == Purpose.OPERATIONS else processing_of(purpose)}
