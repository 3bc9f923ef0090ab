"""Identifiers that pass every check and belong to nobody: NIR, IBAN, SIRET, RPPS, FINESS, AM, telephone numbers."""

import datetime
from random import Random

ABROAD = ("99109", "99126", "99127", "99132", "99139", "99350", "99351", "99352")
CORSICA_HAS_TWO_DEPARTMENTS_SINCE = 1976
BANK, BRANCH = "20041", "01005"


def nir_key(thirteen: str) -> str:
    """The two digits of the key: 97 - (N mod 97), with 2A read as 19 and 2B as 18 (INSEE)."""
    number = thirteen.replace("2A", "19").replace("2B", "18")
    return f"{97 - int(number) % 97:02d}"


def nir(sex: str, birth: datetime.date, department: str, number: int) -> str:
    """A NIR with its key, 15 characters.

    `department` is two characters, three overseas (97x) or five abroad (99xxx). Two numbers under 89 000 never give
    the same NIR; commune and order are made from it, so that they mean nothing.
    """
    if department in {"2A", "2B"} and birth.year < CORSICA_HAS_TWO_DEPARTMENTS_SINCE:
        department = "20"
    order = number % 999 + 1
    width = 5 - len(department)
    commune = f"{number // 999 % (10**width - 10) + 1:0{width}d}" if width else ""
    thirteen = f"{sex}{birth:%y%m}{department}{commune}{order:03d}"
    return thirteen + nir_key(thirteen)


def iban(number: int) -> str:
    """A French IBAN with its national key and its ISO 7064 key, from a number under 10^11."""
    account = f"{number % 10**11:011d}"
    rib_key = 97 - (89 * int(BANK) + 15 * int(BRANCH) + 3 * int(account)) % 97
    bban = f"{BANK}{BRANCH}{account}{rib_key:02d}"
    check = 98 - int(f"{bban}152700") % 97
    return f"FR{check:02d}{bban}"


def luhn(digits: str) -> str:
    """The digits followed by their Luhn key."""
    total = 0
    for position, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if position % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return digits + str(-total % 10)


def siret(number: int) -> str:
    """A SIRET whose SIREN and whole both pass Luhn; SIREN in 9xx, not given out by INSEE in that order."""
    siren = luhn(f"9{number % 10**7:07d}")
    return luhn(f"{siren}0001")


def rpps(number: int) -> str:
    """An 11-digit RPPS number, in the range kept for tests (997…)."""
    return luhn(f"997{number % 10**7:07d}")


def finess(department: str, number: int) -> str:
    """A 9-digit FINESS number. Overseas departments keep their two first digits, Corsica becomes 20."""
    digits = department[:2] if department[:2].isdigit() else "20"
    return luhn(f"{digits}{number % 10**6:06d}")


def am_number(department: str, category: str, number: int) -> str:
    """A 9-digit AM number, by which care is billed: department, category of the professional (one digit), number, key."""
    digits = department[:2] if department[:2].isdigit() else "20"
    return luhn(f"{digits}{category}{number % 10**5:05d}")


def mobile(rng: Random) -> str:
    """A mobile number of the range that ARCEP keeps for fiction (06 39 98 xx xx)."""
    return f"+3363998{rng.randrange(10_000):04d}"


def landline(number: int) -> str:
    """A number of the range that ARCEP keeps for fiction (01 99 00 xx xx)."""
    return f"+3319900{number % 10_000:04d}"
