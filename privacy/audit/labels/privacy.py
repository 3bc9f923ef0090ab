"""Operations of the rooms of privacy, and of what they ask of the other apps."""

LABELS = {
    "access.denied": "Accès refusé",
    "campaign.sent": "Envoi d’une campagne",
    "campaign.tried": "Essai d’une campagne",
    "campaign.written": "Rédaction d’une campagne",
    "consent.chosen": "Choix sur l’usage des données",
    "consent.proved": "Téléchargement de la preuve d’un choix",
    "consents.listed": "Consultation des choix sur l’usage des données",
    "consents.person_shown": "Recherche d’une personne pour saisir son choix",
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
    "purpose.published": "Texte d’une finalité publié",
    "purpose.stopped": "Arrêt d’une finalité",
}
