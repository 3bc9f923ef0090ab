"""What is wrong with an IBAN, in words, and how one is shown. Pure: no database, no clock."""

import re
from dataclasses import dataclass

import schwifty
from schwifty.exceptions import InvalidChecksumDigits, InvalidCountryCode, SchwiftyException

SEPARATORS = re.compile(r"[\s.\-_/\u00a0\u202f]")
BEGINNING = re.compile(r"[A-Z]{2}[0-9]{2}")
CARD_DIGITS = 16
RIB_SIGNS = 23
SHOWN_AT_THE_END = 3
ARTICLES = frozenset({"LA", "LE", "LES", "DE", "DU", "DES", "ET", "AND", "OF", "SUD"})
VOWELS = frozenset("AEIOUYÀÉÈÊÎÔÛ")


class IbanRefused(ValueError):
    """The message says what is wrong and what to do, in French, without a word of what was typed."""


@dataclass(frozen=True)
class ShownAccount:
    """What pages say of an account: `FR·· ···· ·606` and its bank, when the register of banks knows it."""

    masked: str
    bank: str


def read_iban(typed: str) -> str:
    """The IBAN, compact and in capitals. Raises IbanRefused.

    Length and key of the country (ISO 13616, modulo 97), then the national key (French RIB key), then the SEPA zone.
    """
    compact = SEPARATORS.sub("", typed).upper().removeprefix("IBAN")
    _refuse_what_is_no_iban(compact)
    try:
        expected = schwifty.IBAN(compact, allow_invalid=True).spec.iban_length
    except InvalidCountryCode:
        raise IbanRefused(
            f"Aucun IBAN ne commence par {compact[:2]}. Celui d’un compte français commence par FR."
        ) from None
    _refuse_length(compact, expected)
    try:
        iban = schwifty.IBAN(compact, validate_bban=True)
    except InvalidChecksumDigits:
        raise IbanRefused(
            "La clé ne correspond pas\u00a0: un chiffre est faux, ou deux sont inversés. Recopiez l’IBAN de votre RIB."
        ) from None
    except SchwiftyException:
        raise IbanRefused(
            "Cet IBAN ne peut pas exister\u00a0: une lettre ou un chiffre n’est pas à sa place. Recopiez-le de votre RIB."
        ) from None
    if not iban.in_sepa_zone:
        raise IbanRefused("Ce compte est hors de la zone SEPA\u00a0: nous ne pouvons pas y verser d’argent.")
    return str(iban)


def shown(iban: str) -> ShownAccount:
    """How an account is told to its holder."""
    return ShownAccount(masked(iban), bank_of(iban))


def masked(iban: str) -> str:
    """`FR·· ···· ·606`: country and last three signs; nothing of no account."""
    return f"{iban[:2]}·· ···· ·{iban[-SHOWN_AT_THE_END:]}" if iban else ""


def bank_of(iban: str) -> str:
    """The bank's name as its register writes it, `La Banque Postale`; nothing when it is not known."""
    name = schwifty.IBAN(iban, allow_invalid=True).bank_name if iban else None
    return " ".join(_capitalised(word) if word.isupper() else word for word in (name or "").split())


def _capitalised(word: str) -> str:
    """`BANQUE` is Banque and `LA` La; `BNP`, `CIC` and `HSBC` stay initials."""
    is_initials = (len(word) <= 3 and word not in ARTICLES) or not set(word) & VOWELS
    return word if is_initials else word.capitalize()


def _refuse_what_is_no_iban(compact: str) -> None:
    if not compact.isascii() or not compact.isalnum():
        raise IbanRefused("Un IBAN n’a que des lettres et des chiffres. Retirez les autres signes.")
    if compact.isdigit() and len(compact) == CARD_DIGITS:
        raise IbanRefused("C’est un numéro de carte bancaire. L’IBAN est sur votre RIB et commence par FR.")
    if compact[:5].isdigit() and len(compact) == RIB_SIGNS:
        raise IbanRefused(
            "Ce sont les chiffres du RIB sans le début. L’IBAN les fait précéder de FR et de deux chiffres."
        )
    if not BEGINNING.match(compact):
        raise IbanRefused("Un IBAN commence par deux lettres et deux chiffres\u00a0: FR76, par exemple.")


def _refuse_length(compact: str, expected: int) -> None:
    gap = len(compact) - expected
    if gap == 0:
        return
    signs = f"{abs(gap)} signe{'s' if abs(gap) > 1 else ''}"
    verb = f"Il manque {signs}" if gap < 0 else f"Il y a {signs} de trop"
    country = "français" if compact.startswith("FR") else f"de ce pays ({compact[:2]})"
    raise IbanRefused(f"{verb}\u00a0: un IBAN {country} en compte {expected}, sans les espaces.")
