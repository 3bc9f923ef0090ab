"""A service that the system's own rules stopped was stopped by nobody."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("portals", "0017_bank_changes"),
    ]

    operations = [
        migrations.AlterField(
            model_name="restriction",
            name="by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="décidée par",
            ),
        ),
    ]
