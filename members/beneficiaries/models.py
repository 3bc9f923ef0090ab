"""The dated rules of beneficiaries, the requests of members, what keeps a child covered, the limits announced."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from members.beneficiaries.words import BEYOND_AGE, Case, Kind, Late, Reason, State, Until, What
from members.coverage.models import Plan, Policy
from members.households.models import Household, Person
from portals.documents.models import Upload
from portals.history import track


@track()
class BeneficiaryRule(models.Model):
    """Who may be covered beside the member, on what proof, from when and until what age. Staff keep it.

    A rule without a plan is everybody's; a plan's own rule comes first. `age_limit`: the birthday that ends the cover
    (None: no limit). `declare_within_days`: declared in that delay after the event (birth, marriage), the cover runs
    from the event. `documents`: one on each line, as people read them.
    """

    plan = models.ForeignKey(
        Plan, verbose_name="formule", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        help_text="Vide\u00a0: toutes les formules qui n’ont pas leur propre règle.",
    )  # fmt: skip
    case = models.CharField("cas", max_length=10, choices=Case)
    is_open = models.BooleanField("accepté par la formule", default=True)
    employee_may_ask = models.BooleanField(
        "le salarié peut le demander",
        default=True,
        help_text="Contrat collectif\u00a0: sinon, l’employeur s’en charge.",
    )
    age_limit = models.PositiveSmallIntegerField("limite d’âge", null=True, blank=True)
    until = models.CharField("couvert jusqu’à", max_length=5, choices=Until, default=Until.EVE)
    declare_within_days = models.PositiveSmallIntegerField("délai de déclaration (jours)", null=True, blank=True)
    late = models.CharField("passé ce délai, depuis", max_length=5, choices=Late, default=Late.MONTH)
    wording = models.CharField("la règle, pour les adhérents", max_length=400)
    documents = models.TextField("justificatifs, un par ligne")
    valid_from = models.DateField("valable du")
    valid_to = models.DateField("au", null=True, blank=True)

    class Meta:
        verbose_name = "règle de rattachement"
        verbose_name_plural = "règles de rattachement"
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "case", "valid_from"], nulls_distinct=False, name="beneficiary_rule_natural_key"
            ),
            models.CheckConstraint(
                condition=Q(case__in=Case.values, until__in=Until.values, late__in=Late.values),
                name="beneficiary_rule_words_are_known",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="beneficiary_rule_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"règle {self.pk}"


@track(exclude=("answers_sealed",))
class BeneficiaryRequest(models.Model):
    """Adding somebody to a policy, removing somebody, keeping a child beyond the age (CGU-3.9, 3.10).

    Days are of Europe/Paris. `asked_for`: the person in whose name it was asked, the member as a rule. `person`: who is
    removed or kept; for an addition, who was added, once accepted. What was typed is in `answers_sealed`, under the key
    `beneficiary:<reference>`. `number` is given when it is sent. `effect_date`: the first day of a new cover, or the last
    day of one that ends: computed when it is sent, then as staff decided. `due_on`: the answer is promised by that day.
    """

    reference = models.CharField("référence", max_length=32, unique=True)
    number = models.CharField("numéro", max_length=16, blank=True)
    kind = models.CharField("objet", max_length=6, choices=Kind)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="compte", on_delete=models.PROTECT, related_name="+"
    )
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    asked_for = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    policy = models.ForeignKey(Policy, verbose_name="contrat", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        Person, verbose_name="personne", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    case = models.CharField("cas", max_length=10, choices=Case, blank=True)
    reason = models.CharField("raison du retrait", max_length=10, choices=Reason, blank=True)
    answers_sealed = models.BinaryField("réponses scellées")
    event_date = models.DateField("date de l’événement", null=True, blank=True)
    effect_date = models.DateField("date d’effet", null=True, blank=True)
    proofs = models.ManyToManyField(
        Upload, verbose_name="justificatifs", blank=True, related_name="beneficiary_requests"
    )
    state = models.CharField("état", max_length=10, choices=State, default=State.DRAFT)
    created_at = models.DateTimeField("commencée le", default=timezone.now)
    saved_at = models.DateTimeField("gardée le", default=timezone.now)
    asked_at = models.DateTimeField("envoyée le", null=True, blank=True)
    due_on = models.DateField("réponse avant le", null=True, blank=True)
    decided_at = models.DateTimeField("décidée le", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="décidée par", on_delete=models.PROTECT, related_name="+", null=True,
        blank=True,
    )  # fmt: skip
    answer = models.TextField("réponse à l’adhérent", blank=True)

    class Meta:
        verbose_name = "demande de rattachement"
        verbose_name_plural = "demandes de rattachement"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values, state__in=State.values), name="beneficiary_request_words_are_known"
            ),
            models.CheckConstraint(
                condition=Q(kind="remove", reason__in=Reason.values, case="")
                | (~Q(kind="remove") & Q(reason="", case__in=Case.values)),
                name="beneficiary_request_says_case_or_reason",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | (Q(kind="add") & ~Q(state="accepted")),
                name="beneficiary_request_names_a_person",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", asked_at=None)
                | (~Q(state="draft") & Q(asked_at__isnull=False, due_on__isnull=False) & ~Q(number="")),
                name="beneficiary_request_sent_has_its_number",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "refused"]) | Q(decided_at__isnull=False),
                name="beneficiary_request_decided_at_an_instant",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["refused", "incomplete"]) | ~Q(answer=""),
                name="beneficiary_request_refused_with_reason",
            ),
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="beneficiary_request_number"),
            models.UniqueConstraint(
                fields=["account", "asked_for", "kind"], condition=Q(state="draft"),
                name="beneficiary_request_one_draft_of_a_kind",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["household", "-id"], name="beneficiary_request_household"),
            models.Index(
                fields=["due_on", "id"],
                condition=Q(state__in=["asked", "incomplete"]),
                name="beneficiary_request_queue",
            ),
        ]

    def __str__(self) -> str:
        return f"demande de rattachement {self.pk}"

    @property
    def is_sent(self) -> bool:
        return self.state != State.DRAFT

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision: documents may be added, and it may be withdrawn."""
        return self.state in {State.ASKED, State.INCOMPLETE}


class RequestStep(models.Model):
    """What happened to a request, as its author reads it. Never changed."""

    request = models.ForeignKey(BeneficiaryRequest, on_delete=models.CASCADE, related_name="steps")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    what = models.CharField("étape", max_length=16, choices=What)
    words = models.TextField("ce qui est écrit à l’adhérent", blank=True)
    at = models.DateTimeField("le", default=timezone.now)

    class Meta:
        verbose_name = "étape d’une demande"
        verbose_name_plural = "étapes des demandes"
        constraints = [models.CheckConstraint(condition=Q(what__in=What.values), name="beneficiary_step_is_known")]

    def __str__(self) -> str:
        return f"étape {self.pk}"


@track()
class KeptChild(models.Model):
    """What keeps a child covered beyond the age without condition, since it was proved. Ended by the rule of the case."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    case = models.CharField("situation", max_length=10, choices=Case)
    since = models.DateField("depuis le")

    class Meta:
        verbose_name = "enfant maintenu"
        verbose_name_plural = "enfants maintenus"
        constraints = [
            models.CheckConstraint(
                condition=Q(case__in=[case.value for case in BEYOND_AGE]), name="kept_child_case_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"enfant maintenu {self.pk}"


class LimitNotice(models.Model):
    """A child's limit of age, announced once. `last_day`: of the cover, unless the child is kept; never before the notice
    is ninety days old. `closed_at`: the cover was given its end.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    limit_day = models.DateField("limite d’après la règle")
    last_day = models.DateField("dernier jour de la couverture")
    announced_at = models.DateTimeField("annoncée le", default=timezone.now)
    closed_at = models.DateTimeField("fin écrite le", null=True)

    class Meta:
        verbose_name = "limite d’âge annoncée"
        verbose_name_plural = "limites d’âge annoncées"
        constraints = [
            models.UniqueConstraint(fields=["person", "limit_day"], name="limit_notice_once"),
            models.CheckConstraint(condition=Q(last_day__gte=F("limit_day")), name="limit_notice_ends_after_limit"),
        ]
        indexes = [models.Index(fields=["last_day"], condition=Q(closed_at=None), name="limit_notice_to_close")]

    def __str__(self) -> str:
        return f"limite d’âge {self.pk}"
