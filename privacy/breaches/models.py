"""Security incidents: what fraud reports open (CGU-2.7), what the rules of the rights lookup and the watch over the
journal find (PDP-7.6)."""

from django.db import models
from django.utils import timezone


class Source(models.TextChoices):
    FRAUD_REPORT = "fraud_report", "Signalement d’un titulaire"
    RIGHTS_LOOKUP = "rights_lookup", "Vérification des droits"
    JOURNAL_WATCH = "journal_watch", "Surveillance du journal"


class Kind(models.TextChoices):
    ACCOUNT_MISUSE = "account_misuse", "Usage frauduleux d’un compte"
    LOOKUP_ABUSE = "lookup_abuse", "Vérifications de droits inhabituelles"
    SIGN_IN_BURST = "sign_in_burst", "Rafale de connexions refusées"
    MASS_LOOKS = "mass_looks", "Consultations en nombre inhabituel"
    MASS_EXPORTS = "mass_exports", "Exports en nombre inhabituel"
    NIGHT_EXPORTS = "night_exports", "Exports de nuit"
    BANK_AFTER_EMAIL = "bank_after_email", "Compte bancaire changé après l’adresse e-mail"
    JOURNAL_BROKEN = "journal_broken", "Journal altéré"


class IncidentState(models.TextChoices):
    OPEN = "open", "Ouvert"
    CLOSED = "closed", "Clos"


class Incident(models.Model):
    """One incident. `account_id` is a number and no relation: the incident outlives the account."""

    reference = models.CharField("numéro", max_length=20, unique=True)
    opened_at = models.DateTimeField("ouvert le", default=timezone.now)
    source = models.CharField("origine", max_length=20, choices=Source)
    kind = models.CharField("nature", max_length=20, choices=Kind)
    account_id = models.BigIntegerField("compte", null=True, blank=True, db_index=True)
    state = models.CharField("état", max_length=10, choices=IncidentState, default=IncidentState.OPEN)
    note = models.TextField("note", blank=True)

    class Meta:
        verbose_name = "incident"
        verbose_name_plural = "incidents"
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=IncidentState.values), name="incident_state_is_known")
        ]

    def __str__(self) -> str:
        return f"incident {self.pk}"
