"""Who sees a minor: the choices from 16 on, the judgments on parental authority. Both behind row-level security."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

from portals.access.row_security import isolate

ID = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))
PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0009_cards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="CareChoice",
            fields=[
                ID,
                ("shows", models.BooleanField(verbose_name="montre ses soins")),
                ("chosen_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="choisi le")),
                ("replaced_at", models.DateTimeField(blank=True, null=True, verbose_name="remplacé le")),
                (
                    "chosen_by",
                    models.ForeignKey(
                        on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="choisi par"
                    ),
                ),
                ("household", models.ForeignKey(on_delete=PROTECT, related_name="+", to="members.household")),
                (
                    "parent",
                    models.ForeignKey(on_delete=PROTECT, related_name="+", to="members.person", verbose_name="parent"),
                ),
                ("person", models.ForeignKey(on_delete=PROTECT, related_name="care_choices", to="members.person")),
            ],
            options={
                "verbose_name": "choix de montrer ses soins",
                "verbose_name_plural": "choix de montrer ses soins",
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(replaced_at=None), fields=("person", "parent"), name="care_choice_one_in_force"
                    ),
                    models.CheckConstraint(condition=~Q(parent=F("person")), name="care_choice_is_about_a_parent"),
                    models.CheckConstraint(
                        condition=Q(replaced_at=None) | Q(replaced_at__gte=F("chosen_at")),
                        name="care_choice_replaced_after",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ParentalAuthority",
            fields=[
                ID,
                (
                    "exercised_by",
                    models.CharField(
                        choices=[("both", "Les deux parents"), ("one", "Un seul parent")],
                        max_length=4,
                        verbose_name="exercée par",
                    ),
                ),
                ("judgment_reference", models.CharField(max_length=60, verbose_name="référence du jugement")),
                ("judgment_date", models.DateField(verbose_name="date du jugement")),
                ("start_date", models.DateField(verbose_name="à compter du")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="enregistrée le")),
                ("child", models.ForeignKey(on_delete=PROTECT, related_name="authorities", to="members.person")),
                ("household", models.ForeignKey(on_delete=PROTECT, related_name="+", to="members.household")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=PROTECT,
                        related_name="+",
                        to="members.person",
                        verbose_name="parent",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="enregistrée par"
                    ),
                ),
            ],
            options={
                "verbose_name": "autorité parentale",
                "verbose_name_plural": "autorité parentale",
                "indexes": [models.Index(fields=["child", "-start_date", "-id"], name="authority_of_child")],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(exercised_by__in=["both", "one"]), name="authority_exercise_is_known"
                    ),
                    models.CheckConstraint(
                        condition=Q(exercised_by="one") | Q(parent=None), name="authority_of_both_names_nobody"
                    ),
                    models.CheckConstraint(
                        condition=Q(parent=None) | ~Q(parent=F("child")), name="authority_is_a_parents"
                    ),
                    models.CheckConstraint(
                        condition=Q(start_date__gte=F("judgment_date")), name="authority_follows_its_judgment"
                    ),
                    models.CheckConstraint(condition=~Q(judgment_reference=""), name="authority_has_its_judgment"),
                ],
            },
        ),
        isolate("members_carechoice", "household_id", "app.household"),
        # Staff write judgments down; what a minor chose is not theirs to read.
        isolate("members_parentalauthority", "household_id", "app.household", staff_may_read=True),
    ]
