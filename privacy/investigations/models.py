"""Files, whom they are about, what was done and found. Every word and name is sealed under the key of the file.

Row-level security lets nobody read them without the context of their wall (`walls`): neither a page of staff, nor a job,
nor `isolation.system()`. When a file is purged its key goes, and what remains says nothing of anybody.
"""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from portals.access.reference import ALPHABET
from portals.accounts.models import Space
from portals.documents.models import StoredFile, Upload

DRAWN = 6


class Kind(models.TextChoices):
    """The two walls."""

    FRAUD = "fraud", "Fraude"
    FINANCIAL_CRIME = "financial_crime", "Blanchiment et financement du terrorisme"


class Origin(models.TextChoices):
    FRAUD_REPORT = "fraud_report", "Signalement d’un titulaire"
    INCIDENT = "incident", "Incident de sécurité"
    STAFF = "staff", "Constat du personnel"
    PARTNER = "partner", "Organisme partenaire"
    SCREENING = "screening", "Alerte de vigilance"
    AUTHORITY = "authority", "Autorité"


class State(models.TextChoices):
    OPEN = "open", "Ouvert"
    CLOSED = "closed", "Clos"
    PURGED = "purged", "Détruit"


class Decision(models.TextChoices):
    """How a file ends: the first four of a fraud, the others of vigilance."""

    NO_FOLLOW_UP = "no_follow_up", "Sans suite"
    RECOVERY = "recovery", "Récupération des sommes"
    COMPLAINT = "complaint", "Plainte"
    COURT = "court", "Action en justice"
    NO_SUSPICION = "no_suspicion", "Soupçon levé"
    WATCHED = "watched", "Vigilance renforcée"
    DECLARED = "declared", "Soupçon déclaré"


DECISIONS = {
    Kind.FRAUD: (Decision.NO_FOLLOW_UP, Decision.RECOVERY, Decision.COMPLAINT, Decision.COURT),
    Kind.FINANCIAL_CRIME: (Decision.NO_SUSPICION, Decision.WATCHED, Decision.DECLARED),
}


def new_reference() -> str:
    """Drawn: it tells nobody how many files there are, nor of which kind this one is."""
    return f"DE-{timezone.localdate():%y%m%d}-{''.join(secrets.choice(ALPHABET) for _ in range(DRAWN))}"


class Investigation(models.Model):
    """The cover of a file: what the data protection officer may see of it. No word, no name.

    `purge_on`: the day on which it is destroyed, unless one of its holds stands; None while it is open, and while the
    relation with one of the persons goes on when the law counts from its end (`rules.purge_day`).
    """

    reference = models.CharField("numéro", max_length=20, unique=True, default=new_reference)
    kind = models.CharField("nature", max_length=16, choices=Kind)
    origin = models.CharField("origine", max_length=16, choices=Origin)
    origin_reference = models.CharField("numéro à l’origine", max_length=40, blank=True)
    state = models.CharField("état", max_length=8, choices=State, default=State.OPEN)
    opened_at = models.DateTimeField("ouvert le", default=timezone.now)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="ouvert par", on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField("clos le", null=True, blank=True)
    purge_on = models.DateField("à détruire le", null=True, blank=True)
    purged_at = models.DateTimeField("détruit le", null=True, blank=True)

    class Meta:
        verbose_name = "dossier d’enquête"
        verbose_name_plural = "dossiers d’enquête"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="investigation_kind_is_known"),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None, purge_on=None, purged_at=None)
                | Q(state="closed", closed_at__isnull=False, purged_at=None)
                | Q(state="purged", closed_at__isnull=False, purged_at__isnull=False),
                name="investigation_state_has_its_instants",
            ),
        ]

    def __str__(self) -> str:
        return f"dossier {self.pk}"


class CaseSubject(models.Model):
    """Whom a file is about: an insured person, an account, a company, a professional. The name is sealed, as it was then.

    `subject_id`: the number in the space (person, company, professional); None for an account alone.
    """

    case = models.ForeignKey(Investigation, on_delete=models.PROTECT, related_name="subjects")
    space = models.CharField("espace", max_length=16, choices=Space)
    tenant_id = models.BigIntegerField("foyer, entreprise ou professionnel", null=True, blank=True)
    subject_id = models.BigIntegerField("personne, entreprise ou professionnel", null=True, blank=True)
    account_id = models.BigIntegerField("compte", null=True, blank=True)
    name_sealed = models.BinaryField("nom scellé")
    added_at = models.DateTimeField("ajouté le", default=timezone.now)

    class Meta:
        verbose_name = "personne d’un dossier d’enquête"
        verbose_name_plural = "personnes des dossiers d’enquête"
        constraints = [
            models.CheckConstraint(
                condition=Q(subject_id__isnull=False) | Q(account_id__isnull=False), name="case_subject_is_somebody"
            ),
            models.UniqueConstraint(
                fields=["case", "space", "subject_id", "account_id"], name="case_subject_once", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"personne {self.pk}"


class StepKind(models.TextChoices):
    OPENED = "opened", "Dossier ouvert"
    NOTED = "noted", "Note"
    WATCHED = "watched", "Vigilance"
    SUBJECT = "subject", "Personne ajoutée"
    RECEIVED = "received", "Pièce versée"
    RELEASED = "released", "Pièce sortie de quarantaine"
    DISCARDED = "discarded", "Copie lisible écartée"
    READ = "read", "Pièce lue"
    MEASURE = "measure", "Mesure prise"
    HELD = "held", "Données conservées"
    LET_GO = "let_go", "Conservation levée"
    FLAGGED = "flagged", "Alerte confirmée"
    DECLARED = "declared", "Déclaration de soupçon"
    EXPORTED = "exported", "Dossier remis"
    DECIDED = "decided", "Décision"
    PURGED = "purged", "Dossier détruit"


class CaseStep(models.Model):
    """One line of the timeline, written once. `exhibit`: the number of the piece of evidence; `code`: of a decision."""

    case = models.ForeignKey(Investigation, on_delete=models.PROTECT, related_name="steps")
    at = models.DateTimeField("instant", default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="par", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    kind = models.CharField("étape", max_length=10, choices=StepKind)
    code = models.CharField("décision", max_length=16, choices=Decision, blank=True)
    exhibit = models.PositiveIntegerField("pièce", null=True, blank=True)
    words_sealed = models.BinaryField("précisions scellées", null=True, blank=True)

    class Meta:
        verbose_name = "étape d’un dossier d’enquête"
        verbose_name_plural = "étapes des dossiers d’enquête"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=StepKind.values), name="case_step_kind_is_known"),
            models.CheckConstraint(
                condition=Q(kind="decided", code__in=Decision.values) | (~Q(kind="decided") & Q(code="")),
                name="case_step_decides_something",
            ),
        ]

    def __str__(self) -> str:
        return f"étape {self.pk}"


class Exhibit(models.Model):
    """A piece of evidence. `original`: its bytes as they came, sealed, never opened on a page; `sha256` is theirs.

    `upload`: a copy made harmless, to be read once it is out of quarantine; None when it was discarded.
    """

    case = models.ForeignKey(Investigation, on_delete=models.PROTECT, related_name="exhibits")
    number = models.PositiveIntegerField("pièce")
    label_sealed = models.BinaryField("intitulé scellé")
    original = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    upload = models.OneToOneField(Upload, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    extension = models.CharField("extension", max_length=5)
    sha256 = models.CharField("empreinte SHA-256", max_length=64)
    size = models.PositiveBigIntegerField("taille en octets")
    received_at = models.DateTimeField("versée le", default=timezone.now)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="versée par", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "pièce d’un dossier d’enquête"
        verbose_name_plural = "pièces des dossiers d’enquête"
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="exhibit_number_once"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="exhibit_sha256_is_hex"),
        ]

    def __str__(self) -> str:
        return f"pièce {self.pk}"


class SuspicionReport(models.Model):
    """That a suspicion was declared to the intelligence unit (code monétaire et financier, art. L. 561-15). Nothing is sent
    from here: who declared it, when, under which number, and nobody outside this wall may know (art. L. 561-18)."""

    case = models.ForeignKey(Investigation, on_delete=models.PROTECT, related_name="declarations")
    declared_on = models.DateField("déclarée le")
    reference_sealed = models.BinaryField("numéro scellé")
    recorded_at = models.DateTimeField("notée le", default=timezone.now)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="notée par", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "déclaration de soupçon"
        verbose_name_plural = "déclarations de soupçon"

    def __str__(self) -> str:
        return f"déclaration {self.pk}"
