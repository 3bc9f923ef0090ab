import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("portals", "0007_second_factor"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccountExport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "En préparation"), ("ready", "Disponible"), ("removed", "Retirée")],
                        default="asked",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("requested_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="demandée le")),
                ("ready_at", models.DateTimeField(blank=True, null=True, verbose_name="prête le")),
                ("expires_at", models.DateTimeField(blank=True, null=True, verbose_name="gardée jusqu’au")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="exports", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="export",
                        to="portals.storedfile",
                    ),
                ),
            ],
            options={
                "verbose_name": "archive d’un compte",
                "verbose_name_plural": "archives des comptes",
                "indexes": [
                    models.Index(fields=["account", "-requested_at"], name="export_latest"),
                    models.Index(condition=models.Q(("state", "ready")), fields=["expires_at"], name="export_expiring"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["asked", "ready", "removed"])), name="export_state_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ready"), _negated=True),
                            models.Q(("expires_at__isnull", False), ("file__isnull", False)),
                            _connector="OR",
                        ),
                        name="export_ready_has_file",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "removed"), _negated=True), ("file", None), _connector="OR"
                        ),
                        name="export_removed_has_no_file",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Deletion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("requested_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="demandée le")),
                ("due_at", models.DateTimeField(verbose_name="prévue le")),
                ("cancelled_at", models.DateTimeField(blank=True, null=True, verbose_name="annulée le")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="faite le")),
                (
                    "address_sealed",
                    models.BinaryField(blank=True, null=True, verbose_name="adresse du dernier message, scellée"),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deletions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "suppression de compte",
                "verbose_name_plural": "suppressions de comptes",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("cancelled_at", None), ("done_at", None)),
                        fields=("account",),
                        name="deletion_one_standing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cancelled_at", None), ("done_at", None), _connector="OR"),
                        name="deletion_has_one_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_at__gt", models.F("requested_at"))),
                        name="deletion_leaves_time_to_think",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EndNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("first", "Rappel 60 jours avant"),
                            ("last", "Rappel 15 jours avant"),
                            ("closed", "Fermeture"),
                        ],
                        max_length=8,
                        verbose_name="étape",
                    ),
                ),
                ("closes_on", models.DateField(verbose_name="fermeture annoncée")),
                ("noted_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="notée le")),
                (
                    "grant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="end_notices", to="portals.grant"
                    ),
                ),
            ],
            options={
                "verbose_name": "annonce de fin d’accès",
                "verbose_name_plural": "annonces de fin d’accès",
                "constraints": [
                    models.UniqueConstraint(fields=("grant", "closes_on", "step"), name="end_notice_once"),
                    models.CheckConstraint(
                        condition=models.Q(("step__in", ["first", "last", "closed"])), name="end_notice_step_is_known"
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="grant",
            index=models.Index(
                condition=models.Q(("closes_on__isnull", False)), fields=["closes_on"], name="grant_closing"
            ),
        ),
    ]
