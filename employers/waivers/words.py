"""The words of waivers: their cases, states and steps."""

from django.db import models


class Case(models.TextChoices):
    """Why an employee may stay out: first the cases of right, then those that the act of the company must provide."""

    BEFORE = "before", "Déjà salarié à la mise en place du régime"
    SHORT = "short", "CDD ou mission, couvert moins de trois mois"
    SOLIDARITY = "solidarity", "Complémentaire santé solidaire"
    INDIVIDUAL = "individual", "Contrat individuel en cours"
    ELSEWHERE = "elsewhere", "Couvert par un autre régime collectif"
    TERM_UNDER_YEAR = "term_under", "CDD, apprentissage ou mission de moins d’un an"
    TERM_OVER_YEAR = "term_over", "CDD, apprentissage ou mission d’un an ou plus"
    HEAVY_SHARE = "heavy_share", "Temps partiel ou apprentissage, cotisation d’au moins 10\u202f% du salaire"
    SEVERAL = "several", "Plusieurs employeurs"


class State(models.TextChoices):
    """Where a waiver stands."""

    ASKED = "asked", "À valider"
    ACCEPTED = "accepted", "En cours"
    REFUSED = "refused", "Refusée"
    ENDED = "ended", "Terminée"


LIVING = (State.ASKED, State.ACCEPTED)


class End(models.TextChoices):
    """Why a waiver ended."""

    EXPIRED = "expired", "Échue sans renouvellement"
    JOINS = "joins", "Le salarié rejoint le contrat"
    LOST = "lost", "Le cas ne s’applique plus"
    LEFT = "left", "Le salarié a quitté l’entreprise"
    WITHDRAWN = "withdrawn", "Demande retirée"


class Kind(models.TextChoices):
    FIRST = "first", "Première demande"
    RENEWAL = "renewal", "Renouvellement"


class Answer(models.TextChoices):
    """What the employer answered to one request."""

    WAITING = "waiting", "À valider"
    ACCEPTED = "accepted", "Acceptée"
    REFUSED = "refused", "Refusée"
    WITHDRAWN = "withdrawn", "Retirée"


class Channel(models.TextChoices):
    """How the employee's request came."""

    LINK = "link", "Écrite par le salarié, par son lien"
    SPACE = "space", "Remise à l’employeur, qui l’a déposée"


class What(models.TextChoices):
    """A step of the story of a waiver."""

    ASKED = "asked", "Demande reçue"
    RENEWAL_ASKED = "renewal", "Renouvellement demandé"
    DOCUMENT_ADDED = "document", "Document ajouté"
    MEDICAL_DISCARDED = "medical", "Document médical effacé"
    ACCEPTED = "accepted", "Acceptée"
    REFUSED = "refused", "Refusée"
    REMINDED = "reminded", "Rappel envoyé"
    ENDED = "ended", "Terminée"
    SETTLED = "settled", "Affiliation faite"
