"""The reject codes that a new installation begins with: neutral ones, since the common list is not public."""

# code, label, explanation, next step, advice, whether the amount changes when the invoice comes back
REASONS = (
    (
        "R01", "Bénéficiaire inconnu",
        "Le numéro d’adhérent et le rang de la facture ne désignent aucune personne couverte.", "send_again",
        "Relisez la carte de tiers payant du patient, corrigez le numéro d’adhérent ou le rang, puis renvoyez la "
        "facture.", False,
    ),
    (
        "R02", "Droits fermés à la date des soins",
        "La personne n’était pas couverte par la mutuelle le jour des soins.", "ask_the_patient",
        "Demandez au patient la carte valable à cette date. S’il n’était pas couvert, la part de la mutuelle reste à "
        "sa charge.", False,
    ),
    (
        "R03", "Numéro d’adhérent et date de naissance incohérents",
        "Le numéro d’adhérent existe, mais la date de naissance transmise n’est celle d’aucun bénéficiaire.",
        "send_again",
        "Vérifiez la date de naissance et le rang sur la carte de tiers payant, puis renvoyez la facture.", False,
    ),
    (
        "R04", "Facture déjà payée",
        "Une facture pour les mêmes soins a déjà été réglée.", "nothing",
        "Retrouvez le règlement dans vos versements. Si les deux factures sont bien différentes, écrivez-nous.", False,
    ),
    (
        "R05", "Convention absente ou expirée",
        "Aucune convention de tiers payant n’était en cours le jour des soins.", "nothing",
        "Vérifiez les dates de votre convention à l’accueil de cet espace, et écrivez-nous si elles sont inexactes.",
        False,
    ),
    (
        "R06", "Acte hors garantie",
        "L’acte facturé n’est pas couvert par la garantie du patient.", "ask_the_patient",
        "La part de la mutuelle reste à la charge du patient. S’il s’agit d’un autre acte, corrigez et renvoyez la "
        "facture.", True,
    ),
    (
        "R07", "Prise en charge absente ou expirée",
        "Ces soins demandent un accord préalable, qui n’a pas été donné ou n’est plus valable.", "send_again",
        "Demandez la prise en charge, puis renvoyez la facture avec son numéro.", True,
    ),
    (
        "R08", "Montant incohérent",
        "Les montants des lignes, la part du régime obligatoire et le total ne s’accordent pas.", "send_again",
        "Corrigez les montants et renvoyez la facture.", True,
    ),
    (
        "R09", "Pièce manquante",
        "Un justificatif nécessaire au paiement ne nous est pas parvenu.", "send_document",
        "Envoyez-nous la pièce par la messagerie de cet espace, en rappelant le numéro de la facture.", False,
    ),
    (
        "R10", "Régime obligatoire non retrouvé",
        "Nous n’avons pas reçu le décompte du régime obligatoire pour ces soins.", "send_again",
        "Vérifiez que le régime obligatoire a accepté votre facture, puis renvoyez-nous la demande avec son décompte.",
        False,
    ),
)  # fmt: skip
