"""The values of a DSN: dates JJMMAAAA, NIR of 13 digits without their key, codes. Pure."""

import datetime
import re

from stdnum.fr import nir as stdnum_nir
from stdnum.fr import siret as stdnum_siret

from portals.feeds import numbers
from portals.feeds.errors import Unfit

SEXES = {"01": "1", "02": "2"}
KINDS = {"01": "adult", "02": "child", "03": "other"}
"""S21.G00.73.003: adult (spouse, civil partner, partner), child, other."""
NIR_WITHOUT_KEY = 13
UNWRITTEN = re.compile(r"[\x00-\x1f\x7f<>\ufffd]")


class Unreadable(ValueError):
    """A value that says nothing. The message completes « La rubrique … »; it never repeats the value."""


def as_date(written: str) -> datetime.date:
    """A day written `JJMMAAAA`."""
    if not re.fullmatch(r"[0-9]{8}", written):
        raise Unreadable("n’est pas une date JJMMAAAA")
    try:
        return datetime.date(int(written[4:]), int(written[2:4]), int(written[:2]))
    except ValueError:
        raise Unreadable("est une date qui n’existe pas") from None


def as_nir(written: str) -> str:
    """The 15 characters of a NIR. A DSN writes 13 and leaves the key out: it is worked out."""
    compact = written.upper()
    if len(compact) == NIR_WITHOUT_KEY and re.fullmatch(r"[1-478][0-9]{4}[0-9AB]{2}[0-9]{6}", compact):
        try:
            compact += str(stdnum_nir.calc_check_digits(compact))
        except ValueError:
            raise Unreadable("n’est pas un NIR") from None
    try:
        return numbers.nir().read(compact)
    except Unfit:
        raise Unreadable("n’est pas un NIR\u00a0: 13 signes sans clé, ou 15 avec une clé juste") from None


def as_name(written: str) -> str:
    """A name on one line, as it is written."""
    name = " ".join(written.split())
    if not any(letter.isalpha() for letter in name) or UNWRITTEN.search(name):
        raise Unreadable("n’est pas un nom qui se lit")
    return name


def as_sex(written: str) -> str:
    """`1` or `2`, empty when it is not told."""
    if written and written not in SEXES:
        raise Unreadable("vaut 01 (masculin) ou 02 (féminin)")
    return SEXES.get(written, "")


def as_kind(written: str) -> str:
    """Adult, child or other (73.003)."""
    if written not in KINDS:
        raise Unreadable("vaut 01 (adulte), 02 (enfant) ou 03 (autre)")
    return KINDS[written]


def as_email(written: str) -> str:
    """An address, or nothing: one that cannot be read is not worth keeping somebody out."""
    try:
        return numbers.email().read(written) if written else ""
    except Unfit:
        return ""


def as_siret(siren: str, nic: str) -> str:
    """The 14 digits of an establishment."""
    siret = siren.replace(" ", "") + nic.zfill(5)
    if not re.fullmatch(r"[0-9]{14}", siret) or not stdnum_siret.is_valid(siret):
        raise Unreadable("ne forme pas un SIRET juste avec la S21.G00.06.001")
    return siret
