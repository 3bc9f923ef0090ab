"""Medical cases as the portals know them, and the schema `vault`, which they write into and never read."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from portals.access.row_security import append_only, open_to_staff
from privacy.vault.schema import CREATE, DROP, WALLS, WALLS_BACK


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0012_breaches"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="incident",
            name="kind",
            field=models.CharField(
                choices=[
                    ("account_misuse", "Usage frauduleux d’un compte"),
                    ("lookup_abuse", "Vérifications de droits inhabituelles"),
                    ("sign_in_burst", "Rafale de connexions refusées"),
                    ("mass_looks", "Consultations en nombre inhabituel"),
                    ("mass_exports", "Exports en nombre inhabituel"),
                    ("night_exports", "Exports de nuit"),
                    ("bank_after_email", "Compte bancaire changé après l’adresse e-mail"),
                    ("journal_broken", "Journal altéré"),
                    ("vault_exposed", "Coffre médical lisible par d’autres"),
                    ("misdirected", "Envoi au mauvais destinataire"),
                    ("loss", "Perte ou vol d’un appareil ou d’un document"),
                    ("intrusion", "Intrusion ou programme malveillant"),
                    ("unavailable", "Données perdues ou inaccessibles"),
                    ("processor", "Violation chez un sous-traitant"),
                    ("other", "Autre"),
                ],
                max_length=20,
                verbose_name="nature",
            ),
        ),
        migrations.AlterField(
            model_name="incident",
            name="source",
            field=models.CharField(
                choices=[
                    ("fraud_report", "Signalement d’un titulaire"),
                    ("rights_lookup", "Vérification des droits"),
                    ("journal_watch", "Surveillance du journal"),
                    ("staff", "Signalement du personnel"),
                    ("vault_watch", "Surveillance du coffre médical"),
                ],
                max_length=20,
                verbose_name="origine",
            ),
        ),
        migrations.CreateModel(
            name="MedicalCase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=16, unique=True, verbose_name="référence")),
                (
                    "cover",
                    models.CharField(
                        choices=[
                            ("disability", "Incapacité et invalidité"),
                            ("death", "Décès"),
                            ("loan", "Emprunt"),
                            ("letter", "Courrier au médecin-conseil"),
                        ],
                        max_length=12,
                        verbose_name="objet",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "À compléter"),
                            ("sent", "Chez le médecin-conseil"),
                            ("decided", "Réponse rendue"),
                            ("withdrawn", "Accord retiré"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("answers", models.PositiveSmallIntegerField(default=0, verbose_name="version du questionnaire")),
                ("documents", models.PositiveSmallIntegerField(default=0, verbose_name="pièces")),
                ("begun_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="commencé le")),
                ("sent_at", models.DateTimeField(null=True, verbose_name="envoyé le")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="répondu le")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accept", "Acceptée"),
                            ("exclude", "Acceptée avec exclusion"),
                            ("postpone", "Ajournée"),
                            ("refuse", "Refusée"),
                            ("answered", "Réponse envoyée"),
                        ],
                        max_length=10,
                        verbose_name="réponse",
                    ),
                ),
                ("cover_ended_on", models.DateField(null=True, verbose_name="fin de la garantie")),
                ("copy_asked_at", models.DateTimeField(null=True, verbose_name="copie demandée le")),
                ("copy_given_at", models.DateTimeField(null=True, verbose_name="copie remise le")),
                ("erase_on", models.DateField(null=True, verbose_name="effacement prévu le")),
                ("erased_at", models.DateTimeField(null=True, verbose_name="effacé le")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="medical_cases",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="compte",
                    ),
                ),
            ],
            options={
                "verbose_name": "dossier médical",
                "verbose_name_plural": "dossiers médicaux",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["state", "sent_at"], name="medical_queue"),
                    models.Index(
                        condition=models.Q(("erased_at", None)), fields=["erase_on"], name="medical_retention"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("cover__in", ["disability", "death", "loan", "letter"])),
                        name="medical_cover_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "sent", "decided", "withdrawn"])),
                        name="medical_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("outcome", "")),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("outcome__in", ["accept", "exclude", "postpone", "refuse", "answered"]),
                            ),
                            _connector="OR",
                        ),
                        name="medical_outcome_at_an_instant",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MedicalConsent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("given", models.BooleanField(verbose_name="donné")),
                ("number", models.PositiveSmallIntegerField(verbose_name="version du texte")),
                ("text", models.TextField(verbose_name="texte montré")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="instant")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="consents", to="privacy.medicalcase"
                    ),
                ),
            ],
            options={
                "verbose_name": "accord pour des informations de santé",
                "verbose_name_plural": "accords pour des informations de santé",
                "ordering": ["id"],
            },
        ),
        migrations.RunSQL(WALLS, WALLS_BACK),
        open_to_staff("privacy_medicalcase"),
        append_only("privacy_medicalconsent"),
        migrations.RunSQL(CREATE, DROP),
    ]
