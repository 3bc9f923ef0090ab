"""`{% load register %}{% purpose_note form %}`: what the answers of a form serve."""

from collections.abc import Mapping
from typing import Any

from django import forms, template

from portals.declarations import Purpose
from portals.declarations.collection import NoPurpose, purpose_of
from privacy.register.declared import processing_of

register = template.Library()


@register.inclusion_tag("privacy/register/purpose.html")
def purpose_note(form: forms.BaseForm) -> Mapping[str, Any]:
    """`{% purpose_note form %}`: what the answers of a form serve, with the way to the register (CGU-8.1, CGU-8.4)."""
    try:
        purpose = purpose_of(type(form))
    except NoPurpose:  # a form of Django's admin, made on the spot
        return {"processing": None}
    return {"processing": None if purpose == Purpose.OPERATIONS else processing_of(purpose)}
