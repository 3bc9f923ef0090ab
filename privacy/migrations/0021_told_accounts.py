"""A breach concerns the holders of accounts as well; how many persons of each category it concerns."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0020_employer_deaths"),
    ]

    operations = [
        migrations.AddField(
            model_name="breach",
            name="persons_by_category",
            field=models.JSONField(blank=True, default=dict, verbose_name="nombre de personnes par catégorie"),
        ),
        migrations.AddField(
            model_name="concerned",
            name="account_id",
            field=models.BigIntegerField(blank=True, null=True, verbose_name="compte"),
        ),
        migrations.AlterField(
            model_name="breach",
            name="person_categories",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("members", "Adhérents"),
                        ("dependants", "Ayants droit"),
                        ("children", "Mineurs"),
                        ("representatives", "Représentants qui ne sont pas assurés"),
                        ("employees", "Salariés des entreprises"),
                        ("company_users", "Utilisateurs des espaces employeurs"),
                        ("professionals", "Professionnels de santé"),
                        ("delegates", "Personnel des cabinets"),
                        ("staff", "Personnel de la mutuelle"),
                    ],
                    max_length=20,
                ),
                blank=True,
                default=list,
                verbose_name="personnes concernées",
            ),
        ),
        migrations.AlterField(
            model_name="concerned",
            name="person_id",
            field=models.BigIntegerField(blank=True, null=True, verbose_name="personne"),
        ),
        migrations.AddConstraint(
            model_name="concerned",
            constraint=models.UniqueConstraint(
                fields=("breach", "account_id"), name="concerned_account_once_per_breach"
            ),
        ),
        migrations.AddConstraint(
            model_name="concerned",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("account_id", None), ("person_id__isnull", False)),
                    models.Q(("account_id__isnull", False), ("person_id", None)),
                    _connector="OR",
                ),
                name="concerned_is_a_person_or_an_account",
            ),
        ),
    ]
