"""Portabilities, proofs of unemployment, individual contracts offered."""

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from portals.access.row_security import isolate

READ_BY_STAFF = ("members_portability", "members_unemploymentproof", "members_individualoffer")
EVENTS = ("members_portabilityevent", "members_unemploymentproofevent", "members_individualofferevent")


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0016_rightslook"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("portals", "0020_bank_approval"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="IndividualOffer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=16, unique=True, verbose_name="numéro")),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("unemployed", "Fin de la portabilité ou du contrat, sans emploi"),
                            ("retired", "Retraite"),
                            ("disabled", "Invalidité ou inaptitude"),
                            ("bereaved", "Décès de l’adhérent"),
                        ],
                        max_length=10,
                        verbose_name="ouvert par",
                    ),
                ),
                ("rights_end", models.DateField(verbose_name="fin des droits")),
                ("sends_on", models.DateField(verbose_name="envoi le")),
                ("due_on", models.DateField(verbose_name="envoi au plus tard le")),
                ("until", models.DateField(verbose_name="à demander avant le")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("scheduled", "Prévue"),
                            ("sent", "Envoyée"),
                            ("asked", "Contrat demandé"),
                            ("withdrawn", "Sans objet"),
                        ],
                        default="scheduled",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="envoyée le")),
                ("asked_at", models.DateTimeField(blank=True, null=True, verbose_name="demandée le")),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.household"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
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
            ],
            options={
                "verbose_name": "offre de contrat individuel",
                "verbose_name_plural": "offres de contrat individuel",
                "indexes": [
                    models.Index(fields=["household", "-id"], name="individual_offer_household"),
                    models.Index(
                        condition=models.Q(("state", "scheduled")), fields=["sends_on"], name="individual_offer_to_send"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ground__in", ["unemployed", "retired", "disabled", "bereaved"]),
                            ("state__in", ["scheduled", "sent", "asked", "withdrawn"]),
                        ),
                        name="individual_offer_words_are_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_on__gt", models.F("rights_end")),
                            ("sends_on__lte", models.F("until")),
                            ("until__gte", models.F("due_on")),
                        ),
                        name="individual_offer_days_follow",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["sent", "asked"]), _negated=True),
                            ("sent_at__isnull", False),
                            _connector="OR",
                        ),
                        name="individual_offer_was_sent",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Portability",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=16, unique=True, verbose_name="numéro")),
                ("contract_end", models.DateField(verbose_name="fin du contrat de travail")),
                ("months", models.PositiveSmallIntegerField(verbose_name="durée (mois)")),
                ("ends_on", models.DateField(verbose_name="fin au plus tard")),
                ("last_day", models.DateField(verbose_name="dernier jour couvert")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "En cours"),
                            ("suspended", "Suspendue"),
                            ("stopped", "Arrêtée"),
                            ("cancelled", "Annulée"),
                        ],
                        default="running",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="ouverte le")),
                ("proof_due_on", models.DateField(blank=True, null=True, verbose_name="justificatif attendu avant le")),
                ("reminded_on", models.DateField(blank=True, null=True, verbose_name="rappel envoyé le")),
                ("suspends_on", models.DateField(blank=True, null=True, verbose_name="suspension annoncée pour le")),
                (
                    "cause",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("new_job", "J’ai retrouvé un emploi"),
                            ("benefit", "Mes allocations de chômage s’arrêtent"),
                            ("retirement", "Je prends ma retraite"),
                        ],
                        max_length=10,
                        verbose_name="raison de l’arrêt",
                    ),
                ),
                ("declared_at", models.DateTimeField(blank=True, null=True, verbose_name="arrêt déclaré le")),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.household"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
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
            ],
            options={
                "verbose_name": "portabilité",
                "verbose_name_plural": "portabilités",
                "indexes": [
                    models.Index(fields=["household", "-id"], name="portability_household"),
                    models.Index(
                        condition=models.Q(("proof_due_on__isnull", False), ("state", "running")),
                        fields=["proof_due_on"],
                        name="portability_to_prove",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cause__in", ["", "new_job", "benefit", "retirement"]),
                            ("state__in", ["running", "suspended", "stopped", "cancelled"]),
                        ),
                        name="portability_words_are_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("months__gte", 1), ("months__lte", 12)),
                        name="portability_lasts_a_year_at_most",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("contract_end"))),
                        name="portability_follows_the_contract",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("last_day__gte", models.F("contract_end")), ("last_day__lte", models.F("ends_on"))
                        ),
                        name="portability_last_day_is_inside",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "stopped"), _negated=True),
                            models.Q(models.Q(("cause", ""), _negated=True), ("declared_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="portability_stopped_with_a_cause",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["running", "suspended"])),
                        fields=("policy",),
                        name="portability_one_by_policy",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IndividualOfferEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("number", models.CharField(max_length=16, verbose_name="numéro")),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("unemployed", "Fin de la portabilité ou du contrat, sans emploi"),
                            ("retired", "Retraite"),
                            ("disabled", "Invalidité ou inaptitude"),
                            ("bereaved", "Décès de l’adhérent"),
                        ],
                        max_length=10,
                        verbose_name="ouvert par",
                    ),
                ),
                ("rights_end", models.DateField(verbose_name="fin des droits")),
                ("sends_on", models.DateField(verbose_name="envoi le")),
                ("due_on", models.DateField(verbose_name="envoi au plus tard le")),
                ("until", models.DateField(verbose_name="à demander avant le")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("scheduled", "Prévue"),
                            ("sent", "Envoyée"),
                            ("asked", "Contrat demandé"),
                            ("withdrawn", "Sans objet"),
                        ],
                        default="scheduled",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="envoyée le")),
                ("asked_at", models.DateTimeField(blank=True, null=True, verbose_name="demandée le")),
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
                        to="members.individualoffer",
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
                (
                    "portability",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="members.portability",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="individualoffer",
            name="portability",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="offer",
                to="members.portability",
            ),
        ),
        migrations.CreateModel(
            name="PortabilityEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("number", models.CharField(max_length=16, verbose_name="numéro")),
                ("contract_end", models.DateField(verbose_name="fin du contrat de travail")),
                ("months", models.PositiveSmallIntegerField(verbose_name="durée (mois)")),
                ("ends_on", models.DateField(verbose_name="fin au plus tard")),
                ("last_day", models.DateField(verbose_name="dernier jour couvert")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "En cours"),
                            ("suspended", "Suspendue"),
                            ("stopped", "Arrêtée"),
                            ("cancelled", "Annulée"),
                        ],
                        default="running",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="ouverte le")),
                ("proof_due_on", models.DateField(blank=True, null=True, verbose_name="justificatif attendu avant le")),
                ("reminded_on", models.DateField(blank=True, null=True, verbose_name="rappel envoyé le")),
                ("suspends_on", models.DateField(blank=True, null=True, verbose_name="suspension annoncée pour le")),
                (
                    "cause",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("new_job", "J’ai retrouvé un emploi"),
                            ("benefit", "Mes allocations de chômage s’arrêtent"),
                            ("retirement", "Je prends ma retraite"),
                        ],
                        max_length=10,
                        verbose_name="raison de l’arrêt",
                    ),
                ),
                ("declared_at", models.DateTimeField(blank=True, null=True, verbose_name="arrêt déclaré le")),
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
                        to="members.portability",
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
            name="UnemploymentProof",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "À vérifier"),
                            ("incomplete", "Document demandé"),
                            ("accepted", "Accepté"),
                            ("refused", "Refusé"),
                            ("closed", "Sans objet"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="envoyé le")),
                ("due_on", models.DateField(verbose_name="réponse avant le")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="décidé le")),
                ("proved_until", models.DateField(blank=True, null=True, verbose_name="prouvé jusqu’au")),
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
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="décidé par",
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.household"
                    ),
                ),
                (
                    "portability",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="proofs", to="members.portability"
                    ),
                ),
                (
                    "uploads",
                    models.ManyToManyField(
                        related_name="unemployment_proofs", to="portals.upload", verbose_name="documents"
                    ),
                ),
            ],
            options={
                "verbose_name": "justificatif de chômage",
                "verbose_name_plural": "justificatifs de chômage",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["asked", "incomplete"])),
                        fields=["due_on", "id"],
                        name="unemployment_proof_queue",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["asked", "incomplete", "accepted", "refused", "closed"])),
                        name="unemployment_proof_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["refused", "incomplete"]), _negated=True),
                            models.Q(("answer", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="unemployment_proof_refused_with_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "accepted"), _negated=True),
                            models.Q(("decided_at__isnull", False), ("proved_until__isnull", False)),
                            _connector="OR",
                        ),
                        name="unemployment_proof_accepted_until",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["asked", "incomplete"])),
                        fields=("portability",),
                        name="unemployment_proof_one_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UnemploymentProofEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "À vérifier"),
                            ("incomplete", "Document demandé"),
                            ("accepted", "Accepté"),
                            ("refused", "Refusé"),
                            ("closed", "Sans objet"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="envoyé le")),
                ("due_on", models.DateField(verbose_name="réponse avant le")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="décidé le")),
                ("proved_until", models.DateField(blank=True, null=True, verbose_name="prouvé jusqu’au")),
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
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="décidé par",
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
                        to="members.unemploymentproof",
                    ),
                ),
                (
                    "portability",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="members.portability",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="portability",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_portabilityevent" ("cause", "contract_end", "declared_at", "ends_on", "household_id", "id", "last_day", "months", "number", "opened_at", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_id", "proof_due_on", "reminded_on", "state", "suspends_on") SELECT old_values."cause", old_values."contract_end", old_values."declared_at", old_values."ends_on", old_values."household_id", old_values."id", old_values."last_day", old_values."months", old_values."number", old_values."opened_at", old_values."person_id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."policy_id", old_values."proof_due_on", old_values."reminded_on", old_values."state", old_values."suspends_on" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="a34453b4e615ba4ae027eea50fb8e76b919f3ff1",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ba43d",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="members_portability",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="portability",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_portabilityevent" ("cause", "contract_end", "declared_at", "ends_on", "household_id", "id", "last_day", "months", "number", "opened_at", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_id", "proof_due_on", "reminded_on", "state", "suspends_on") SELECT old_values."cause", old_values."contract_end", old_values."declared_at", old_values."ends_on", old_values."household_id", old_values."id", old_values."last_day", old_values."months", old_values."number", old_values."opened_at", old_values."person_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."policy_id", old_values."proof_due_on", old_values."reminded_on", old_values."state", old_values."suspends_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="8fab70e0fd517eb1d66ac3233d2b0ada9f78bec3",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_aa7b5",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="members_portability",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="individualoffer",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_individualofferevent" ("asked_at", "due_on", "ground", "household_id", "id", "number", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_id", "portability_id", "rights_end", "sends_on", "sent_at", "state", "until") SELECT old_values."asked_at", old_values."due_on", old_values."ground", old_values."household_id", old_values."id", old_values."number", old_values."person_id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."policy_id", old_values."portability_id", old_values."rights_end", old_values."sends_on", old_values."sent_at", old_values."state", old_values."until" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="a4b67aceaebeecec91c8b35164744cf8ca3c33af",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e0658",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="members_individualoffer",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="individualoffer",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_individualofferevent" ("asked_at", "due_on", "ground", "household_id", "id", "number", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_id", "portability_id", "rights_end", "sends_on", "sent_at", "state", "until") SELECT old_values."asked_at", old_values."due_on", old_values."ground", old_values."household_id", old_values."id", old_values."number", old_values."person_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."policy_id", old_values."portability_id", old_values."rights_end", old_values."sends_on", old_values."sent_at", old_values."state", old_values."until" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="6644fc0b4fcb5ff69bfa738962304258b5e15658",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_e6906",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="members_individualoffer",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="unemploymentproof",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_unemploymentproofevent" ("account_id", "answer", "decided_at", "decided_by_id", "due_on", "household_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portability_id", "proved_until", "sent_at", "state") SELECT old_values."account_id", old_values."answer", old_values."decided_at", old_values."decided_by_id", old_values."due_on", old_values."household_id", old_values."id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."portability_id", old_values."proved_until", old_values."sent_at", old_values."state" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="a1e57d98e84eb62a098cd539b223b3b2aac19c7f",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_44493",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="members_unemploymentproof",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="unemploymentproof",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_unemploymentproofevent" ("account_id", "answer", "decided_at", "decided_by_id", "due_on", "household_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portability_id", "proved_until", "sent_at", "state") SELECT old_values."account_id", old_values."answer", old_values."decided_at", old_values."decided_by_id", old_values."due_on", old_values."household_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."portability_id", old_values."proved_until", old_values."sent_at", old_values."state" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="6bdf11cf5b6a28591c1d40e7516d3a8fab8217fa",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_175b7",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="members_unemploymentproof",
                    when="AFTER",
                ),
            ),
        ),
        *[isolate(table, "household_id", "app.household", staff_may_read=True) for table in READ_BY_STAFF],
        *[isolate(table, "household_id", "app.household") for table in EVENTS],
    ]
