"""Security incidents, opened by the fraud reports of account holders."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("privacy", "0002_for_whom")]

    operations = [
        migrations.CreateModel(
            name="Incident",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True, verbose_name="numéro")),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="ouvert le")),
                (
                    "source",
                    models.CharField(
                        choices=[("fraud_report", "Signalement d’un titulaire")],
                        max_length=20,
                        verbose_name="origine",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("account_misuse", "Usage frauduleux d’un compte")],
                        max_length=20,
                        verbose_name="nature",
                    ),
                ),
                ("account_id", models.BigIntegerField(blank=True, db_index=True, null=True, verbose_name="compte")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Ouvert"), ("closed", "Clos")],
                        default="open",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
            ],
            options={
                "verbose_name": "incident",
                "verbose_name_plural": "incidents",
                "ordering": ["-opened_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "closed"])), name="incident_state_is_known"
                    )
                ],
            },
        ),
        migrations.RunSQL("REVOKE DELETE ON privacy_incident FROM app", "GRANT DELETE ON privacy_incident TO app"),
    ]
