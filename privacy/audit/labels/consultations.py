"""Consultations on the uses of data. That somebody answered is written; what they answered is nowhere."""

LABELS = {
    "consultation.written": "Consultation préparée",
    "consultation.published": "Consultation publiée",
    "consultation.answered": "Réponse donnée à une consultation",
    "consultation.counted": "Consultation dépouillée",
    "consultation.told": "Résultats d’une consultation publiés",
    "consultation.read": "Consultation lue",
    "consultation.downloaded": "Résultats d’une consultation téléchargés",
    "consultations.listed": "Consultations affichées",
}
