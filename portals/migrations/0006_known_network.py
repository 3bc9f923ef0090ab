"""The networks that an account is used to, so that no stranger can shut its owner out."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("portals", "0005_access")]

    operations = [
        migrations.CreateModel(
            name="KnownNetwork",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.BinaryField(max_length=32, unique=True, verbose_name="empreinte")),
                ("last_used_at", models.DateTimeField(db_index=True, verbose_name="utilisé le")),
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
            options={"verbose_name": "réseau habituel", "verbose_name_plural": "réseaux habituels"},
        ),
    ]
