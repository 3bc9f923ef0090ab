"""Version 1 of the terms of use, with the facts of the organisation that runs the site."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import migrations

from portals.terms.documents import drafted, fingerprint

# The date that the first text bears.
IN_FORCE = datetime(2026, 1, 1, tzinfo=ZoneInfo("Europe/Paris"))


def publish_first_version(apps, schema_editor):
    text = drafted("cgu_v1.html")
    apps.get_model("portals", "TermsVersion").objects.using(schema_editor.connection.alias).get_or_create(
        number=1,
        defaults={
            "text": text,
            "summary": drafted("cgu_v1_summary.html"),
            "text_sha256": fingerprint(text),
            "published_at": IN_FORCE,
            "effective_at": IN_FORCE,
        },
    )


class Migration(migrations.Migration):
    dependencies = [("portals", "0003_accountrequest")]

    operations = [migrations.RunPython(publish_first_version, migrations.RunPython.noop)]
