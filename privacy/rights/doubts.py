"""What doubts about who asks leave: suspensions of the delay, proofs, and links for those who have no account."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from portals.documents.models import Upload
from privacy.rights.models import RightsRequest


class RightsPause(models.Model):
    """A reasonable doubt on who asks: the delay is suspended from `began_on` until the proof comes. The reason is told."""

    request = models.ForeignKey(RightsRequest, on_delete=models.PROTECT, related_name="pauses")
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    began_on = models.DateField("depuis le")
    ended_on = models.DateField("jusqu’au", null=True, blank=True)
    reason = models.TextField("raison du doute")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="décidée par", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "suspension de délai"
        verbose_name_plural = "suspensions de délai"
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="rights_pause_has_a_reason"),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("began_on")), name="rights_pause_ends_after_start"
            ),
            models.UniqueConstraint(fields=["request"], condition=Q(ended_on=None), name="rights_pause_one_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"suspension {self.pk}"


class ProofKind(models.TextChoices):
    IDENTITY = "identity", "Identité"
    QUALITY = "quality", "Qualité pour agir"


class RightsProof(models.Model):
    """A proof of identity or of quality. Once checked, the document and its key are gone: this row says that they were."""

    request = models.ForeignKey(RightsRequest, on_delete=models.PROTECT, related_name="proofs")
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    kind = models.CharField("nature", max_length=8, choices=ProofKind)
    upload = models.OneToOneField(
        Upload, verbose_name="document", on_delete=models.PROTECT, null=True, blank=True, related_name="rights_proof"
    )
    received_on = models.DateField("reçu le")
    checked_at = models.DateTimeField("vérifié et détruit le", null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="vérifié par", on_delete=models.PROTECT, related_name="+", null=True,
        blank=True,
    )  # fmt: skip
    was_accepted = models.BooleanField("convient", null=True, blank=True)

    class Meta:
        verbose_name = "justificatif de demande"
        verbose_name_plural = "justificatifs de demandes"
        constraints = [
            models.CheckConstraint(
                condition=Q(checked_at=None, upload__isnull=False) | Q(checked_at__isnull=False, upload=None),
                name="rights_proof_destroyed_once_checked",
            )
        ]

    def __str__(self) -> str:
        return f"justificatif {self.pk}"


class LinkUse(models.TextChoices):
    CONFIRM = "confirm", "Confirmer la demande"
    PROOF = "proof", "Envoyer un justificatif"
    ANSWER = "answer", "Lire la réponse"
    FOLLOW = "follow", "Lire où en est la demande"


class RightsLink(models.Model):
    """A link of single use for somebody without an account. Its secret is derived from the reference, kept nowhere."""

    request = models.ForeignKey(RightsRequest, on_delete=models.PROTECT, related_name="links")
    reference = models.CharField("référence", max_length=32, unique=True)
    use = models.CharField("usage", max_length=8, choices=LinkUse)
    expires_at = models.DateTimeField("jusqu’au")
    used_at = models.DateTimeField("utilisé le", null=True, blank=True)

    class Meta:
        verbose_name = "lien de demande"
        verbose_name_plural = "liens de demandes"
        constraints = [models.CheckConstraint(condition=Q(use__in=LinkUse.values), name="rights_link_use_is_known")]

    def __str__(self) -> str:
        return f"lien {self.pk}"
