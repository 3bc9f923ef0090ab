"""A question about rights finds nobody who is held for dead (`members.rights.statement`)."""

from django.db import migrations

from members.rights import statement


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0020_campaigns"),
        ("privacy", "0015_directives"),
    ]

    operations = [
        migrations.RunSQL(statement.REMOVE + statement.INSTALL, migrations.RunSQL.noop),
    ]
