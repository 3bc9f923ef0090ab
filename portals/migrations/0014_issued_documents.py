from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("portals", "0013_correspondence")]

    operations = [
        migrations.CreateModel(
            name="IssuedDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=14, unique=True, verbose_name="code de vérification")),
                ("kind", models.CharField(max_length=40, verbose_name="nature")),
                ("period", models.CharField(blank=True, max_length=80, verbose_name="période")),
                ("issued_on", models.DateField(verbose_name="émis le")),
                ("sha256", models.CharField(db_index=True, max_length=64, verbose_name="empreinte SHA-256")),
            ],
            options={
                "verbose_name": "document émis",
                "verbose_name_plural": "documents émis",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")), name="issued_document_sha256_is_hex"
                    )
                ],
            },
        ),
    ]
