"""How staff find and name a household."""

from collections.abc import Collection

from django.db.models import Q

from members.households.models import Household
from portals.gestion.holders import Holders


def find(number: str) -> list[int]:
    """By its member number or the number of one of its policies."""
    of_policy = Q(policies__policy_number=number)
    return list(Household.objects.filter(Q(member_number=number) | of_policy).distinct().values_list("pk", flat=True))


def name(ids: Collection[int]) -> dict[int, str]:
    households = Household.objects.filter(pk__in=ids)
    return {household.pk: f"Foyer n° {household.member_number}" for household in households}


HOLDERS = Holders(find=find, name=name)
