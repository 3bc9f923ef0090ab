"""Who has verified a person's rights, as the person reads it in their space."""

from django.db import models
from django.utils import timezone

from members.households.models import Household, Person


class RightsLook(models.Model):
    """A professional was shown the card of a person for a day of care. Written once, never changed.

    The practice is named by what it was called then: the member space reads nothing of the professionals' own tables.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("vérifiés le", default=timezone.now)
    on_day = models.DateField("pour des soins du")
    reference = models.CharField("n° de réponse", max_length=20)
    practice_name = models.CharField("cabinet", max_length=170)
    profession = models.CharField("profession", max_length=60)
    place = models.CharField("commune", max_length=80)

    class Meta:
        verbose_name = "vérification de droits"
        verbose_name_plural = "vérifications de droits"
        indexes = [models.Index(fields=["person", "-at", "-id"], name="rights_look_person")]

    def __str__(self) -> str:
        return f"vérification {self.pk}"
