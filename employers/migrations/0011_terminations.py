"""How employees leave, and what follows."""

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from portals.access.row_security import isolate


class Migration(migrations.Migration):
    dependencies = [
        ("employers", "0010_links_and_dsn"),
        ("members", "0017_portability"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="EmployeeTermination",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Brouillon"),
                            ("done", "Enregistrée"),
                            ("replaced", "Corrigée"),
                            ("undone", "Annulée"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("resignation", "Démission"),
                            ("justified", "Démission qui ouvre droit au chômage (projet, motif légitime)"),
                            ("dismissal", "Licenciement, quelle qu’en soit la cause sauf la faute lourde"),
                            ("misconduct", "Licenciement pour faute lourde"),
                            ("agreement", "Rupture conventionnelle ou départ négocié"),
                            ("fixed_term", "Fin de contrat à durée déterminée ou de mission"),
                            ("apprentice", "Fin d’apprentissage ou de professionnalisation"),
                            ("trial", "Période d’essai arrêtée par l’entreprise"),
                            ("trial_left", "Période d’essai arrêtée par le salarié"),
                            ("retirement", "Départ ou mise à la retraite"),
                            ("death", "Décès"),
                        ],
                        max_length=12,
                        verbose_name="motif",
                    ),
                ),
                ("last_day", models.DateField(verbose_name="dernier jour travaillé")),
                ("notice_until", models.DateField(blank=True, null=True, verbose_name="fin du préavis non effectué")),
                ("employed_since", models.DateField(verbose_name="début du contrat de travail")),
                ("contract_end", models.DateField(verbose_name="fin du contrat de travail")),
                ("months", models.PositiveSmallIntegerField(default=0, verbose_name="portabilité (mois)")),
                (
                    "continuing",
                    models.CharField(
                        choices=[
                            ("none", "Sans portabilité"),
                            ("running", "En cours"),
                            ("suspended", "Suspendue"),
                            ("stopped", "Arrêtée"),
                        ],
                        default="none",
                        max_length=10,
                        verbose_name="portabilité",
                    ),
                ),
                ("continues_until", models.DateField(blank=True, null=True, verbose_name="portabilité jusqu’au")),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="gardée le")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="enregistrée le")),
                (
                    "affiliation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terminations",
                        to="employers.affiliation",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="employers.company",
                    ),
                ),
                (
                    "operation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="employers.operation",
                    ),
                ),
                (
                    "portability",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.portability",
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="employers.employeetermination",
                    ),
                ),
            ],
            options={
                "verbose_name": "départ d’un salarié",
                "verbose_name_plural": "départs de salariés",
                "indexes": [models.Index(fields=["company", "-id"], name="employee_termination_company")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("continuing__in", ["none", "running", "suspended", "stopped"]),
                            (
                                "reason__in",
                                [
                                    "resignation",
                                    "justified",
                                    "dismissal",
                                    "misconduct",
                                    "agreement",
                                    "fixed_term",
                                    "apprentice",
                                    "trial",
                                    "trial_left",
                                    "retirement",
                                    "death",
                                ],
                            ),
                            ("state__in", ["draft", "done", "replaced", "undone"]),
                        ),
                        name="employee_termination_words_are_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("contract_end__gte", models.F("last_day")),
                            ("employed_since__lte", models.F("last_day")),
                            ("months__lte", 12),
                        ),
                        name="employee_termination_days_follow",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at", None), ("operation", None), ("state", "draft")),
                            models.Q(
                                models.Q(("state", "draft"), _negated=True),
                                ("done_at__isnull", False),
                                ("operation__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="employee_termination_done_by_an_operation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("continues_until", None), ("continuing", "none")),
                            models.Q(
                                models.Q(("continuing", "none"), _negated=True), ("continues_until__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="employee_termination_continues_until",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "done")),
                        fields=("affiliation",),
                        name="employee_termination_one_holds",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "draft")),
                        fields=("affiliation", "by"),
                        name="employee_termination_one_draft_each",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EmployeeTerminationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Brouillon"),
                            ("done", "Enregistrée"),
                            ("replaced", "Corrigée"),
                            ("undone", "Annulée"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("resignation", "Démission"),
                            ("justified", "Démission qui ouvre droit au chômage (projet, motif légitime)"),
                            ("dismissal", "Licenciement, quelle qu’en soit la cause sauf la faute lourde"),
                            ("misconduct", "Licenciement pour faute lourde"),
                            ("agreement", "Rupture conventionnelle ou départ négocié"),
                            ("fixed_term", "Fin de contrat à durée déterminée ou de mission"),
                            ("apprentice", "Fin d’apprentissage ou de professionnalisation"),
                            ("trial", "Période d’essai arrêtée par l’entreprise"),
                            ("trial_left", "Période d’essai arrêtée par le salarié"),
                            ("retirement", "Départ ou mise à la retraite"),
                            ("death", "Décès"),
                        ],
                        max_length=12,
                        verbose_name="motif",
                    ),
                ),
                ("last_day", models.DateField(verbose_name="dernier jour travaillé")),
                ("notice_until", models.DateField(blank=True, null=True, verbose_name="fin du préavis non effectué")),
                ("employed_since", models.DateField(verbose_name="début du contrat de travail")),
                ("contract_end", models.DateField(verbose_name="fin du contrat de travail")),
                ("months", models.PositiveSmallIntegerField(default=0, verbose_name="portabilité (mois)")),
                (
                    "continuing",
                    models.CharField(
                        choices=[
                            ("none", "Sans portabilité"),
                            ("running", "En cours"),
                            ("suspended", "Suspendue"),
                            ("stopped", "Arrêtée"),
                        ],
                        default="none",
                        max_length=10,
                        verbose_name="portabilité",
                    ),
                ),
                ("continues_until", models.DateField(blank=True, null=True, verbose_name="portabilité jusqu’au")),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="gardée le")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="enregistrée le")),
                (
                    "affiliation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="employers.affiliation",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="employers.company",
                    ),
                ),
                (
                    "operation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="employers.operation",
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
                        to="employers.employeetermination",
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
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="employers.employeetermination",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="employeetermination",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "employers_employeeterminationevent" ("affiliation_id", "by_id", "company_id", "continues_until", "continuing", "contract_end", "done_at", "employed_since", "id", "last_day", "months", "notice_until", "operation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portability_id", "reason", "replaces_id", "saved_at", "state") SELECT old_values."affiliation_id", old_values."by_id", old_values."company_id", old_values."continues_until", old_values."continuing", old_values."contract_end", old_values."done_at", old_values."employed_since", old_values."id", old_values."last_day", old_values."months", old_values."notice_until", old_values."operation_id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."portability_id", old_values."reason", old_values."replaces_id", old_values."saved_at", old_values."state" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="4eb3eab8380c3186eb975db0ce72d9d65b2cdd90",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_4b869",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="employers_employeetermination",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="employeetermination",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "employers_employeeterminationevent" ("affiliation_id", "by_id", "company_id", "continues_until", "continuing", "contract_end", "done_at", "employed_since", "id", "last_day", "months", "notice_until", "operation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portability_id", "reason", "replaces_id", "saved_at", "state") SELECT old_values."affiliation_id", old_values."by_id", old_values."company_id", old_values."continues_until", old_values."continuing", old_values."contract_end", old_values."done_at", old_values."employed_since", old_values."id", old_values."last_day", old_values."months", old_values."notice_until", old_values."operation_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."portability_id", old_values."reason", old_values."replaces_id", old_values."saved_at", old_values."state" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="2e103a5fdee6077f7d92bcbcb0b1de8ae2c7a0cb",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_2b21d",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="employers_employeetermination",
                    when="AFTER",
                ),
            ),
        ),
        isolate("employers_employeetermination", "company_id", "app.company"),
        isolate("employers_employeeterminationevent", "company_id", "app.company"),
    ]
