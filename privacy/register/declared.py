"""The record of processing (GDPR, art. 30) as the software itself declares it: one processing for each purpose.

What the software does is said here, in code, beside it; what only people know (measures of the organisation, contracts
of processors) is completed in the admin. Legal durations are those of docs/decisions/register.md; none is a constant of
the law: they are dated with the release, and the DPO completes them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from portals.declarations import Purpose


class LegalBasis(StrEnum):
    """GDPR, art. 6; for data concerning health, the condition of art. 9 is in the words of the processing."""

    CONTRACT = "contract"
    LEGAL_OBLIGATION = "legal_obligation"
    LEGITIMATE_INTEREST = "legitimate_interest"
    CONSENT = "consent"


class RecipientClass(StrEnum):
    """The four classes of those who may receive data (PDP-6.2). There is no fifth."""

    STAFF = "staff"
    PROCESSOR = "processor"
    PARTNER = "partner"
    AUTHORITY = "authority"


BASIS_WORDS: Mapping[LegalBasis, str] = {
    LegalBasis.CONTRACT: "l’exécution de votre contrat",
    LegalBasis.LEGAL_OBLIGATION: "une obligation légale",
    LegalBasis.LEGITIMATE_INTEREST: "l’intérêt légitime de la mutuelle",
    LegalBasis.CONSENT: "votre accord",
}
CLASS_WORDS: Mapping[RecipientClass, str] = {
    RecipientClass.STAFF: "collaborateurs habilités",
    RecipientClass.PROCESSOR: "sous-traitants",
    RecipientClass.PARTNER: "partenaires contractuels et organismes professionnels",
    RecipientClass.AUTHORITY: "autorités, lorsque la loi le prévoit",
}


class UnknownProcessing(LookupError):
    """No processing of the register has this code."""


@dataclass(frozen=True)
class Processing:
    """One line of the register. `sentence` is told to the person; `sensitive` ones run only once assessed (PDP-4.9).

    `is_owed`: the mutual may not stop doing it (paying what is due); the DPO's desk says that its assessment is missing.
    """

    purpose: Purpose
    title: str
    sentence: str
    bases: tuple[LegalBasis, ...]
    recipients: tuple[RecipientClass, ...]
    retention: str
    sensitive: bool = False
    is_owed: bool = False

    @property
    def code(self) -> str:
        return self.purpose.value

    @property
    def bases_words(self) -> str:
        return ", ".join(BASIS_WORDS[basis] for basis in self.bases)

    @property
    def recipients_words(self) -> str:
        return ", ".join(CLASS_WORDS[kind] for kind in self.recipients)


B, R = LegalBasis, RecipientClass
PROCESSINGS: tuple[Processing, ...] = (
    Processing(
        Purpose.PORTAL, "Services en ligne",
        "Ouvrir votre espace, vous y reconnaître et vous fournir ses services, y compris trouver un professionnel agréé.",
        (B.CONTRACT,), (R.STAFF, R.PROCESSOR),
        "Le temps du compte, puis deux ans après la fin des droits\u202f; un compte inutilisé trois ans est fermé.",
    ),
    Processing(
        Purpose.CONTRACT, "Contrat et bénéficiaires",
        "Conclure, gérer et exécuter votre contrat\u00a0: garanties, personnes couvertes, cotisations, fin du contrat.",
        (B.CONTRACT, B.LEGAL_OBLIGATION), (R.STAFF, R.PROCESSOR, R.PARTNER),
        "La durée du contrat, puis la prescription légale.",
    ),
    Processing(
        Purpose.REIMBURSEMENT, "Remboursement des soins",
        "Calculer et payer vos remboursements. Les soins y sont décrits par le code de l’acte, sans diagnostic.",
        (B.CONTRACT,), (R.STAFF, R.PROCESSOR, R.PARTNER),
        "Deux ans en ligne après la fin de la couverture, puis la prescription légale.", sensitive=True, is_owed=True,
    ),
    Processing(
        Purpose.PRIOR_AGREEMENT, "Devis et prises en charge",
        "Dire ce qui sera remboursé d’un devis ou d’une prise en charge. Les pièces ne servent à rien d’autre.",
        (B.CONTRACT,), (R.STAFF, R.PROCESSOR), "Les pièces, deux ans au plus\u202f; la réponse, le temps du contrat.",
        sensitive=True,
    ),
    Processing(
        Purpose.GROUP_CONTRACT, "Contrats collectifs",
        "Affilier les salariés, appeler les cotisations, suivre les fins de contrat de travail avec l’entreprise.",
        (B.CONTRACT, B.LEGAL_OBLIGATION), (R.STAFF, R.PROCESSOR, R.PARTNER),
        "La durée du contrat collectif, puis la prescription légale.",
    ),
    Processing(
        Purpose.PROVIDER_PAYMENT, "Tiers payant",
        "Payer les professionnels de santé à votre place, sur leurs factures.",
        (B.CONTRACT,), (R.STAFF, R.PROCESSOR, R.PARTNER), "La durée de la convention, puis la prescription légale.",
        sensitive=True, is_owed=True,
    ),
    Processing(
        Purpose.RIGHTS_LOOKUP, "Vérification des droits au comptoir",
        "Montrer au professionnel qui tient votre carte les mentions de cette carte, et rien d’autre.",
        (B.CONTRACT,), (R.STAFF, R.PARTNER), "Le temps du journal\u00a0: qui a vérifié vos droits vous est dit.",
        sensitive=True,
    ),
    Processing(
        Purpose.PROOF, "Preuve des opérations",
        "Prouver ce qui a été fait, accepté et demandé, et répondre à vos réclamations.",
        (B.LEGAL_OBLIGATION, B.LEGITIMATE_INTEREST), (R.STAFF, R.AUTHORITY),
        "La durée du contrat, puis la prescription légale.",
    ),
    Processing(
        Purpose.SECURITY, "Sécurité des accès",
        "Reconnaître qui se connecte, écarter les intrus, trouver un incident et prévenir les personnes.",
        (B.LEGAL_OBLIGATION, B.LEGITIMATE_INTEREST), (R.STAFF, R.AUTHORITY),
        "Douze mois\u202f; plus longtemps si un incident l’exige.",
    ),
    Processing(
        Purpose.OPERATIONS, "Fonctionnement du site", "Faire fonctionner le site\u00a0: réglages, numéros et tâches.",
        (B.LEGITIMATE_INTEREST,), (R.STAFF,), "Le temps de leur utilité\u00a0: ce ne sont pas des données sur vous.",
    ),
    Processing(
        Purpose.STATISTICS, "Comptes techniques et statistiques anonymes",
        "Établir les comptes des contrats collectifs et des statistiques, sans personne reconnaissable.",
        (B.LEGAL_OBLIGATION, B.LEGITIMATE_INTEREST), (R.STAFF, R.PARTNER),
        "Ce qui est publié est anonyme et se conserve sans limite.", sensitive=True,
    ),
    Processing(
        Purpose.PRE_CONTRACT, "Avant le contrat",
        "Étudier un besoin et proposer un contrat à qui n’est pas encore adhérent. Ces données restent à part.",
        (B.CONTRACT, B.CONSENT), (R.STAFF,), "Trois ans au plus après le dernier contact.",
    ),
    Processing(
        Purpose.MUTUAL_LIFE, "Vie de la mutuelle",
        "Convoquer aux assemblées, organiser les élections et les instances.",
        (B.LEGAL_OBLIGATION, B.LEGITIMATE_INTEREST), (R.STAFF, R.PROCESSOR), "Le temps du mandat ou de l’adhésion.",
    ),
    Processing(
        Purpose.COMMUNICATION, "Lettre, offres et enquêtes",
        "Vous envoyer ce que vous acceptez, garder la preuve de vos choix, vous consulter. Jamais d’après vos soins.",
        (B.CONSENT, B.LEGITIMATE_INTEREST), (R.STAFF, R.PROCESSOR), "Jusqu’à votre refus, trois ans sans contact au plus.",
    ),
    Processing(
        Purpose.RECOVERY, "Recouvrement et contentieux", "Recouvrer ce qui est dû et défendre les droits de chacun.",
        (B.CONTRACT, B.LEGITIMATE_INTEREST), (R.STAFF, R.PROCESSOR, R.AUTHORITY),
        "Jusqu’au règlement, puis la prescription légale.",
    ),
    Processing(
        Purpose.FRAUD, "Lutte contre la fraude", "Trouver une fraude et en garder la preuve pour la justice.",
        (B.LEGITIMATE_INTEREST, B.LEGAL_OBLIGATION), (R.STAFF, R.AUTHORITY),
        "Six mois sans suite, cinq ans pour une récupération, six ans pour une plainte.", sensitive=True,
    ),
    Processing(
        Purpose.FINANCIAL_CRIME, "Blanchiment et financement du terrorisme",
        "Remplir les devoirs de vigilance que la loi impose aux mutuelles.",
        (B.LEGAL_OBLIGATION,), (R.STAFF, R.AUTHORITY), "Cinq ans après la fin de la relation, comme la loi le veut.",
        sensitive=True, is_owed=True,
    ),
    Processing(
        Purpose.MEDICAL, "Informations médicales confidentielles",
        "Donner au médecin-conseil, et à lui seul, ce que demandent l’incapacité, l’invalidité ou le décès.",
        (B.CONSENT, B.CONTRACT), (R.STAFF,), "Le temps de l’étude, puis la prescription légale.", sensitive=True,
    ),
)  # fmt: skip
_BY_CODE = {processing.code: processing for processing in PROCESSINGS}
CHOICES = [(processing.code, processing.title) for processing in PROCESSINGS]
"""For the forms: every processing, then those that an assessment opens."""
SENSITIVE_CHOICES = [(processing.code, processing.title) for processing in PROCESSINGS if processing.sensitive]


def processing_of(code: str) -> Processing:
    """The processing of this code. Raises UnknownProcessing."""
    try:
        return _BY_CODE[code]
    except KeyError:
        raise UnknownProcessing(code) from None
