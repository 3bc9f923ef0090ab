import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from portals.access.row_security import isolate


class Migration(migrations.Migration):
    dependencies = [
        ("employers", "0006_workforce"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="EmployeeFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=32, unique=True, verbose_name="référence")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reading", "Lecture en cours"),
                            ("ready", "À relire"),
                            ("affiliating", "Affiliation en cours"),
                            ("refused", "Refusé"),
                        ],
                        default="reading",
                        max_length=12,
                        verbose_name="état",
                    ),
                ),
                ("name_sealed", models.BinaryField(verbose_name="nom du fichier scellé")),
                ("content_sealed", models.BinaryField(verbose_name="contenu scellé")),
                ("size", models.PositiveIntegerField(verbose_name="taille en octets")),
                ("ready_count", models.PositiveIntegerField(default=0, verbose_name="lignes prêtes")),
                ("wrong_count", models.PositiveIntegerField(default=0, verbose_name="lignes à corriger")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="reçu le")),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="modifié le")),
                (
                    "settled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="affiliations définitives le"),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="employers.company",
                    ),
                ),
            ],
            options={
                "verbose_name": "fichier de salariés",
                "verbose_name_plural": "fichiers de salariés",
                "indexes": [
                    models.Index(fields=["company", "account", "-id"], name="employee_file_own"),
                    models.Index(fields=["saved_at"], name="employee_file_old"),
                    models.Index(
                        condition=models.Q(("settled_at__isnull", False)),
                        fields=["settled_at"],
                        name="employee_file_settled",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["reading", "ready", "affiliating", "refused"])),
                        name="employee_file_state_is_known",
                    )
                ],
            },
        ),
        isolate("employers_employeefile", "company_id", "app.company"),
    ]
