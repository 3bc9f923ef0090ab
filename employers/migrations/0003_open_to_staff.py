from django.db import migrations

from portals.access.row_security import open_to_staff


class Migration(migrations.Migration):
    dependencies = [("employers", "0002_initial")]

    operations = [open_to_staff("employers_company", "employers_groupcontract")]
