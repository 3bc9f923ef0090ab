"""Security incidents: what fraud reports open (CGU-2.7), what the rules of the rights lookup and the watch over the
journal find (PDP-7.6), what staff report; and their timeline (PDP-7.7)."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Source(models.TextChoices):
    FRAUD_REPORT = "fraud_report", "Signalement d’un titulaire"
    RIGHTS_LOOKUP = "rights_lookup", "Vérification des droits"
    JOURNAL_WATCH = "journal_watch", "Surveillance du journal"
    STAFF = "staff", "Signalement du personnel"
    VAULT_WATCH = "vault_watch", "Surveillance du coffre médical"


class Kind(models.TextChoices):
    ACCOUNT_MISUSE = "account_misuse", "Usage frauduleux d’un compte"
    LOOKUP_ABUSE = "lookup_abuse", "Vérifications de droits inhabituelles"
    SIGN_IN_BURST = "sign_in_burst", "Rafale de connexions refusées"
    MASS_LOOKS = "mass_looks", "Consultations en nombre inhabituel"
    MASS_EXPORTS = "mass_exports", "Exports en nombre inhabituel"
    NIGHT_EXPORTS = "night_exports", "Exports de nuit"
    BANK_AFTER_EMAIL = "bank_after_email", "Compte bancaire changé après l’adresse e-mail"
    JOURNAL_BROKEN = "journal_broken", "Journal altéré"
    VAULT_EXPOSED = "vault_exposed", "Coffre médical lisible par d’autres"
    MISDIRECTED = "misdirected", "Envoi au mauvais destinataire"
    LOSS = "loss", "Perte ou vol d’un appareil ou d’un document"
    INTRUSION = "intrusion", "Intrusion ou programme malveillant"
    UNAVAILABLE = "unavailable", "Données perdues ou inaccessibles"
    PROCESSOR = "processor", "Violation chez un sous-traitant"
    OTHER = "other", "Autre"


REPORTED = (
    Kind.MISDIRECTED, Kind.LOSS, Kind.INTRUSION, Kind.ACCOUNT_MISUSE, Kind.UNAVAILABLE, Kind.PROCESSOR, Kind.OTHER,
)  # fmt: skip
"""What staff choose from."""


class Severity(models.TextChoices):
    """The four degrees that the authority's own scale has."""

    NEGLIGIBLE = "negligible", "Négligeable"
    LIMITED = "limited", "Limitée"
    SIGNIFICANT = "significant", "Importante"
    MAXIMUM = "maximum", "Maximale"


class IncidentState(models.TextChoices):
    OPEN = "open", "Ouvert"
    CLOSED = "closed", "Clos"


class Incident(models.Model):
    """One incident. Accounts are numbers and no relations: the incident outlives them.

    `account_id` is the account it was found on, `suspects` those whose doings are in question. `is_drill`: an exercise,
    which stops nothing and reaches nobody.
    """

    reference = models.CharField("numéro", max_length=20, unique=True)
    opened_at = models.DateTimeField("ouvert le", default=timezone.now)
    source = models.CharField("origine", max_length=20, choices=Source)
    kind = models.CharField("nature", max_length=20, choices=Kind)
    account_id = models.BigIntegerField("compte", null=True, blank=True, db_index=True)
    suspects = ArrayField(models.BigIntegerField(), verbose_name="comptes en cause", default=list, blank=True)
    severity = models.CharField("gravité", max_length=12, choices=Severity, blank=True)
    state = models.CharField("état", max_length=10, choices=IncidentState, default=IncidentState.OPEN)
    note = models.TextField("note", blank=True)
    is_drill = models.BooleanField("exercice", default=False)

    class Meta:
        verbose_name = "incident"
        verbose_name_plural = "incidents"
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=IncidentState.values), name="incident_state_is_known"),
            models.CheckConstraint(condition=Q(severity__in=["", *Severity.values]), name="incident_severity_is_known"),
        ]

    def __str__(self) -> str:
        return f"incident {self.pk}"


class StepKind(models.TextChoices):
    OPENED = "opened", "Incident ouvert"
    QUALIFIED = "qualified", "Gravité évaluée"
    NOTED = "noted", "Note"
    ASKED = "asked", "Arrêt demandé à la sécurité"
    CONTAINED = "contained", "Mesure prise"
    BREACH = "breach", "Violation inscrite au registre"
    DESCRIBED = "described", "Violation décrite"
    ASSESSED = "assessed", "Risque évalué"
    COUNTED = "counted", "Personnes concernées établies"
    PREPARED = "prepared", "Dossier préparé"
    FILED = "filed", "Dossier déposé à la CNIL"
    TOLD = "told", "Personnes averties"
    EXEMPTED = "exempted", "Personnes non averties"
    POSTED = "posted", "Lettres postées"
    CLOSED = "closed", "Clôture"


class IncidentStep(models.Model):
    """One line of the timeline. Written once, never changed. `by` is empty for what rules did by themselves."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="steps")
    at = models.DateTimeField("instant", default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="par", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    kind = models.CharField("étape", max_length=10, choices=StepKind)
    words = models.TextField("précisions", blank=True)

    class Meta:
        verbose_name = "étape d’un incident"
        verbose_name_plural = "étapes des incidents"
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=StepKind.values), name="incident_step_kind_is_known")
        ]

    def __str__(self) -> str:
        return f"étape {self.pk}"
