"""Files of inquiries behind their walls, vigilance, communications to authorities; holds that name their file."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import privacy.disclosures.models
import privacy.investigations.models

WORDS = "string_to_array((SELECT current_setting('app.cases', true)), ' ')"
SYSTEM = "(SELECT current_setting('app.scope', true) = 'system')"
OWN_KIND = f"kind = ANY ({WORDS})"
OVERSIGHT = f"'oversight' = ANY ({WORDS})"
VIGILANCE = f"'financial_crime' = ANY ({WORDS})"
IN_CASE = f"EXISTS (SELECT FROM privacy_investigation one WHERE one.id = case_id AND one.{OWN_KIND})"
IN_DISCLOSURE = (
    f"EXISTS (SELECT FROM privacy_disclosure one WHERE one.id = disclosure_id AND (one.{OWN_KIND} OR {OVERSIGHT}))"
)
MINE = f"""(
    (space = 'adherent' AND tenant_id = (SELECT nullif(current_setting('app.household', true), '')::bigint))
    OR (space <> 'adherent' AND subject_id = (SELECT nullif(current_setting('app.account', true), '')::bigint))
    OR {SYSTEM}
)"""
# No policy here but that of the told names the system's scope: a job or a view that takes it reads no file.
POLICIES = (
    ("privacy_investigation", "wall", "ALL", OWN_KIND, OWN_KIND),
    ("privacy_investigation", "oversight", "SELECT", OVERSIGHT, ""),
    *(
        (f"privacy_{table}", "wall", "ALL", IN_CASE, IN_CASE)
        for table in ("casesubject", "casestep", "exhibit", "suspicionreport")
    ),
    ("privacy_screeningflag", "wall", "ALL", VIGILANCE, VIGILANCE),
    ("privacy_disclosure", "wall", "ALL", f"({OWN_KIND} OR {OVERSIGHT})", f"({OWN_KIND} OR {OVERSIGHT})"),
    ("privacy_disclosedsubject", "wall", "ALL", IN_DISCLOSURE, IN_DISCLOSURE),
    ("privacy_tolddisclosure", "tenant", "ALL", MINE, SYSTEM),
)
TABLES = tuple(dict.fromkeys(table for table, *_rest in POLICIES))
WALLS = "\n".join(
    [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"
        for table in TABLES
    ]
    + [
        f"CREATE POLICY {name} ON {table} FOR {verb} USING ({seen})" + (f" WITH CHECK ({written});" if written else ";")
        for table, name, verb, seen, written in POLICIES
    ]
)
WALLS_BACK = "\n".join(
    [f"DROP POLICY {name} ON {table};" for table, name, *_rest in POLICIES]
    + [
        f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"
        for table in TABLES
    ]
)
WRITTEN_ONCE = """
    REVOKE UPDATE, DELETE, TRUNCATE ON privacy_casestep, privacy_suspicionreport, privacy_disclosedsubject FROM app;
    REVOKE DELETE, TRUNCATE ON privacy_investigation, privacy_disclosure, privacy_tolddisclosure FROM app;
    REVOKE TRUNCATE ON privacy_casesubject, privacy_exhibit, privacy_screeningflag FROM app;
"""
WRITTEN_AGAIN = """
    GRANT UPDATE, DELETE ON privacy_casestep, privacy_suspicionreport, privacy_disclosedsubject TO app;
    GRANT DELETE ON privacy_investigation, privacy_disclosure, privacy_tolddisclosure TO app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("portals", "0023_package"),
        ("privacy", "0018_retention"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="legalhold",
            name="case_reference",
            field=models.CharField(blank=True, db_index=True, max_length=20, verbose_name="dossier"),
        ),
        migrations.AddField(
            model_name="legalhold",
            name="is_told",
            field=models.BooleanField(default=True, verbose_name="dite à la personne"),
        ),
        migrations.AlterField(
            model_name="activation",
            name="processing",
            field=models.CharField(
                choices=[
                    ("reimbursement", "Remboursement des soins"),
                    ("prior_agreement", "Devis et prises en charge"),
                    ("provider_payment", "Tiers payant"),
                    ("rights_lookup", "Vérification des droits au comptoir"),
                    ("statistics", "Comptes techniques et statistiques anonymes"),
                    ("fraud", "Lutte contre la fraude"),
                    ("financial_crime", "Blanchiment et financement du terrorisme"),
                    ("medical", "Informations médicales confidentielles"),
                ],
                max_length=24,
                verbose_name="traitement",
            ),
        ),
        migrations.CreateModel(
            name="Disclosure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        default=privacy.disclosures.models.new_reference,
                        max_length=20,
                        unique=True,
                        verbose_name="numéro",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("fraud", "Fraude"), ("financial_crime", "Blanchiment et financement du terrorisme")],
                        max_length=16,
                        verbose_name="nature",
                    ),
                ),
                ("case_reference", models.CharField(blank=True, max_length=20, verbose_name="dossier")),
                (
                    "authority",
                    models.CharField(
                        choices=[
                            ("justice", "Autorité judiciaire"),
                            ("police", "Police ou gendarmerie"),
                            ("tax", "Administration fiscale"),
                            ("social", "Organisme de sécurité sociale"),
                            ("tracfin", "Tracfin"),
                            ("supervisor", "Autorité de contrôle (ACPR)"),
                            ("cnil", "CNIL"),
                            ("other", "Autre autorité habilitée"),
                        ],
                        max_length=10,
                        verbose_name="autorité",
                    ),
                ),
                ("authority_name", models.CharField(max_length=160, verbose_name="nom de l’autorité")),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            (
                                "requisition",
                                "Réquisition judiciaire (code de procédure pénale, art. 60-1, 77-1-1, 99-3)",
                            ),
                            ("judge", "Décision d’un juge (code de procédure civile, art. 138 et suivants)"),
                            ("tax_right", "Droit de communication fiscal (livre des procédures fiscales, art. L. 81)"),
                            (
                                "social_right",
                                "Droit de communication social (code de la sécurité sociale, art. L. 114-19)",
                            ),
                            ("tracfin_right", "Demande de Tracfin (code monétaire et financier, art. L. 561-25)"),
                            ("supervision", "Contrôle de l’ACPR (code monétaire et financier, art. L. 612-24)"),
                            ("data_protection", "Contrôle de la CNIL (loi du 6 janvier 1978, art. 19)"),
                            ("other", "Autre texte, dit dans la référence"),
                        ],
                        max_length=16,
                        verbose_name="fondement",
                    ),
                ),
                ("ground_reference", models.CharField(max_length=120, verbose_name="référence de la demande")),
                ("received_on", models.DateField(verbose_name="reçue le")),
                (
                    "classes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), verbose_name="données"
                    ),
                ),
                ("since", models.DateField(verbose_name="du")),
                ("until", models.DateField(verbose_name="au")),
                ("necessity", models.TextField(verbose_name="pourquoi ces données suffisent et sont nécessaires")),
                ("is_secret", models.BooleanField(default=False, verbose_name="secrète")),
                ("skips_approval", models.BooleanField(default=False, verbose_name="sans approbation")),
                (
                    "secrecy_ground",
                    models.CharField(blank=True, max_length=160, verbose_name="texte qui impose le secret"),
                ),
                ("secret_until", models.DateField(blank=True, null=True, verbose_name="secrète jusqu’au")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "À approuver"),
                            ("approved", "À remettre"),
                            ("refused", "Refusée"),
                            ("sent", "Remise"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="préparée le")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="décidée le")),
                ("decision_words", models.TextField(blank=True, verbose_name="motif de la décision")),
                (
                    "bundle_sha256",
                    models.CharField(blank=True, max_length=64, verbose_name="empreinte du fichier remis"),
                ),
                ("bundle_rows", models.PositiveIntegerField(blank=True, null=True, verbose_name="lignes remises")),
                ("produced_at", models.DateTimeField(blank=True, null=True, verbose_name="produit le")),
                ("sent_on", models.DateField(blank=True, null=True, verbose_name="remise le")),
                (
                    "means",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("portal", "Portail sécurisé de l’autorité"),
                            ("encrypted", "Fichier chiffré, clé par un autre moyen"),
                            ("hand", "Remise en main propre contre reçu"),
                            ("post", "Lettre recommandée"),
                        ],
                        max_length=10,
                        verbose_name="moyen",
                    ),
                ),
                ("receipt", models.CharField(blank=True, max_length=120, verbose_name="reçu")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="préparée par",
                    ),
                ),
                (
                    "bundle",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portals.storedfile",
                        verbose_name="fichier remis",
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
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portals.upload",
                        verbose_name="demande de l’autorité",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="remise par",
                    ),
                ),
            ],
            options={
                "verbose_name": "communication à une autorité",
                "verbose_name_plural": "communications aux autorités",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "authority__in",
                                ["justice", "police", "tax", "social", "tracfin", "supervisor", "cnil", "other"],
                            ),
                            (
                                "ground__in",
                                [
                                    "requisition",
                                    "judge",
                                    "tax_right",
                                    "social_right",
                                    "tracfin_right",
                                    "supervision",
                                    "data_protection",
                                    "other",
                                ],
                            ),
                            ("kind__in", ["fraud", "financial_crime"]),
                            models.Q(("authority_name", ""), _negated=True),
                            models.Q(("ground_reference", ""), _negated=True),
                            models.Q(("necessity", ""), _negated=True),
                            ("classes__len__gt", 0),
                        ),
                        name="disclosure_says_who_why_and_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__gte", models.F("since"))), name="disclosure_period_has_an_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("is_secret", False),
                                ("secrecy_ground", ""),
                                ("secret_until", None),
                                ("skips_approval", False),
                            ),
                            models.Q(("is_secret", True), models.Q(("secrecy_ground", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="disclosure_is_secret_by_a_text",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_by", None), ("state", "waiting")),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                models.Q(("decided_by", models.F("asked_by")), _negated=True),
                            ),
                            models.Q(
                                ("decided_by", None),
                                ("skips_approval", True),
                                models.Q(("state", "refused"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="disclosure_has_four_eyes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "sent"), _negated=True),
                            models.Q(
                                ("bundle_rows__isnull", False),
                                ("means__in", ["portal", "encrypted", "hand", "post"]),
                                ("sent_by__isnull", False),
                                ("sent_on__isnull", False),
                                models.Q(("bundle_sha256", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="disclosure_sent_by_somebody_somehow",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DisclosedSubject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                (
                    "tenant_id",
                    models.BigIntegerField(blank=True, null=True, verbose_name="foyer, entreprise ou professionnel"),
                ),
                ("subject_id", models.BigIntegerField(verbose_name="personne ou compte")),
                (
                    "disclosure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="subjects", to="privacy.disclosure"
                    ),
                ),
            ],
            options={
                "verbose_name": "personne d’une communication",
                "verbose_name_plural": "personnes des communications",
                "constraints": [
                    models.UniqueConstraint(fields=("disclosure", "space", "subject_id"), name="disclosed_subject_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="FreezeList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("published_on", models.DateField(verbose_name="publiée le")),
                ("sha256", models.CharField(max_length=64, unique=True, verbose_name="empreinte SHA-256")),
                ("names", models.PositiveIntegerField(verbose_name="noms")),
                ("imported_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="importée le")),
                ("screened_at", models.DateTimeField(blank=True, null=True, verbose_name="comparée le")),
                ("screened", models.PositiveIntegerField(default=0, verbose_name="personnes et organismes comparés")),
                (
                    "imported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="importée par",
                    ),
                ),
            ],
            options={
                "verbose_name": "liste de gel des avoirs",
                "verbose_name_plural": "listes de gel des avoirs",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Investigation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        default=privacy.investigations.models.new_reference,
                        max_length=20,
                        unique=True,
                        verbose_name="numéro",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("fraud", "Fraude"), ("financial_crime", "Blanchiment et financement du terrorisme")],
                        max_length=16,
                        verbose_name="nature",
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("fraud_report", "Signalement d’un titulaire"),
                            ("incident", "Incident de sécurité"),
                            ("staff", "Constat du personnel"),
                            ("partner", "Organisme partenaire"),
                            ("screening", "Alerte de vigilance"),
                            ("authority", "Autorité"),
                        ],
                        max_length=16,
                        verbose_name="origine",
                    ),
                ),
                ("origin_reference", models.CharField(blank=True, max_length=40, verbose_name="numéro à l’origine")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Ouvert"), ("closed", "Clos"), ("purged", "Détruit")],
                        default="open",
                        max_length=8,
                        verbose_name="état",
                    ),
                ),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="ouvert le")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="clos le")),
                ("purge_on", models.DateField(blank=True, null=True, verbose_name="à détruire le")),
                ("purged_at", models.DateTimeField(blank=True, null=True, verbose_name="détruit le")),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ouvert par",
                    ),
                ),
            ],
            options={
                "verbose_name": "dossier d’enquête",
                "verbose_name_plural": "dossiers d’enquête",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["fraud", "financial_crime"])),
                        name="investigation_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("purge_on", None), ("purged_at", None), ("state", "open")),
                            models.Q(("closed_at__isnull", False), ("purged_at", None), ("state", "closed")),
                            models.Q(("closed_at__isnull", False), ("purged_at__isnull", False), ("state", "purged")),
                            _connector="OR",
                        ),
                        name="investigation_state_has_its_instants",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Exhibit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="pièce")),
                ("label_sealed", models.BinaryField(verbose_name="intitulé scellé")),
                ("extension", models.CharField(max_length=5, verbose_name="extension")),
                ("sha256", models.CharField(max_length=64, verbose_name="empreinte SHA-256")),
                ("size", models.PositiveBigIntegerField(verbose_name="taille en octets")),
                ("received_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="versée le")),
                (
                    "original",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portals.storedfile"
                    ),
                ),
                (
                    "received_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="versée par",
                    ),
                ),
                (
                    "upload",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="portals.upload",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="exhibits", to="privacy.investigation"
                    ),
                ),
            ],
            options={
                "verbose_name": "pièce d’un dossier d’enquête",
                "verbose_name_plural": "pièces des dossiers d’enquête",
                "constraints": [
                    models.UniqueConstraint(fields=("case", "number"), name="exhibit_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")), name="exhibit_sha256_is_hex"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseSubject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                (
                    "tenant_id",
                    models.BigIntegerField(blank=True, null=True, verbose_name="foyer, entreprise ou professionnel"),
                ),
                (
                    "subject_id",
                    models.BigIntegerField(blank=True, null=True, verbose_name="personne, entreprise ou professionnel"),
                ),
                ("account_id", models.BigIntegerField(blank=True, null=True, verbose_name="compte")),
                ("name_sealed", models.BinaryField(verbose_name="nom scellé")),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="ajouté le")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="subjects", to="privacy.investigation"
                    ),
                ),
            ],
            options={
                "verbose_name": "personne d’un dossier d’enquête",
                "verbose_name_plural": "personnes des dossiers d’enquête",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("subject_id__isnull", False), ("account_id__isnull", False), _connector="OR"
                        ),
                        name="case_subject_is_somebody",
                    ),
                    models.UniqueConstraint(
                        fields=("case", "space", "subject_id", "account_id"),
                        name="case_subject_once",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="instant")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("opened", "Dossier ouvert"),
                            ("noted", "Note"),
                            ("watched", "Vigilance"),
                            ("subject", "Personne ajoutée"),
                            ("received", "Pièce versée"),
                            ("released", "Pièce sortie de quarantaine"),
                            ("discarded", "Copie lisible écartée"),
                            ("read", "Pièce lue"),
                            ("measure", "Mesure prise"),
                            ("held", "Données conservées"),
                            ("let_go", "Conservation levée"),
                            ("flagged", "Alerte confirmée"),
                            ("declared", "Déclaration de soupçon"),
                            ("exported", "Dossier remis"),
                            ("decided", "Décision"),
                            ("purged", "Dossier détruit"),
                        ],
                        max_length=10,
                        verbose_name="étape",
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no_follow_up", "Sans suite"),
                            ("recovery", "Récupération des sommes"),
                            ("complaint", "Plainte"),
                            ("court", "Action en justice"),
                            ("no_suspicion", "Soupçon levé"),
                            ("watched", "Vigilance renforcée"),
                            ("declared", "Soupçon déclaré"),
                        ],
                        max_length=16,
                        verbose_name="décision",
                    ),
                ),
                ("exhibit", models.PositiveIntegerField(blank=True, null=True, verbose_name="pièce")),
                ("words_sealed", models.BinaryField(blank=True, null=True, verbose_name="précisions scellées")),
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
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="privacy.investigation"
                    ),
                ),
            ],
            options={
                "verbose_name": "étape d’un dossier d’enquête",
                "verbose_name_plural": "étapes des dossiers d’enquête",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "opened",
                                    "noted",
                                    "watched",
                                    "subject",
                                    "received",
                                    "released",
                                    "discarded",
                                    "read",
                                    "measure",
                                    "held",
                                    "let_go",
                                    "flagged",
                                    "declared",
                                    "exported",
                                    "decided",
                                    "purged",
                                ],
                            )
                        ),
                        name="case_step_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "code__in",
                                    [
                                        "no_follow_up",
                                        "recovery",
                                        "complaint",
                                        "court",
                                        "no_suspicion",
                                        "watched",
                                        "declared",
                                    ],
                                ),
                                ("kind", "decided"),
                            ),
                            models.Q(models.Q(("kind", "decided"), _negated=True), ("code", "")),
                            _connector="OR",
                        ),
                        name="case_step_decides_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ListedName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=40, verbose_name="numéro au registre")),
                (
                    "kind",
                    models.CharField(
                        choices=[("person", "Personne physique"), ("entity", "Personne morale")],
                        max_length=6,
                        verbose_name="nature",
                    ),
                ),
                ("family_name", models.CharField(max_length=200, verbose_name="nom")),
                ("given_names", models.CharField(blank=True, max_length=200, verbose_name="prénoms")),
                ("born_on", models.DateField(blank=True, null=True, verbose_name="né le")),
                (
                    "birth_year",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="année de naissance"),
                ),
                ("measure", models.CharField(blank=True, max_length=300, verbose_name="mesure")),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="listed", to="privacy.freezelist"
                    ),
                ),
            ],
            options={
                "verbose_name": "nom d’une liste de gel",
                "verbose_name_plural": "noms des listes de gel",
            },
        ),
        migrations.CreateModel(
            name="ScreeningFlag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=120, unique=True, verbose_name="clé")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("freeze", "Nom proche d’une mesure de gel"),
                            ("bank_changes", "Changements de compte bancaire répétés"),
                            ("refunds", "Remboursements au-dessus du seuil"),
                        ],
                        max_length=12,
                        verbose_name="nature",
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
                (
                    "tenant_id",
                    models.BigIntegerField(blank=True, null=True, verbose_name="foyer, entreprise ou professionnel"),
                ),
                ("subject_id", models.BigIntegerField(verbose_name="personne, entreprise ou professionnel")),
                (
                    "numbers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=list,
                        verbose_name="numéros au registre",
                    ),
                ),
                ("degree", models.PositiveSmallIntegerField(default=0, verbose_name="degré")),
                ("facts", models.CharField(max_length=300, verbose_name="constat")),
                ("found_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="levée le")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "À examiner"), ("confirmed", "Confirmée"), ("dismissed", "Écartée")],
                        default="open",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="décidée le")),
                ("reason", models.TextField(blank=True, verbose_name="raison")),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="flags",
                        to="privacy.investigation",
                        verbose_name="dossier",
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
                    "version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="flags",
                        to="privacy.freezelist",
                        verbose_name="liste",
                    ),
                ),
            ],
            options={
                "verbose_name": "alerte de vigilance",
                "verbose_name_plural": "alertes de vigilance",
                "indexes": [models.Index(fields=["state", "-found_at"], name="screening_flag_waiting")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("case", None), ("decided_at", None), ("decided_by", None), ("state", "open")),
                            models.Q(
                                ("case", None),
                                ("decided_by__isnull", False),
                                ("state", "dismissed"),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            models.Q(
                                ("case__isnull", False),
                                ("decided_by__isnull", False),
                                ("state", "confirmed"),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="screening_flag_is_decided_by_somebody",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SuspicionReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("declared_on", models.DateField(verbose_name="déclarée le")),
                ("reference_sealed", models.BinaryField(verbose_name="numéro scellé")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="notée le")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="declarations",
                        to="privacy.investigation",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="notée par",
                    ),
                ),
            ],
            options={
                "verbose_name": "déclaration de soupçon",
                "verbose_name_plural": "déclarations de soupçon",
            },
        ),
        migrations.CreateModel(
            name="ToldDisclosure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, verbose_name="numéro")),
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
                (
                    "tenant_id",
                    models.BigIntegerField(blank=True, null=True, verbose_name="foyer, entreprise ou professionnel"),
                ),
                ("subject_id", models.BigIntegerField(verbose_name="personne ou compte")),
                ("authority_name", models.CharField(max_length=160, verbose_name="autorité")),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            (
                                "requisition",
                                "Réquisition judiciaire (code de procédure pénale, art. 60-1, 77-1-1, 99-3)",
                            ),
                            ("judge", "Décision d’un juge (code de procédure civile, art. 138 et suivants)"),
                            ("tax_right", "Droit de communication fiscal (livre des procédures fiscales, art. L. 81)"),
                            (
                                "social_right",
                                "Droit de communication social (code de la sécurité sociale, art. L. 114-19)",
                            ),
                            ("tracfin_right", "Demande de Tracfin (code monétaire et financier, art. L. 561-25)"),
                            ("supervision", "Contrôle de l’ACPR (code monétaire et financier, art. L. 612-24)"),
                            ("data_protection", "Contrôle de la CNIL (loi du 6 janvier 1978, art. 19)"),
                            ("other", "Autre texte, dit dans la référence"),
                        ],
                        max_length=16,
                        verbose_name="fondement",
                    ),
                ),
                (
                    "classes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), verbose_name="données"
                    ),
                ),
                ("since", models.DateField(verbose_name="du")),
                ("until", models.DateField(verbose_name="au")),
                ("sent_on", models.DateField(verbose_name="remises le")),
            ],
            options={
                "verbose_name": "communication dite à la personne",
                "verbose_name_plural": "communications dites aux personnes",
                "indexes": [models.Index(fields=["space", "subject_id"], name="told_disclosure_subject")],
                "constraints": [
                    models.UniqueConstraint(fields=("reference", "space", "subject_id"), name="told_disclosure_once")
                ],
            },
        ),
        migrations.RunSQL(WALLS, WALLS_BACK),
        migrations.RunSQL(WRITTEN_ONCE, WRITTEN_AGAIN),
    ]
