from django.db import migrations

from portals.access.row_security import open_to_staff


class Migration(migrations.Migration):
    dependencies = [("providers", "0001_initial")]

    operations = [open_to_staff("providers_agreement")]
