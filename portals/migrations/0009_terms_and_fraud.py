"""Drafts of the terms, what a version changes, published rows that nothing changes; reports of fraudulent use."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from portals.access.row_security import append_only


class Migration(migrations.Migration):
    dependencies = [("portals", "0008_end_of_access")]

    operations = [
        migrations.CreateModel(
            name="TermsDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="texte (HTML)")),
                ("summary", models.TextField(verbose_name="l’essentiel (HTML)")),
                (
                    "changes",
                    models.TextField(
                        blank=True,
                        help_text="En mots simples. Obligatoire pour publier une nouvelle version.",
                        verbose_name="ce qui change (HTML)",
                    ),
                ),
                (
                    "effective_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Sans date, la version entre en vigueur à sa publication.",
                        null=True,
                        verbose_name="en vigueur le",
                    ),
                ),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="modifié le")),
            ],
            options={
                "verbose_name": "projet de CGU",
                "verbose_name_plural": "projets de CGU",
            },
        ),
        migrations.AddField(
            model_name="termsversion",
            name="changes",
            field=models.TextField(blank=True, default="", verbose_name="ce qui change (HTML)"),
        ),
        migrations.AddConstraint(
            model_name="termsversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("number", 1), models.Q(("changes", ""), _negated=True), _connector="OR"),
                name="terms_tell_what_changes",
            ),
        ),
        append_only("portals_termsversion"),
        migrations.CreateModel(
            name="FraudReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True, verbose_name="numéro")),
                ("received_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="reçu le")),
                ("was_signed_in", models.BooleanField(verbose_name="depuis l’espace")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "Reçu"),
                            ("matched", "Compte bloqué"),
                            ("unmatched", "Aucun compte reconnu"),
                        ],
                        default="received",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("answers_sealed", models.BinaryField(null=True, verbose_name="réponses scellées")),
                ("description_sealed", models.BinaryField(null=True, verbose_name="récit scellé")),
                ("unlock_reason", models.TextField(blank=True, default="", verbose_name="motif du déblocage")),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fraud_reports",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="compte",
                    ),
                ),
            ],
            options={
                "verbose_name": "signalement de fraude",
                "verbose_name_plural": "signalements de fraude",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["received", "matched", "unmatched"])),
                        name="fraud_report_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("account", None), ("state", "matched"), _connector="OR"),
                        name="fraud_report_of_an_account_is_matched",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            "REVOKE DELETE ON portals_fraudreport FROM app", "GRANT DELETE ON portals_fraudreport TO app"
        ),
    ]
