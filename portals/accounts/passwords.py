"""Which passwords may be chosen (security.md, CGU-2.5): long, and not what an attacker tries first."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from math import log10

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.exceptions import ValidationError
from zxcvbn import zxcvbn

from portals.accounts.common_passwords import is_common
from portals.accounts.models import Account
from portals.accounts.password_rules import (
    GREATEST_LENGTH,
    LEAST_LENGTH,
    is_long_enough,
    stem_of,
    unit_of,
    without_walks,
    without_words,
    words_in,
)

LEAST_SCORE = 3
"""On zxcvbn's scale of 0 to 4: more than 10⁸ guesses needed."""
SOLID_LOG10 = 50 * log10(2)
"""2⁵⁰ guesses: what the CNIL asks of a password when tries are limited (délibération n° 2022-100 du 21 juillet 2022)."""
GUESSED_SIGNS = 72

TOO_SHORT = "Il manque {missing}\u00a0: votre mot de passe doit compter au moins 15 caractères."
TOO_LONG = "Ce mot de passe dépasse 128 caractères."
COMMON = "Ce mot de passe figure dans les listes que les pirates essaient d’abord. Choisissez-en un autre."
PERSONAL = (
    "Ce mot de passe ressemble trop à ce que d’autres savent de vous\u00a0: nom, date de naissance, e-mail ou numéros. "
    "Choisissez des mots sans lien avec vous."
)
KEYBOARD = "Ce mot de passe suit les touches du clavier ou répète les mêmes signes. Choisissez-en un autre."
OF_THE_TRADE = "Ce mot de passe est fait des mots de la mutuelle, que l’on essaie d’abord ici. Choisissez-en d’autres."
GUESSABLE = "Ce mot de passe se devine facilement. Ajoutez un ou deux mots sans lien entre eux."
CONTEXT_WORDS = (
    "mutuelle", "mutualiste", "adherent", "adhesion", "employeur", "professionnel", "gestion", "gestionnaire", "espace",
    "compte", "portail", "connexion", "identifiant", "motdepasse", "password", "bienvenue", "bonjour", "remboursement",
    "prestation", "cotisation", "sante", "securite", "sociale", "medecin", "admin", "administrateur",
)  # fmt: skip
"""Words that somebody who attacks a health mutual tries first (docs/asvs.md, 6.1.2); the organisation's name is added."""
BETTER = "Un mot de plus, sans lien avec les autres, le rendrait solide."
HELP = (
    "Au moins 15 caractères, de toute sorte. Quatre ou cinq mots sans lien entre eux se retiennent bien. "
    "Ni votre nom, ni une date, ni une suite de touches."
)


class PersonalPasswordValidator:
    """Django's entry to the rules below; `user` is the account that chooses."""

    def validate(self, password: str, user: Account | None = None) -> None:
        """Raises ValidationError with the first reason to refuse, in words for the person."""
        from portals.accounts.actions import personal_words

        reason = refusal(password, personal_words(user) if user is not None and user.pk else [])
        if reason:
            raise ValidationError(reason, code="password_refused")

    def get_help_text(self) -> str:
        return HELP


def refusal(password: str, personal: list[str]) -> str | None:
    """Why this password may not be chosen by a person with these words; None when it may."""
    if len(password) < LEAST_LENGTH:
        missing = LEAST_LENGTH - len(password)
        return TOO_SHORT.format(missing=f"{missing} caractère{'s' if missing > 1 else ''}")
    if len(password) > GREATEST_LENGTH:
        return TOO_LONG
    words = words_in(personal)
    return next((reason for reason, holds in REASONS if holds(password, words)), None)


def _is_listed(password: str, _words: set[str]) -> bool:
    return any(is_common(variant) for variant in (password, stem_of(password), unit_of(password)))


def _is_made_of_words(password: str, words: set[str]) -> bool:
    return not is_long_enough(without_words(password, words))


def _is_a_walk_or_repeats(password: str, _words: set[str]) -> bool:
    stem = stem_of(password)
    return not is_long_enough(without_walks(unit_of(password))) or bool(stem and not is_long_enough(unit_of(stem)))


def _is_words_and_walks(password: str, words: set[str]) -> bool:
    return not is_long_enough(without_walks(without_words(password, words)))


def _is_of_the_trade(password: str, words: set[str]) -> bool:
    ours = words_in([*CONTEXT_WORDS, settings.ORGANISATION_FACTS.name])
    return not is_long_enough(without_walks(without_words(password, words | ours)))


def _is_guessable(password: str, words: set[str]) -> bool:
    """zxcvbn's cost grows with the square of the length; what follows the 72nd sign only adds strength."""
    score: int = zxcvbn(password[:GUESSED_SIGNS], user_inputs=sorted(words))["score"]
    return score < LEAST_SCORE


# From the cheapest to the dearest, and from the plainest reason to the vaguest.
REASONS: tuple[tuple[str, Callable[[str, set[str]], bool]], ...] = (
    (COMMON, _is_listed),
    (PERSONAL, _is_made_of_words),
    (KEYBOARD, _is_a_walk_or_repeats),
    (PERSONAL, _is_words_and_walks),
    (OF_THE_TRADE, _is_of_the_trade),
    (GUESSABLE, _is_guessable),
)


class Verdict(StrEnum):
    """What the meter says of a password that is being typed."""

    WEAK = "trop faible"
    ACCEPTED = "correct"
    SOLID = "solide"


@dataclass(frozen=True)
class Strength:
    """The verdict and, in words, why the password is refused or how it would be better."""

    verdict: Verdict
    advice: str = ""


def strength_of(password: str, personal: list[str]) -> Strength:
    """What the form would answer, said before it is sent; an accepted password is solid from 2⁵⁰ guesses on."""
    reason = refusal(password, personal)
    if reason:
        return Strength(Verdict.WEAK, reason)
    guesses: float = zxcvbn(password[:GUESSED_SIGNS], user_inputs=sorted(words_in(personal)))["guesses_log10"]
    return Strength(Verdict.SOLID) if guesses >= SOLID_LOG10 else Strength(Verdict.ACCEPTED, BETTER)


class LightArgon2Hasher(Argon2PasswordHasher):
    """Argon2id at its least cost, for test suites only: the same code at a price that a suite can pay."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
