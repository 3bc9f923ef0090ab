"""Purposes, the ledger of choices, campaigns; and the database role that campaigns read people with."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from portals.access.row_security import append_only, open_to_staff

# The texts that people read first. Migrations keep them: later wordings are versions, written in the DPO's pages.
FIRST = (
    ("institutional", "communication", "consent", ["email", "sms", "post"], 10, "Vie de la mutuelle",
     "Convocations aux assemblées, élections des délégués, actions près de chez vous.",
     "Le service de la vie institutionnelle et les instances de la mutuelle"),
    ("newsletter", "communication", "consent", ["email", "post"], 20, "Lettre d’information",
     "Prévention, droits, nouveautés de votre espace\u00a0: quatre à six lettres par an.",
     "Le service de la communication"),
    ("offers", "communication", "consent", ["email", "sms", "post", "phone"], 30, "Offres et services",
     "Actualités commerciales de la mutuelle. Choisies d’après votre contrat, jamais d’après vos soins.",
     "Le service de la communication et les conseillers"),
    ("surveys", "communication", "consent", ["email", "sms", "phone"], 40, "Enquêtes de satisfaction",
     "Quelques questions sur nos services, deux fois par an au plus.",
     "Le service de la qualité"),
    ("personalisation", "personalisation", "objection", ["whole"], 50, "Propositions personnalisées",
     "Des suggestions dans votre espace et des messages adaptés à votre contrat. Jamais d’après vos soins. "
     "Vous pouvez vous y opposer sans donner de raison.",
     "Votre espace en ligne et le service de la communication"),
)  # fmt: skip

# Whoever reads for a campaign is this role: the contract and the choices, column by column. No table of care is ever
# granted to it, and none that comes later is (PDP-4.1).
ROLE = """
    DO $$ BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'campaigns') THEN
            CREATE ROLE campaigns NOLOGIN NOBYPASSRLS;
        END IF;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; -- another database of the cluster was faster
    END $$;
    DO $$ BEGIN
        IF NOT EXISTS (
            SELECT FROM pg_auth_members WHERE roleid = 'campaigns'::regrole AND member = 'app'::regrole AND set_option
        ) THEN
            GRANT campaigns TO app WITH INHERIT FALSE, SET TRUE;
        END IF;
    EXCEPTION WHEN unique_violation THEN NULL; -- the same
    END $$;
    GRANT USAGE ON SCHEMA public TO campaigns;
    GRANT SELECT ON privacy_purpose, privacy_purposetext, privacy_choice, portals_grant TO campaigns;
    GRANT SELECT (id, email, is_active, state, space) ON portals_account TO campaigns;
"""
ROLE_BACK = """
    REVOKE ALL ON privacy_purpose, privacy_purposetext, privacy_choice, portals_grant, portals_account FROM campaigns;
    REVOKE ALL ON SCHEMA public FROM campaigns;
"""

MINE = """(
    (space = 'adherent' AND tenant_id = (SELECT nullif(current_setting('app.household', true), '')::bigint))
    OR (space <> 'adherent' AND subject_id = (SELECT nullif(current_setting('app.account', true), '')::bigint))
    OR (SELECT current_setting('app.scope', true) = 'system')
)"""
WALLS = f"""
    ALTER TABLE privacy_choice ENABLE ROW LEVEL SECURITY;
    ALTER TABLE privacy_choice FORCE ROW LEVEL SECURITY;
    CREATE POLICY tenant ON privacy_choice USING {MINE} WITH CHECK {MINE};
    ALTER TABLE privacy_campaignmessage ENABLE ROW LEVEL SECURITY;
    ALTER TABLE privacy_campaignmessage FORCE ROW LEVEL SECURITY;
    CREATE POLICY tenant ON privacy_campaignmessage
        USING ((SELECT current_setting('app.scope', true) = 'system'))
        WITH CHECK ((SELECT current_setting('app.scope', true) = 'system'));
"""
WALLS_BACK = """
    DROP POLICY tenant ON privacy_campaignmessage;
    ALTER TABLE privacy_campaignmessage NO FORCE ROW LEVEL SECURITY;
    ALTER TABLE privacy_campaignmessage DISABLE ROW LEVEL SECURITY;
    DROP POLICY tenant ON privacy_choice;
    ALTER TABLE privacy_choice NO FORCE ROW LEVEL SECURITY;
    ALTER TABLE privacy_choice DISABLE ROW LEVEL SECURITY;
"""


def write_first_texts(apps, schema_editor):
    purposes, texts = apps.get_model("privacy", "Purpose"), apps.get_model("privacy", "PurposeText")
    for code, kind, basis, channels, rank, label, text, recipients in FIRST:
        purpose = purposes.objects.using(schema_editor.connection.alias).create(
            code=code, kind=kind, basis=basis, channels=channels, rank=rank
        )
        texts.objects.using(schema_editor.connection.alias).create(
            purpose=purpose, number=1, label=label, text=text, recipients=recipients
        )


class Migration(migrations.Migration):
    dependencies = [
        ("portals", "0020_bank_approval"),
        ("privacy", "0007_history"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Purpose",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40, unique=True, verbose_name="code")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("communication", "Communication"),
                            ("personalisation", "Personnalisation"),
                            ("special", "Autorisation particulière"),
                        ],
                        max_length=16,
                        verbose_name="sorte",
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("consent", "Consentement\xa0: rien sans accord"),
                            ("objection", "Intérêt légitime\xa0: jusqu’à opposition"),
                        ],
                        max_length=10,
                        verbose_name="fondement",
                    ),
                ),
                (
                    "channels",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("email", "E-mail"),
                                ("sms", "SMS"),
                                ("post", "Courrier"),
                                ("phone", "Téléphone"),
                                ("whole", "Accepter"),
                            ],
                            max_length=6,
                        ),
                        verbose_name="canaux",
                    ),
                ),
                ("rank", models.PositiveSmallIntegerField(default=50, verbose_name="rang")),
                (
                    "asked_again_from",
                    models.PositiveIntegerField(default=1, verbose_name="accords valables depuis la version"),
                ),
                ("retired_at", models.DateTimeField(blank=True, null=True, verbose_name="arrêtée le")),
            ],
            options={
                "verbose_name": "finalité",
                "verbose_name_plural": "finalités",
                "ordering": ["rank", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("basis__in", ["consent", "objection"])), name="purpose_basis_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["communication", "personalisation", "special"])),
                        name="purpose_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("channels", []), _negated=True), name="purpose_has_a_channel"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Campaign",
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
                        default="adherent",
                        max_length=16,
                        verbose_name="espace",
                    ),
                ),
                ("subject", models.CharField(max_length=120, verbose_name="objet de l’e-mail")),
                ("text", models.TextField(verbose_name="texte")),
                ("criteria", models.JSONField(blank=True, default=dict, verbose_name="à qui")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Brouillon"), ("sending", "Envoi lancé")],
                        default="draft",
                        max_length=8,
                        verbose_name="état",
                    ),
                ),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="écrite le")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="envoyée le")),
                ("recipients", models.PositiveIntegerField(blank=True, null=True, verbose_name="destinataires")),
                (
                    "sent_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="envoyée par",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="écrite par",
                    ),
                ),
                (
                    "purpose",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="campaigns",
                        to="privacy.purpose",
                        verbose_name="finalité",
                    ),
                ),
            ],
            options={
                "verbose_name": "campagne",
                "verbose_name_plural": "campagnes",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "sending"])), name="campaign_state_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at", None), ("sent_by", None), ("state", "draft")),
                            models.Q(("sent_at__isnull", False), ("sent_by__isnull", False), ("state", "sending")),
                            _connector="OR",
                        ),
                        name="campaign_sent_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PurposeText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                ("label", models.CharField(max_length=80, verbose_name="intitulé")),
                ("text", models.CharField(max_length=400, verbose_name="texte montré")),
                ("recipients", models.CharField(max_length=200, verbose_name="qui s’en sert")),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="écrit le")),
                ("by_account", models.BigIntegerField(blank=True, null=True, verbose_name="écrit par")),
                (
                    "purpose",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="texts", to="privacy.purpose"
                    ),
                ),
            ],
            options={
                "verbose_name": "texte d’une finalité",
                "verbose_name_plural": "textes des finalités",
                "constraints": [
                    models.UniqueConstraint(fields=("purpose", "number"), name="purpose_text_once_per_number")
                ],
            },
        ),
        migrations.CreateModel(
            name="Choice",
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
                ("tenant_id", models.BigIntegerField(blank=True, null=True, verbose_name="foyer")),
                ("subject_id", models.BigIntegerField(verbose_name="personne ou compte")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("email", "E-mail"),
                            ("sms", "SMS"),
                            ("post", "Courrier"),
                            ("phone", "Téléphone"),
                            ("whole", "Accepter"),
                        ],
                        max_length=6,
                        verbose_name="canal",
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("given", "Accord donné"),
                            ("withdrawn", "Accord retiré"),
                            ("objected", "Opposition"),
                            ("lifted", "Opposition levée"),
                        ],
                        max_length=10,
                        verbose_name="décision",
                    ),
                ),
                (
                    "capacity",
                    models.CharField(
                        choices=[
                            ("self", "La personne elle-même"),
                            ("parent", "Un parent, pour un enfant de moins de 16 ans"),
                            ("representative", "Son représentant"),
                            ("staff", "Un gestionnaire, d’après une preuve"),
                        ],
                        max_length=16,
                        verbose_name="qui a choisi",
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("space", "Espace en ligne"),
                            ("link", "Lien de désabonnement"),
                            ("post", "Courrier"),
                            ("phone", "Téléphone"),
                            ("email", "E-mail"),
                        ],
                        max_length=6,
                        verbose_name="reçu par",
                    ),
                ),
                ("by_account", models.BigIntegerField(blank=True, null=True, verbose_name="compte")),
                ("said_on", models.DateField(blank=True, null=True, verbose_name="dit le")),
                (
                    "note",
                    models.CharField(blank=True, max_length=80, verbose_name="référence de l’appel ou du courrier"),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="instant")),
                (
                    "proof",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portals.upload",
                        verbose_name="preuve",
                    ),
                ),
                (
                    "purpose",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="choices",
                        to="privacy.purpose",
                        verbose_name="finalité",
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="choices",
                        to="privacy.purposetext",
                        verbose_name="texte montré",
                    ),
                ),
            ],
            options={
                "verbose_name": "choix",
                "verbose_name_plural": "choix des personnes",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["subject_id", "space", "purpose", "channel", "-id"], name="choice_latest")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("decision__in", ["given", "withdrawn", "objected", "lifted"])),
                        name="choice_decision_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("channel__in", ["email", "sms", "post", "phone", "whole"])),
                        name="choice_channel_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("capacity", "staff"), _negated=True),
                            models.Q(
                                ("said_on__isnull", False),
                                models.Q(
                                    ("proof__isnull", False), models.Q(("note", ""), _negated=True), _connector="OR"
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="choice_by_staff_has_its_proof",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("space", "adherent"), _negated=True),
                            ("tenant_id__isnull", False),
                            _connector="OR",
                        ),
                        name="choice_of_a_member_has_a_household",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CampaignMessage",
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
                ("tenant_id", models.BigIntegerField(blank=True, null=True, verbose_name="foyer")),
                ("subject_id", models.BigIntegerField(verbose_name="personne ou compte")),
                ("account_id", models.BigIntegerField(verbose_name="compte")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="préparé le")),
                ("held_back_at", models.DateTimeField(blank=True, null=True, verbose_name="retenu le")),
                ("unsubscribed_at", models.DateTimeField(blank=True, null=True, verbose_name="désabonnement le")),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="messages", to="privacy.campaign"
                    ),
                ),
            ],
            options={
                "verbose_name": "message d’une campagne",
                "verbose_name_plural": "messages des campagnes",
                "constraints": [
                    models.UniqueConstraint(fields=("campaign", "account_id"), name="campaign_once_per_account")
                ],
            },
        ),
        migrations.RunSQL(WALLS, WALLS_BACK),
        open_to_staff("privacy_choice"),
        append_only("privacy_choice", "privacy_purposetext"),
        migrations.RunPython(write_first_texts, migrations.RunPython.noop),
        migrations.RunSQL(ROLE, ROLE_BACK),
    ]
