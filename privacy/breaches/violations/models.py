"""A breach of personal data and what was filed about it. Every breach is here, notified or not (RGPD, art. 33.5)."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from privacy.breaches.models import Incident


class Nature(models.TextChoices):
    CONFIDENTIALITY = "confidentiality", "Confidentialité\u00a0: des données ont été vues ou prises"
    INTEGRITY = "integrity", "Intégrité\u00a0: des données ont été changées"
    AVAILABILITY = "availability", "Disponibilité\u00a0: des données ont été perdues ou bloquées"


class Cause(models.TextChoices):
    OUTSIDE_ON_PURPOSE = "outside_purpose", "Acte externe malveillant"
    OUTSIDE_BY_ACCIDENT = "outside_accident", "Acte externe accidentel"
    INSIDE_ON_PURPOSE = "inside_purpose", "Acte interne malveillant"
    INSIDE_BY_ACCIDENT = "inside_accident", "Acte interne accidentel"
    UNKNOWN = "unknown", "Origine inconnue à ce jour"


class DataCategory(models.TextChoices):
    IDENTITY = "identity", "État civil (nom, prénoms, date de naissance)"
    CONTACT = "contact", "Coordonnées (adresse, téléphone, e-mail)"
    MEMBER_NUMBER = "member_number", "Numéro d’adhérent et de contrat"
    SOCIAL_NUMBER = "social_number", "Numéro de sécurité sociale (NIR)"
    COVER = "cover", "Garanties et droits à la complémentaire santé"
    HEALTH = "health", "Santé (remboursements, prises en charge)"
    BANK = "bank", "Coordonnées bancaires"
    CREDENTIALS = "credentials", "Moyens de connexion"
    DOCUMENTS = "documents", "Pièces et justificatifs"
    MESSAGES = "messages", "Messages échangés"


class PersonCategory(models.TextChoices):
    MEMBERS = "members", "Adhérents"
    DEPENDANTS = "dependants", "Ayants droit"
    CHILDREN = "children", "Mineurs"
    REPRESENTATIVES = "representatives", "Représentants qui ne sont pas assurés"
    EMPLOYEES = "employees", "Salariés des entreprises"
    COMPANY_USERS = "company_users", "Utilisateurs des espaces employeurs"
    PROFESSIONALS = "professionals", "Professionnels de santé"
    DELEGATES = "delegates", "Personnel des cabinets"
    STAFF = "staff", "Personnel de la mutuelle"


class Risk(models.TextChoices):
    """For the rights and freedoms of the persons: it decides whom to tell (RGPD, art. 33.1 and 34.1)."""

    NONE = "none", "Improbable\u00a0: inscription au registre seule"
    LIKELY = "likely", "Un risque\u00a0: notification à la CNIL"
    HIGH = "high", "Un risque élevé\u00a0: notification, et les personnes averties"


class Exemption(models.TextChoices):
    """Why persons need not be told one by one (RGPD, art. 34.3)."""

    UNREADABLE = "unreadable", "Données incompréhensibles pour qui les a (chiffrement), art. 34.3 a"
    RISK_GONE = "risk_gone", "Mesures prises depuis\u00a0: le risque élevé a disparu, art. 34.3 b"
    DISPROPORTIONATE = "disproportionate", "Effort disproportionné\u00a0: communication publique, art. 34.3 c"


def _choices_of(of: type[models.TextChoices], words: str) -> ArrayField:
    field = models.CharField(max_length=20, choices=of.choices)
    return ArrayField(field, verbose_name=words, default=list, blank=True)


class Breach(models.Model):
    """One breach. `aware_at`: when the mutual knew; the 72 hours run from it. No name of a person in any text.

    `told_at`: the decision to tell the persons; `message` is what they read. `exemption` when they are not told.
    `persons_by_category`: how many of the list are of each `PersonCategory`, under "" those whom no space knows any more;
    it stays when the list has gone.
    """

    incident = models.OneToOneField(Incident, on_delete=models.PROTECT, related_name="breach", verbose_name="incident")
    reference = models.CharField("numéro", max_length=20, unique=True)
    is_drill = models.BooleanField("exercice", default=False)
    aware_at = models.DateTimeField("connue le")
    began_at = models.DateTimeField("début des faits", null=True, blank=True)
    ended_at = models.DateTimeField("fin des faits", null=True, blank=True)
    natures = _choices_of(Nature, "nature")
    cause = models.CharField("origine", max_length=20, choices=Cause, blank=True)
    circumstances = models.TextField("ce qui est arrivé", blank=True)
    data_categories = _choices_of(DataCategory, "données concernées")
    person_categories = _choices_of(PersonCategory, "personnes concernées")
    persons_count = models.PositiveIntegerField("nombre de personnes, environ", null=True, blank=True)
    persons_by_category = models.JSONField("nombre de personnes par catégorie", default=dict, blank=True)
    records_count = models.PositiveIntegerField("nombre d’enregistrements, environ", null=True, blank=True)
    consequences = models.TextField("conséquences probables", blank=True)
    measures_taken = models.TextField("mesures prises", blank=True)
    measures_planned = models.TextField("mesures prévues", blank=True)
    processor = models.CharField("sous-traitant en cause", max_length=160, blank=True)
    other_countries = models.CharField("autres pays concernés", max_length=160, blank=True)
    risk = models.CharField("risque", max_length=8, choices=Risk, blank=True)
    risk_reason = models.TextField("pourquoi ce risque", blank=True)
    counted_at = models.DateTimeField("personnes établies le", null=True, blank=True)
    told_at = models.DateTimeField("personnes averties le", null=True, blank=True)
    message = models.TextField("message aux personnes", blank=True)
    exemption = models.CharField("dispense d’avertir", max_length=20, choices=Exemption, blank=True)
    exemption_reason = models.TextField("pourquoi cette dispense", blank=True)
    public_notice = models.TextField("communication publique", blank=True)
    lessons = models.TextField("ce qui change ensuite", blank=True)
    closed_at = models.DateTimeField("close le", null=True, blank=True)

    class Meta:
        verbose_name = "violation de données"
        verbose_name_plural = "violations de données"
        ordering = ["-aware_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(risk__in=["", *Risk.values]), name="breach_risk_is_known"),
            models.CheckConstraint(condition=Q(risk="") | ~Q(risk_reason=""), name="breach_risk_has_its_reason"),
            models.CheckConstraint(
                condition=Q(exemption="") | ~Q(exemption_reason=""), name="breach_exemption_has_its_reason"
            ),
            models.CheckConstraint(
                condition=~Q(exemption="disproportionate") | ~Q(public_notice=""),
                name="breach_disproportionate_is_told_in_public",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("began_at")), name="breach_ends_after_it_began"
            ),
            models.CheckConstraint(condition=Q(told_at=None) | ~Q(message=""), name="breach_is_told_in_words"),
        ]

    def __str__(self) -> str:
        return f"violation {self.pk}"


class Phase(models.TextChoices):
    """The authority takes a file whole, or in phases (RGPD, art. 33.4)."""

    WHOLE = "whole", "Notification complète"
    FIRST = "first", "Notification initiale"
    FURTHER = "further", "Notification complémentaire"


class Filing(models.Model):
    """A file for the authority, as it was prepared: `content` never changes. Deposited when it has its receipt."""

    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="filings")
    rank = models.PositiveSmallIntegerField("rang")
    phase = models.CharField("phase", max_length=8, choices=Phase)
    content = models.JSONField("contenu")
    missing = ArrayField(models.CharField(max_length=20), verbose_name="points à compléter", default=list, blank=True)
    due_at = models.DateTimeField("à déposer avant le")
    late_reason = models.TextField("motif du retard", blank=True)
    prepared_at = models.DateTimeField("préparé le", default=timezone.now)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="préparé par", on_delete=models.PROTECT, related_name="+"
    )
    filed_at = models.DateTimeField("déposé le", null=True, blank=True)
    receipt = models.CharField("n° de récépissé", max_length=60, blank=True)

    class Meta:
        verbose_name = "dossier pour la CNIL"
        verbose_name_plural = "dossiers pour la CNIL"
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["breach", "rank"], name="filing_once_per_rank"),
            models.CheckConstraint(condition=Q(filed_at=None) | ~Q(receipt=""), name="filing_has_its_receipt"),
            # A complement may come later; only what opens the file is late (RGPD, art. 33.1).
            models.CheckConstraint(
                condition=Q(filed_at=None) | Q(phase="further") | Q(filed_at__lte=F("due_at")) | ~Q(late_reason=""),
                name="filing_late_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"dossier {self.pk}"
