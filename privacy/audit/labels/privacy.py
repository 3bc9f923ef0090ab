"""Operations of the rooms of privacy, and of what they ask of the other apps."""

LABELS = {
    "access.denied": "Accès refusé",
    "history.consulted": "Consultation d’une opération de son historique",
    "history.evidence_downloaded": "Téléchargement de l’attestation d’une opération",
    "history.listed": "Consultation de son historique",
    "history.proof_downloaded": "Téléchargement de la preuve d’une opération",
    "incident.dismissed": "Alerte écartée avec sa raison",
    "journal.exported": "Export d’une recherche dans le journal",
    "journal.persons_searched": "Recherche d’une personne dans le journal",
    "journal.searched": "Recherche dans le journal",
    "journal.verified": "Vérification du journal",
    "looks.listed": "Consultation de qui a regardé ses données",
}
