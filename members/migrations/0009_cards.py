"""The tables of the third-party payment card, and what the reference tables hold at first."""

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from members.card.reference import load
from portals.access.row_security import isolate


def load_tables(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    models = ("ConventionType", "CardDomain", "CardConvention")
    load(*(apps.get_model("members", name) for name in models), using=schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0008_amounts_and_links"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="ConventionType",
            fields=[
                ("code", models.CharField(max_length=2, primary_key=True, serialize=False, verbose_name="code")),
                ("label", models.CharField(max_length=60, verbose_name="libellé imprimé")),
                ("operator", models.CharField(blank=True, max_length=80, verbose_name="opérateur")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="ordre")),
            ],
            options={
                "verbose_name": "type de convention",
                "verbose_name_plural": "types de convention",
                "ordering": ["position", "code"],
            },
        ),
        migrations.CreateModel(
            name="ConventionTypeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("code", models.CharField(max_length=2, serialize=False, verbose_name="code")),
                ("label", models.CharField(max_length=60, verbose_name="libellé imprimé")),
                ("operator", models.CharField(blank=True, max_length=80, verbose_name="opérateur")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="ordre")),
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
                        to="members.conventiontype",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Card",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=14, unique=True, verbose_name="n° de carte")),
                ("valid_from", models.DateField(verbose_name="premier jour")),
                ("valid_to", models.DateField(verbose_name="dernier jour")),
                ("content", models.JSONField(verbose_name="contenu")),
                ("content_sha256", models.CharField(max_length=64, verbose_name="empreinte")),
                ("payload", models.TextField(verbose_name="texte signé du QR code")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("first", "Première carte"),
                            ("period", "Nouvelle période"),
                            ("cover_added", "Personne ajoutée"),
                            ("cover_ended", "Fin de couverture"),
                            ("identity", "État civil corrigé"),
                            ("plan", "Garanties ou conventions modifiées"),
                            ("other", "Autre mise à jour"),
                        ],
                        max_length=12,
                        verbose_name="motif",
                    ),
                ),
                ("issued_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="émise le")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="révoquée le")),
                (
                    "revoked_for",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("first", "Première carte"),
                            ("period", "Nouvelle période"),
                            ("cover_added", "Personne ajoutée"),
                            ("cover_ended", "Fin de couverture"),
                            ("identity", "État civil corrigé"),
                            ("plan", "Garanties ou conventions modifiées"),
                            ("other", "Autre mise à jour"),
                        ],
                        max_length=12,
                        verbose_name="motif de révocation",
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
                        related_name="cards",
                        to="members.person",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.policy"
                    ),
                ),
            ],
            options={
                "verbose_name": "carte",
                "indexes": [
                    models.Index(
                        condition=models.Q(("revoked_at", None)),
                        fields=["household", "valid_to"],
                        name="card_household_in_force",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_to__gte", models.F("valid_from"))), name="card_ends_after_start"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "reason__in",
                                ["first", "period", "cover_added", "cover_ended", "identity", "plan", "other"],
                            )
                        ),
                        name="card_reason_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("revoked_at", None), ("revoked_for", "")),
                            models.Q(
                                ("revoked_at__isnull", False),
                                (
                                    "revoked_for__in",
                                    ["first", "period", "cover_added", "cover_ended", "identity", "plan", "other"],
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="card_revoked_with_a_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at", None)),
                        fields=("policy", "person", "valid_from"),
                        name="card_one_in_force",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CardDomain",
            fields=[
                ("code", models.CharField(max_length=4, primary_key=True, serialize=False, verbose_name="code")),
                ("label", models.CharField(max_length=60, verbose_name="libellé")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="ordre")),
                (
                    "act_family",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.actfamily",
                        verbose_name="famille d’actes",
                    ),
                ),
            ],
            options={
                "verbose_name": "domaine de la carte",
                "verbose_name_plural": "domaines de la carte",
                "ordering": ["position", "code"],
            },
        ),
        migrations.CreateModel(
            name="CardConvention",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        help_text="PEC, ou un taux. Vide\xa0: le taux du tableau de garanties à la date de la carte.",
                        max_length=10,
                        verbose_name="niveau",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        help_text="Vide\xa0: pour toutes les formules qui n’ont pas leur propre ligne.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.plan",
                        verbose_name="formule",
                    ),
                ),
                (
                    "domain",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.carddomain",
                        verbose_name="domaine",
                    ),
                ),
                (
                    "convention",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.conventiontype",
                        verbose_name="convention",
                    ),
                ),
                (
                    "other_convention",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.conventiontype",
                        verbose_name="seconde convention",
                    ),
                ),
            ],
            options={
                "verbose_name": "convention d’une formule",
                "verbose_name_plural": "conventions des formules",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "domain"), name="card_convention_natural_key", nulls_distinct=False
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("other_convention", None),
                            models.Q(("other_convention", models.F("convention")), _negated=True),
                            _connector="OR",
                        ),
                        name="card_conventions_differ",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CardDomainEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("code", models.CharField(max_length=4, serialize=False, verbose_name="code")),
                ("label", models.CharField(max_length=60, verbose_name="libellé")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="ordre")),
                (
                    "act_family",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="members.actfamily",
                        verbose_name="famille d’actes",
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
                        to="members.carddomain",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CardConventionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        help_text="PEC, ou un taux. Vide\xa0: le taux du tableau de garanties à la date de la carte.",
                        max_length=10,
                        verbose_name="niveau",
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
                        to="members.cardconvention",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Vide\xa0: pour toutes les formules qui n’ont pas leur propre ligne.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="members.plan",
                        verbose_name="formule",
                    ),
                ),
                (
                    "domain",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="members.carddomain",
                        verbose_name="domaine",
                    ),
                ),
                (
                    "convention",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="members.conventiontype",
                        verbose_name="convention",
                    ),
                ),
                (
                    "other_convention",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="members.conventiontype",
                        verbose_name="seconde convention",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="conventiontype",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_conventiontypeevent" ("code", "label", "operator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") SELECT old_values."code", old_values."label", old_values."operator", _pgh_attached_context.value, NOW(), \'update\', old_values."code", old_values."position" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."code") = (new_values."code") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="aba9439aa6b2eb0a923a3b619defb6521e338514",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c99de",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="members_conventiontype",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="conventiontype",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_conventiontypeevent" ("code", "label", "operator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") SELECT old_values."code", old_values."label", old_values."operator", _pgh_attached_context.value, NOW(), \'delete\', old_values."code", old_values."position" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="cae3e6f57b04d8de2083fb436fae435746939551",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b8561",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="members_conventiontype",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="carddomain",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_carddomainevent" ("act_family_id", "code", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") SELECT old_values."act_family_id", old_values."code", old_values."label", _pgh_attached_context.value, NOW(), \'update\', old_values."code", old_values."position" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."code") = (new_values."code") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="6c7b54cb46cfcf1b99e264f8e26d74db29157019",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_31c81",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="members_carddomain",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="carddomain",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_carddomainevent" ("act_family_id", "code", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") SELECT old_values."act_family_id", old_values."code", old_values."label", _pgh_attached_context.value, NOW(), \'delete\', old_values."code", old_values."position" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="a9235312c1dc7cb51d8f295789b7c82ea9d3a5f6",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_982f1",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="members_carddomain",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="cardconvention",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_cardconventionevent" ("convention_id", "domain_id", "id", "level", "other_convention_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id") SELECT old_values."convention_id", old_values."domain_id", old_values."id", old_values."level", old_values."other_convention_id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."plan_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="91c862504af8cb29f927211da4262e6259a1f0f2",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_5d08e",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="members_cardconvention",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="cardconvention",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_cardconventionevent" ("convention_id", "domain_id", "id", "level", "other_convention_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id") SELECT old_values."convention_id", old_values."domain_id", old_values."id", old_values."level", old_values."other_convention_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."plan_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="a7b9ffb480e2f141c2a909e689fdc423f1b2e0d6",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_2158d",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="members_cardconvention",
                    when="AFTER",
                ),
            ),
        ),
        isolate("members_card", "household_id", "app.household"),
        migrations.RunPython(load_tables, migrations.RunPython.noop),
    ]
