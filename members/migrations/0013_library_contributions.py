"""Enforceable documents, contribution terms and instalments."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from portals.access.row_security import isolate


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0012_care_requests"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("portals", "0014_issued_documents"),
    ]

    operations = [
        migrations.CreateModel(
            name="ContributionTerm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="dû à partir du")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="jusqu’au")),
                (
                    "amount",
                    models.DecimalField(decimal_places=2, max_digits=12, verbose_name="montant d’une échéance (€)"),
                ),
                (
                    "frequency",
                    models.CharField(
                        choices=[
                            ("monthly", "Chaque mois"),
                            ("quarterly", "Chaque trimestre"),
                            ("yearly", "Chaque année"),
                        ],
                        default="monthly",
                        max_length=10,
                        verbose_name="rythme",
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("direct_debit", "Prélèvement"),
                            ("transfer", "Virement"),
                            ("payroll", "Retenue sur le salaire, par l’employeur"),
                        ],
                        default="direct_debit",
                        max_length=12,
                        verbose_name="mode de paiement",
                    ),
                ),
                (
                    "day",
                    models.PositiveSmallIntegerField(
                        default=5,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(28),
                        ],
                        verbose_name="jour du mois",
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
                    "payer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.person",
                        verbose_name="payeur",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contribution_terms",
                        to="members.policy",
                        verbose_name="contrat",
                    ),
                ),
            ],
            options={
                "verbose_name": "modalité de cotisation",
                "verbose_name_plural": "modalités de cotisation",
                "constraints": [
                    models.UniqueConstraint(fields=("policy", "valid_from"), name="contribution_term_natural_key"),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0)), name="contribution_term_is_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="contribution_term_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("day__gte", 1), ("day__lte", 28)),
                        name="contribution_term_day_is_in_every_month",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("frequency__in", ["monthly", "quarterly", "yearly"]),
                            ("mode__in", ["direct_debit", "transfer", "payroll"]),
                        ),
                        name="contribution_term_words_are_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("mode", "direct_debit"), _negated=True), ("payer__isnull", False), _connector="OR"
                        ),
                        name="contribution_term_debits_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContributionTermEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("valid_from", models.DateField(verbose_name="dû à partir du")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="jusqu’au")),
                (
                    "amount",
                    models.DecimalField(decimal_places=2, max_digits=12, verbose_name="montant d’une échéance (€)"),
                ),
                (
                    "frequency",
                    models.CharField(
                        choices=[
                            ("monthly", "Chaque mois"),
                            ("quarterly", "Chaque trimestre"),
                            ("yearly", "Chaque année"),
                        ],
                        default="monthly",
                        max_length=10,
                        verbose_name="rythme",
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("direct_debit", "Prélèvement"),
                            ("transfer", "Virement"),
                            ("payroll", "Retenue sur le salaire, par l’employeur"),
                        ],
                        default="direct_debit",
                        max_length=12,
                        verbose_name="mode de paiement",
                    ),
                ),
                (
                    "day",
                    models.PositiveSmallIntegerField(
                        default=5,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(28),
                        ],
                        verbose_name="jour du mois",
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
                    "payer",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="members.person",
                        verbose_name="payeur",
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
                        to="members.contributionterm",
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
            name="Instalment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due_on", models.DateField(verbose_name="due le")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="montant (€)")),
                (
                    "state",
                    models.CharField(
                        choices=[("paid", "Payée"), ("rejected", "Rejetée par la banque")],
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("state_on", models.DateField(verbose_name="depuis le")),
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
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="instalments",
                        to="members.policy",
                        verbose_name="contrat",
                    ),
                ),
            ],
            options={
                "verbose_name": "échéance de cotisation",
                "verbose_name_plural": "échéances de cotisation",
                "constraints": [
                    models.UniqueConstraint(fields=("policy", "due_on"), name="instalment_natural_key"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["paid", "rejected"])), name="instalment_state_is_known"
                    ),
                    models.CheckConstraint(condition=models.Q(("amount__gte", 0)), name="instalment_is_positive"),
                ],
            },
        ),
        migrations.CreateModel(
            name="InstalmentEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("due_on", models.DateField(verbose_name="due le")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="montant (€)")),
                (
                    "state",
                    models.CharField(
                        choices=[("paid", "Payée"), ("rejected", "Rejetée par la banque")],
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("state_on", models.DateField(verbose_name="depuis le")),
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
                        to="members.instalment",
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
            name="LegalDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("statutes", "Statuts"),
                            ("internal_rules", "Règlement intérieur"),
                            ("mutual_rules", "Règlement mutualiste"),
                            ("contract_terms", "Conditions du contrat"),
                            ("notice", "Notice d’information"),
                            ("other", "Autre document remis à l’adhésion"),
                        ],
                        max_length=20,
                        verbose_name="nature",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="titre")),
                (
                    "version",
                    models.CharField(help_text="Par exemple V-01-2025.", max_length=20, verbose_name="version"),
                ),
                (
                    "group_contract",
                    models.CharField(
                        blank=True,
                        help_text="Vide\xa0: pour tous les contrats.",
                        max_length=40,
                        verbose_name="contrat collectif",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="en vigueur du")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="au")),
                ("published_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="publié le")),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="legal_document",
                        to="portals.storedfile",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        help_text="Vide\xa0: pour toutes les formules.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.plan",
                        verbose_name="formule",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="publié par",
                    ),
                ),
            ],
            options={
                "verbose_name": "document opposable",
                "verbose_name_plural": "documents opposables",
                "indexes": [models.Index(fields=["plan", "valid_from"], name="legal_document_plan")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "plan", "group_contract", "title", "version"),
                        name="legal_document_natural_key",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["statutes", "internal_rules", "mutual_rules", "contract_terms", "notice", "other"],
                            )
                        ),
                        name="legal_document_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="legal_document_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LegalDocumentEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("statutes", "Statuts"),
                            ("internal_rules", "Règlement intérieur"),
                            ("mutual_rules", "Règlement mutualiste"),
                            ("contract_terms", "Conditions du contrat"),
                            ("notice", "Notice d’information"),
                            ("other", "Autre document remis à l’adhésion"),
                        ],
                        max_length=20,
                        verbose_name="nature",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="titre")),
                (
                    "version",
                    models.CharField(help_text="Par exemple V-01-2025.", max_length=20, verbose_name="version"),
                ),
                (
                    "group_contract",
                    models.CharField(
                        blank=True,
                        help_text="Vide\xa0: pour tous les contrats.",
                        max_length=40,
                        verbose_name="contrat collectif",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="en vigueur du")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="au")),
                ("published_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="publié le")),
                (
                    "file",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="portals.storedfile",
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
                        to="members.legaldocument",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Vide\xa0: pour toutes les formules.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="members.plan",
                        verbose_name="formule",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="publié par",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contributionterm",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_contributiontermevent" ("amount", "day", "frequency", "household_id", "id", "mode", "payer_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_id", "valid_from", "valid_to") SELECT old_values."amount", old_values."day", old_values."frequency", old_values."household_id", old_values."id", old_values."mode", old_values."payer_id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."policy_id", old_values."valid_from", old_values."valid_to" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="96e00ad846254f084adfcc01725a2e4a6f9f6df4",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3529d",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="members_contributionterm",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contributionterm",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_contributiontermevent" ("amount", "day", "frequency", "household_id", "id", "mode", "payer_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_id", "valid_from", "valid_to") SELECT old_values."amount", old_values."day", old_values."frequency", old_values."household_id", old_values."id", old_values."mode", old_values."payer_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."policy_id", old_values."valid_from", old_values."valid_to" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="90a91be48df45d7089cd0d1aa068d84a6f51e005",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_52648",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="members_contributionterm",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="instalment",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_instalmentevent" ("amount", "due_on", "household_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_id", "state", "state_on") SELECT old_values."amount", old_values."due_on", old_values."household_id", old_values."id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."policy_id", old_values."state", old_values."state_on" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="08608064f84d8b1a36e03049ad116a6b1a878dcb",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f00af",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="members_instalment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="instalment",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_instalmentevent" ("amount", "due_on", "household_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_id", "state", "state_on") SELECT old_values."amount", old_values."due_on", old_values."household_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."policy_id", old_values."state", old_values."state_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="817c851b1ff0cef62485947c414c3524e9b8bcf2",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_074a5",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="members_instalment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="legaldocument",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_legaldocumentevent" ("file_id", "group_contract", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "published_at", "published_by_id", "title", "valid_from", "valid_to", "version") SELECT old_values."file_id", old_values."group_contract", old_values."id", old_values."kind", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."plan_id", old_values."published_at", old_values."published_by_id", old_values."title", old_values."valid_from", old_values."valid_to", old_values."version" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="04d06ecc964d411a14860693613c76620b4dc401",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c82ef",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="members_legaldocument",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="legaldocument",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_legaldocumentevent" ("file_id", "group_contract", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "published_at", "published_by_id", "title", "valid_from", "valid_to", "version") SELECT old_values."file_id", old_values."group_contract", old_values."id", old_values."kind", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."plan_id", old_values."published_at", old_values."published_by_id", old_values."title", old_values."valid_from", old_values."valid_to", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="2bc2644d8f231be1e507dccc2e816b0244d05628",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_e1a02",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="members_legaldocument",
                    when="AFTER",
                ),
            ),
        ),
        # What a contract costs holds no care: staff keep it.
        isolate("members_contributionterm", "household_id", "app.household", staff_may_read=True),
        isolate("members_contributiontermevent", "household_id", "app.household"),
        isolate("members_instalment", "household_id", "app.household", staff_may_read=True),
        isolate("members_instalmentevent", "household_id", "app.household"),
    ]
