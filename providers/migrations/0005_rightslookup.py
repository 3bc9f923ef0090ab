"""What a practice asked about rights: written once, without a name."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from portals.access.row_security import append_only, isolate


class Migration(migrations.Migration):
    dependencies = [
        ("providers", "0004_invoices_and_transfers"),
    ]

    operations = [
        migrations.CreateModel(
            name="RightsLookup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("account_id", models.BigIntegerField(verbose_name="compte")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="posée le")),
                ("reference", models.CharField(max_length=20, verbose_name="n° de réponse")),
                ("on_day", models.DateField(verbose_name="pour des soins du")),
                ("found", models.BooleanField(verbose_name="droits trouvés")),
                ("number_key", models.BinaryField(max_length=32, verbose_name="empreinte du numéro")),
                (
                    "date_key",
                    models.BinaryField(blank=True, max_length=32, null=True, verbose_name="empreinte de la date"),
                ),
                (
                    "professional",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="providers.professional"
                    ),
                ),
            ],
            options={
                "verbose_name": "vérification de droits",
                "verbose_name_plural": "vérifications de droits",
                "indexes": [
                    models.Index(fields=["professional", "at"], name="rights_lookup_professional"),
                    models.Index(
                        condition=models.Q(("found", False)),
                        fields=["professional", "number_key", "at"],
                        name="rights_lookup_number",
                    ),
                    models.Index(
                        condition=models.Q(("found", False)),
                        fields=["professional", "date_key", "at"],
                        name="rights_lookup_date",
                    ),
                    models.Index(
                        condition=models.Q(("found", False)), fields=["professional", "at"], name="rights_lookup_missed"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("professional", "reference"), name="rights_lookup_reference")
                ],
            },
        ),
        isolate("providers_rightslookup", "professional_id", "app.professional"),
        append_only("providers_rightslookup"),
    ]
