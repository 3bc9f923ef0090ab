"""What the role `campaigns` reads of members: who is covered by which plan since when, and nothing of care (PDP-4.1)."""

from django.db import migrations

GRANTS = """
    GRANT SELECT (id, household_id, role, birth_date, postcode) ON members_person TO campaigns;
    GRANT SELECT (id, household_id, policy_id, person_id, start_date, end_date) ON members_cover TO campaigns;
    GRANT SELECT (id, household_id, plan_id, start_date, end_date) ON members_policy TO campaigns;
    GRANT SELECT (id, plan_code, kind) ON members_plan TO campaigns;
"""
BACK = "REVOKE ALL ON members_person, members_cover, members_policy, members_plan FROM campaigns"


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0019_history"),
        ("privacy", "0008_consents"),
    ]

    operations = [migrations.RunSQL(GRANTS, BACK)]
