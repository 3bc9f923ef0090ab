"""The law's figures, the queue of amounts that differ, the NOEMIE links."""

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from members.benefits.reference import load_law
from portals.access.row_security import isolate


def load_figures(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    load_law(apps.get_model("members", "LawParameter"), using=schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0007_representation"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RecomputingMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("last_line", models.BigIntegerField(default=0, verbose_name="dernière prestation vue")),
                ("last_change", models.BigIntegerField(default=0, verbose_name="dernier changement vu")),
            ],
            options={
                "verbose_name": "avancement des recalculs",
            },
        ),
        migrations.CreateModel(
            name="AmountDifference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line_id", models.BigIntegerField(unique=True, verbose_name="prestation")),
                ("benefit_ref", models.CharField(max_length=40, verbose_name="référence")),
                (
                    "paid_scheme",
                    models.DecimalField(decimal_places=2, max_digits=12, verbose_name="régime, selon le décompte"),
                ),
                ("paid_mutual", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="mutuelle, payé")),
                (
                    "expected_scheme",
                    models.DecimalField(decimal_places=2, max_digits=12, verbose_name="régime, recalculé"),
                ),
                (
                    "expected_mutual",
                    models.DecimalField(decimal_places=2, max_digits=12, verbose_name="mutuelle, selon la garantie"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "À vérifier"),
                            ("explained", "Expliqué à l’adhérent"),
                            ("corrected", "Corrigé"),
                            ("normal", "Normal"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="ce que lit l’adhérent")),
                ("found_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="constaté le")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="décidé le")),
                (
                    "decided_by",
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
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.household"
                    ),
                ),
            ],
            options={
                "verbose_name": "écart de montant",
                "verbose_name_plural": "écarts de montants",
                "indexes": [models.Index(fields=["state", "found_at"], name="difference_queue")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "explained", "corrected", "normal"])),
                        name="difference_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "open"),
                            models.Q(("decided_at__isnull", False), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="difference_decision_has_its_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AmountDifferenceEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("line_id", models.BigIntegerField(verbose_name="prestation")),
                ("benefit_ref", models.CharField(max_length=40, verbose_name="référence")),
                (
                    "paid_scheme",
                    models.DecimalField(decimal_places=2, max_digits=12, verbose_name="régime, selon le décompte"),
                ),
                ("paid_mutual", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="mutuelle, payé")),
                (
                    "expected_scheme",
                    models.DecimalField(decimal_places=2, max_digits=12, verbose_name="régime, recalculé"),
                ),
                (
                    "expected_mutual",
                    models.DecimalField(decimal_places=2, max_digits=12, verbose_name="mutuelle, selon la garantie"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "À vérifier"),
                            ("explained", "Expliqué à l’adhérent"),
                            ("corrected", "Corrigé"),
                            ("normal", "Normal"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="ce que lit l’adhérent")),
                ("found_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="constaté le")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="décidé le")),
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
                        verbose_name="par",
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
                        to="members.amountdifference",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LawParameter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, verbose_name="code")),
                ("label", models.CharField(max_length=160, verbose_name="libellé")),
                ("value", models.DecimalField(decimal_places=4, max_digits=12, verbose_name="valeur")),
                ("valid_from", models.DateField(verbose_name="valable du")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="au")),
                ("source", models.CharField(max_length=200, verbose_name="source")),
            ],
            options={
                "verbose_name": "paramètre légal",
                "verbose_name_plural": "paramètres légaux",
                "ordering": ["code", "-valid_from"],
                "constraints": [
                    models.UniqueConstraint(fields=("code", "valid_from"), name="law_parameter_natural_key"),
                    models.CheckConstraint(condition=models.Q(("value__gte", 0)), name="law_parameter_is_positive"),
                ],
            },
        ),
        migrations.CreateModel(
            name="NoemieLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("to_ask", "À demander"),
                            ("asked", "Demandé"),
                            ("active", "Actif"),
                            ("rejected", "Rejeté"),
                            ("ended", "Résilié"),
                        ],
                        default="to_ask",
                        max_length=8,
                        verbose_name="état",
                    ),
                ),
                ("since", models.DateField(verbose_name="depuis le")),
                ("office", models.CharField(blank=True, max_length=80, verbose_name="caisse")),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "–"),
                            ("other_mutual", "Une autre complémentaire tient déjà le lien"),
                            ("unknown", "Personne inconnue de la caisse"),
                            ("mismatch", "État civil ou numéro de sécurité sociale différents"),
                            ("office", "Changement de caisse"),
                            ("refused", "Refus de la personne"),
                        ],
                        default="",
                        max_length=12,
                        verbose_name="motif",
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.household",
                        verbose_name="foyer",
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="noemie_link",
                        to="members.person",
                        verbose_name="personne",
                    ),
                ),
            ],
            options={
                "verbose_name": "lien de télétransmission",
                "verbose_name_plural": "liens de télétransmission",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["to_ask", "asked", "active", "rejected", "ended"])),
                        name="noemie_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reason__in", ["", "other_mutual", "unknown", "mismatch", "office", "refused"])
                        ),
                        name="noemie_reason_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "rejected"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="noemie_rejected_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NoemieLinkEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("to_ask", "À demander"),
                            ("asked", "Demandé"),
                            ("active", "Actif"),
                            ("rejected", "Rejeté"),
                            ("ended", "Résilié"),
                        ],
                        default="to_ask",
                        max_length=8,
                        verbose_name="état",
                    ),
                ),
                ("since", models.DateField(verbose_name="depuis le")),
                ("office", models.CharField(blank=True, max_length=80, verbose_name="caisse")),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "–"),
                            ("other_mutual", "Une autre complémentaire tient déjà le lien"),
                            ("unknown", "Personne inconnue de la caisse"),
                            ("mismatch", "État civil ou numéro de sécurité sociale différents"),
                            ("office", "Changement de caisse"),
                            ("refused", "Refus de la personne"),
                        ],
                        default="",
                        max_length=12,
                        verbose_name="motif",
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
                        verbose_name="foyer",
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
                        to="members.noemielink",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="amountdifference",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_amountdifferenceevent" ("benefit_ref", "decided_at", "decided_by_id", "expected_mutual", "expected_scheme", "found_at", "household_id", "id", "line_id", "paid_mutual", "paid_scheme", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "state") SELECT old_values."benefit_ref", old_values."decided_at", old_values."decided_by_id", old_values."expected_mutual", old_values."expected_scheme", old_values."found_at", old_values."household_id", old_values."id", old_values."line_id", old_values."paid_mutual", old_values."paid_scheme", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."reason", old_values."state" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="a9ff4e013f784f6dcc88c4e1f2b69bca35e3a801",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f2b2a",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="members_amountdifference",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="amountdifference",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_amountdifferenceevent" ("benefit_ref", "decided_at", "decided_by_id", "expected_mutual", "expected_scheme", "found_at", "household_id", "id", "line_id", "paid_mutual", "paid_scheme", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "state") SELECT old_values."benefit_ref", old_values."decided_at", old_values."decided_by_id", old_values."expected_mutual", old_values."expected_scheme", old_values."found_at", old_values."household_id", old_values."id", old_values."line_id", old_values."paid_mutual", old_values."paid_scheme", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."state" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="d5d159b6de34f9ad7f3e35ecfc1ba1655f43403b",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_e36bf",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="members_amountdifference",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="noemielink",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_noemielinkevent" ("household_id", "id", "office", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "since", "state") SELECT old_values."household_id", old_values."id", old_values."office", old_values."person_id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."reason", old_values."since", old_values."state" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="ec9d4a62c333cc691df7b2db5f1c4c9056d23491",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_90b17",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="members_noemielink",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="noemielink",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_noemielinkevent" ("household_id", "id", "office", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "since", "state") SELECT old_values."household_id", old_values."id", old_values."office", old_values."person_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."since", old_values."state" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="7136ba7487b0facffddedb8620fd1e4e8c88d7f8",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_38e94",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="members_noemielink",
                    when="AFTER",
                ),
            ),
        ),
        # Differences hold amounts and a reference, neither act nor person: the staff's queue reads them.
        isolate("members_amountdifference", "household_id", "app.household", staff_may_read=True),
        isolate("members_amountdifferenceevent", "household_id", "app.household"),
        isolate("members_noemielink", "household_id", "app.household", staff_may_read=True),
        isolate("members_noemielinkevent", "household_id", "app.household"),
        migrations.RunPython(load_figures, migrations.RunPython.noop),
    ]
