"""The account of a company that is in force, with the SEPA mandate that goes with it."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from employers.companies.models import Company


class CompanyAccount(models.Model):
    """One account for a company. Its IBAN is sealed under `company:<id>`; changes are `portals.banking.BankChange`.

    `mandate_number` (RUM, 35 signs at most) is new with each account: banks refuse a mandate that changes of debtor.
    """

    company = models.OneToOneField(Company, on_delete=models.PROTECT, related_name="bank_account")
    iban_sealed = models.BinaryField("IBAN scellé")
    since = models.DateTimeField("en service depuis le", default=timezone.now)
    mandate_number = models.CharField("référence unique du mandat", max_length=35, unique=True)

    class Meta:
        verbose_name = "compte bancaire d’entreprise"
        verbose_name_plural = "comptes bancaires d’entreprises"
        constraints = [
            models.CheckConstraint(condition=Q(mandate_number__regex=r"^[A-Z0-9-]+$"), name="company_mandate_is_plain")
        ]

    def __str__(self) -> str:
        return f"compte bancaire d’entreprise {self.pk}"
