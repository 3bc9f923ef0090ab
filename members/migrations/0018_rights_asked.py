"""One statement for a question about rights: match, draw, read and note (`members.rights.statement`)."""

from django.db import migrations

from members.rights import statement


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0017_portability"),
    ]

    operations = [
        migrations.RunSQL(statement.INSTALL, statement.REMOVE),
        migrations.RunSQL(statement.CHECK_AT_ONCE, statement.CHECK_AT_THE_END),
    ]
