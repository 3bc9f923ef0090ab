"""Incidents that the rules of the rights lookup open."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0004_field_history"),
    ]

    operations = [
        migrations.AlterField(
            model_name="incident",
            name="kind",
            field=models.CharField(
                choices=[
                    ("account_misuse", "Usage frauduleux d’un compte"),
                    ("lookup_abuse", "Vérifications de droits inhabituelles"),
                ],
                max_length=20,
                verbose_name="nature",
            ),
        ),
        migrations.AlterField(
            model_name="incident",
            name="source",
            field=models.CharField(
                choices=[("fraud_report", "Signalement d’un titulaire"), ("rights_lookup", "Vérification des droits")],
                max_length=20,
                verbose_name="origine",
            ),
        ),
    ]
