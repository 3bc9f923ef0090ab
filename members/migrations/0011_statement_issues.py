import django.utils.timezone
from django.db import migrations, models

from portals.access.row_security import append_only

# Months that were issued before this table: everything that the database holds now was on their statements, or was told
# to nobody and stays so.
ISSUED_BEFORE = """
    SELECT set_config('app.scope', 'system', true);
    INSERT INTO members_statementissue (period, issued_at, lines_until, changes_until)
    SELECT period, min(issued_at), coalesce((SELECT max(id) FROM members_benefitline), 0),
        coalesce((SELECT max(pgh_id) FROM members_benefitlineevent), 0)
    FROM members_statement GROUP BY period ORDER BY period;
    SELECT set_config('app.scope', '', true);
"""


class Migration(migrations.Migration):
    dependencies = [("members", "0010_household_privacy")]

    operations = [
        migrations.CreateModel(
            name="StatementIssue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("period", models.DateField(unique=True, verbose_name="mois")),
                ("issued_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="arrêté le")),
                ("lines_until", models.BigIntegerField(verbose_name="dernière prestation")),
                ("changes_until", models.BigIntegerField(verbose_name="dernier changement")),
            ],
            options={
                "verbose_name": "émission de relevés",
                "verbose_name_plural": "émissions de relevés",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("period__day", 1)), name="statement_issue_period_is_a_month"
                    )
                ],
            },
        ),
        append_only("members_statementissue"),
        migrations.RunSQL(ISSUED_BEFORE, migrations.RunSQL.noop),
    ]
