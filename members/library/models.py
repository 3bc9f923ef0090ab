"""The enforceable documents (CGU-3.3): each dated version, as it was published, and for whom it holds."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from members.coverage.models import Plan
from portals.documents.models import StoredFile
from portals.history import track


class DocumentKind(models.TextChoices):
    """In the order in which one text prevails over the next."""

    STATUTES = "statutes", "Statuts"
    INTERNAL_RULES = "internal_rules", "Règlement intérieur"
    MUTUAL_RULES = "mutual_rules", "Règlement mutualiste"
    CONTRACT_TERMS = "contract_terms", "Conditions du contrat"
    NOTICE = "notice", "Notice d’information"
    OTHER = "other", "Autre document remis à l’adhésion"


@track()
class LegalDocument(models.Model):
    """One version of a text, in force from `valid_from` to `valid_to` included (None: until another replaces it).

    It holds for everybody, or for one plan, or for one group contract (by number). The file and what it holds for never
    change: a correction is another version.
    """

    kind = models.CharField("nature", max_length=20, choices=DocumentKind)
    title = models.CharField("titre", max_length=120)
    version = models.CharField("version", max_length=20, help_text="Par exemple V-01-2025.")
    plan = models.ForeignKey(
        Plan, verbose_name="formule", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        help_text="Vide\u00a0: pour toutes les formules.",
    )  # fmt: skip
    group_contract = models.CharField(
        "contrat collectif", max_length=40, blank=True, help_text="Vide\u00a0: pour tous les contrats."
    )
    valid_from = models.DateField("en vigueur du")
    valid_to = models.DateField("au", null=True, blank=True)
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="legal_document")
    published_at = models.DateTimeField("publié le", default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="publié par", on_delete=models.PROTECT, null=True, blank=True,
        related_name="+",
    )  # fmt: skip

    class Meta:
        verbose_name = "document opposable"
        verbose_name_plural = "documents opposables"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "plan", "group_contract", "title", "version"],
                name="legal_document_natural_key",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=Q(kind__in=DocumentKind.values), name="legal_document_kind_is_known"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")),
                name="legal_document_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["plan", "valid_from"], name="legal_document_plan")]

    def __str__(self) -> str:
        return f"document opposable {self.pk}"

    @property
    def kilobytes(self) -> int:
        """The size of the file, rounded up."""
        return -(-self.file.size // 1000)
