"""The claim takes the most urgent job of any kind: the index of due jobs follows that order."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("portals", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="job",
            index=models.Index(
                fields=["priority", "due_at", "id"], condition=models.Q(("state", "due")), name="job_next"
            ),
        ),
        migrations.RemoveIndex(model_name="job", name="job_due"),
    ]
