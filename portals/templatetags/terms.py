"""`{% load terms %}`: the evidence of an acceptance, for the PDF and for staff."""

from django import template

from portals.terms.history import evidence

register = template.Library()
register.filter("evidence", evidence)
