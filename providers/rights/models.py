"""What a practice has asked, without saying of whom."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from providers.agreements.models import Professional


class RightsLookup(models.Model):
    """One question that was answered, found or not. Written once, never changed.

    No name and no member number: `number_key` and `date_key` are keyed fingerprints, which tell that two questions
    were about the same number or the same date of birth, and nothing else. `account_id` is a number and no relation.
    """

    professional = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")
    account_id = models.BigIntegerField("compte")
    at = models.DateTimeField("posée le", default=timezone.now)
    reference = models.CharField("n° de réponse", max_length=20)
    on_day = models.DateField("pour des soins du")
    found = models.BooleanField("droits trouvés")
    number_key = models.BinaryField("empreinte du numéro", max_length=32)
    date_key = models.BinaryField("empreinte de la date", max_length=32, null=True, blank=True)

    class Meta:
        verbose_name = "vérification de droits"
        verbose_name_plural = "vérifications de droits"
        constraints = [
            models.UniqueConstraint(fields=["professional", "reference"], name="rights_lookup_reference"),
        ]
        indexes = [
            models.Index(fields=["professional", "at"], name="rights_lookup_professional"),
            models.Index(
                fields=["professional", "number_key", "at"], condition=Q(found=False), name="rights_lookup_number"
            ),
            models.Index(
                fields=["professional", "date_key", "at"], condition=Q(found=False), name="rights_lookup_date"
            ),
            models.Index(fields=["professional", "at"], condition=Q(found=False), name="rights_lookup_missed"),
        ]

    def __str__(self) -> str:
        return f"vérification {self.pk}"
