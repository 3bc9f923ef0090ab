"""One statement for what a practice may ask and has asked (`providers.rights.statement`)."""

from django.db import migrations

from providers.rights import statement


class Migration(migrations.Migration):
    dependencies = [
        ("providers", "0006_delegates"),
        ("portals", "0018_restriction_by_the_system"),
    ]

    operations = [migrations.RunSQL(statement.INSTALL, statement.REMOVE)]
