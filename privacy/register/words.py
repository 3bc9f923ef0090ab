"""How the vocabulary of the declarations is said to people, and what each erasure leaves."""

from collections.abc import Mapping

from portals.declarations import Erasure, Export, Sensitivity, Subject

SUBJECTS: Mapping[Subject, str] = {
    Subject.ACCOUNT: "titulaires d’un compte",
    Subject.PERSON: "adhérents et personnes couvertes",
    Subject.COMPANY_CONTACT: "interlocuteurs des entreprises",
    Subject.PROFESSIONAL: "professionnels de santé",
    Subject.STAFF: "collaborateurs de la mutuelle",
}
CATEGORIES: Mapping[Sensitivity, str] = {
    Sensitivity.IDENTITY: "identité",
    Sensitivity.CONTACT: "coordonnées",
    Sensitivity.CONTRACT: "contrat et suivi",
    Sensitivity.HEALTH: "santé",
    Sensitivity.BANKING: "banque",
    Sensitivity.SECRET: "secrets de connexion et textes scellés",
}
"""Technical fields are of nobody: they are no category of personal data."""

ENDS: Mapping[Erasure, str] = {
    Erasure.DELETE: "supprimé",
    Erasure.ANONYMISE: "rendu anonyme",
    Erasure.KEEP_CONTRACT: "gardé tant que la loi du contrat l’exige",
    Erasure.KEEP_PROOF: "gardé comme preuve, jusqu’à la prescription",
    Erasure.NOT_PERSONAL: "sans personne",
}
GIVEN_BACK: Mapping[Export, str] = {
    Export.NONE: "non remis\u00a0: secret ou provisoire",
    Export.ACCESS: "remis sur demande",
    Export.PORTABILITY: "remis, ou transmis à qui vous voulez",
}
