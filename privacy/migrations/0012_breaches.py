"""Incidents qualified and followed, breaches of data, their files for the authority, the persons and what reached them."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

# The timeline and what a file said are written once; nothing here is ever deleted (RGPD, art. 33.5).
KEPT = """
    REVOKE UPDATE, DELETE, TRUNCATE ON privacy_incidentstep FROM app;
    REVOKE UPDATE, DELETE, TRUNCATE ON privacy_filing FROM app;
    GRANT UPDATE (filed_at, receipt, late_reason) ON privacy_filing TO app;
    REVOKE DELETE, TRUNCATE ON privacy_breach, privacy_concerned, privacy_delivery, privacy_letterbatch FROM app;
"""
BACK = """
    GRANT UPDATE, DELETE ON privacy_incidentstep, privacy_filing TO app;
    GRANT DELETE ON privacy_breach, privacy_concerned, privacy_delivery, privacy_letterbatch TO app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("portals", "0022_alerts"),
        ("privacy", "0011_changes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Breach",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True, verbose_name="numéro")),
                ("is_drill", models.BooleanField(default=False, verbose_name="exercice")),
                ("aware_at", models.DateTimeField(verbose_name="connue le")),
                ("began_at", models.DateTimeField(blank=True, null=True, verbose_name="début des faits")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="fin des faits")),
                (
                    "natures",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("confidentiality", "Confidentialité\xa0: des données ont été vues ou prises"),
                                ("integrity", "Intégrité\xa0: des données ont été changées"),
                                ("availability", "Disponibilité\xa0: des données ont été perdues ou bloquées"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        verbose_name="nature",
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("outside_purpose", "Acte externe malveillant"),
                            ("outside_accident", "Acte externe accidentel"),
                            ("inside_purpose", "Acte interne malveillant"),
                            ("inside_accident", "Acte interne accidentel"),
                            ("unknown", "Origine inconnue à ce jour"),
                        ],
                        max_length=20,
                        verbose_name="origine",
                    ),
                ),
                ("circumstances", models.TextField(blank=True, verbose_name="ce qui est arrivé")),
                (
                    "data_categories",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("identity", "État civil (nom, prénoms, date de naissance)"),
                                ("contact", "Coordonnées (adresse, téléphone, e-mail)"),
                                ("member_number", "Numéro d’adhérent et de contrat"),
                                ("social_number", "Numéro de sécurité sociale (NIR)"),
                                ("cover", "Garanties et droits à la complémentaire santé"),
                                ("health", "Santé (remboursements, prises en charge)"),
                                ("bank", "Coordonnées bancaires"),
                                ("credentials", "Moyens de connexion"),
                                ("documents", "Pièces et justificatifs"),
                                ("messages", "Messages échangés"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        verbose_name="données concernées",
                    ),
                ),
                (
                    "person_categories",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("members", "Adhérents"),
                                ("dependants", "Ayants droit"),
                                ("children", "Mineurs"),
                                ("employees", "Salariés des entreprises"),
                                ("professionals", "Professionnels de santé"),
                                ("staff", "Personnel de la mutuelle"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        verbose_name="personnes concernées",
                    ),
                ),
                (
                    "persons_count",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="nombre de personnes, environ"),
                ),
                (
                    "records_count",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="nombre d’enregistrements, environ"
                    ),
                ),
                ("consequences", models.TextField(blank=True, verbose_name="conséquences probables")),
                ("measures_taken", models.TextField(blank=True, verbose_name="mesures prises")),
                ("measures_planned", models.TextField(blank=True, verbose_name="mesures prévues")),
                ("processor", models.CharField(blank=True, max_length=160, verbose_name="sous-traitant en cause")),
                ("other_countries", models.CharField(blank=True, max_length=160, verbose_name="autres pays concernés")),
                (
                    "risk",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "Improbable\xa0: inscription au registre seule"),
                            ("likely", "Un risque\xa0: notification à la CNIL"),
                            ("high", "Un risque élevé\xa0: notification, et les personnes averties"),
                        ],
                        max_length=8,
                        verbose_name="risque",
                    ),
                ),
                ("risk_reason", models.TextField(blank=True, verbose_name="pourquoi ce risque")),
                ("counted_at", models.DateTimeField(blank=True, null=True, verbose_name="personnes établies le")),
                ("told_at", models.DateTimeField(blank=True, null=True, verbose_name="personnes averties le")),
                ("message", models.TextField(blank=True, verbose_name="message aux personnes")),
                (
                    "exemption",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unreadable", "Données incompréhensibles pour qui les a (chiffrement), art. 34.3 a"),
                            ("risk_gone", "Mesures prises depuis\xa0: le risque élevé a disparu, art. 34.3 b"),
                            ("disproportionate", "Effort disproportionné\xa0: communication publique, art. 34.3 c"),
                        ],
                        max_length=20,
                        verbose_name="dispense d’avertir",
                    ),
                ),
                ("exemption_reason", models.TextField(blank=True, verbose_name="pourquoi cette dispense")),
                ("public_notice", models.TextField(blank=True, verbose_name="communication publique")),
                ("lessons", models.TextField(blank=True, verbose_name="ce qui change ensuite")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="close le")),
                (
                    "incident",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="breach",
                        to="privacy.incident",
                        verbose_name="incident",
                    ),
                ),
            ],
            options={
                "verbose_name": "violation de données",
                "verbose_name_plural": "violations de données",
                "ordering": ["-aware_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("risk__in", ["", "none", "likely", "high"])), name="breach_risk_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("risk", ""), models.Q(("risk_reason", ""), _negated=True), _connector="OR"),
                        name="breach_risk_has_its_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("exemption", ""), models.Q(("exemption_reason", ""), _negated=True), _connector="OR"
                        ),
                        name="breach_exemption_has_its_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("exemption", "disproportionate"), _negated=True),
                            models.Q(("public_notice", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="breach_disproportionate_is_told_in_public",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at", None), ("ended_at__gte", models.F("began_at")), _connector="OR"
                        ),
                        name="breach_ends_after_it_began",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("told_at", None), models.Q(("message", ""), _negated=True), _connector="OR"
                        ),
                        name="breach_is_told_in_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Concerned",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person_id", models.BigIntegerField(verbose_name="personne")),
                ("looks", models.PositiveIntegerField(default=0, verbose_name="consultations")),
                ("first_at", models.DateTimeField(blank=True, null=True, verbose_name="première")),
                ("last_at", models.DateTimeField(blank=True, null=True, verbose_name="dernière")),
                (
                    "breach",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="concerned", to="privacy.breach"
                    ),
                ),
            ],
            options={
                "verbose_name": "personne concernée",
                "verbose_name_plural": "personnes concernées",
                "constraints": [
                    models.UniqueConstraint(fields=("breach", "person_id"), name="concerned_once_per_breach")
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "channel",
                    models.CharField(
                        choices=[("alert", "Alerte dans l’espace"), ("email", "E-mail"), ("letter", "Lettre")],
                        max_length=8,
                        verbose_name="moyen",
                    ),
                ),
                ("account_id", models.BigIntegerField(blank=True, null=True, verbose_name="compte")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("due", "À envoyer"),
                            ("placed", "Affichée"),
                            ("sent", "Envoyé"),
                            ("read", "Lue"),
                            ("no_way", "Aucun moyen connu"),
                            ("simulated", "Exercice\xa0: rien n’est parti"),
                        ],
                        default="due",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="depuis")),
                (
                    "concerned",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="deliveries", to="privacy.concerned"
                    ),
                ),
            ],
            options={
                "verbose_name": "envoi à une personne",
                "verbose_name_plural": "envois aux personnes",
                "indexes": [models.Index(fields=["account_id"], name="delivery_account")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("channel__in", ["alert", "email", "letter"])),
                        name="delivery_channel_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["due", "placed", "sent", "read", "no_way", "simulated"])),
                        name="delivery_state_is_known",
                    ),
                    models.UniqueConstraint(
                        fields=("concerned", "channel", "account_id"),
                        name="delivery_once_per_way",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Filing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rank", models.PositiveSmallIntegerField(verbose_name="rang")),
                (
                    "phase",
                    models.CharField(
                        choices=[
                            ("whole", "Notification complète"),
                            ("first", "Notification initiale"),
                            ("further", "Notification complémentaire"),
                        ],
                        max_length=8,
                        verbose_name="phase",
                    ),
                ),
                ("content", models.JSONField(verbose_name="contenu")),
                (
                    "missing",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        verbose_name="points à compléter",
                    ),
                ),
                ("due_at", models.DateTimeField(verbose_name="à déposer avant le")),
                ("late_reason", models.TextField(blank=True, verbose_name="motif du retard")),
                ("prepared_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="préparé le")),
                ("filed_at", models.DateTimeField(blank=True, null=True, verbose_name="déposé le")),
                ("receipt", models.CharField(blank=True, max_length=60, verbose_name="n° de récépissé")),
                (
                    "breach",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="filings", to="privacy.breach"
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="préparé par",
                    ),
                ),
            ],
            options={
                "verbose_name": "dossier pour la CNIL",
                "verbose_name_plural": "dossiers pour la CNIL",
                "ordering": ["rank"],
                "constraints": [
                    models.UniqueConstraint(fields=("breach", "rank"), name="filing_once_per_rank"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("filed_at", None), models.Q(("receipt", ""), _negated=True), _connector="OR"
                        ),
                        name="filing_has_its_receipt",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("filed_at", None),
                            ("phase", "further"),
                            ("filed_at__lte", models.F("due_at")),
                            models.Q(("late_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="filing_late_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IncidentStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="instant")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("opened", "Incident ouvert"),
                            ("qualified", "Gravité évaluée"),
                            ("noted", "Note"),
                            ("asked", "Arrêt demandé à la sécurité"),
                            ("contained", "Mesure prise"),
                            ("breach", "Violation inscrite au registre"),
                            ("described", "Violation décrite"),
                            ("assessed", "Risque évalué"),
                            ("counted", "Personnes concernées établies"),
                            ("prepared", "Dossier préparé"),
                            ("filed", "Dossier déposé à la CNIL"),
                            ("told", "Personnes averties"),
                            ("exempted", "Personnes non averties"),
                            ("posted", "Lettres postées"),
                            ("closed", "Clôture"),
                        ],
                        max_length=10,
                        verbose_name="étape",
                    ),
                ),
                ("words", models.TextField(blank=True, verbose_name="précisions")),
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
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="privacy.incident"
                    ),
                ),
            ],
            options={
                "verbose_name": "étape d’un incident",
                "verbose_name_plural": "étapes des incidents",
                "ordering": ["at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "opened",
                                    "qualified",
                                    "noted",
                                    "asked",
                                    "contained",
                                    "breach",
                                    "described",
                                    "assessed",
                                    "counted",
                                    "prepared",
                                    "filed",
                                    "told",
                                    "exempted",
                                    "posted",
                                    "closed",
                                ],
                            )
                        ),
                        name="incident_step_kind_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LetterBatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("letters", models.PositiveIntegerField(default=0, verbose_name="lettres")),
                ("made_at", models.DateTimeField(blank=True, null=True, verbose_name="préparées le")),
                ("posted_on", models.DateField(blank=True, null=True, verbose_name="postées le")),
                (
                    "breach",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="batches", to="privacy.breach"
                    ),
                ),
                (
                    "posted_by",
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
                    "stored",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="portals.storedfile",
                    ),
                ),
            ],
            options={
                "verbose_name": "lot de lettres",
                "verbose_name_plural": "lots de lettres",
            },
        ),
        migrations.AddField(
            model_name="incident",
            name="is_drill",
            field=models.BooleanField(default=False, verbose_name="exercice"),
        ),
        migrations.AddField(
            model_name="incident",
            name="severity",
            field=models.CharField(
                blank=True,
                choices=[
                    ("negligible", "Négligeable"),
                    ("limited", "Limitée"),
                    ("significant", "Importante"),
                    ("maximum", "Maximale"),
                ],
                max_length=12,
                verbose_name="gravité",
            ),
        ),
        migrations.AddField(
            model_name="incident",
            name="suspects",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), blank=True, default=list, verbose_name="comptes en cause"
            ),
        ),
        migrations.AlterField(
            model_name="incident",
            name="kind",
            field=models.CharField(
                choices=[
                    ("account_misuse", "Usage frauduleux d’un compte"),
                    ("lookup_abuse", "Vérifications de droits inhabituelles"),
                    ("sign_in_burst", "Rafale de connexions refusées"),
                    ("mass_looks", "Consultations en nombre inhabituel"),
                    ("mass_exports", "Exports en nombre inhabituel"),
                    ("night_exports", "Exports de nuit"),
                    ("bank_after_email", "Compte bancaire changé après l’adresse e-mail"),
                    ("journal_broken", "Journal altéré"),
                    ("misdirected", "Envoi au mauvais destinataire"),
                    ("loss", "Perte ou vol d’un appareil ou d’un document"),
                    ("intrusion", "Intrusion ou programme malveillant"),
                    ("unavailable", "Données perdues ou inaccessibles"),
                    ("processor", "Violation chez un sous-traitant"),
                    ("other", "Autre"),
                ],
                max_length=20,
                verbose_name="nature",
            ),
        ),
        migrations.AlterField(
            model_name="incident",
            name="source",
            field=models.CharField(
                choices=[
                    ("fraud_report", "Signalement d’un titulaire"),
                    ("rights_lookup", "Vérification des droits"),
                    ("journal_watch", "Surveillance du journal"),
                    ("staff", "Signalement du personnel"),
                ],
                max_length=20,
                verbose_name="origine",
            ),
        ),
        migrations.AddConstraint(
            model_name="incident",
            constraint=models.CheckConstraint(
                condition=models.Q(("severity__in", ["", "negligible", "limited", "significant", "maximum"])),
                name="incident_severity_is_known",
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="batch",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deliveries",
                to="privacy.letterbatch",
            ),
        ),
        migrations.RunSQL(KEPT, BACK),
    ]
