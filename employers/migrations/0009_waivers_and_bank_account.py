"""Waivers with their requests, and the bank account of a company."""

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import employers.waivers.models
from portals.access.row_security import isolate

TABLES = (
    "employers_providedcase",
    "employers_providedcaseevent",
    "employers_waiver",
    "employers_waiverevent",
    "employers_waiverrequest",
    "employers_waiverrequestevent",
    "employers_waiverstep",
    "employers_companyaccount",
)


class Migration(migrations.Migration):
    dependencies = [
        ("employers", "0008_technical_accounts"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("portals", "0020_bank_approval"),
    ]

    operations = [
        migrations.CreateModel(
            name="ProvidedCase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "case",
                    models.CharField(
                        choices=[
                            ("before", "Déjà salarié à la mise en place du régime"),
                            ("short", "CDD ou mission, couvert moins de trois mois"),
                            ("solidarity", "Complémentaire santé solidaire"),
                            ("individual", "Contrat individuel en cours"),
                            ("elsewhere", "Couvert par un autre régime collectif"),
                            ("term_under", "CDD, apprentissage ou mission de moins d’un an"),
                            ("term_over", "CDD, apprentissage ou mission d’un an ou plus"),
                            (
                                "heavy_share",
                                "Temps partiel ou apprentissage, cotisation d’au moins 10\u202f% du salaire",
                            ),
                            ("several", "Plusieurs employeurs"),
                        ],
                        max_length=12,
                        verbose_name="cas",
                    ),
                ),
                ("since", models.DateTimeField(default=django.utils.timezone.now, verbose_name="depuis le")),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="employers.company"
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="provided_waiver_cases",
                        to="employers.groupcontract",
                    ),
                ),
            ],
            options={
                "verbose_name": "cas de dispense prévu",
                "verbose_name_plural": "cas de dispense prévus",
                "constraints": [
                    models.UniqueConstraint(fields=("contract", "case"), name="provided_waiver_case_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "case__in",
                                [
                                    "before",
                                    "short",
                                    "solidarity",
                                    "individual",
                                    "elsewhere",
                                    "term_under",
                                    "term_over",
                                    "heavy_share",
                                    "several",
                                ],
                            )
                        ),
                        name="provided_waiver_case_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProvidedCaseEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "case",
                    models.CharField(
                        choices=[
                            ("before", "Déjà salarié à la mise en place du régime"),
                            ("short", "CDD ou mission, couvert moins de trois mois"),
                            ("solidarity", "Complémentaire santé solidaire"),
                            ("individual", "Contrat individuel en cours"),
                            ("elsewhere", "Couvert par un autre régime collectif"),
                            ("term_under", "CDD, apprentissage ou mission de moins d’un an"),
                            ("term_over", "CDD, apprentissage ou mission d’un an ou plus"),
                            (
                                "heavy_share",
                                "Temps partiel ou apprentissage, cotisation d’au moins 10\u202f% du salaire",
                            ),
                            ("several", "Plusieurs employeurs"),
                        ],
                        max_length=12,
                        verbose_name="cas",
                    ),
                ),
                ("since", models.DateTimeField(default=django.utils.timezone.now, verbose_name="depuis le")),
                (
                    "company",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="employers.company",
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="employers.groupcontract",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="employers.providedcase",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Waiver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        default=employers.waivers.models.new_reference,
                        max_length=32,
                        unique=True,
                        verbose_name="référence",
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=16, verbose_name="numéro")),
                ("employee_number", models.CharField(blank=True, max_length=40, verbose_name="matricule")),
                ("family_name", models.CharField(max_length=80, verbose_name="nom")),
                ("given_names", models.CharField(max_length=80, verbose_name="prénoms")),
                ("folded_name", models.CharField(max_length=170, verbose_name="nom comparé")),
                ("birth_date", models.DateField(blank=True, null=True, verbose_name="date de naissance")),
                ("hired_on", models.DateField(blank=True, null=True, verbose_name="embauche")),
                (
                    "case",
                    models.CharField(
                        choices=[
                            ("before", "Déjà salarié à la mise en place du régime"),
                            ("short", "CDD ou mission, couvert moins de trois mois"),
                            ("solidarity", "Complémentaire santé solidaire"),
                            ("individual", "Contrat individuel en cours"),
                            ("elsewhere", "Couvert par un autre régime collectif"),
                            ("term_under", "CDD, apprentissage ou mission de moins d’un an"),
                            ("term_over", "CDD, apprentissage ou mission d’un an ou plus"),
                            (
                                "heavy_share",
                                "Temps partiel ou apprentissage, cotisation d’au moins 10\u202f% du salaire",
                            ),
                            ("several", "Plusieurs employeurs"),
                        ],
                        max_length=12,
                        verbose_name="cas",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "À valider"),
                            ("accepted", "En cours"),
                            ("refused", "Refusée"),
                            ("ended", "Terminée"),
                        ],
                        default="asked",
                        max_length=8,
                        verbose_name="état",
                    ),
                ),
                ("first_day", models.DateField(verbose_name="premier jour")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="fin déclarée")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valable jusqu’au")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="terminée le")),
                (
                    "ended_for",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("expired", "Échue sans renouvellement"),
                            ("joins", "Le salarié rejoint le contrat"),
                            ("lost", "Le cas ne s’applique plus"),
                            ("left", "Le salarié a quitté l’entreprise"),
                            ("withdrawn", "Demande retirée"),
                        ],
                        max_length=9,
                        verbose_name="raison de la fin",
                    ),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="affiliation faite le")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="créée le")),
                (
                    "company",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waivers",
                        to="employers.company",
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waivers",
                        to="employers.groupcontract",
                        verbose_name="contrat",
                    ),
                ),
            ],
            options={
                "verbose_name": "dispense",
                "indexes": [
                    models.Index(fields=["company", "folded_name", "id"], name="waiver_of_company"),
                    models.Index(
                        condition=models.Q(("state", "accepted")), fields=["valid_until"], name="waiver_to_follow"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "case__in",
                                [
                                    "before",
                                    "short",
                                    "solidarity",
                                    "individual",
                                    "elsewhere",
                                    "term_under",
                                    "term_over",
                                    "heavy_share",
                                    "several",
                                ],
                            ),
                            ("state__in", ["asked", "accepted", "refused", "ended"]),
                        ),
                        name="waiver_words_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_for", ""), ("ended_on", None)),
                            models.Q(
                                ("ended_for__in", ["expired", "joins", "lost", "left", "withdrawn"]),
                                ("ended_on__isnull", False),
                                ("state", "ended"),
                            ),
                            _connector="OR",
                        ),
                        name="waiver_ends_on_a_day_for_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ended"), _negated=True),
                            models.Q(("ended_for", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="waiver_ended_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on", None), ("ends_on__gte", models.F("first_day")), _connector="OR"),
                        name="waiver_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("settled_at", None), ("ended_for", "expired"), _connector="OR"),
                        name="waiver_settled_once_expired",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("number", ""), _negated=True), fields=("number",), name="waiver_number"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["asked", "accepted"])),
                        fields=("contract", "folded_name", "birth_date", "employee_number"),
                        name="waiver_one_living_for_an_employee",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WaiverEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "reference",
                    models.CharField(
                        default=employers.waivers.models.new_reference, max_length=32, verbose_name="référence"
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=16, verbose_name="numéro")),
                ("employee_number", models.CharField(blank=True, max_length=40, verbose_name="matricule")),
                ("family_name", models.CharField(max_length=80, verbose_name="nom")),
                ("given_names", models.CharField(max_length=80, verbose_name="prénoms")),
                ("folded_name", models.CharField(max_length=170, verbose_name="nom comparé")),
                ("birth_date", models.DateField(blank=True, null=True, verbose_name="date de naissance")),
                ("hired_on", models.DateField(blank=True, null=True, verbose_name="embauche")),
                (
                    "case",
                    models.CharField(
                        choices=[
                            ("before", "Déjà salarié à la mise en place du régime"),
                            ("short", "CDD ou mission, couvert moins de trois mois"),
                            ("solidarity", "Complémentaire santé solidaire"),
                            ("individual", "Contrat individuel en cours"),
                            ("elsewhere", "Couvert par un autre régime collectif"),
                            ("term_under", "CDD, apprentissage ou mission de moins d’un an"),
                            ("term_over", "CDD, apprentissage ou mission d’un an ou plus"),
                            (
                                "heavy_share",
                                "Temps partiel ou apprentissage, cotisation d’au moins 10\u202f% du salaire",
                            ),
                            ("several", "Plusieurs employeurs"),
                        ],
                        max_length=12,
                        verbose_name="cas",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "À valider"),
                            ("accepted", "En cours"),
                            ("refused", "Refusée"),
                            ("ended", "Terminée"),
                        ],
                        default="asked",
                        max_length=8,
                        verbose_name="état",
                    ),
                ),
                ("first_day", models.DateField(verbose_name="premier jour")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="fin déclarée")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valable jusqu’au")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="terminée le")),
                (
                    "ended_for",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("expired", "Échue sans renouvellement"),
                            ("joins", "Le salarié rejoint le contrat"),
                            ("lost", "Le cas ne s’applique plus"),
                            ("left", "Le salarié a quitté l’entreprise"),
                            ("withdrawn", "Demande retirée"),
                        ],
                        max_length=9,
                        verbose_name="raison de la fin",
                    ),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="affiliation faite le")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="créée le")),
                (
                    "company",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="employers.company",
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="employers.groupcontract",
                        verbose_name="contrat",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="employers.waiver",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="WaiverRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("first", "Première demande"), ("renewal", "Renouvellement")],
                        max_length=7,
                        verbose_name="objet",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("link", "Écrite par le salarié, par son lien"),
                            ("space", "Remise à l’employeur, qui l’a déposée"),
                        ],
                        max_length=5,
                        verbose_name="voie",
                    ),
                ),
                ("words_sealed", models.BinaryField(verbose_name="demande scellée")),
                ("written_on", models.DateField(verbose_name="écrite le")),
                ("informed", models.BooleanField(verbose_name="informé des conséquences")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="fin déclarée")),
                ("fingerprint", models.CharField(max_length=64, verbose_name="empreinte SHA-256")),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="reçue le")),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("waiting", "À valider"),
                            ("accepted", "Acceptée"),
                            ("refused", "Refusée"),
                            ("withdrawn", "Retirée"),
                        ],
                        default="waiting",
                        max_length=9,
                        verbose_name="réponse",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="raison du refus")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="répondue le")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="répondue par",
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="employers.company"
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="déposée par",
                    ),
                ),
                (
                    "proofs",
                    models.ManyToManyField(
                        blank=True, related_name="waiver_requests", to="portals.upload", verbose_name="justificatifs"
                    ),
                ),
                (
                    "waiver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="requests", to="employers.waiver"
                    ),
                ),
            ],
            options={
                "verbose_name": "demande de dispense",
                "verbose_name_plural": "demandes de dispense",
                "indexes": [models.Index(fields=["company", "answer"], name="waiver_request_of_company")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answer__in", ["waiting", "accepted", "refused", "withdrawn"]),
                            ("channel__in", ["link", "space"]),
                            ("kind__in", ["first", "renewal"]),
                        ),
                        name="waiver_request_words_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("informed", True)), name="waiver_request_by_an_informed_employee"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", "waiting"), ("answered_at", None)),
                            models.Q(models.Q(("answer", "waiting"), _negated=True), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="waiver_request_answered_at_an_instant",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", "refused"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="waiver_request_refused_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("channel", "link"), ("entered_by", None)),
                            models.Q(("channel", "space"), ("entered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="waiver_request_entered_by_somebody_or_by_link",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("answer", "waiting")), fields=("waiver",), name="waiver_request_one_waits"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WaiverRequestEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("first", "Première demande"), ("renewal", "Renouvellement")],
                        max_length=7,
                        verbose_name="objet",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("link", "Écrite par le salarié, par son lien"),
                            ("space", "Remise à l’employeur, qui l’a déposée"),
                        ],
                        max_length=5,
                        verbose_name="voie",
                    ),
                ),
                ("written_on", models.DateField(verbose_name="écrite le")),
                ("informed", models.BooleanField(verbose_name="informé des conséquences")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="fin déclarée")),
                ("fingerprint", models.CharField(max_length=64, verbose_name="empreinte SHA-256")),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="reçue le")),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("waiting", "À valider"),
                            ("accepted", "Acceptée"),
                            ("refused", "Refusée"),
                            ("withdrawn", "Retirée"),
                        ],
                        default="waiting",
                        max_length=9,
                        verbose_name="réponse",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="raison du refus")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="répondue le")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="répondue par",
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="employers.company",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="déposée par",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="employers.waiverrequest",
                    ),
                ),
                (
                    "waiver",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="employers.waiver",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="WaiverStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("asked", "Demande reçue"),
                            ("renewal", "Renouvellement demandé"),
                            ("document", "Document ajouté"),
                            ("medical", "Document médical effacé"),
                            ("accepted", "Acceptée"),
                            ("refused", "Refusée"),
                            ("reminded", "Rappel envoyé"),
                            ("ended", "Terminée"),
                            ("settled", "Affiliation faite"),
                        ],
                        max_length=9,
                        verbose_name="étape",
                    ),
                ),
                ("words", models.TextField(blank=True, verbose_name="précision")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="le")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="par",
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="employers.company"
                    ),
                ),
                (
                    "waiver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="employers.waiver"
                    ),
                ),
            ],
            options={
                "verbose_name": "étape d’une dispense",
                "verbose_name_plural": "étapes des dispenses",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "what__in",
                                [
                                    "asked",
                                    "renewal",
                                    "document",
                                    "medical",
                                    "accepted",
                                    "refused",
                                    "reminded",
                                    "ended",
                                    "settled",
                                ],
                            )
                        ),
                        name="waiver_step_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CompanyAccount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("iban_sealed", models.BinaryField(verbose_name="IBAN scellé")),
                ("since", models.DateTimeField(default=django.utils.timezone.now, verbose_name="en service depuis le")),
                (
                    "mandate_number",
                    models.CharField(max_length=35, unique=True, verbose_name="référence unique du mandat"),
                ),
                (
                    "company",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="bank_account", to="employers.company"
                    ),
                ),
            ],
            options={
                "verbose_name": "compte bancaire d’entreprise",
                "verbose_name_plural": "comptes bancaires d’entreprises",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("mandate_number__regex", "^[A-Z0-9-]+$")), name="company_mandate_is_plain"
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="providedcase",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "employers_providedcaseevent" ("case", "company_id", "contract_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since") SELECT old_values."case", old_values."company_id", old_values."contract_id", old_values."id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."since" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="73629ef93544a7c2e3205fcb4080e12a2da1738f",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0a39c",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="employers_providedcase",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="providedcase",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "employers_providedcaseevent" ("case", "company_id", "contract_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since") SELECT old_values."case", old_values."company_id", old_values."contract_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."since" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="a6728dc39201c0e954fbcd07cc156096201f1575",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_510e1",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="employers_providedcase",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="waiver",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "employers_waiverevent" ("birth_date", "case", "company_id", "contract_id", "created_at", "employee_number", "ended_for", "ended_on", "ends_on", "family_name", "first_day", "folded_name", "given_names", "hired_on", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "settled_at", "state", "valid_until") SELECT old_values."birth_date", old_values."case", old_values."company_id", old_values."contract_id", old_values."created_at", old_values."employee_number", old_values."ended_for", old_values."ended_on", old_values."ends_on", old_values."family_name", old_values."first_day", old_values."folded_name", old_values."given_names", old_values."hired_on", old_values."id", old_values."number", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."reference", old_values."settled_at", old_values."state", old_values."valid_until" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="80cf27d212817fd148094fea020f1ed7390f9f99",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_be821",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="employers_waiver",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="waiver",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "employers_waiverevent" ("birth_date", "case", "company_id", "contract_id", "created_at", "employee_number", "ended_for", "ended_on", "ends_on", "family_name", "first_day", "folded_name", "given_names", "hired_on", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "settled_at", "state", "valid_until") SELECT old_values."birth_date", old_values."case", old_values."company_id", old_values."contract_id", old_values."created_at", old_values."employee_number", old_values."ended_for", old_values."ended_on", old_values."ends_on", old_values."family_name", old_values."first_day", old_values."folded_name", old_values."given_names", old_values."hired_on", old_values."id", old_values."number", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reference", old_values."settled_at", old_values."state", old_values."valid_until" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="ac61892a6077580ec772487644ab611457bc1f5f",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_e2995",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="employers_waiver",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="waiverrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "employers_waiverrequestevent" ("answer", "answered_at", "answered_by_id", "asked_at", "channel", "company_id", "ends_on", "entered_by_id", "fingerprint", "id", "informed", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "waiver_id", "written_on") SELECT old_values."answer", old_values."answered_at", old_values."answered_by_id", old_values."asked_at", old_values."channel", old_values."company_id", old_values."ends_on", old_values."entered_by_id", old_values."fingerprint", old_values."id", old_values."informed", old_values."kind", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."reason", old_values."waiver_id", old_values."written_on" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."answer" IS DISTINCT FROM (new_values."answer") OR old_values."answered_at" IS DISTINCT FROM (new_values."answered_at") OR old_values."answered_by_id" IS DISTINCT FROM (new_values."answered_by_id") OR old_values."asked_at" IS DISTINCT FROM (new_values."asked_at") OR old_values."channel" IS DISTINCT FROM (new_values."channel") OR old_values."company_id" IS DISTINCT FROM (new_values."company_id") OR old_values."ends_on" IS DISTINCT FROM (new_values."ends_on") OR old_values."entered_by_id" IS DISTINCT FROM (new_values."entered_by_id") OR old_values."fingerprint" IS DISTINCT FROM (new_values."fingerprint") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."informed" IS DISTINCT FROM (new_values."informed") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."reason" IS DISTINCT FROM (new_values."reason") OR old_values."waiver_id" IS DISTINCT FROM (new_values."waiver_id") OR old_values."written_on" IS DISTINCT FROM (new_values."written_on")) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="0b783cf9720e766b185fd36b8fd93157b509133b",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_79d66",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="employers_waiverrequest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="waiverrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "employers_waiverrequestevent" ("answer", "answered_at", "answered_by_id", "asked_at", "channel", "company_id", "ends_on", "entered_by_id", "fingerprint", "id", "informed", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "waiver_id", "written_on") SELECT old_values."answer", old_values."answered_at", old_values."answered_by_id", old_values."asked_at", old_values."channel", old_values."company_id", old_values."ends_on", old_values."entered_by_id", old_values."fingerprint", old_values."id", old_values."informed", old_values."kind", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."waiver_id", old_values."written_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="e9f471b5e14ca7b755b346c1fab642b7faaaf168",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_f26e0",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="employers_waiverrequest",
                    when="AFTER",
                ),
            ),
        ),
        *[isolate(table, "company_id", "app.company") for table in TABLES],
    ]
