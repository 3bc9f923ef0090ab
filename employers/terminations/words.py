"""Why an employee leaves, where a termination stands, what the employer is told of the portability."""

from django.db import models


class Reason(models.TextChoices):
    """As the law sorts them: by whether they open unemployment benefit."""

    RESIGNATION = "resignation", "Démission"
    JUSTIFIED_RESIGNATION = "justified", "Démission qui ouvre droit au chômage (projet, motif légitime)"
    DISMISSAL = "dismissal", "Licenciement, quelle qu’en soit la cause sauf la faute lourde"
    GROSS_MISCONDUCT = "misconduct", "Licenciement pour faute lourde"
    AGREEMENT = "agreement", "Rupture conventionnelle ou départ négocié"
    FIXED_TERM = "fixed_term", "Fin de contrat à durée déterminée ou de mission"
    APPRENTICESHIP = "apprentice", "Fin d’apprentissage ou de professionnalisation"
    TRIAL_BY_EMPLOYER = "trial", "Période d’essai arrêtée par l’entreprise"
    TRIAL_BY_EMPLOYEE = "trial_left", "Période d’essai arrêtée par le salarié"
    RETIREMENT = "retirement", "Départ ou mise à la retraite"
    DEATH = "death", "Décès"


class State(models.TextChoices):
    DRAFT = "draft", "Brouillon"
    DONE = "done", "Enregistrée"
    REPLACED = "replaced", "Corrigée"
    UNDONE = "undone", "Annulée"


class Continuing(models.TextChoices):
    """What the employer is told of the portability, and nothing else of it."""

    NONE = "none", "Sans portabilité"
    RUNNING = "running", "En cours"
    SUSPENDED = "suspended", "Suspendue"
    STOPPED = "stopped", "Arrêtée"
