"""Who writes directives, and until when they count. Pure: no database, no clock.

A minor of 15 and more exercises rights over their data alone (law of 1978, art. 45 and 70); before, those who have
parental authority do. A guardian or an agent never writes them: they are strictly personal (code civil, art. 458).
docs/decisions/directives.md
"""

import datetime

from django.db import models

from portals.dates import months_after
from portals.declarations import Sensitivity

OWN_AGE = 15
"""From this age, whose directives they are is who writes them."""


class Capacity(models.TextChoices):
    """Who wrote a version."""

    SELF = "self", "La personne elle-même"
    PARENT = "parent", "Un parent, pour un enfant de moins de 15 ans"
    STAFF = "staff", "Nos services, d’après un écrit signé"


class Fate(models.TextChoices):
    """What becomes of a kind of data. None of them: the law alone decides."""

    KEEP = "keep", "Les conserver"
    ERASE = "erase", "Les effacer"
    COMMUNICATE = "communicate", "Les remettre à la personne que je désigne"


KINDS: dict[str, str] = {
    Sensitivity.IDENTITY: "Mon identité",
    Sensitivity.CONTACT: "Mes coordonnées",
    Sensitivity.CONTRACT: "Mon contrat et mes échanges avec la mutuelle",
    Sensitivity.HEALTH: "Mes soins et mes remboursements",
    Sensitivity.BANKING: "Mes coordonnées bancaires",
}
"""The kinds of data of the register that a directive speaks of. Ways to sign in end with the account, whatever is said."""

TEXT = (
    "J’accepte spécialement que ces directives soient enregistrées, puis appliquées après mon décès. Cet accord est "
    "distinct des conditions d’utilisation. Je peux les modifier ou les révoquer à tout moment, sans me justifier."
)
TEXT_FOR_A_CHILD = (
    "En tant que titulaire de l’autorité parentale, j’accepte spécialement que ces directives soient enregistrées, puis "
    "appliquées après le décès de mon enfant. Elles ne comptent plus à ses 15\u00a0ans\u00a0: il décide alors seul."
)
TEXT_ON_PAPER = (
    "La personne a signé un écrit par lequel elle accepte spécialement que ces directives soient enregistrées, puis "
    "appliquées après son décès."
)
TEXTS = {Capacity.SELF: TEXT, Capacity.PARENT: TEXT_FOR_A_CHILD, Capacity.STAFF: TEXT_ON_PAPER}


def decides_alone(birth_date: datetime.date, day: datetime.date) -> bool:
    """Whether this person is 15 on the day."""
    return months_after(birth_date, 12 * OWN_AGE) <= day


def still_counts(capacity: str, birth_date: datetime.date | None, day: datetime.date) -> bool:
    """Whether a version holds on a day: what a parent wrote does not any more once the child is 15."""
    return capacity != Capacity.PARENT or birth_date is None or not decides_alone(birth_date, day)
