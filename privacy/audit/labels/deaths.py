"""Directives for after death, and what follows a death."""

LABELS = {
    "directives.shown": "Consultation de ses directives pour après le décès",
    "directives.written": "Directives pour après le décès enregistrées",
    "directives.changed": "Directives pour après le décès modifiées",
    "directives.revoked": "Directives pour après le décès révoquées",
    "directives.printed": "Directives pour après le décès téléchargées",
    "death.declared": "Décès déclaré",
    "death.checked": "Première vérification d’un décès, espace fermé",
    "death.confirmed": "Décès confirmé par une seconde personne",
    "death.undone": "Déclaration de décès écartée",
    "death.proof_destroyed": "Justificatif de décès vérifié et détruit",
    "death.task_done": "Suite d’un décès donnée",
    "death.settled": "Toutes les suites d’un décès données",
    "death.handover_given": "Lien de remise de données donné à la personne désignée",
    "death.handed_over": "Données remises à la personne désignée",
    "death.estate_shown": "Consultation de ce que la succession peut savoir",
    "death.estate_letter": "Lettre à un héritier établie",
    "death.executor_letter": "Lettre à la personne chargée des directives établie",
}
