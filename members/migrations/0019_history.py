"""Persons are found by their family name, by whoever searches the journal."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0018_rights_asked"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["search_name"], name="person_search_name"),
        ),
    ]
