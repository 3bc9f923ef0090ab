"""Alerts, at the head of every page of an account."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("portals", "0021_legal"),
    ]

    operations = [
        migrations.CreateModel(
            name="Alert",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=40, verbose_name="numéro")),
                ("sentence", models.CharField(max_length=300, verbose_name="phrase")),
                ("path", models.CharField(max_length=200, verbose_name="adresse de la page")),
                ("placed_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="posée le")),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="lue le")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="alerts", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "alerte d’un compte",
                "verbose_name_plural": "alertes des comptes",
                "indexes": [
                    models.Index(condition=models.Q(("read_at", None)), fields=["account"], name="alert_standing")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("account", "key"), name="alert_once_per_account"),
                    models.CheckConstraint(
                        condition=models.Q(("read_at", None), ("read_at__gte", models.F("placed_at")), _connector="OR"),
                        name="alert_read_after_it_was_placed",
                    ),
                ],
            },
        ),
    ]
