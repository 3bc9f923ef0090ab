from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("portals", "0011_sessions_and_email_change")]

    operations = [
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_superuser", False)), name="account_is_never_superuser"
            ),
        ),
    ]
