"""The year of whoever works here."""

LABELS = {
    "charter.published": "Publication d’une version de la charte du personnel",
    "charter.acknowledged": "Engagement à suivre la charte du personnel",
    "awareness.published": "Publication d’un module de sensibilisation",
    "awareness.ended": "Fin d’un module de sensibilisation",
    "awareness.followed": "Module de sensibilisation suivi",
    "review.started": "Début d’une revue des habilitations",
    "review.line_consulted": "Lecture d’un rôle lors d’une revue",
    "review.decided": "Décision sur un rôle lors d’une revue",
    "review.closed": "Clôture d’une revue des habilitations",
    "review.downloaded": "Téléchargement d’une revue des habilitations",
    "staff_home.consulted": "Lecture de l’accueil d’un rôle",
    "security_controls.consulted": "Lecture des mesures de sécurité",
    "data_map.consulted": "Lecture de la carte des données",
}
