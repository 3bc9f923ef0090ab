"""Retention: runs, switches, the archive."""

LABELS = {
    "retention.asked": "Passage de la conservation demandé",
    "retention.applied": "Règle de conservation appliquée",
    "retention.stopped": "Conservation arrêtée",
    "retention.resumed": "Conservation reprise",
    "retention.exported": "Compte rendu de conservation exporté",
    "gestion.archive_read": "Archive intermédiaire consultée",
}
