import datetime
from typing import Any

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from portals.access.row_security import isolate

SINCE = datetime.date(2018, 1, 1)
BIRTH = "Acte de naissance ou livret de famille"
RIGHTS = "Attestation de droits de la caisse, avec son numéro de sécurité sociale"
LATER = "le premier jour du mois qui suit votre demande"
# Case, limit of age, delay of declaration, whether an employee may ask, wording, documents. Every plan has them until
# it has its own: staff keep the table.
RULES = (
    (
        "spouse", None, 30, True,
        f"Votre conjoint est couvert dès le mariage si vous nous le dites dans les 30 jours\u202f; sinon, {LATER}.",
        ("Acte de mariage ou livret de famille", RIGHTS),
    ),
    (
        "pacs", None, 30, True,
        f"Votre partenaire est couvert dès le PACS si vous nous le dites dans les 30 jours\u202f; sinon, {LATER}.",
        ("Récépissé d’enregistrement du PACS", RIGHTS),
    ),
    (
        "partner", None, None, True,
        f"La personne avec qui vous vivez est couverte {LATER}.",
        ("Certificat de concubinage, ou attestation sur l’honneur signée des deux", "Justificatif de domicile commun", RIGHTS),
    ),
    (
        "newborn", 18, 60, True,
        f"Votre enfant est couvert dès sa naissance si vous nous le dites dans les 60 jours\u202f; sinon, {LATER}.",
        (BIRTH,),
    ),
    (
        "child", 18, 60, True,
        "Vos enfants, et ceux de la personne couverte avec vous, le sont sans condition jusqu’à la veille de leurs 18 ans. "
        f"Dès leur arrivée au foyer si vous nous le dites dans les 60 jours\u202f; sinon, {LATER}.",
        (BIRTH, RIGHTS),
    ),
    (
        "student", 28, None, True,
        "Un enfant qui étudie est couvert jusqu’à la veille de ses 28 ans.",
        ("Certificat de scolarité de l’année", RIGHTS),
    ),
    (
        "apprentice", 25, None, True,
        "Un enfant en apprentissage ou en alternance est couvert jusqu’à la veille de ses 25 ans.",
        ("Contrat d’apprentissage ou de professionnalisation", RIGHTS),
    ),
    (
        "jobseeker", 21, None, True,
        "Un enfant à la recherche d’un premier emploi est couvert jusqu’à la veille de ses 21 ans.",
        ("Attestation d’inscription à France Travail", RIGHTS),
    ),
    (
        "disabled", None, None, True,
        "Un enfant dont le handicap est reconnu est couvert sans limite d’âge. La décision suffit\u00a0: n’envoyez aucun "
        "document médical.",
        ("Décision de la MDPH, ou carte mobilité inclusion", RIGHTS),
    ),
    (
        "ascendant", None, None, False,
        f"Votre père ou votre mère, à votre charge au sens de l’impôt, est couvert {LATER}.",
        ("Avis d’impôt où cette personne figure à votre charge", RIGHTS),
    ),
    (
        "other", None, None, False,
        f"Une autre personne qui vit chez vous, à votre charge au sens de l’impôt, est couverte {LATER}.",
        ("Avis d’impôt où cette personne figure à votre charge", RIGHTS),
    ),
)  # fmt: skip


def load_rules(apps: Any, schema_editor: Any) -> None:
    """What holds for every plan until staff write its own."""
    rule = apps.get_model("members", "BeneficiaryRule")
    rule.objects.using(schema_editor.connection.alias).bulk_create(
        rule(
            case=case, age_limit=age, declare_within_days=delay, employee_may_ask=employee, wording=wording,
            documents="\n".join(documents), valid_from=SINCE,
        )
        for case, age, delay, employee, wording, documents in RULES
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0014_coordinates"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("portals", "0013_correspondence"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BeneficiaryRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=32, unique=True, verbose_name="référence")),
                ("number", models.CharField(blank=True, max_length=16, verbose_name="numéro")),
                (
                    "kind",
                    models.CharField(
                        choices=[("add", "Ajout"), ("remove", "Retrait"), ("keep", "Maintien au-delà de l’âge")],
                        max_length=6,
                        verbose_name="objet",
                    ),
                ),
                (
                    "case",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("spouse", "Conjoint marié"),
                            ("pacs", "Partenaire de PACS"),
                            ("partner", "Concubin"),
                            ("newborn", "Nouveau-né"),
                            ("child", "Enfant"),
                            ("student", "Enfant étudiant"),
                            ("apprentice", "Enfant en apprentissage"),
                            ("jobseeker", "Enfant à la recherche d’un premier emploi"),
                            ("disabled", "Enfant en situation de handicap"),
                            ("ascendant", "Parent à charge"),
                            ("other", "Autre personne à charge"),
                        ],
                        max_length=10,
                        verbose_name="cas",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("divorce", "Divorce ou séparation"),
                            ("pacs_end", "Fin du PACS"),
                            ("own_cover", "Une autre complémentaire santé"),
                            ("death", "Décès"),
                            ("other", "Autre raison"),
                        ],
                        max_length=10,
                        verbose_name="raison du retrait",
                    ),
                ),
                ("answers_sealed", models.BinaryField(verbose_name="réponses scellées")),
                ("event_date", models.DateField(blank=True, null=True, verbose_name="date de l’événement")),
                ("effect_date", models.DateField(blank=True, null=True, verbose_name="date d’effet")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Brouillon"),
                            ("asked", "À l’étude"),
                            ("incomplete", "Document demandé"),
                            ("accepted", "Acceptée"),
                            ("refused", "Refusée"),
                            ("withdrawn", "Retirée"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="commencée le")),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="gardée le")),
                ("asked_at", models.DateTimeField(blank=True, null=True, verbose_name="envoyée le")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="réponse avant le")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="décidée le")),
                ("answer", models.TextField(blank=True, verbose_name="réponse à l’adhérent")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="compte",
                    ),
                ),
                (
                    "asked_for",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.person"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="décidée par",
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.household"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.person",
                        verbose_name="personne",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.policy",
                        verbose_name="contrat",
                    ),
                ),
                (
                    "proofs",
                    models.ManyToManyField(
                        blank=True,
                        related_name="beneficiary_requests",
                        to="portals.upload",
                        verbose_name="justificatifs",
                    ),
                ),
            ],
            options={
                "verbose_name": "demande de rattachement",
                "verbose_name_plural": "demandes de rattachement",
                "indexes": [
                    models.Index(fields=["household", "-id"], name="beneficiary_request_household"),
                    models.Index(
                        condition=models.Q(("state__in", ["asked", "incomplete"])),
                        fields=["due_on", "id"],
                        name="beneficiary_request_queue",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["add", "remove", "keep"]),
                            ("state__in", ["draft", "asked", "incomplete", "accepted", "refused", "withdrawn"]),
                        ),
                        name="beneficiary_request_words_are_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("case", ""),
                                ("kind", "remove"),
                                ("reason__in", ["divorce", "pacs_end", "own_cover", "death", "other"]),
                            ),
                            models.Q(
                                models.Q(("kind", "remove"), _negated=True),
                                (
                                    "case__in",
                                    [
                                        "spouse",
                                        "pacs",
                                        "partner",
                                        "newborn",
                                        "child",
                                        "student",
                                        "apprentice",
                                        "jobseeker",
                                        "disabled",
                                        "ascendant",
                                        "other",
                                    ],
                                ),
                                ("reason", ""),
                            ),
                            _connector="OR",
                        ),
                        name="beneficiary_request_says_case_or_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("person__isnull", False),
                            models.Q(("kind", "add"), models.Q(("state", "accepted"), _negated=True)),
                            _connector="OR",
                        ),
                        name="beneficiary_request_names_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("asked_at", None), ("state", "draft")),
                            models.Q(
                                models.Q(("state", "draft"), _negated=True),
                                ("asked_at__isnull", False),
                                ("due_on__isnull", False),
                                models.Q(("number", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="beneficiary_request_sent_has_its_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["accepted", "refused"]), _negated=True),
                            ("decided_at__isnull", False),
                            _connector="OR",
                        ),
                        name="beneficiary_request_decided_at_an_instant",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["refused", "incomplete"]), _negated=True),
                            models.Q(("answer", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="beneficiary_request_refused_with_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        fields=("number",),
                        name="beneficiary_request_number",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "draft")),
                        fields=("account", "asked_for", "kind"),
                        name="beneficiary_request_one_draft_of_a_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BeneficiaryRequestEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("reference", models.CharField(max_length=32, verbose_name="référence")),
                ("number", models.CharField(blank=True, max_length=16, verbose_name="numéro")),
                (
                    "kind",
                    models.CharField(
                        choices=[("add", "Ajout"), ("remove", "Retrait"), ("keep", "Maintien au-delà de l’âge")],
                        max_length=6,
                        verbose_name="objet",
                    ),
                ),
                (
                    "case",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("spouse", "Conjoint marié"),
                            ("pacs", "Partenaire de PACS"),
                            ("partner", "Concubin"),
                            ("newborn", "Nouveau-né"),
                            ("child", "Enfant"),
                            ("student", "Enfant étudiant"),
                            ("apprentice", "Enfant en apprentissage"),
                            ("jobseeker", "Enfant à la recherche d’un premier emploi"),
                            ("disabled", "Enfant en situation de handicap"),
                            ("ascendant", "Parent à charge"),
                            ("other", "Autre personne à charge"),
                        ],
                        max_length=10,
                        verbose_name="cas",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("divorce", "Divorce ou séparation"),
                            ("pacs_end", "Fin du PACS"),
                            ("own_cover", "Une autre complémentaire santé"),
                            ("death", "Décès"),
                            ("other", "Autre raison"),
                        ],
                        max_length=10,
                        verbose_name="raison du retrait",
                    ),
                ),
                ("event_date", models.DateField(blank=True, null=True, verbose_name="date de l’événement")),
                ("effect_date", models.DateField(blank=True, null=True, verbose_name="date d’effet")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Brouillon"),
                            ("asked", "À l’étude"),
                            ("incomplete", "Document demandé"),
                            ("accepted", "Acceptée"),
                            ("refused", "Refusée"),
                            ("withdrawn", "Retirée"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="commencée le")),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="gardée le")),
                ("asked_at", models.DateTimeField(blank=True, null=True, verbose_name="envoyée le")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="réponse avant le")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="décidée le")),
                ("answer", models.TextField(blank=True, verbose_name="réponse à l’adhérent")),
                (
                    "account",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="compte",
                    ),
                ),
                (
                    "asked_for",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="members.person",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="décidée par",
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="members.household",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="members.person",
                        verbose_name="personne",
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
                        to="members.beneficiaryrequest",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="members.policy",
                        verbose_name="contrat",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="BeneficiaryRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "case",
                    models.CharField(
                        choices=[
                            ("spouse", "Conjoint marié"),
                            ("pacs", "Partenaire de PACS"),
                            ("partner", "Concubin"),
                            ("newborn", "Nouveau-né"),
                            ("child", "Enfant"),
                            ("student", "Enfant étudiant"),
                            ("apprentice", "Enfant en apprentissage"),
                            ("jobseeker", "Enfant à la recherche d’un premier emploi"),
                            ("disabled", "Enfant en situation de handicap"),
                            ("ascendant", "Parent à charge"),
                            ("other", "Autre personne à charge"),
                        ],
                        max_length=10,
                        verbose_name="cas",
                    ),
                ),
                ("is_open", models.BooleanField(default=True, verbose_name="accepté par la formule")),
                (
                    "employee_may_ask",
                    models.BooleanField(
                        default=True,
                        help_text="Contrat collectif\xa0: sinon, l’employeur s’en charge.",
                        verbose_name="le salarié peut le demander",
                    ),
                ),
                ("age_limit", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="limite d’âge")),
                (
                    "until",
                    models.CharField(
                        choices=[
                            ("eve", "La veille de l’anniversaire"),
                            ("month", "La fin du mois de l’anniversaire"),
                            ("year", "Le 31 décembre de l’année de l’anniversaire"),
                        ],
                        default="eve",
                        max_length=5,
                        verbose_name="couvert jusqu’à",
                    ),
                ),
                (
                    "declare_within_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="délai de déclaration (jours)"
                    ),
                ),
                (
                    "late",
                    models.CharField(
                        choices=[
                            ("day", "Le jour de la demande"),
                            ("month", "Le premier jour du mois suivant la demande"),
                        ],
                        default="month",
                        max_length=5,
                        verbose_name="passé ce délai, depuis",
                    ),
                ),
                ("wording", models.CharField(max_length=400, verbose_name="la règle, pour les adhérents")),
                ("documents", models.TextField(verbose_name="justificatifs, un par ligne")),
                ("valid_from", models.DateField(verbose_name="valable du")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="au")),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        help_text="Vide\xa0: toutes les formules qui n’ont pas leur propre règle.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.plan",
                        verbose_name="formule",
                    ),
                ),
            ],
            options={
                "verbose_name": "règle de rattachement",
                "verbose_name_plural": "règles de rattachement",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "case", "valid_from"), name="beneficiary_rule_natural_key", nulls_distinct=False
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "case__in",
                                [
                                    "spouse",
                                    "pacs",
                                    "partner",
                                    "newborn",
                                    "child",
                                    "student",
                                    "apprentice",
                                    "jobseeker",
                                    "disabled",
                                    "ascendant",
                                    "other",
                                ],
                            ),
                            ("late__in", ["day", "month"]),
                            ("until__in", ["eve", "month", "year"]),
                        ),
                        name="beneficiary_rule_words_are_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="beneficiary_rule_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BeneficiaryRuleEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "case",
                    models.CharField(
                        choices=[
                            ("spouse", "Conjoint marié"),
                            ("pacs", "Partenaire de PACS"),
                            ("partner", "Concubin"),
                            ("newborn", "Nouveau-né"),
                            ("child", "Enfant"),
                            ("student", "Enfant étudiant"),
                            ("apprentice", "Enfant en apprentissage"),
                            ("jobseeker", "Enfant à la recherche d’un premier emploi"),
                            ("disabled", "Enfant en situation de handicap"),
                            ("ascendant", "Parent à charge"),
                            ("other", "Autre personne à charge"),
                        ],
                        max_length=10,
                        verbose_name="cas",
                    ),
                ),
                ("is_open", models.BooleanField(default=True, verbose_name="accepté par la formule")),
                (
                    "employee_may_ask",
                    models.BooleanField(
                        default=True,
                        help_text="Contrat collectif\xa0: sinon, l’employeur s’en charge.",
                        verbose_name="le salarié peut le demander",
                    ),
                ),
                ("age_limit", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="limite d’âge")),
                (
                    "until",
                    models.CharField(
                        choices=[
                            ("eve", "La veille de l’anniversaire"),
                            ("month", "La fin du mois de l’anniversaire"),
                            ("year", "Le 31 décembre de l’année de l’anniversaire"),
                        ],
                        default="eve",
                        max_length=5,
                        verbose_name="couvert jusqu’à",
                    ),
                ),
                (
                    "declare_within_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="délai de déclaration (jours)"
                    ),
                ),
                (
                    "late",
                    models.CharField(
                        choices=[
                            ("day", "Le jour de la demande"),
                            ("month", "Le premier jour du mois suivant la demande"),
                        ],
                        default="month",
                        max_length=5,
                        verbose_name="passé ce délai, depuis",
                    ),
                ),
                ("wording", models.CharField(max_length=400, verbose_name="la règle, pour les adhérents")),
                ("documents", models.TextField(verbose_name="justificatifs, un par ligne")),
                ("valid_from", models.DateField(verbose_name="valable du")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="au")),
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
                        to="members.beneficiaryrule",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Vide\xa0: toutes les formules qui n’ont pas leur propre règle.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="members.plan",
                        verbose_name="formule",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="KeptChild",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "case",
                    models.CharField(
                        choices=[
                            ("spouse", "Conjoint marié"),
                            ("pacs", "Partenaire de PACS"),
                            ("partner", "Concubin"),
                            ("newborn", "Nouveau-né"),
                            ("child", "Enfant"),
                            ("student", "Enfant étudiant"),
                            ("apprentice", "Enfant en apprentissage"),
                            ("jobseeker", "Enfant à la recherche d’un premier emploi"),
                            ("disabled", "Enfant en situation de handicap"),
                            ("ascendant", "Parent à charge"),
                            ("other", "Autre personne à charge"),
                        ],
                        max_length=10,
                        verbose_name="situation",
                    ),
                ),
                ("since", models.DateField(verbose_name="depuis le")),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.household"
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.person"
                    ),
                ),
            ],
            options={
                "verbose_name": "enfant maintenu",
                "verbose_name_plural": "enfants maintenus",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("case__in", ["student", "apprentice", "jobseeker", "disabled"])),
                        name="kept_child_case_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="KeptChildEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "case",
                    models.CharField(
                        choices=[
                            ("spouse", "Conjoint marié"),
                            ("pacs", "Partenaire de PACS"),
                            ("partner", "Concubin"),
                            ("newborn", "Nouveau-né"),
                            ("child", "Enfant"),
                            ("student", "Enfant étudiant"),
                            ("apprentice", "Enfant en apprentissage"),
                            ("jobseeker", "Enfant à la recherche d’un premier emploi"),
                            ("disabled", "Enfant en situation de handicap"),
                            ("ascendant", "Parent à charge"),
                            ("other", "Autre personne à charge"),
                        ],
                        max_length=10,
                        verbose_name="situation",
                    ),
                ),
                ("since", models.DateField(verbose_name="depuis le")),
                (
                    "household",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="members.household",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="members.person",
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
                        to="members.keptchild",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LimitNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("limit_day", models.DateField(verbose_name="limite d’après la règle")),
                ("last_day", models.DateField(verbose_name="dernier jour de la couverture")),
                ("announced_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="annoncée le")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="fin écrite le")),
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
                "verbose_name": "limite d’âge annoncée",
                "verbose_name_plural": "limites d’âge annoncées",
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at", None)), fields=["last_day"], name="limit_notice_to_close"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "limit_day"), name="limit_notice_once"),
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("limit_day"))),
                        name="limit_notice_ends_after_limit",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RequestStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("asked", "Demande envoyée"),
                            ("document_asked", "Document demandé"),
                            ("document_added", "Document ajouté"),
                            ("accepted", "Demande acceptée"),
                            ("refused", "Demande refusée"),
                            ("withdrawn", "Demande retirée"),
                        ],
                        max_length=16,
                        verbose_name="étape",
                    ),
                ),
                ("words", models.TextField(blank=True, verbose_name="ce qui est écrit à l’adhérent")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="le")),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.household"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="members.beneficiaryrequest",
                    ),
                ),
            ],
            options={
                "verbose_name": "étape d’une demande",
                "verbose_name_plural": "étapes des demandes",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "what__in",
                                ["asked", "document_asked", "document_added", "accepted", "refused", "withdrawn"],
                            )
                        ),
                        name="beneficiary_step_is_known",
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="beneficiaryrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_beneficiaryrequestevent" ("account_id", "answer", "asked_at", "asked_for_id", "case", "created_at", "decided_at", "decided_by_id", "due_on", "effect_date", "event_date", "household_id", "id", "kind", "number", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_id", "reason", "reference", "saved_at", "state") SELECT old_values."account_id", old_values."answer", old_values."asked_at", old_values."asked_for_id", old_values."case", old_values."created_at", old_values."decided_at", old_values."decided_by_id", old_values."due_on", old_values."effect_date", old_values."event_date", old_values."household_id", old_values."id", old_values."kind", old_values."number", old_values."person_id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."policy_id", old_values."reason", old_values."reference", old_values."saved_at", old_values."state" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."account_id" IS DISTINCT FROM (new_values."account_id") OR old_values."answer" IS DISTINCT FROM (new_values."answer") OR old_values."asked_at" IS DISTINCT FROM (new_values."asked_at") OR old_values."asked_for_id" IS DISTINCT FROM (new_values."asked_for_id") OR old_values."case" IS DISTINCT FROM (new_values."case") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."decided_at" IS DISTINCT FROM (new_values."decided_at") OR old_values."decided_by_id" IS DISTINCT FROM (new_values."decided_by_id") OR old_values."due_on" IS DISTINCT FROM (new_values."due_on") OR old_values."effect_date" IS DISTINCT FROM (new_values."effect_date") OR old_values."event_date" IS DISTINCT FROM (new_values."event_date") OR old_values."household_id" IS DISTINCT FROM (new_values."household_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."number" IS DISTINCT FROM (new_values."number") OR old_values."person_id" IS DISTINCT FROM (new_values."person_id") OR old_values."policy_id" IS DISTINCT FROM (new_values."policy_id") OR old_values."reason" IS DISTINCT FROM (new_values."reason") OR old_values."reference" IS DISTINCT FROM (new_values."reference") OR old_values."saved_at" IS DISTINCT FROM (new_values."saved_at") OR old_values."state" IS DISTINCT FROM (new_values."state")) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="21007cfa0a818e829071b480e9548460c7cc4123",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_68b64",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="members_beneficiaryrequest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="beneficiaryrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_beneficiaryrequestevent" ("account_id", "answer", "asked_at", "asked_for_id", "case", "created_at", "decided_at", "decided_by_id", "due_on", "effect_date", "event_date", "household_id", "id", "kind", "number", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_id", "reason", "reference", "saved_at", "state") SELECT old_values."account_id", old_values."answer", old_values."asked_at", old_values."asked_for_id", old_values."case", old_values."created_at", old_values."decided_at", old_values."decided_by_id", old_values."due_on", old_values."effect_date", old_values."event_date", old_values."household_id", old_values."id", old_values."kind", old_values."number", old_values."person_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."policy_id", old_values."reason", old_values."reference", old_values."saved_at", old_values."state" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="c8c977df4f77db9a474230c73664af465b5164c7",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_4d17a",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="members_beneficiaryrequest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="beneficiaryrule",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_beneficiaryruleevent" ("age_limit", "case", "declare_within_days", "documents", "employee_may_ask", "id", "is_open", "late", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "until", "valid_from", "valid_to", "wording") SELECT old_values."age_limit", old_values."case", old_values."declare_within_days", old_values."documents", old_values."employee_may_ask", old_values."id", old_values."is_open", old_values."late", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."plan_id", old_values."until", old_values."valid_from", old_values."valid_to", old_values."wording" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="b5c131372534269756f47b41c13f3dd620971664",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0aa2f",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="members_beneficiaryrule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="beneficiaryrule",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_beneficiaryruleevent" ("age_limit", "case", "declare_within_days", "documents", "employee_may_ask", "id", "is_open", "late", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "until", "valid_from", "valid_to", "wording") SELECT old_values."age_limit", old_values."case", old_values."declare_within_days", old_values."documents", old_values."employee_may_ask", old_values."id", old_values."is_open", old_values."late", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."plan_id", old_values."until", old_values."valid_from", old_values."valid_to", old_values."wording" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="366678555bfaecdee296dff4a436f15479d26bb7",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_96667",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="members_beneficiaryrule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="keptchild",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_keptchildevent" ("case", "household_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since") SELECT old_values."case", old_values."household_id", old_values."id", old_values."person_id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."since" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="bc97d293ecf5d2e5cbb24671512f2c36f11ecb1c",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_1d289",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="members_keptchild",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="keptchild",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_keptchildevent" ("case", "household_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since") SELECT old_values."case", old_values."household_id", old_values."id", old_values."person_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."since" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="39aca37169d5b18c71dd8d8316e9bd32d358c3bd",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_fabe8",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="members_keptchild",
                    when="AFTER",
                ),
            ),
        ),
        # What is asked holds no care: staff read it to decide. The history of it stays with the household.
        isolate("members_beneficiaryrequest", "household_id", "app.household", staff_may_read=True),
        isolate("members_beneficiaryrequestevent", "household_id", "app.household"),
        isolate("members_requeststep", "household_id", "app.household", staff_may_read=True),
        isolate("members_keptchild", "household_id", "app.household"),
        isolate("members_keptchildevent", "household_id", "app.household"),
        isolate("members_limitnotice", "household_id", "app.household"),
        migrations.RunPython(load_rules, migrations.RunPython.noop),
    ]
