"""The words that people consent to. A new wording is a new number; what was shown is copied into each consent."""

CONSENT_NUMBER = 1
CONSENT_TEXT = (
    "J’accepte que les informations de santé que je donne ici soient étudiées par le médecin-conseil de la mutuelle, et par "
    "les assistants qu’il désigne, pour la seule garantie que je demande. Personne d’autre ne les lit. Je peux retirer cet "
    "accord quand je veux\u00a0: tout ce que j’ai envoyé est alors effacé et ma demande s’arrête. Refuser ne change rien à "
    "mes remboursements de soins."
)
LETTER_TEXT = (
    "J’accepte que ce courrier soit lu par le médecin-conseil de la mutuelle, et par les assistants qu’il désigne, pour me "
    "répondre. Personne d’autre ne le lit. Je peux retirer cet accord quand je veux\u00a0: mon courrier est alors effacé."
)


def text_for(*, is_letter: bool) -> str:
    """What is shown beside the box."""
    return LETTER_TEXT if is_letter else CONSENT_TEXT
