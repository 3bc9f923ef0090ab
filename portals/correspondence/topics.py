"""What people write about: the topics of messages by space, the categories of complaints. Codes are kept in rows."""

from portals.accounts.models import Space

DPO = "dpo"
"""Read and answered by the DPO alone, who is independent of the operational staff (PDP-1.5)."""
COMMON = {
    "account": "Mon compte et ma connexion",
    "data": "Mes données personnelles",
    DPO: "Une question au délégué à la protection des données",
    "terms": "Les conditions générales d’utilisation",
    "other": "Autre chose",
}
MESSAGES: dict[str, dict[str, str]] = {
    Space.MEMBER: {
        "reimbursement": "Un remboursement ou un relevé",
        "guarantees": "Mes garanties, un devis",
        "card": "Ma carte de tiers payant",
        "people": "Les personnes couvertes",
        "contributions": "Mes cotisations",
        "medical": "Ma santé, pour le médecin-conseil",
        **COMMON,
    },
    Space.EMPLOYER: {
        "affiliations": "L’affiliation d’un salarié",
        "company_contributions": "Les cotisations et la DSN",
        "contract": "Le contrat collectif",
        "users": "Les utilisateurs de notre espace",
        **COMMON,
    },
    Space.PROFESSIONAL: {
        "rights": "Les droits d’un patient",
        "invoice": "Une facture ou un rejet",
        "payment": "Un paiement de tiers payant",
        "agreement": "Ma convention",
        "bank": "Mes coordonnées bancaires",
        "fraud": "Une fraude ou un doute",
        **COMMON,
    },
}
COMPLAINTS = {
    "refused": "Un remboursement refusé ou insuffisant",
    "delay": "Un délai trop long",
    "contract": "Le contrat, les garanties ou une résiliation",
    "money": "Une cotisation ou un prélèvement",
    "service": "Un accueil, un conseil ou une information",
    "third_party": "Le tiers payant",
    "personal_data": "Mes données personnelles",
    "site": "Ce site",
    "something": "Autre chose",
}
SPACES = frozenset(MESSAGES)
"""The spaces that write to the mutual; staff answer."""


def label_of(code: str) -> str:
    """What a topic or a category is called; its code once it is no longer proposed."""
    for topics in (COMPLAINTS, *MESSAGES.values()):
        if code in topics:
            return topics[code]
    return code
