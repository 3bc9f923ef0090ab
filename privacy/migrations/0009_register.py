"""The register, its assessments, controls and books; what the database itself refuses of them."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from portals.access.row_security import append_only

# A sensitive processing runs on a validated assessment of its own; a decided assessment stays what it was.
ASSESSED = """
    CREATE FUNCTION privacy_activation_is_assessed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NOT EXISTS (
            SELECT FROM privacy_impactassessment
            WHERE id = NEW.assessment_id AND processing = NEW.processing AND outcome = 'validated'
        ) THEN
            RAISE EXCEPTION 'this processing has no validated impact assessment' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER assessed BEFORE INSERT ON privacy_activation
        FOR EACH ROW EXECUTE FUNCTION privacy_activation_is_assessed();
    CREATE FUNCTION privacy_decided_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'a decided impact assessment does not change' USING ERRCODE = 'check_violation';
    END $$;
    CREATE TRIGGER decided BEFORE UPDATE OR DELETE ON privacy_impactassessment
        FOR EACH ROW WHEN (OLD.outcome <> 'draft') EXECUTE FUNCTION privacy_decided_stays();
"""
BACK = """
    DROP TRIGGER decided ON privacy_impactassessment;
    DROP FUNCTION privacy_decided_stays();
    DROP TRIGGER assessed ON privacy_activation;
    DROP FUNCTION privacy_activation_is_assessed();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("portals", "0020_bank_approval"),
        ("privacy", "0008_consents"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="JournalCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "at",
                    models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name="vérifié le"),
                ),
                ("entries", models.BigIntegerField(default=0, verbose_name="écritures vérifiées")),
                ("broken", models.CharField(blank=True, max_length=200, verbose_name="altération")),
            ],
            options={
                "verbose_name": "vérification du journal",
                "verbose_name_plural": "vérifications du journal",
            },
        ),
        migrations.CreateModel(
            name="Advice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("given_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="donné le")),
                ("addressed_to", models.CharField(max_length=120, verbose_name="adressé à")),
                ("subject", models.CharField(max_length=160, verbose_name="objet")),
                ("text", models.TextField(verbose_name="avis")),
                (
                    "followed",
                    models.CharField(
                        choices=[
                            ("waiting", "En attente"),
                            ("followed", "Suivi"),
                            ("partly", "Suivi en partie"),
                            ("not_followed", "Non suivi"),
                        ],
                        default="waiting",
                        max_length=12,
                        verbose_name="suite",
                    ),
                ),
                ("answer", models.TextField(blank=True, verbose_name="réponse de la direction")),
            ],
            options={
                "verbose_name": "avis à la direction",
                "verbose_name_plural": "avis à la direction",
                "ordering": ["-given_on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("followed__in", ["waiting", "followed", "partly", "not_followed"])),
                        name="advice_followed_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("followed__in", ["partly", "not_followed"]), _negated=True),
                            models.Q(("answer", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="advice_not_followed_says_why",
                        violation_error_message="Un avis qui n’est pas suivi en entier garde la raison de la direction.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuthorityExchange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("question", "Question ou demande"),
                            ("complaint", "Plainte d’une personne"),
                            ("inspection", "Contrôle"),
                            ("consultation", "Consultation préalable (art. 36)"),
                            ("notification", "Violation (art. 33)"),
                        ],
                        max_length=12,
                        verbose_name="objet",
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[("received", "Reçu"), ("sent", "Envoyé")], max_length=8, verbose_name="sens"
                    ),
                ),
                ("on_day", models.DateField(default=django.utils.timezone.localdate, verbose_name="date")),
                ("reference", models.CharField(blank=True, max_length=60, verbose_name="référence de l’autorité")),
                ("summary", models.TextField(help_text="Sans nom ni donnée d’une personne.", verbose_name="résumé")),
                ("answer_due_on", models.DateField(blank=True, null=True, verbose_name="réponse attendue le")),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="répondu le")),
            ],
            options={
                "verbose_name": "échange avec l’autorité",
                "verbose_name_plural": "échanges avec l’autorité",
                "ordering": ["-on_day", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["question", "complaint", "inspection", "consultation", "notification"])
                        ),
                        name="exchange_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("direction__in", ["received", "sent"])), name="exchange_direction_is_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Control",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=160, verbose_name="ce qui est vérifié")),
                (
                    "kind",
                    models.CharField(
                        choices=[("control", "Contrôle permanent"), ("audit", "Audit du plan pluriannuel")],
                        max_length=8,
                        verbose_name="nature",
                    ),
                ),
                (
                    "processings",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("portal", "Services en ligne"),
                                ("contract", "Contrat et bénéficiaires"),
                                ("reimbursement", "Remboursement des soins"),
                                ("prior_agreement", "Devis et prises en charge"),
                                ("group_contract", "Contrats collectifs"),
                                ("provider_payment", "Tiers payant"),
                                ("rights_lookup", "Vérification des droits au comptoir"),
                                ("proof", "Preuve des opérations"),
                                ("security", "Sécurité des accès"),
                                ("operations", "Fonctionnement du site"),
                                ("statistics", "Comptes techniques et statistiques anonymes"),
                                ("pre_contract", "Avant le contrat"),
                                ("mutual_life", "Vie de la mutuelle"),
                                ("communication", "Lettre, offres et enquêtes"),
                                ("recovery", "Recouvrement et contentieux"),
                                ("fraud", "Lutte contre la fraude"),
                                ("financial_crime", "Blanchiment et financement du terrorisme"),
                                ("medical", "Informations médicales confidentielles"),
                            ],
                            max_length=24,
                        ),
                        verbose_name="traitements",
                    ),
                ),
                ("method", models.TextField(verbose_name="méthode")),
                ("owner", models.CharField(max_length=80, verbose_name="confié à")),
                ("months", models.PositiveSmallIntegerField(verbose_name="tous les (mois)")),
                ("due_on", models.DateField(verbose_name="prochaine échéance")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="abandonné le")),
            ],
            options={
                "verbose_name": "contrôle",
                "verbose_name_plural": "contrôles et audits",
                "ordering": ["due_on", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("months__range", (1, 60))), name="control_every_month_to_five_years"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "processings__contained_by",
                                [
                                    "portal",
                                    "contract",
                                    "reimbursement",
                                    "prior_agreement",
                                    "group_contract",
                                    "provider_payment",
                                    "rights_lookup",
                                    "proof",
                                    "security",
                                    "operations",
                                    "statistics",
                                    "pre_contract",
                                    "mutual_life",
                                    "communication",
                                    "recovery",
                                    "fraud",
                                    "financial_crime",
                                    "medical",
                                ],
                            )
                        ),
                        name="control_processings_are_declared",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImpactAssessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "processing",
                    models.CharField(
                        choices=[
                            ("portal", "Services en ligne"),
                            ("contract", "Contrat et bénéficiaires"),
                            ("reimbursement", "Remboursement des soins"),
                            ("prior_agreement", "Devis et prises en charge"),
                            ("group_contract", "Contrats collectifs"),
                            ("provider_payment", "Tiers payant"),
                            ("rights_lookup", "Vérification des droits au comptoir"),
                            ("proof", "Preuve des opérations"),
                            ("security", "Sécurité des accès"),
                            ("operations", "Fonctionnement du site"),
                            ("statistics", "Comptes techniques et statistiques anonymes"),
                            ("pre_contract", "Avant le contrat"),
                            ("mutual_life", "Vie de la mutuelle"),
                            ("communication", "Lettre, offres et enquêtes"),
                            ("recovery", "Recouvrement et contentieux"),
                            ("fraud", "Lutte contre la fraude"),
                            ("financial_crime", "Blanchiment et financement du terrorisme"),
                            ("medical", "Informations médicales confidentielles"),
                        ],
                        max_length=24,
                        verbose_name="traitement",
                    ),
                ),
                ("title", models.CharField(max_length=160, verbose_name="traitement ou projet étudié")),
                ("description", models.TextField(verbose_name="description du traitement")),
                ("necessity", models.TextField(verbose_name="nécessité et proportionnalité")),
                ("measures", models.TextField(verbose_name="mesures prévues")),
                ("started_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="commencée le")),
                ("opinion_due_on", models.DateField(blank=True, null=True, verbose_name="avis attendu le")),
                ("opinion", models.TextField(blank=True, editable=False, verbose_name="avis du DPO")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("draft", "En cours"),
                            ("validated", "Validée"),
                            ("to_improve", "À améliorer"),
                            ("renounced", "Renoncement"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=12,
                        verbose_name="issue",
                    ),
                ),
                ("decided_at", models.DateTimeField(editable=False, null=True, verbose_name="décidée le")),
                ("review_on", models.DateField(editable=False, null=True, verbose_name="à revoir le")),
                (
                    "decided_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="décidée par",
                    ),
                ),
            ],
            options={
                "verbose_name": "analyse d’impact",
                "verbose_name_plural": "analyses d’impact",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["draft", "validated", "to_improve", "renounced"])),
                        name="assessment_outcome_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "processing__in",
                                [
                                    "portal",
                                    "contract",
                                    "reimbursement",
                                    "prior_agreement",
                                    "group_contract",
                                    "provider_payment",
                                    "rights_lookup",
                                    "proof",
                                    "security",
                                    "operations",
                                    "statistics",
                                    "pre_contract",
                                    "mutual_life",
                                    "communication",
                                    "recovery",
                                    "fraud",
                                    "financial_crime",
                                    "medical",
                                ],
                            )
                        ),
                        name="assessment_processing_is_declared",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome", "draft"),
                            models.Q(("decided_at__isnull", False), models.Q(("opinion", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="assessment_decided_with_an_opinion",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "validated"), _negated=True),
                            ("review_on__isnull", False),
                            _connector="OR",
                        ),
                        name="assessment_valid_until_its_review",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Activation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "processing",
                    models.CharField(
                        choices=[
                            ("reimbursement", "Remboursement des soins"),
                            ("prior_agreement", "Devis et prises en charge"),
                            ("provider_payment", "Tiers payant"),
                            ("rights_lookup", "Vérification des droits au comptoir"),
                            ("statistics", "Comptes techniques et statistiques anonymes"),
                            ("medical", "Informations médicales confidentielles"),
                        ],
                        max_length=24,
                        verbose_name="traitement",
                    ),
                ),
                ("begun_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="mis en service le")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="arrêté le")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="raison de l’arrêt")),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activations",
                        to="privacy.impactassessment",
                        verbose_name="analyse d’impact",
                    ),
                ),
            ],
            options={
                "verbose_name": "mise en service",
                "verbose_name_plural": "mises en service",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("processing",), name="activation_one_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at", None), ("ended_at__gte", models.F("begun_at")), _connector="OR"
                        ),
                        name="activation_ends_after_it_began",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(unique=True, verbose_name="version")),
                ("published_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="publiée le")),
                ("content", models.JSONField(verbose_name="contenu")),
                ("changes", models.JSONField(default=list, verbose_name="changements")),
                ("note", models.CharField(max_length=200, verbose_name="objet de la version")),
                (
                    "published_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="publiée par",
                    ),
                ),
            ],
            options={
                "verbose_name": "version du registre",
                "verbose_name_plural": "versions du registre",
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="Recipient",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="nom")),
                (
                    "recipient_class",
                    models.CharField(
                        choices=[
                            ("staff", "Collaborateurs habilités"),
                            ("processor", "Sous-traitant (art. 28)"),
                            ("partner", "Partenaire contractuel ou organisme professionnel"),
                            ("authority", "Autorité"),
                        ],
                        max_length=10,
                        verbose_name="classe",
                    ),
                ),
                ("is_of_group", models.BooleanField(default=False, verbose_name="entité du groupe")),
                (
                    "processings",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("portal", "Services en ligne"),
                                ("contract", "Contrat et bénéficiaires"),
                                ("reimbursement", "Remboursement des soins"),
                                ("prior_agreement", "Devis et prises en charge"),
                                ("group_contract", "Contrats collectifs"),
                                ("provider_payment", "Tiers payant"),
                                ("rights_lookup", "Vérification des droits au comptoir"),
                                ("proof", "Preuve des opérations"),
                                ("security", "Sécurité des accès"),
                                ("operations", "Fonctionnement du site"),
                                ("statistics", "Comptes techniques et statistiques anonymes"),
                                ("pre_contract", "Avant le contrat"),
                                ("mutual_life", "Vie de la mutuelle"),
                                ("communication", "Lettre, offres et enquêtes"),
                                ("recovery", "Recouvrement et contentieux"),
                                ("fraud", "Lutte contre la fraude"),
                                ("financial_crime", "Blanchiment et financement du terrorisme"),
                                ("medical", "Informations médicales confidentielles"),
                            ],
                            max_length=24,
                        ),
                        verbose_name="traitements",
                    ),
                ),
                ("service", models.CharField(max_length=200, verbose_name="service rendu ou motif")),
                ("location", models.CharField(max_length=120, verbose_name="lieu des données")),
                ("is_outside_eu", models.BooleanField(default=False, verbose_name="hors de l’Union européenne")),
                ("safeguards", models.TextField(blank=True, verbose_name="garanties")),
                ("sub_processors", models.TextField(blank=True, verbose_name="sous-traitants ultérieurs")),
                ("contract", models.CharField(blank=True, max_length=120, verbose_name="contrat")),
                ("signed_on", models.DateField(blank=True, null=True, verbose_name="signé le")),
                ("review_on", models.DateField(blank=True, null=True, verbose_name="à revoir le")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="terminé le")),
                ("for_money", models.BooleanField(default=False, verbose_name="à titre onéreux")),
            ],
            options={
                "verbose_name": "destinataire",
                "verbose_name_plural": "destinataires et sous-traitants",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("recipient_class__in", ["staff", "processor", "partner", "authority"])),
                        name="recipient_is_of_four_classes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("for_money", False)),
                        name="recipient_never_for_money",
                        violation_error_message="Une donnée personnelle n’est jamais transmise à titre onéreux\xa0: le registre refuse cette ligne.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("recipient_class", "processor"), _negated=True),
                            models.Q(
                                ("review_on__isnull", False),
                                ("signed_on__isnull", False),
                                models.Q(("contract", ""), _negated=True),
                                models.Q(("safeguards", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="recipient_processor_has_its_contract",
                        violation_error_message="Un sous-traitant a un contrat (art. 28), sa date, ses garanties et la date de sa revue.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_outside_eu", False), models.Q(("safeguards", ""), _negated=True), _connector="OR"
                        ),
                        name="recipient_abroad_has_safeguards",
                        violation_error_message="Hors de l’Union européenne, dites les garanties du transfert.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "processings__contained_by",
                                [
                                    "portal",
                                    "contract",
                                    "reimbursement",
                                    "prior_agreement",
                                    "group_contract",
                                    "provider_payment",
                                    "rights_lookup",
                                    "proof",
                                    "security",
                                    "operations",
                                    "statistics",
                                    "pre_contract",
                                    "mutual_life",
                                    "communication",
                                    "recovery",
                                    "fraud",
                                    "financial_crime",
                                    "medical",
                                ],
                            )
                        ),
                        name="recipient_processings_are_declared",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Risk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "processing",
                    models.CharField(
                        choices=[
                            ("portal", "Services en ligne"),
                            ("contract", "Contrat et bénéficiaires"),
                            ("reimbursement", "Remboursement des soins"),
                            ("prior_agreement", "Devis et prises en charge"),
                            ("group_contract", "Contrats collectifs"),
                            ("provider_payment", "Tiers payant"),
                            ("rights_lookup", "Vérification des droits au comptoir"),
                            ("proof", "Preuve des opérations"),
                            ("security", "Sécurité des accès"),
                            ("operations", "Fonctionnement du site"),
                            ("statistics", "Comptes techniques et statistiques anonymes"),
                            ("pre_contract", "Avant le contrat"),
                            ("mutual_life", "Vie de la mutuelle"),
                            ("communication", "Lettre, offres et enquêtes"),
                            ("recovery", "Recouvrement et contentieux"),
                            ("fraud", "Lutte contre la fraude"),
                            ("financial_crime", "Blanchiment et financement du terrorisme"),
                            ("medical", "Informations médicales confidentielles"),
                        ],
                        max_length=24,
                        verbose_name="traitement",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("access", "Accès illégitime"),
                            ("change", "Modification non désirée"),
                            ("loss", "Disparition"),
                            ("misuse", "Usage détourné"),
                        ],
                        max_length=8,
                        verbose_name="nature",
                    ),
                ),
                ("title", models.CharField(max_length=160, verbose_name="événement redouté")),
                ("causes", models.TextField(verbose_name="causes et conséquences")),
                (
                    "likelihood",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "1, négligeable"), (2, "2, limitée"), (3, "3, importante"), (4, "4, maximale")],
                        verbose_name="vraisemblance",
                    ),
                ),
                (
                    "severity",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "1, négligeable"), (2, "2, limitée"), (3, "3, importante"), (4, "4, maximale")],
                        verbose_name="gravité",
                    ),
                ),
                ("owner", models.CharField(max_length=80, verbose_name="porté par")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="clos le")),
                (
                    "assessment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="risks",
                        to="privacy.impactassessment",
                        verbose_name="analyse d’impact",
                    ),
                ),
            ],
            options={
                "verbose_name": "risque",
                "verbose_name_plural": "risques",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("likelihood__range", (1, 4)), ("severity__range", (1, 4))),
                        name="risk_levels_are_of_four",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "processing__in",
                                [
                                    "portal",
                                    "contract",
                                    "reimbursement",
                                    "prior_agreement",
                                    "group_contract",
                                    "provider_payment",
                                    "rights_lookup",
                                    "proof",
                                    "security",
                                    "operations",
                                    "statistics",
                                    "pre_contract",
                                    "mutual_life",
                                    "communication",
                                    "recovery",
                                    "fraud",
                                    "financial_crime",
                                    "medical",
                                ],
                            )
                        ),
                        name="risk_processing_is_declared",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlannedMeasure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(max_length=200, verbose_name="mesure")),
                ("owner", models.CharField(max_length=80, verbose_name="portée par")),
                ("due_on", models.DateField(verbose_name="échéance")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="faite le")),
                (
                    "risk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plan",
                        to="privacy.risk",
                        verbose_name="risque",
                    ),
                ),
            ],
            options={
                "verbose_name": "mesure du plan d’action",
                "verbose_name_plural": "plan d’action",
                "ordering": ["due_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="Sheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "processing",
                    models.CharField(
                        choices=[
                            ("portal", "Services en ligne"),
                            ("contract", "Contrat et bénéficiaires"),
                            ("reimbursement", "Remboursement des soins"),
                            ("prior_agreement", "Devis et prises en charge"),
                            ("group_contract", "Contrats collectifs"),
                            ("provider_payment", "Tiers payant"),
                            ("rights_lookup", "Vérification des droits au comptoir"),
                            ("proof", "Preuve des opérations"),
                            ("security", "Sécurité des accès"),
                            ("operations", "Fonctionnement du site"),
                            ("statistics", "Comptes techniques et statistiques anonymes"),
                            ("pre_contract", "Avant le contrat"),
                            ("mutual_life", "Vie de la mutuelle"),
                            ("communication", "Lettre, offres et enquêtes"),
                            ("recovery", "Recouvrement et contentieux"),
                            ("fraud", "Lutte contre la fraude"),
                            ("financial_crime", "Blanchiment et financement du terrorisme"),
                            ("medical", "Informations médicales confidentielles"),
                        ],
                        max_length=24,
                        unique=True,
                        verbose_name="traitement",
                    ),
                ),
                ("measures", models.TextField(blank=True, verbose_name="mesures de sécurité")),
                ("joint_controllers", models.TextField(blank=True, verbose_name="responsables conjoints")),
                ("verified_on", models.DateField(blank=True, null=True, verbose_name="conformité vérifiée le")),
                ("review_on", models.DateField(blank=True, null=True, verbose_name="à revoir le")),
                ("finding", models.TextField(blank=True, verbose_name="constat de conformité")),
            ],
            options={
                "verbose_name": "fiche du registre",
                "verbose_name_plural": "fiches du registre",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "processing__in",
                                [
                                    "portal",
                                    "contract",
                                    "reimbursement",
                                    "prior_agreement",
                                    "group_contract",
                                    "provider_payment",
                                    "rights_lookup",
                                    "proof",
                                    "security",
                                    "operations",
                                    "statistics",
                                    "pre_contract",
                                    "mutual_life",
                                    "communication",
                                    "recovery",
                                    "fraud",
                                    "financial_crime",
                                    "medical",
                                ],
                            )
                        ),
                        name="sheet_processing_is_declared",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("verified_on", None), ("review_on__isnull", False), _connector="OR"),
                        name="sheet_verified_is_reviewed_again",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Transfer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "processing",
                    models.CharField(
                        choices=[
                            ("portal", "Services en ligne"),
                            ("contract", "Contrat et bénéficiaires"),
                            ("reimbursement", "Remboursement des soins"),
                            ("prior_agreement", "Devis et prises en charge"),
                            ("group_contract", "Contrats collectifs"),
                            ("provider_payment", "Tiers payant"),
                            ("rights_lookup", "Vérification des droits au comptoir"),
                            ("proof", "Preuve des opérations"),
                            ("security", "Sécurité des accès"),
                            ("operations", "Fonctionnement du site"),
                            ("statistics", "Comptes techniques et statistiques anonymes"),
                            ("pre_contract", "Avant le contrat"),
                            ("mutual_life", "Vie de la mutuelle"),
                            ("communication", "Lettre, offres et enquêtes"),
                            ("recovery", "Recouvrement et contentieux"),
                            ("fraud", "Lutte contre la fraude"),
                            ("financial_crime", "Blanchiment et financement du terrorisme"),
                            ("medical", "Informations médicales confidentielles"),
                        ],
                        max_length=24,
                        verbose_name="traitement",
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("contract", "Le contrat"),
                            ("law", "Une obligation légale"),
                            ("request", "La demande d’une autorité"),
                            ("consent", "L’accord de la personne"),
                        ],
                        max_length=10,
                        verbose_name="fondement",
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        blank=True,
                        help_text="De l’accord donné, ou du texte qui oblige.",
                        max_length=120,
                        verbose_name="référence",
                    ),
                ),
                ("what", models.CharField(max_length=200, verbose_name="données transmises")),
                ("persons", models.PositiveIntegerField(verbose_name="nombre de personnes")),
                ("protection", models.CharField(max_length=200, verbose_name="protection pendant l’envoi")),
                ("sent_on", models.DateField(verbose_name="transmis le")),
                ("for_money", models.BooleanField(default=False, verbose_name="à titre onéreux")),
                (
                    "recorded_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="noté le"),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="privacy.recipient", verbose_name="destinataire"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="noté par",
                    ),
                ),
            ],
            options={
                "verbose_name": "transmission",
                "verbose_name_plural": "transmissions",
                "ordering": ["-sent_on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("for_money", False)),
                        name="transfer_never_for_money",
                        violation_error_message="Une donnée personnelle n’est jamais transmise à titre onéreux\xa0: le registre refuse cette ligne.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ground__in", ["contract", "law", "request", "consent"])),
                        name="transfer_ground_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "processing__in",
                                [
                                    "portal",
                                    "contract",
                                    "reimbursement",
                                    "prior_agreement",
                                    "group_contract",
                                    "provider_payment",
                                    "rights_lookup",
                                    "proof",
                                    "security",
                                    "operations",
                                    "statistics",
                                    "pre_contract",
                                    "mutual_life",
                                    "communication",
                                    "recovery",
                                    "fraud",
                                    "financial_crime",
                                    "medical",
                                ],
                            )
                        ),
                        name="transfer_processing_is_declared",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ground", "contract"), models.Q(("reference", ""), _negated=True), _connector="OR"
                        ),
                        name="transfer_outside_contract_says_its_ground",
                        violation_error_message="Hors du contrat, donnez la référence de l’accord ou du texte qui oblige.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("protection", ""), _negated=True),
                        name="transfer_is_protected",
                        violation_error_message="Dites comment l’envoi est protégé.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ControlResult",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("done_on", models.DateField(verbose_name="fait le")),
                (
                    "finding",
                    models.CharField(
                        choices=[("compliant", "Conforme"), ("minor", "Écart mineur"), ("major", "Écart majeur")],
                        max_length=10,
                        verbose_name="constat",
                    ),
                ),
                ("words", models.TextField(verbose_name="observations")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="noté le")),
                (
                    "control",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="results", to="privacy.control"
                    ),
                ),
                (
                    "evidence",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portals.storedfile",
                        verbose_name="preuve",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="noté par",
                    ),
                ),
            ],
            options={
                "verbose_name": "résultat de contrôle",
                "verbose_name_plural": "résultats de contrôles",
                "ordering": ["-done_on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("finding__in", ["compliant", "minor", "major"])),
                        name="control_finding_is_known",
                    )
                ],
            },
        ),
        append_only("privacy_publication", "privacy_transfer", "privacy_controlresult", "privacy_journalcheck"),
        migrations.RunSQL(ASSESSED, BACK),
    ]
