"""Changes of coordinates, terminations, and what both hold against feeds that do not know of them yet."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import members.coordinates.models
from portals.access.row_security import isolate


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0013_library_contributions"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("portals", "0017_bank_changes"),
    ]

    operations = [
        migrations.CreateModel(
            name="ContactChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        default=members.coordinates.models.new_reference, max_length=32, verbose_name="référence"
                    ),
                ),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="modifié le")),
                ("before", models.JSONField(verbose_name="avant")),
                ("after", models.JSONField(verbose_name="après")),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="annulé le")),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="modifié par",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="contact_changes", to="members.person"
                    ),
                ),
            ],
            options={
                "verbose_name": "changement d’adresse ou de téléphone",
                "verbose_name_plural": "changements d’adresse ou de téléphone",
                "indexes": [models.Index(fields=["person", "-changed_at"], name="contact_change_latest")],
                "constraints": [
                    models.UniqueConstraint(fields=("reference", "person"), name="contact_change_once_a_person"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("undone_at", None), ("undone_at__gte", models.F("changed_at")), _connector="OR"
                        ),
                        name="contact_change_undone_afterwards",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Termination",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="n°")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Reçue"),
                            ("cancelled", "Annulée par l’adhérent"),
                            ("refused", "Refusée"),
                            ("done", "Contrat terminé"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("received_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="reçue le")),
                ("ends_on", models.DateField(verbose_name="dernier jour du contrat")),
                ("handled_at", models.DateTimeField(blank=True, null=True, verbose_name="prise en charge le")),
                ("answer", models.CharField(blank=True, max_length=1000, verbose_name="ce que lit la personne")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="terminée le")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="demandée par",
                    ),
                ),
                (
                    "handled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="prise en charge par",
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.household"
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terminations",
                        to="members.policy",
                        verbose_name="contrat",
                    ),
                ),
            ],
            options={
                "verbose_name": "résiliation",
                "indexes": [models.Index(fields=["household", "-received_at"], name="termination_of_household")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")), fields=("policy",), name="termination_one_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["asked", "cancelled", "refused", "done"])),
                        name="termination_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            models.Q(("answer", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="termination_refused_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("state", "asked")),
                            ("decided_at__gte", models.F("received_at")),
                            _connector="OR",
                        ),
                        name="termination_decided_at_an_instant",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TerminationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("number", models.CharField(max_length=20, verbose_name="n°")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Reçue"),
                            ("cancelled", "Annulée par l’adhérent"),
                            ("refused", "Refusée"),
                            ("done", "Contrat terminé"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("received_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="reçue le")),
                ("ends_on", models.DateField(verbose_name="dernier jour du contrat")),
                ("handled_at", models.DateTimeField(blank=True, null=True, verbose_name="prise en charge le")),
                ("answer", models.CharField(blank=True, max_length=1000, verbose_name="ce que lit la personne")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="terminée le")),
                (
                    "asked_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="demandée par",
                    ),
                ),
                (
                    "handled_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="prise en charge par",
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
                        to="members.termination",
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
        pgtrigger.migrations.RemoveTrigger(
            model_name="policy",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="policy",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="person",
            name="address_replaced",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=64), blank=True, null=True, verbose_name="adresses remplacées"
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="iban_replaced",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=64), blank=True, null=True, verbose_name="IBAN remplacés"
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="phone_replaced",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=64), blank=True, null=True, verbose_name="téléphones remplacés"
            ),
        ),
        migrations.AddField(
            model_name="policy",
            name="ended_here_on",
            field=models.DateField(blank=True, null=True, verbose_name="fin demandée dans l’espace"),
        ),
        migrations.AddField(
            model_name="policyevent",
            name="ended_here_on",
            field=models.DateField(blank=True, null=True, verbose_name="fin demandée dans l’espace"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="policy",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_policyevent" ("end_date", "end_reason", "ended_here_on", "group_contract", "household_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "policy_number", "start_date") SELECT old_values."end_date", old_values."end_reason", old_values."ended_here_on", old_values."group_contract", old_values."household_id", old_values."id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."plan_id", old_values."policy_number", old_values."start_date" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="7e62687638cb584a9133e2087df9d918f7f9c227",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c76dc",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="members_policy",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="policy",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_policyevent" ("end_date", "end_reason", "ended_here_on", "group_contract", "household_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "policy_number", "start_date") SELECT old_values."end_date", old_values."end_reason", old_values."ended_here_on", old_values."group_contract", old_values."household_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."plan_id", old_values."policy_number", old_values."start_date" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="abae2126279e03c41873e9d644178c469d21e117",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_15683",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="members_policy",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="termination",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_terminationevent" ("answer", "asked_by_id", "decided_at", "ends_on", "handled_at", "handled_by_id", "household_id", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_id", "received_at", "state") SELECT old_values."answer", old_values."asked_by_id", old_values."decided_at", old_values."ends_on", old_values."handled_at", old_values."handled_by_id", old_values."household_id", old_values."id", old_values."number", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."policy_id", old_values."received_at", old_values."state" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="87688d1545d3a1b1e4171f9fa21db6025118bbd2",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_5230e",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="members_termination",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="termination",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_terminationevent" ("answer", "asked_by_id", "decided_at", "ends_on", "handled_at", "handled_by_id", "household_id", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_id", "received_at", "state") SELECT old_values."answer", old_values."asked_by_id", old_values."decided_at", old_values."ends_on", old_values."handled_at", old_values."handled_by_id", old_values."household_id", old_values."id", old_values."number", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."policy_id", old_values."received_at", old_values."state" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="6d2f410a8cd861e8d0cbf15ed934c3913b4b6a8a",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_adefe",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="members_termination",
                    when="AFTER",
                ),
            ),
        ),
        isolate("members_contactchange", "household_id", "app.household"),
        isolate("members_termination", "household_id", "app.household", staff_may_read=True),
        isolate("members_terminationevent", "household_id", "app.household"),
    ]
