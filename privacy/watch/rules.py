"""What is unusual in the journal, and from how many on: every figure is here. Pure: no database, no clock.

A figure that is too low tires whoever reads the alerts, and one that is too high sees nothing: an alert that was
dismissed says why, so that figures are corrected from facts.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from privacy.breaches.models import Kind

PARIS = ZoneInfo("Europe/Paris")

WINDOW = datetime.timedelta(hours=1)
"""What each passage looks at; passages are 15 minutes apart, so that nothing falls between two of them."""
REFUSED_ON_ONE_ACCOUNT = 20
REFUSED_FROM_ONE_NETWORK = 60
LOOKS_FLOOR = 120
"""Looks of one member of staff in an hour below which nothing is unusual, whatever their habit."""
LOOKS_TIMES_HABIT = 4
EXPORTS_FLOOR = 10
EXPORTS_TIMES_HABIT = 4
HABIT = datetime.timedelta(days=30)
NIGHT_BEGINS, NIGHT_ENDS = 22, 6
"""Hours of Paris."""
EXPORTS_AT_NIGHT = 3
BANK_AFTER_EMAIL = datetime.timedelta(days=7)


@dataclass(frozen=True)
class Finding:
    """A rule that was crossed. `subject`: `a<account>` or `n<network, keyed hash>`; empty for the journal itself."""

    kind: Kind
    subject: str
    account_id: int | None
    note: str

    def key(self, day: datetime.date) -> str:
        return f"{self.kind.value} {self.subject} {day.isoformat()}"


@dataclass(frozen=True)
class Activity:
    """What one account did in the window; `usual_…`: its busiest hour of the last thirty days before today."""

    account_id: int
    looks: int
    exports: int
    usual_looks: int = 0
    usual_exports: int = 0


def is_night(instant: datetime.datetime) -> bool:
    """Between 22 h and 6 h in Paris."""
    hour = instant.astimezone(PARIS).hour
    return hour >= NIGHT_BEGINS or hour < NIGHT_ENDS


def refused_on_accounts(counts: Mapping[int, int]) -> list[Finding]:
    """Sign-ins refused within the window, by account."""
    return [
        Finding(
            Kind.SIGN_IN_BURST, f"a{account}", account, f"{count}\u00a0connexions refusées en une heure sur ce compte."
        )
        for account, count in sorted(counts.items())
        if count >= REFUSED_ON_ONE_ACCOUNT
    ]


def refused_from_networks(counts: Mapping[str, int]) -> list[Finding]:
    """Sign-ins refused within the window, by network (its keyed hash)."""
    return [
        Finding(
            Kind.SIGN_IN_BURST, f"n{network}", None,
            f"{count}\u00a0connexions refusées en une heure depuis un même réseau ({network}).",
        )
        for network, count in sorted(counts.items())
        if count >= REFUSED_FROM_ONE_NETWORK
    ]  # fmt: skip


def deserves_its_habit(looks: int, exports: int) -> bool:
    """Whether an account did enough for its habit to be worth reading."""
    return looks >= LOOKS_FLOOR or exports >= EXPORTS_FLOOR


def out_of_habit(activities: Iterable[Activity]) -> list[Finding]:
    """Staff who looked at, or took out, far more than they ever do in an hour."""
    found = []
    for one in activities:
        subject = f"a{one.account_id}"
        if one.looks >= max(LOOKS_FLOOR, LOOKS_TIMES_HABIT * one.usual_looks):
            note = f"{one.looks}\u00a0consultations en une heure\u202f; {one.usual_looks} au plus d’habitude."
            found.append(Finding(Kind.MASS_LOOKS, subject, one.account_id, note))
        if one.exports >= max(EXPORTS_FLOOR, EXPORTS_TIMES_HABIT * one.usual_exports):
            note = f"{one.exports}\u00a0exports en une heure\u202f; {one.usual_exports} au plus d’habitude."
            found.append(Finding(Kind.MASS_EXPORTS, subject, one.account_id, note))
    return found


def exports_by_night(instants: Mapping[int, Sequence[datetime.datetime]]) -> list[Finding]:
    """Staff, companies and professionals who take files out while everybody sleeps."""
    found = []
    for account, taken in sorted(instants.items()):
        count = sum(is_night(instant) for instant in taken)
        if count >= EXPORTS_AT_NIGHT:
            note = f"{count}\u00a0exports entre {NIGHT_BEGINS}\u00a0h et {NIGHT_ENDS}\u00a0h."
            found.append(Finding(Kind.NIGHT_EXPORTS, f"a{account}", account, note))
    return found


def bank_after_email(accounts: Iterable[int]) -> list[Finding]:
    """Accounts that asked for another bank account within days of another e-mail address: the road of account thieves."""
    note = f"Changement de compte bancaire demandé moins de {BANK_AFTER_EMAIL.days}\u00a0jours après celui de l’adresse e-mail."
    return [Finding(Kind.BANK_AFTER_EMAIL, f"a{account}", account, note) for account in sorted(accounts)]


def journal_broken(*, entry: int | None, seal: int | None) -> Finding:
    """What `verify` found, by numbers alone."""
    told = [f"écriture n°\u00a0{entry}"] if entry else []
    told += [f"scellé n°\u00a0{seal}"] if seal else []
    where = f" À partir de\u00a0: {', '.join(told)}." if told else ""
    return Finding(Kind.JOURNAL_BROKEN, "", None, f"La vérification du journal a échoué.{where}")
