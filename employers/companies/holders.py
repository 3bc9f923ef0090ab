"""How staff find and name a company."""

from collections.abc import Collection

from django.db.models import Q

from employers.companies.models import Company
from portals.gestion.holders import Holders


def find(number: str) -> list[int]:
    """By its SIRET or the number of one of its contracts."""
    of_contract = Q(contracts__contract_number=number)
    return list(Company.objects.filter(Q(siret=number) | of_contract).distinct().values_list("pk", flat=True))


def name(ids: Collection[int]) -> dict[int, str]:
    return {company.pk: f"{company.name}, SIRET {company.siret}" for company in Company.objects.filter(pk__in=ids)}


HOLDERS = Holders(find=find, name=name)
