"""What people complete in the register: the sheet of each processing, its recipients, its transfers, its publications."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from privacy.register.declared import CHOICES, RecipientClass

CLASSES = [
    (RecipientClass.STAFF.value, "Collaborateurs habilités"),
    (RecipientClass.PROCESSOR.value, "Sous-traitant (art. 28)"),
    (RecipientClass.PARTNER.value, "Partenaire contractuel ou organisme professionnel"),
    (RecipientClass.AUTHORITY.value, "Autorité"),
]
CODES = [code for code, _title in CHOICES]
NEVER_SOLD = "Une donnée personnelle n’est jamais transmise à titre onéreux\u00a0: le registre refuse cette ligne."


class Sheet(models.Model):
    """What the DPO adds to a processing that the code declares. The rest of its line is never typed."""

    processing = models.CharField("traitement", max_length=24, unique=True, choices=CHOICES)
    measures = models.TextField("mesures de sécurité", blank=True)
    joint_controllers = models.TextField("responsables conjoints", blank=True)
    verified_on = models.DateField("conformité vérifiée le", null=True, blank=True)
    review_on = models.DateField("à revoir le", null=True, blank=True)
    finding = models.TextField("constat de conformité", blank=True)

    class Meta:
        verbose_name = "fiche du registre"
        verbose_name_plural = "fiches du registre"
        constraints = [
            models.CheckConstraint(condition=Q(processing__in=CODES), name="sheet_processing_is_declared"),
            models.CheckConstraint(
                condition=Q(verified_on=None) | Q(review_on__isnull=False), name="sheet_verified_is_reviewed_again"
            ),
        ]

    def __str__(self) -> str:
        return f"fiche {dict(CHOICES).get(self.processing, '')}"


class Recipient(models.Model):
    """Somebody who receives data, in one of four classes. An entity of the group is one like any third party (PDP-1.7)."""

    name = models.CharField("nom", max_length=120, unique=True)
    recipient_class = models.CharField("classe", max_length=10, choices=CLASSES)
    is_of_group = models.BooleanField("entité du groupe", default=False)
    processings = ArrayField(models.CharField(max_length=24, choices=CHOICES), verbose_name="traitements")
    service = models.CharField("service rendu ou motif", max_length=200)
    location = models.CharField("lieu des données", max_length=120)
    is_outside_eu = models.BooleanField("hors de l’Union européenne", default=False)
    safeguards = models.TextField("garanties", blank=True)
    sub_processors = models.TextField("sous-traitants ultérieurs", blank=True)
    contract = models.CharField("contrat", max_length=120, blank=True)
    signed_on = models.DateField("signé le", null=True, blank=True)
    review_on = models.DateField("à revoir le", null=True, blank=True)
    ended_on = models.DateField("terminé le", null=True, blank=True)
    for_money = models.BooleanField("à titre onéreux", default=False)

    class Meta:
        verbose_name = "destinataire"
        verbose_name_plural = "destinataires et sous-traitants"
        constraints = [
            models.CheckConstraint(
                condition=Q(recipient_class__in=[code for code, _label in CLASSES]), name="recipient_is_of_four_classes"
            ),
            models.CheckConstraint(
                condition=Q(for_money=False), name="recipient_never_for_money", violation_error_message=NEVER_SOLD
            ),
            models.CheckConstraint(
                condition=~Q(recipient_class=RecipientClass.PROCESSOR.value)
                | Q(signed_on__isnull=False, review_on__isnull=False) & ~Q(contract="") & ~Q(safeguards=""),
                name="recipient_processor_has_its_contract",
                violation_error_message=(
                    "Un sous-traitant a un contrat (art. 28), sa date, ses garanties et la date de sa revue."
                ),
            ),
            models.CheckConstraint(
                condition=Q(is_outside_eu=False) | ~Q(safeguards=""),
                name="recipient_abroad_has_safeguards",
                violation_error_message="Hors de l’Union européenne, dites les garanties du transfert.",
            ),
            models.CheckConstraint(
                condition=Q(processings__contained_by=CODES), name="recipient_processings_are_declared"
            ),
        ]

    def __str__(self) -> str:
        return f"destinataire {self.name}"


class Ground(models.TextChoices):
    """Why data may leave: nothing leaves outside the contract without consent (PDP-6.1)."""

    CONTRACT = "contract", "Le contrat"
    LAW = "law", "Une obligation légale"
    REQUEST = "request", "La demande d’une autorité"
    CONSENT = "consent", "L’accord de la personne"


class Transfer(models.Model):
    """Data that left, once: to whom, why, what, how many people. Never changed; the rows of the persons are not here."""

    recipient = models.ForeignKey(Recipient, verbose_name="destinataire", on_delete=models.PROTECT)
    processing = models.CharField("traitement", max_length=24, choices=CHOICES)
    ground = models.CharField("fondement", max_length=10, choices=Ground)
    reference = models.CharField(
        "référence", max_length=120, blank=True, help_text="De l’accord donné, ou du texte qui oblige."
    )
    what = models.CharField("données transmises", max_length=200)
    persons = models.PositiveIntegerField("nombre de personnes")
    protection = models.CharField("protection pendant l’envoi", max_length=200)
    sent_on = models.DateField("transmis le")
    for_money = models.BooleanField("à titre onéreux", default=False)
    recorded_at = models.DateTimeField("noté le", default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="noté par", on_delete=models.PROTECT, related_name="+", null=True,
        editable=False,
    )  # fmt: skip

    class Meta:
        verbose_name = "transmission"
        verbose_name_plural = "transmissions"
        ordering = ["-sent_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(for_money=False), name="transfer_never_for_money", violation_error_message=NEVER_SOLD
            ),
            models.CheckConstraint(condition=Q(ground__in=Ground.values), name="transfer_ground_is_known"),
            models.CheckConstraint(condition=Q(processing__in=CODES), name="transfer_processing_is_declared"),
            models.CheckConstraint(
                condition=Q(ground=Ground.CONTRACT) | ~Q(reference=""),
                name="transfer_outside_contract_says_its_ground",
                violation_error_message="Hors du contrat, donnez la référence de l’accord ou du texte qui oblige.",
            ),
            models.CheckConstraint(
                condition=~Q(protection=""),
                name="transfer_is_protected",
                violation_error_message="Dites comment l’envoi est protégé.",
            ),
        ]

    def __str__(self) -> str:
        return f"transmission {self.pk}"


class Publication(models.Model):
    """The register as it was published: frozen, numbered, signed by its author, with what changed since the one before."""

    number = models.PositiveIntegerField("version", unique=True)
    published_at = models.DateTimeField("publiée le", default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="publiée par", on_delete=models.PROTECT, related_name="+"
    )
    content = models.JSONField("contenu")
    changes = models.JSONField("changements", default=list)
    note = models.CharField("objet de la version", max_length=200)

    class Meta:
        verbose_name = "version du registre"
        verbose_name_plural = "versions du registre"
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"registre, version {self.number}"
