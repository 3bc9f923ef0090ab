"""The words of the room: in which case somebody is covered, what is asked, where a request stands, why somebody leaves."""

from django.db import models


class Case(models.TextChoices):
    """As what a person is covered beside the member (CGU-1: the « ayants droit » that each plan defines)."""

    SPOUSE = "spouse", "Conjoint marié"
    PACS = "pacs", "Partenaire de PACS"
    PARTNER = "partner", "Concubin"
    NEWBORN = "newborn", "Nouveau-né"
    CHILD = "child", "Enfant"
    STUDENT = "student", "Enfant étudiant"
    APPRENTICE = "apprentice", "Enfant en apprentissage"
    JOBSEEKER = "jobseeker", "Enfant à la recherche d’un premier emploi"
    DISABLED = "disabled", "Enfant en situation de handicap"
    ASCENDANT = "ascendant", "Parent à charge"
    OTHER = "other", "Autre personne à charge"


COUPLE = frozenset({Case.SPOUSE, Case.PACS, Case.PARTNER})
CHILDREN = frozenset({Case.NEWBORN, Case.CHILD, Case.STUDENT, Case.APPRENTICE, Case.JOBSEEKER, Case.DISABLED})
BEYOND_AGE = (Case.STUDENT, Case.APPRENTICE, Case.JOBSEEKER, Case.DISABLED)
"""What keeps a child covered beyond the age without condition, once it is proved."""


class Until(models.TextChoices):
    """Until when somebody who reaches the limit of age stays covered."""

    EVE = "eve", "La veille de l’anniversaire"
    MONTH = "month", "La fin du mois de l’anniversaire"
    YEAR = "year", "Le 31 décembre de l’année de l’anniversaire"


class Late(models.TextChoices):
    """From when a cover runs that was not asked within the delay."""

    DAY = "day", "Le jour de la demande"
    MONTH = "month", "Le premier jour du mois suivant la demande"


class Kind(models.TextChoices):
    ADD = "add", "Ajout"
    REMOVE = "remove", "Retrait"
    KEEP = "keep", "Maintien au-delà de l’âge"


class Reason(models.TextChoices):
    """Why somebody leaves the cover."""

    DIVORCE = "divorce", "Divorce ou séparation"
    PACS_END = "pacs_end", "Fin du PACS"
    OWN_COVER = "own_cover", "Une autre complémentaire santé"
    DEATH = "death", "Décès"
    OTHER = "other", "Autre raison"


class State(models.TextChoices):
    DRAFT = "draft", "Brouillon"
    ASKED = "asked", "À l’étude"
    INCOMPLETE = "incomplete", "Document demandé"
    ACCEPTED = "accepted", "Acceptée"
    REFUSED = "refused", "Refusée"
    WITHDRAWN = "withdrawn", "Retirée"


OPEN_STATES = (State.ASKED, State.INCOMPLETE)
"""Sent, and not decided yet."""


class What(models.TextChoices):
    """A step in the life of a request."""

    ASKED = "asked", "Demande envoyée"
    DOCUMENT_ASKED = "document_asked", "Document demandé"
    DOCUMENT_ADDED = "document_added", "Document ajouté"
    ACCEPTED = "accepted", "Demande acceptée"
    REFUSED = "refused", "Demande refusée"
    WITHDRAWN = "withdrawn", "Demande retirée"
