"""Anonymous statistics."""

LABELS = {
    "statistics.made": "Statistiques anonymes établies",
    "statistics.asked": "Statistiques anonymes demandées de nouveau",
    "statistics.read": "Statistiques anonymes lues",
    "statistics.exported": "Statistiques anonymes exportées",
}
