"""The tables of technical accounts, and the triggers that keep what is published as it is."""

import django.db.models.deletion
from django.db import migrations, models

from portals.access.row_security import isolate

FREEZE = """
CREATE FUNCTION refuse_change_of_published_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.published_at IS NOT NULL THEN
        RAISE EXCEPTION 'a published technical account does not change' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER published_is_frozen BEFORE UPDATE OR DELETE ON employers_technicalaccount
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_published_account();

CREATE FUNCTION refuse_change_of_published_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM employers_technicalaccount account
        WHERE account.published_at IS NOT NULL
            AND account.id IN (
                CASE WHEN TG_OP <> 'INSERT' THEN OLD.account_id END, CASE WHEN TG_OP <> 'DELETE' THEN NEW.account_id END
            )
    ) THEN
        RAISE EXCEPTION 'a published technical account does not change' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER published_is_frozen BEFORE INSERT OR UPDATE OR DELETE ON employers_technicalline
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_published_line();
"""
THAW = """
DROP TRIGGER published_is_frozen ON employers_technicalline;
DROP TRIGGER published_is_frozen ON employers_technicalaccount;
DROP FUNCTION refuse_change_of_published_line();
DROP FUNCTION refuse_change_of_published_account();
"""


def euros(label: str) -> models.Field:
    return models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name=label)


class Migration(migrations.Migration):
    dependencies = [("employers", "0007_employee_files")]

    operations = [
        migrations.CreateModel(
            name="TechnicalAccount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="année")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("nothing", "Aucun montant de prestations"),
                            ("totals", "Totaux seulement"),
                            ("detail", "Totaux et tableaux"),
                        ],
                        max_length=8,
                        verbose_name="ce qui est dit",
                    ),
                ),
                ("headcount", models.PositiveIntegerField(blank=True, null=True, verbose_name="effectif garanti")),
                ("contributions", euros("cotisations")),
                ("benefits", euros("prestations payées")),
                ("variation", euros("variation des prestations")),
                ("provisions_opening", euros("provisions au 1er janvier")),
                ("provisions_closing", euros("provisions au 31 décembre")),
                ("financial_income", euros("part des produits financiers")),
                ("commissions", euros("commissions")),
                ("other_charges", euros("autres charges")),
                ("profit_sharing", euros("participation aux bénéfices")),
                ("reinsurance_balance", euros("solde de réassurance")),
                ("built_at", models.DateTimeField(verbose_name="établi le")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="publié le")),
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
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="technical_accounts",
                        to="employers.groupcontract",
                    ),
                ),
            ],
            options={
                "verbose_name": "compte technique",
                "verbose_name_plural": "comptes techniques",
                "indexes": [models.Index(fields=["company", "-year"], name="technical_account_of_company")],
                "constraints": [
                    models.UniqueConstraint(fields=("contract", "year"), name="technical_account_once_a_year"),
                    models.CheckConstraint(
                        condition=models.Q(("level", "nothing"), _negated=True)
                        | models.Q(("benefits", None), ("variation", None)),
                        name="technical_account_of_few_tells_no_care",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TechnicalLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "table",
                    models.CharField(
                        choices=[
                            ("family", "Par famille de soins"),
                            ("structure", "Par qualité de la personne"),
                            ("age", "Par âge"),
                            ("sex", "Par sexe"),
                        ],
                        max_length=9,
                        verbose_name="tableau",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="ordre")),
                ("code", models.CharField(blank=True, max_length=8, verbose_name="code")),
                ("label", models.CharField(max_length=80, verbose_name="libellé")),
                ("is_rest", models.BooleanField(default=False, verbose_name="lignes dites ensemble")),
                ("amount", euros("prestations payées")),
                ("variation", euros("variation")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="employers.technicalaccount",
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
            ],
            options={
                "verbose_name": "ligne d’un compte technique",
                "verbose_name_plural": "lignes de comptes techniques",
                "constraints": [
                    models.UniqueConstraint(fields=("account", "table", "position"), name="technical_line_natural_key"),
                    models.CheckConstraint(
                        condition=models.Q(("amount__isnull", False), ("variation", None), _connector="OR"),
                        name="technical_line_not_told_has_no_variation",
                    ),
                ],
            },
        ),
        isolate("employers_technicalaccount", "company_id", "app.company", staff_may_read=True),
        isolate("employers_technicalline", "company_id", "app.company", staff_may_read=True),
        migrations.RunSQL(FREEZE, THAW),
    ]
