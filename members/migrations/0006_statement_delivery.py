import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from portals.access.row_security import append_only, isolate


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0005_open_to_staff"),
    ]

    operations = [
        migrations.CreateModel(
            name="StatementDelivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("online", models.BooleanField(verbose_name="en ligne, sans papier")),
                ("since", models.DateTimeField(default=django.utils.timezone.now, verbose_name="depuis")),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.household"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statement_deliveries",
                        to="members.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "envoi des relevés",
                "verbose_name_plural": "envois des relevés",
                "indexes": [models.Index(fields=["person", "-since", "-id"], name="statement_delivery_latest")],
            },
        ),
        isolate("members_statementdelivery", "household_id", "app.household"),
        append_only("members_statementdelivery"),
    ]
