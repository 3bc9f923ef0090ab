"""What a choice is, and when it lets something be done. Pure: no database, no clock."""

from django.db import models

NEWSLETTER = "newsletter"
OFFERS = "offers"
INSTITUTIONAL = "institutional"
SURVEYS = "surveys"
PERSONALISATION = "personalisation"
"""Codes of the purposes that the code itself knows. Others, special authorisations, come by the DPO's pages."""


class Basis(models.TextChoices):
    """What a purpose rests on: nothing without a yes (art. 6.1.a), or everything until a no (art. 21)."""

    CONSENT = "consent", "Consentement\u00a0: rien sans accord"
    OBJECTION = "objection", "Intérêt légitime\u00a0: jusqu’à opposition"


class Kind(models.TextChoices):
    """How the page sorts purposes."""

    COMMUNICATION = "communication", "Communication"
    PERSONALISATION = "personalisation", "Personnalisation"
    SPECIAL = "special", "Autorisation particulière"


class Channel(models.TextChoices):
    """How a person is reached. `WHOLE`: the purpose reaches nobody, it is accepted or not."""

    EMAIL = "email", "E-mail"
    SMS = "sms", "SMS"
    POST = "post", "Courrier"
    PHONE = "phone", "Téléphone"
    WHOLE = "whole", "Accepter"


class Decision(models.TextChoices):
    """A line of the ledger. The first two answer a consent, the others an objection."""

    GIVEN = "given", "Accord donné"
    WITHDRAWN = "withdrawn", "Accord retiré"
    OBJECTED = "objected", "Opposition"
    LIFTED = "lifted", "Opposition levée"


class Capacity(models.TextChoices):
    """Who chose."""

    SELF = "self", "La personne elle-même"
    PARENT = "parent", "Un parent, pour un enfant de moins de 16 ans"
    REPRESENTATIVE = "representative", "Son représentant"
    STAFF = "staff", "Un gestionnaire, d’après une preuve"


class Way(models.TextChoices):
    """How the choice reached us."""

    SPACE = "space", "Espace en ligne"
    LINK = "link", "Lien de désabonnement"
    POST = "post", "Courrier"
    PHONE = "phone", "Téléphone"
    EMAIL = "email", "E-mail"


YES = frozenset({Decision.GIVEN, Decision.LIFTED})


def decision_for(basis: str, *, accepts: bool) -> Decision:
    """What a ticked or an empty box means for a purpose of this basis."""
    if basis == Basis.CONSENT:
        return Decision.GIVEN if accepts else Decision.WITHDRAWN
    return Decision.LIFTED if accepts else Decision.OBJECTED


def allows(basis: str, latest: str | None, *, shown: int = 1, asked_again_from: int = 1) -> bool:
    """Whether the purpose may be followed after its latest decision; None when the person never chose.

    `shown` is the number of the text that was accepted: a text that asks again makes an older yes void. A no stays.
    """
    if latest is None:
        return basis == Basis.OBJECTION
    if latest not in YES:
        return False
    return basis == Basis.OBJECTION or shown >= asked_again_from
