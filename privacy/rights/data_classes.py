"""The classes of data that a decision speaks of, and why the law keeps some: read from the apps' declarations."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from portals.accounts.models import Space
from portals.declarations import Classified, Erasure, Purpose, Sensitivity, Subject
from privacy.register.checks import OWN_APPS, declaration_of

SUBJECTS = {
    Space.MEMBER: {Subject.ACCOUNT, Subject.PERSON},
    Space.EMPLOYER: {Subject.ACCOUNT, Subject.COMPANY_CONTACT},
    Space.PROFESSIONAL: {Subject.ACCOUNT, Subject.PROFESSIONAL},
}
KINDS = {
    Sensitivity.IDENTITY: "Identité",
    Sensitivity.CONTACT: "Coordonnées",
    Sensitivity.CONTRACT: "Contrat et échanges",
    Sensitivity.HEALTH: "Santé",
    Sensitivity.BANKING: "Banque",
    Sensitivity.SECRET: "Moyens de connexion",
}
PURPOSES = {
    Purpose.PORTAL: "compte et espace",
    Purpose.CONTRACT: "gestion du contrat",
    Purpose.REIMBURSEMENT: "remboursements",
    Purpose.PRIOR_AGREEMENT: "devis et accords préalables",
    Purpose.PROOF: "preuve",
    Purpose.SECURITY: "sécurité",
    Purpose.PROVIDER_PAYMENT: "paiement des professionnels",
    Purpose.GROUP_CONTRACT: "contrat collectif",
    Purpose.OPERATIONS: "fonctionnement du service",
}
LEGAL_REASONS = {
    Erasure.KEEP_PROOF: (
        "Conservées pour constater, exercer ou défendre des droits en justice (RGPD, article 17.3.e), jusqu’à la fin "
        "de la prescription (code civil, article 2224)."
    ),
    Erasure.KEEP_CONTRACT: (
        "Conservées pour exécuter le contrat et répondre à nos obligations légales (RGPD, article 17.3.b), pendant le "
        "contrat puis jusqu’à la fin de la prescription (code de la mutualité, article L. 221-11)."
    ),
    Erasure.ANONYMISE: "Rendues anonymes\u00a0: elles ne désignent plus personne.",
    Erasure.DELETE: "Aucune obligation de conservation\u00a0: elles peuvent être effacées.",
}
"""The strongest reason comes first: what is kept as a proof is kept whatever the rest of its class becomes."""


@dataclass(frozen=True)
class DataClass:
    """Data of one kind held for one purpose. `erasures`: what the declarations do to it, the strongest reason first."""

    code: str
    label: str
    erasures: tuple[Erasure, ...]

    @property
    def legal_reason(self) -> str:
        """Why the law keeps it, or that nothing does."""
        return LEGAL_REASONS[self.erasures[0]]

    @property
    def is_kept(self) -> bool:
        return self.erasures[0] in {Erasure.KEEP_PROOF, Erasure.KEEP_CONTRACT}

    @property
    def is_partly_kept(self) -> bool:
        """Whether the law keeps some of its fields and lets others go."""
        return self.is_kept and self.erasures[-1] in {Erasure.ANONYMISE, Erasure.DELETE}


@cache
def classes_of(space: str) -> tuple[DataClass, ...]:
    """Every class that we hold of the people of a space; of a member, for a space that has none."""
    subjects = SUBJECTS.get(Space(space), SUBJECTS[Space.MEMBER])
    found: dict[tuple[Sensitivity, Purpose], set[Erasure]] = defaultdict(set)
    for one in _declared():
        if one.subject in subjects and one.sensitivity in KINDS and one.erasure in LEGAL_REASONS:
            found[one.sensitivity, one.purpose].add(one.erasure)
    ranks = list(LEGAL_REASONS)
    return tuple(
        DataClass(
            code=f"{kind}.{purpose}",
            label=f"{KINDS[kind]} ({PURPOSES[purpose]})",
            erasures=tuple(sorted(found[kind, purpose], key=ranks.index)),
        )
        for kind in KINDS
        for purpose in PURPOSES
        if (kind, purpose) in found
    )


@cache
def labels() -> dict[str, str]:
    """What every class is called, by its code."""
    return {one.code: one.label for space in SUBJECTS for one in classes_of(space)}


def _declared() -> list[Classified]:
    return [
        classified
        for app in OWN_APPS
        for fields in declaration_of(app).values()
        for classified, names in fields.items()
        if names
    ]
