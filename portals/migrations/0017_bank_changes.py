"""Changes of bank account, of any space."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import portals.banking.models
from portals.access.row_security import isolate_by_space


class Migration(migrations.Migration):
    dependencies = [
        ("portals", "0016_first_articles"),
    ]

    operations = [
        migrations.CreateModel(
            name="BankChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        default=portals.banking.models.new_reference,
                        max_length=32,
                        unique=True,
                        verbose_name="référence",
                    ),
                ),
                (
                    "space",
                    models.CharField(
                        choices=[
                            ("adherent", "Espace adhérent"),
                            ("employeur", "Espace employeur"),
                            ("professionnel", "Espace professionnel de santé"),
                            ("gestion", "Gestion"),
                        ],
                        max_length=16,
                        verbose_name="espace",
                    ),
                ),
                ("tenant_id", models.BigIntegerField(verbose_name="foyer, entreprise ou professionnel")),
                ("subject_id", models.BigIntegerField(verbose_name="personne, entreprise ou professionnel")),
                ("old_masked", models.CharField(blank=True, max_length=20, verbose_name="ancien compte")),
                ("new_masked", models.CharField(max_length=20, verbose_name="nouveau compte")),
                ("new_bank", models.CharField(blank=True, max_length=120, verbose_name="nouvelle banque")),
                ("new_sealed", models.BinaryField(blank=True, null=True, verbose_name="nouvel IBAN scellé")),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="demandé le")),
                ("effective_at", models.DateTimeField(verbose_name="prend effet le")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="fait le")),
                ("cancelled_at", models.DateTimeField(blank=True, null=True, verbose_name="annulé le")),
                (
                    "cancelled_for",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("owner", "Annulé depuis l’espace"),
                            ("link", "Annulé par le lien de l’e-mail"),
                            ("replaced", "Remplacé par une demande plus récente"),
                            ("fraud", "Annulé après un signalement de fraude"),
                            ("deleted", "Annulé avec la suppression du compte"),
                            ("staff", "Annulé par un gestionnaire"),
                        ],
                        max_length=8,
                        verbose_name="motif d’annulation",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="demandé par",
                    ),
                ),
            ],
            options={
                "verbose_name": "changement de compte bancaire",
                "verbose_name_plural": "changements de compte bancaire",
                "indexes": [models.Index(fields=["space", "subject_id", "-asked_at"], name="bank_change_latest")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("cancelled_at", None), ("done_at", None)),
                        fields=("space", "subject_id"),
                        name="bank_change_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cancelled_at", None), ("cancelled_for", "")),
                            models.Q(
                                ("cancelled_at__isnull", False),
                                ("cancelled_for__in", ["owner", "link", "replaced", "fraud", "deleted", "staff"]),
                            ),
                            _connector="OR",
                        ),
                        name="bank_change_cancelled_for_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("done_at", None), ("cancelled_at", None), _connector="OR"),
                        name="bank_change_done_or_cancelled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cancelled_at", None), ("done_at", None)), ("new_sealed", None), _connector="OR"
                        ),
                        name="bank_change_forgets_its_iban",
                    ),
                ],
            },
        ),
        isolate_by_space("portals_bankchange", staff_may_read=True),
    ]
