"""Accounts: one door each. The identifier is random, numeric, and means nothing (CGU-2.2)."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac


class Space(models.TextChoices):
    """The audience of an account (CGU-1.1). `GESTION` is for staff."""

    MEMBER = "adherent", "Espace adhérent"
    EMPLOYER = "employeur", "Espace employeur"
    PROFESSIONAL = "professionnel", "Espace professionnel de santé"
    STAFF = "gestion", "Gestion"


class AccountState(models.TextChoices):
    """How far the registration went (CGU-1.6): nothing is open before `VALIDATED`."""

    STARTED = "started", "Commencé"
    TERMS_ACCEPTED = "terms_accepted", "CGU acceptées"
    VALIDATED = "validated", "Validé"
    CLOSED = "closed", "Fermé"


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(identifier=username)


class Account(AbstractBaseUser, PermissionsMixin):
    """A natural person who signs in, for themselves or for the organisation named beside them (CGU-1.7).

    `second_factor_asked`: beyond what the space demands of everyone (`rules.needs_second_factor`), as of whoever
    represents others. `session_epoch`: raising it ends every session at its next request. `locked_at`: fraud was
    reported, and only a new password chosen through the owner's e-mail opens the account again (CGU-2.7).
    """

    identifier = models.CharField("identifiant", max_length=10, unique=True)
    email = models.EmailField("adresse e-mail")
    space = models.CharField("espace", max_length=16, choices=Space)
    state = models.CharField("état", max_length=16, choices=AccountState, default=AccountState.STARTED)
    display_name = models.CharField("nom affiché", max_length=120)
    organisation_name = models.CharField("organisation représentée", max_length=200, blank=True)
    is_active = models.BooleanField("actif", default=True)
    is_staff = models.BooleanField("membre du personnel", default=False)
    must_choose_password = models.BooleanField("doit choisir son mot de passe", default=False)
    temporary_password_until = models.DateTimeField("mot de passe provisoire jusqu’au", null=True, blank=True)
    password_changed_at = models.DateTimeField("mot de passe changé le", null=True, blank=True)
    accepted_terms = models.ForeignKey(
        "portals.TermsVersion", verbose_name="CGU acceptées", null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    created_at = models.DateTimeField("créé le", default=timezone.now)
    second_factor_asked = models.BooleanField("second facteur exigé", default=False)
    session_epoch = models.PositiveIntegerField("époque des sessions", default=0)
    locked_at = models.DateTimeField("bloqué le", null=True, blank=True)
    closed_at = models.DateTimeField("fermé le", null=True, blank=True)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "identifier"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["email", "space", "display_name"]

    class Meta:
        verbose_name = "compte"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(identifier__regex=r"^[0-9]{10}$"), name="account_identifier_is_ten_digits"
            ),
            models.CheckConstraint(condition=models.Q(space__in=Space.values), name="account_has_one_space"),
            models.CheckConstraint(condition=models.Q(state__in=AccountState.values), name="account_state_is_known"),
            models.CheckConstraint(
                condition=~models.Q(space__in=[Space.EMPLOYER, Space.PROFESSIONAL]) | ~models.Q(organisation_name=""),
                name="account_of_organisation_names_it",
            ),
            models.CheckConstraint(
                condition=models.Q(is_staff=False) | models.Q(space=Space.STAFF), name="account_of_staff_is_in_gestion"
            ),
            # Rights come from roles (`portals.gestion.roles`): nobody has them all.
            models.CheckConstraint(condition=models.Q(is_superuser=False), name="account_is_never_superuser"),
        ]
        indexes = [models.Index(models.functions.Lower("email"), name="account_email_lower")]

    def __str__(self) -> str:
        return f"compte {self.pk}"

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Django's, which dies with the password, made to die with the epoch as well."""
        return salted_hmac(
            "portals.accounts.session", f"{self.password}\x1f{self.session_epoch}", secret=secret, algorithm="sha256"
        ).hexdigest()


class RequestKind(models.TextChoices):
    SIGN_UP = "sign_up", "Inscription"
    RECOVERY = "recovery", "Identifiant ou mot de passe oublié"


class AccountRequest(models.Model):
    """What somebody who is signed out asked for, until a worker has answered it by e-mail.

    The page stores the same row whoever asks, and never looks anybody up: what it answers, and the time it takes,
    cannot tell a known person from an unknown one. The answers are sealed, and go with the row within the minute.
    """

    reference = models.CharField("référence", max_length=32, unique=True)
    kind = models.CharField("sorte", max_length=10, choices=RequestKind)
    space = models.CharField("espace", max_length=16, choices=Space, blank=True)
    answers_sealed = models.BinaryField("réponses scellées")
    created_at = models.DateTimeField("créée le", default=timezone.now)

    class Meta:
        verbose_name = "demande d’accès"
        verbose_name_plural = "demandes d’accès"

    def __str__(self) -> str:
        return f"demande {self.pk}"


class KnownNetwork(models.Model):
    """A network that an account signs in from (`known_networks`): its keyed hash, for twelve months after its last use."""

    account = models.ForeignKey(Account, verbose_name="compte", on_delete=models.CASCADE, related_name="+")
    digest = models.BinaryField("empreinte", max_length=32, unique=True)
    last_used_at = models.DateTimeField("utilisé le", db_index=True)

    class Meta:
        verbose_name = "réseau habituel"
        verbose_name_plural = "réseaux habituels"

    def __str__(self) -> str:
        return f"réseau habituel {self.pk}"
