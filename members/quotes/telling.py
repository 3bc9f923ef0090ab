"""A simulation in words: the assumptions it rests on, each rule that applied, and what differs from the payment."""

from decimal import Decimal

from members.benefits.engine import Rule
from members.quotes.rules import BaseFrom, Cause, Circumstances, EstimatedLine, Terms
from portals.presentation.formats import euros, long_date, percent

RULE_WORDS = {
    Rule.SCHEME_SHARE: (
        "Le régime obligatoire calcule sa part",
        "C’est son taux, appliqué à sa base de remboursement.",
    ),
    Rule.UNCOORDINATED: (
        "Hors du parcours de soins, le régime paie moins",
        "Ce qu’il retire n’est remboursé par personne\u00a0: un contrat responsable ne le compense pas.",
    ),
    Rule.DEDUCTION: (
        "La loi retient une participation ou une franchise",
        "Elle est prise sur la part du régime, et reste à la charge de la personne.",
    ),
    Rule.OTHER: ("Un autre organisme verse sa part", ""),
    Rule.NO_GUARANTEE: ("Le contrat ne couvre pas ce soin", "La formule n’a pas de ligne pour cette famille d’actes."),
    Rule.ZERO_BASKET: (
        "La mutuelle paie tout le reste",
        "Ce soin est du panier 100\u202f% Santé\u00a0: rien ne reste à payer, jusqu’au prix limite de vente.",
    ),
    Rule.DAILY_CHARGE: (
        "La mutuelle paie tout le forfait",
        "Le forfait journalier est payé en entier, sans limite de durée.",
    ),
    Rule.SHARE_OF_BASE: (
        "La garantie donne une part de la base",
        "Le taux de la garantie comprend la part du régime\u00a0: la mutuelle verse la différence.",
    ),
    Rule.SHARE_OF_EXPENSE: (
        "La garantie donne une part du prix",
        "La mutuelle verse cette part, moins celle du régime.",
    ),
    Rule.FIXED_AMOUNT: ("La garantie donne un forfait", "Il s’ajoute à la part du régime."),
    Rule.FRAME_LIMIT: ("La loi limite la monture", "C’est le plus qu’un contrat responsable paie pour une monture."),
    Rule.HEARING_LIMIT: (
        "La loi limite l’aide auditive",
        "C’est le plus qu’un contrat responsable paie par oreille, régime compris.",
    ),
    Rule.OVERRUN_LIMIT: (
        "La loi limite le dépassement",
        "Le médecin n’a pas signé l’OPTAM\u00a0: un contrat responsable paie moins son dépassement.",
    ),
    Rule.RENEWAL: (
        "Il est trop tôt pour d’autres lunettes",
        "Le dernier équipement a moins de deux ans (un an avant 16 ans, ou si la vue a changé).",
    ),
    Rule.CEILING: ("Le plafond de l’année limite ce montant", "Ce qui en a déjà servi n’est plus disponible."),
    Rule.COPAYMENT: (
        "La mutuelle paie au moins le ticket modérateur",
        "Un contrat responsable le doit, plafond atteint ou non.",
    ),
    Rule.WHAT_IS_LEFT: ("La mutuelle ne paie jamais plus que ce qui reste", "Le total ne dépasse pas le prix."),
}
CAUSE_WORDS = {
    Cause.SAME: "Le paiement est celui qui était annoncé, au centime près.",
    Cause.ACTS: "Les actes facturés ne sont pas ceux de la simulation\u00a0: chacun a sa base et sa garantie.",
    Cause.PRICE: "Le prix payé n’est pas celui qui avait été simulé.",
    Cause.BASE: "La base de remboursement retenue par le régime n’est pas celle de la simulation.",
    Cause.SCHEME: "Le régime a appliqué un autre taux (parcours de soins, exonération) ou une autre retenue.",
    Cause.OTHER: "Un autre organisme a payé une part, que la simulation ne connaissait pas.",
    Cause.MUTUAL: "Le plafond de l’année avait servi entre-temps, ou la garantie avait changé.",
}
ALWAYS = (
    "Les exonérations (affection de longue durée, maternité) et la complémentaire santé solidaire ne sont pas comptées.",
)
HOSPITAL_PARTICIPATION = (
    "Pour les actes lourds à l’hôpital, une participation forfaitaire peut remplacer le ticket modérateur\u00a0: elle n’est "
    "pas calculée ici. La mutuelle la prend en charge."
)


def assumptions(lines: list[EstimatedLine], circumstances: Circumstances, terms: Terms) -> list[str]:
    """The sentences that a simulation keeps: what was presumed, in the order in which it matters."""
    said = []
    for source, words in (
        (BaseFrom.PRICE, "Base de remboursement inconnue\u00a0: le prix en tient lieu pour"),
        (BaseFrom.NONE, "Base de remboursement inconnue ou nulle\u00a0: la part du régime est comptée à zéro pour"),
    ):
        labels = [row.line.label for row in lines if row.base_from == source]
        if labels:
            said.append(f"{words} {_listed(labels)}.")
    families = {row.line.act.family for row in lines}
    if "MED" in families:
        said.append(
            "Soin pris dans le parcours de soins, avec un médecin traitant déclaré."
            if circumstances.coordinated
            else "Soin pris hors du parcours de soins."
        )
    if families & {"MED", "HOSP"} and circumstances.optam is None:
        said.append("On ne sait pas si le médecin a signé l’OPTAM\u00a0: le calcul suppose que oui.")
    if "HOSP" in families:
        said.append(HOSPITAL_PARTICIPATION)
    if circumstances.alsace_moselle:
        said.append("Taux du régime local d’Alsace-Moselle.")
    if circumstances.is_minor:
        said.append("Aucune participation ni franchise avant 18 ans.")
    if families & {"OPTI"} and terms.last_equipment:
        said.append(f"Dernières lunettes remboursées le {long_date(terms.last_equipment)}.")
    if any(row.settlement.ceiling for row in lines):
        said.append("Plafonds tels qu’ils restent aujourd’hui\u00a0: un soin remboursé d’ici là les entame.")
    return [*said, *ALWAYS]


def rule_words(rule: str, line: dict[str, str]) -> tuple[str, str]:
    """The title and the explanation of one step of a frozen line."""
    title, words = RULE_WORDS[Rule(rule)]
    if rule == Rule.SCHEME_SHARE:
        base, rate = Decimal(line["base"]), Decimal(line["rate"])
        words = (
            f"{percent(rate)} de sa base de remboursement, {euros(base)}." if base else "Il ne rembourse pas ce soin."
        )
        title = title if base and rate else "Le régime obligatoire ne paie rien"
    return title, words


def _listed(labels: list[str]) -> str:
    names = [f"«\u00a0{label}\u00a0»" for label in labels]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} et {names[-1]}"
