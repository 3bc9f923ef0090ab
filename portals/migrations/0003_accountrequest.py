"""What a signed-out person asks for waits, sealed, for a worker to answer it by e-mail."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("portals", "0002_job_next")]

    operations = [
        migrations.CreateModel(
            name="AccountRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=32, unique=True, verbose_name="référence")),
                (
                    "kind",
                    models.CharField(
                        choices=[("sign_up", "Inscription"), ("recovery", "Identifiant ou mot de passe oublié")],
                        max_length=10,
                        verbose_name="sorte",
                    ),
                ),
                (
                    "space",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("adherent", "Espace adhérent"),
                            ("employeur", "Espace employeur"),
                            ("professionnel", "Espace professionnel de santé"),
                            ("gestion", "Gestion"),
                        ],
                        max_length=16,
                        verbose_name="espace",
                    ),
                ),
                ("answers_sealed", models.BinaryField(verbose_name="réponses scellées")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="créée le")),
            ],
            options={"verbose_name": "demande d’accès", "verbose_name_plural": "demandes d’accès"},
        ),
    ]
