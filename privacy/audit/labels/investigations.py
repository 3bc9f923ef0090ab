"""Operations on files of inquiries, on vigilance and on communications to authorities."""

LABELS = {
    "disclosure.bundle_downloaded": "Téléchargement de ce qui est remis à une autorité",
    "disclosure.consulted": "Lecture d’une communication à une autorité",
    "disclosure.decided": "Décision sur une communication à une autorité",
    "disclosure.handed_over": "Remise de données à une autorité",
    "disclosure.listed": "Liste des communications aux autorités",
    "disclosure.prepared": "Préparation d’une communication à une autorité",
    "disclosure.produced": "Production de ce qui est remis à une autorité",
    "disclosure.register_exported": "Export du registre des communications aux autorités",
    "investigation.consulted": "Lecture d’un dossier d’enquête",
    "investigation.exported": "Remise d’un dossier d’enquête à la justice",
    "investigation.followed": "Suivi d’un dossier d’enquête",
    "investigation.listed": "Liste des dossiers d’enquête",
    "investigation.opened": "Ouverture d’un dossier d’enquête",
    "investigation.piece_received": "Versement d’une pièce à un dossier d’enquête",
    "vigilance.consulted": "Lecture d’une alerte de vigilance",
    "vigilance.flag_decided": "Décision sur une alerte de vigilance",
    "vigilance.list_imported": "Import d’une liste de gel des avoirs",
    "vigilance.listed": "Liste des alertes de vigilance",
    "vigilance.screened": "Comparaison avec la liste de gel des avoirs",
}
