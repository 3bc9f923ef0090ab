"""Who was shown the card of a person: written once, read by the household."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from portals.access.row_security import append_only, isolate


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0015_beneficiaries"),
    ]

    operations = [
        migrations.CreateModel(
            name="RightsLook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="vérifiés le")),
                ("on_day", models.DateField(verbose_name="pour des soins du")),
                ("reference", models.CharField(max_length=20, verbose_name="n° de réponse")),
                ("practice_name", models.CharField(max_length=170, verbose_name="cabinet")),
                ("profession", models.CharField(max_length=60, verbose_name="profession")),
                ("place", models.CharField(max_length=80, verbose_name="commune")),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.household"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.person"
                    ),
                ),
            ],
            options={
                "verbose_name": "vérification de droits",
                "verbose_name_plural": "vérifications de droits",
                "indexes": [models.Index(fields=["person", "-at", "-id"], name="rights_look_person")],
            },
        ),
        isolate("members_rightslook", "household_id", "app.household"),
        append_only("members_rightslook"),
    ]
