"""The words of the room: where a portability stands, why it stops, what became of a proof, of an offer."""

from django.db import models


class State(models.TextChoices):
    """`RUNNING` until its last day, which tells by itself that it is over."""

    RUNNING = "running", "En cours"
    SUSPENDED = "suspended", "Suspendue"
    STOPPED = "stopped", "Arrêtée"
    CANCELLED = "cancelled", "Annulée"


LIVING = (State.RUNNING, State.SUSPENDED)
"""A person has one of these at most for a policy."""


class Cause(models.TextChoices):
    """Why it stops before its end, as the person declares it."""

    NEW_JOB = "new_job", "J’ai retrouvé un emploi"
    BENEFIT_ENDED = "benefit", "Mes allocations de chômage s’arrêtent"
    RETIREMENT = "retirement", "Je prends ma retraite"


class ProofState(models.TextChoices):
    ASKED = "asked", "À vérifier"
    INCOMPLETE = "incomplete", "Document demandé"
    ACCEPTED = "accepted", "Accepté"
    REFUSED = "refused", "Refusé"
    CLOSED = "closed", "Sans objet"


OPEN_PROOFS = (ProofState.ASKED, ProofState.INCOMPLETE)
"""Sent, and not decided yet."""


class OfferState(models.TextChoices):
    SCHEDULED = "scheduled", "Prévue"
    SENT = "sent", "Envoyée"
    ASKED = "asked", "Contrat demandé"
    WITHDRAWN = "withdrawn", "Sans objet"


class Ground(models.TextChoices):
    """What opens the right to the individual contract."""

    UNEMPLOYED = "unemployed", "Fin de la portabilité ou du contrat, sans emploi"
    RETIRED = "retired", "Retraite"
    DISABLED = "disabled", "Invalidité ou inaptitude"
    BEREAVED = "bereaved", "Décès de l’adhérent"
