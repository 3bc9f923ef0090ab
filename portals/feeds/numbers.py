"""Columns of numbers that carry a key or have a shape: NIR, IBAN, SIRET, RPPS, FINESS, AM numbers; e-mail addresses."""

import re
from collections.abc import Callable

import schwifty
from schwifty.exceptions import SchwiftyException
from stdnum import luhn
from stdnum.fr import nir as stdnum_nir
from stdnum.fr import siret as stdnum_siret

from portals.feeds.columns import PLAIN, ColumnType
from portals.feeds.errors import Unfit

FINESS = re.compile(r"(?:[0-9]{2}|2[AB])[0-9]{7}")
AM_NUMBER = re.compile(r"[0-9]{9}")
EMAIL = re.compile(r"[^@\s\"(),:;<>\[\]\\]{1,64}@(?:[^@\s.\"(),:;<>\[\]\\]{1,63}\.)+[^@\s.\"(),:;<>\[\]\\]{2,63}")
EMAIL_LONGEST = 254


def _numbered(read: Callable[[str], str]) -> ColumnType:
    return ColumnType(sql="text", pattern=PLAIN + b"+", read=read, proves=False)


def nir() -> ColumnType:
    """15 characters with the key; Corsica `2A`/`2B`, overseas, provisional months. Spaces are dropped."""

    def read(value: str) -> str:
        compact = stdnum_nir.compact(value)
        if not compact.isascii() or not stdnum_nir.is_valid(compact):
            raise Unfit("bad_nir", "n’est pas un NIR de 15 caractères avec une clé juste")
        return compact

    return _numbered(read)


def iban() -> ColumnType:
    """Any country; length, key (modulo 97) and national key. Spaces are dropped."""

    def read(value: str) -> str:
        try:
            return str(schwifty.IBAN(value, validate_bban=True))
        except (SchwiftyException, ValueError):
            raise Unfit("bad_iban", "n’est pas un IBAN avec une clé juste") from None

    return _numbered(read)


def siret() -> ColumnType:
    """14 digits with their Luhn key (La Poste has its own rule)."""

    def read(value: str) -> str:
        if not re.fullmatch(r"[0-9]{14}", value) or not stdnum_siret.is_valid(value):
            raise Unfit("bad_siret", "n’est pas un SIRET de 14 chiffres avec une clé juste")
        return value

    return _numbered(read)


def rpps() -> ColumnType:
    """11 digits, the last of which is the Luhn key."""

    def read(value: str) -> str:
        if not re.fullmatch(r"[0-9]{11}", value) or not luhn.is_valid(value):
            raise Unfit("bad_rpps", "n’est pas un RPPS de 11 chiffres avec une clé juste")
        return value

    return _numbered(read)


def finess() -> ColumnType:
    """9 characters: the department (2A and 2B in Corsica), then 7 digits.

    The last digit is a Luhn key for the numbers that we know, and nobody publishes that it always is: it blocks nothing.
    """
    return _shaped(FINESS, "bad_finess", "n’est pas un FINESS : deux signes du département, puis sept chiffres")


def am_number() -> ColumnType:
    """9 digits: the department, the category of the professional (third digit), a number, and a key."""
    return _shaped(AM_NUMBER, "bad_am_number", "n’est pas un n° AM de neuf chiffres")


def _shaped(shape: re.Pattern[str], code: str, message: str) -> ColumnType:
    """A number of which the shape alone is known; spaces around it are dropped."""

    def read(value: str) -> str:
        value = value.strip(" ")
        if not shape.fullmatch(value):
            raise Unfit(code, message)
        return value

    return _numbered(read)


def email() -> ColumnType:
    """The shape of an address; whether it answers is found out by writing to it."""

    def read(value: str) -> str:
        value = value.strip(" ")
        if len(value) > EMAIL_LONGEST or not value.isprintable() or not EMAIL.fullmatch(value):
            raise Unfit("bad_email", "n’a pas la forme d’une adresse e-mail")
        return value

    return _numbered(read)
