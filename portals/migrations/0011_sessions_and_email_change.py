"""The sessions of an account as its owner sees them, and its changes of e-mail address."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import portals.accounts.security.models


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("portals", "0010_uploads"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccountSession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("session_key", models.CharField(max_length=40, verbose_name="clé de session")),
                ("fingerprint", models.CharField(max_length=64, verbose_name="empreinte")),
                ("device", models.CharField(max_length=60, verbose_name="appareil")),
                ("began_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="ouverte le")),
                ("last_seen_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="vue le")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="fermée le")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="compte",
                    ),
                ),
            ],
            options={
                "verbose_name": "session",
                "indexes": [models.Index(fields=["account", "-began_at"], name="account_session_latest")],
            },
        ),
        migrations.CreateModel(
            name="EmailChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        default=portals.accounts.security.models.new_reference,
                        max_length=32,
                        unique=True,
                        verbose_name="référence",
                    ),
                ),
                ("old_sealed", models.BinaryField(null=True, verbose_name="ancienne adresse scellée")),
                ("new_sealed", models.BinaryField(null=True, verbose_name="nouvelle adresse scellée")),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="demandé le")),
                (
                    "old_confirmed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="confirmé depuis l’ancienne adresse le"),
                ),
                (
                    "new_confirmed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="confirmé depuis la nouvelle adresse le"),
                ),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="fait le")),
                ("cancelled_at", models.DateTimeField(blank=True, null=True, verbose_name="annulé le")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="compte",
                    ),
                ),
            ],
            options={
                "verbose_name": "changement d’adresse e-mail",
                "verbose_name_plural": "changements d’adresse e-mail",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("cancelled_at", None), ("done_at", None)),
                        fields=("account",),
                        name="email_change_one_at_a_time",
                    )
                ],
            },
        ),
    ]
