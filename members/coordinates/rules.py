"""What may be changed, by whom, and what is then to be done. Pure: no database, no clock."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from members.households.rules import MAJORITY, Viewpoint, age_on
from portals.names import folded_name

ADDRESS = ("address_line1", "address_line2", "postcode", "city", "country")
CONTACT = (*ADDRESS, "phone")
SEPARATOR = "\x1f"
FRANCE = "FR"
NAMED_COMMUNES = 4
ARRONDISSEMENT = re.compile(r" \d{1,2}(er|e|eme)?( arrondissement)?$")


class PostcodeRefused(ValueError):
    """The message says which communes the postcode is that of; `field` is where it belongs."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class Step:
    """One thing to do after a change, outside this space or in it. `page` is a URL name, or nothing."""

    title: str
    words: str
    page: str = ""
    link: str = ""


def may_have_own_account(viewpoint: Viewpoint) -> bool:
    """The member, and whoever is of age."""
    return viewpoint.is_holder or age_on(viewpoint.viewer.birth_date, viewpoint.day) >= MAJORITY


def fingerprint(values: Sequence[str]) -> str:
    """What feeds compare with what was replaced (`members.households.feeds`): SHA-256, 64 hexadecimal signs."""
    return hashlib.sha256(SEPARATOR.join(values).encode()).hexdigest()


def check_commune(postcode: str, city: str, communes: Sequence[str] | None) -> str:
    """The commune as it is written officially, for a French address. Raises PostcodeRefused.

    `communes` are those of the postcode; None when nobody can tell: then five digits are enough. A CEDEX has none.
    """
    if communes is None:
        return city
    wanted = bare_commune(city)
    for commune in communes:
        if wanted in {bare_commune(commune), bare_commune(ARRONDISSEMENT.sub("", folded_name(commune)))}:
            return city if "cedex" in folded_name(city) else commune
    if "cedex" in folded_name(city):
        return city
    if not communes:
        raise PostcodeRefused("postcode", f"Aucune commune n’a le code postal {postcode}. Vérifiez les cinq chiffres.")
    shown = ", ".join(communes[:NAMED_COMMUNES]) + ("…" if len(communes) > NAMED_COMMUNES else "")
    raise PostcodeRefused("city", f"Le code postal {postcode} est celui de\u00a0: {shown}. Vérifiez l’un ou l’autre.")


def bare_commune(name: str) -> str:
    """`St-Malo`, `Saint Malo` and `SAINT-MALO` are one commune."""
    words = [{"st": "saint", "ste": "sainte"}.get(word, word) for word in folded_name(name).split()]
    return " ".join(word for word in words if word != "cedex" and not word.isdigit())


def department_of(postcode: str, country: str) -> str:
    """`56`, `974`; nothing abroad. A department has its own caisses."""
    if country not in {"", FRANCE}:
        return ""
    return postcode[:3] if postcode.startswith("97") else postcode[:2]


def steps_after_account(*, has_stuck_link: bool) -> list[Step]:
    """What the change of account leaves to do: the caisse pays its part itself, on the account that it knows."""
    steps = [
        Step(
            "Donner le même RIB à votre caisse",
            "La caisse verse sa part elle-même, sur le compte qu’elle connaît\u00a0: changez-le aussi sur votre compte "
            "ameli, ou auprès d’elle.",
        ),
        Step(
            "Garder le prélèvement de vos cotisations",
            "Ce compte reçoit vos remboursements. Le compte prélevé ne change pas\u00a0: écrivez-nous pour en changer.",
            page="portals:messages",
            link="Écrire un message",
        ),
    ]
    return [*steps, _link_step(has_stuck_link)]


def steps_after_address(*, before: str, after: str, has_stuck_link: bool) -> list[Step]:
    """What a new address leaves to do, from department `before` to `after`."""
    steps = [
        Step(
            "Dire la nouvelle adresse à votre caisse",
            "Sur votre compte ameli ou auprès d’elle. Mettez ensuite votre carte Vitale à jour en pharmacie.",
        )
    ]
    if before != after:
        steps.append(
            Step(
                "Nous envoyer la nouvelle attestation de droits",
                "Vous changez de département, donc de caisse\u00a0: la télétransmission s’arrête avec l’ancienne. Dès que la "
                "nouvelle vous a inscrit, envoyez-nous son attestation et nous demandons le lien.",
                page="portals:messages",
                link="Envoyer l’attestation",
            )
        )
    return [*steps, _link_step(has_stuck_link)]


def _link_step(has_stuck_link: bool) -> Step:
    words = (
        "Un lien avec la caisse est à rétablir\u00a0: la page dit lequel, et comment."
        if has_stuck_link
        else "Le lien est actif aujourd’hui. Regardez-le de nouveau dans un mois\u00a0: un changement peut le couper."
    )
    return Step("Vérifier la télétransmission", words, page="members:transmission", link="Voir l’état du lien")
