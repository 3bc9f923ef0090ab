from django.db import migrations

from portals.access.row_security import open_to_staff


class Migration(migrations.Migration):
    dependencies = [("members", "0004_benefit_payment_index")]

    operations = [open_to_staff("members_household", "members_person", "members_policy", "members_cover")]
