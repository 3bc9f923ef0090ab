"""What is decided on who sees a minor: by the minor from 16 on, by a judge before and after.

Rows are facts with their day: a later one replaces the former, which stays as it was.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from members.households.models import Household, Person


class CareChoice(models.Model):
    """A minor of 16 or more shows their care to a parent of the household, or does not (`shows`).

    The one in force has no `replaced_at`. Without any, parents see until 18.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="care_choices")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey(Person, verbose_name="parent", on_delete=models.PROTECT, related_name="+")
    shows = models.BooleanField("montre ses soins")
    chosen_at = models.DateTimeField("choisi le", default=timezone.now)
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="choisi par", on_delete=models.PROTECT, related_name="+"
    )
    replaced_at = models.DateTimeField("remplacé le", null=True, blank=True)

    class Meta:
        verbose_name = "choix de montrer ses soins"
        verbose_name_plural = "choix de montrer ses soins"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "parent"], condition=Q(replaced_at=None), name="care_choice_one_in_force"
            ),
            models.CheckConstraint(condition=~Q(parent=F("person")), name="care_choice_is_about_a_parent"),
            models.CheckConstraint(
                condition=Q(replaced_at=None) | Q(replaced_at__gte=F("chosen_at")), name="care_choice_replaced_after"
            ),
        ]

    def __str__(self) -> str:
        return f"choix {self.pk}"


class Exercise(models.TextChoices):
    """Who exercises parental authority over a child (Code civil, art. 372 and 373-2-1)."""

    BOTH = "both", "Les deux parents"
    ONE = "one", "Un seul parent"


class ParentalAuthority(models.Model):
    """What a judgment says of the authority over a child, from `start_date` on; both parents have it without any.

    `parent` is the one who exercises it alone; empty: somebody whom we do not insure. The latest to have begun is in
    force, and of one day the last to be recorded.
    """

    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="authorities")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    exercised_by = models.CharField("exercée par", max_length=4, choices=Exercise)
    parent = models.ForeignKey(
        Person, verbose_name="parent", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    judgment_reference = models.CharField("référence du jugement", max_length=60)
    judgment_date = models.DateField("date du jugement")
    start_date = models.DateField("à compter du")
    recorded_at = models.DateTimeField("enregistrée le", default=timezone.now)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="enregistrée par", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "autorité parentale"
        verbose_name_plural = "autorité parentale"
        constraints = [
            models.CheckConstraint(condition=Q(exercised_by__in=Exercise.values), name="authority_exercise_is_known"),
            models.CheckConstraint(
                condition=Q(exercised_by="one") | Q(parent=None), name="authority_of_both_names_nobody"
            ),
            models.CheckConstraint(condition=Q(parent=None) | ~Q(parent=F("child")), name="authority_is_a_parents"),
            models.CheckConstraint(
                condition=Q(start_date__gte=F("judgment_date")), name="authority_follows_its_judgment"
            ),
            models.CheckConstraint(condition=~Q(judgment_reference=""), name="authority_has_its_judgment"),
        ]
        indexes = [models.Index(fields=["child", "-start_date", "-id"], name="authority_of_child")]

    def __str__(self) -> str:
        return f"autorité parentale {self.pk}"
