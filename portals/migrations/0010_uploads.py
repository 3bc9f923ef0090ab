import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("portals", "0009_terms_and_fraud")]

    operations = [
        migrations.AddField(
            model_name="grant",
            name="consult_only",
            field=models.BooleanField(default=False, verbose_name="consultation seule"),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("consult_only", False), ("basis__in", ["representation", "mandate"]), _connector="OR"
                ),
                name="grant_consult_only_for_somebody_else",
            ),
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=32, unique=True, verbose_name="référence")),
                ("name", models.CharField(max_length=100, verbose_name="nom donné")),
                ("content_type", models.CharField(max_length=20, verbose_name="type")),
                ("size", models.PositiveIntegerField(verbose_name="taille en octets")),
                (
                    "state",
                    models.CharField(
                        choices=[("quarantined", "En quarantaine"), ("released", "Vérifié"), ("discarded", "Écarté")],
                        default="quarantined",
                        max_length=12,
                        verbose_name="état",
                    ),
                ),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="envoyé le")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="vérifié le")),
                (
                    "discard_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="raison de la mise à l’écart"),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="vérifié par",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uploads",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="envoyé par",
                    ),
                ),
                (
                    "stored",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="upload",
                        to="portals.storedfile",
                    ),
                ),
            ],
            options={
                "verbose_name": "document reçu",
                "verbose_name_plural": "documents reçus",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["quarantined", "released", "discarded"])),
                        name="upload_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "discarded"), ("stored", None)),
                            ("stored__isnull", False),
                            _connector="OR",
                        ),
                        name="upload_has_its_file_until_discarded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "quarantined"), ("decided_at__isnull", False), _connector="OR"),
                        name="upload_left_quarantine_at_an_instant",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "discarded"), _negated=True),
                            models.Q(("discard_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="upload_discarded_with_a_reason",
                    ),
                ],
            },
        ),
    ]
