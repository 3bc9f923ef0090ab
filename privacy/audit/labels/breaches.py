"""Operations on incidents and breaches of data."""

LABELS = {
    "alert.read": "Lecture d’une alerte",
    "breach.assessed": "Évaluation du risque d’une violation de données",
    "breach.closed": "Clôture d’une violation de données",
    "breach.consulted": "Lecture de ce qui est arrivé lors d’une violation de données",
    "breach.count_asked": "Recherche des personnes concernées par une violation de données",
    "breach.described": "Description d’une violation de données",
    "breach.entered": "Inscription d’une violation de données au registre",
    "breach.exempted": "Dispense d’avertir les personnes d’une violation de données",
    "breach.file_downloaded": "Téléchargement du dossier d’une violation de données",
    "breach.file_prepared": "Préparation du dossier d’une violation de données",
    "breach.filed": "Dépôt du dossier d’une violation de données",
    "breach.letters_downloaded": "Téléchargement des lettres d’une violation de données",
    "breach.persons_listed": "Liste des personnes concernées par une violation de données",
    "breach.register_exported": "Export du registre des violations de données",
    "breach.told": "Information des personnes concernées par une violation de données",
    "incident.followed": "Suivi d’un incident",
}
