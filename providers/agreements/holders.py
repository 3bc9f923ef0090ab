"""How staff find and name a professional."""

from collections.abc import Collection

from django.db.models import Q

from portals.gestion.holders import Holders
from providers.agreements.models import Professional
from providers.agreements.signup import practice_of


def find(number: str) -> list[int]:
    """By RPPS, FINESS, or the number of an agreement."""
    numbered = Q(rpps=number) | Q(finess=number) | Q(agreements__agreement_number=number)
    return list(Professional.objects.filter(numbered).distinct().values_list("pk", flat=True))


def name(ids: Collection[int]) -> dict[int, str]:
    """The practice, or the person's own name."""
    return {professional.pk: practice_of(professional) for professional in Professional.objects.filter(pk__in=ids)}


HOLDERS = Holders(find=find, name=name)
