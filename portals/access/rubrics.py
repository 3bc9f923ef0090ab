"""How the rubrics of a space are laid out: the first in the bar, the others under « Plus », in groups."""

from collections.abc import Sequence
from dataclasses import dataclass

from portals.accounts.models import Space

IN_BAR = 6
"""Rubrics in the bar of a wide screen."""
IN_PHONE_BAR = 4
"""Rubrics in the bar of a phone; those between the two are in the bar and, on a phone, under « Plus »."""


CARE, CONTRACT, PERSONS, EXCHANGE = "Mes soins", "Mon contrat", "Mon foyer", "Nous écrire, s’informer"
PRACTICE = "Mon cabinet"
COMPANY = "Votre organisme"


@dataclass(frozen=True)
class Place:
    """A rubric of a space: the page that it opens, and how the names of the pages inside it begin."""

    label: str
    view: str
    icon: str
    group: str = ""
    inside: str = ""

    def holds(self, view: str) -> bool:
        """Whether a page is one of this rubric."""
        return view == self.view or view.startswith(self.inside or self.view.removesuffix("s"))


PLACES: dict[Space, tuple[Place, ...]] = {
    Space.MEMBER: (
        Place("Accueil", "members:home", "home"),
        Place("Prestations", "members:benefits", "list"),
        Place("Carte", "members:card", "card"),
        Place("Relevés", "members:statements", "doc"),
        Place("Garanties", "members:guarantees", "shield", CONTRACT),
        Place("Messages", "portals:messages", "mail", EXCHANGE),
        Place("Simulations", "members:simulations", "chart", CARE),
        Place("Demandes", "members:care_requests", "doc", CARE, inside="members:care_"),
        Place("Annuaire", "directory:search", "pin", CARE, inside="directory:"),
        Place("Télétransmission", "members:transmission", "clock", CARE),
        Place("Bénéficiaires", "members:beneficiaries", "people", PERSONS),
        Place("Qui voit mes soins", "members:watchers", "eye", PERSONS),
        Place("Coordonnées", "members:coordinates", "user", PERSONS),
        Place("Cotisations", "members:contributions", "clock", CONTRACT),
        Place("Attestations", "members:certificates", "check", CONTRACT),
        Place("Documents", "members:documents", "doc", CONTRACT),
        Place("Portabilité", "members:portability", "clock", CONTRACT),
        Place("Résilier mon contrat", "members:terminations", "unlink", CONTRACT),
        Place("Réclamations", "portals:complaints", "alert", EXCHANGE),
        Place("Mes données", "privacy:my_data", "shield", EXCHANGE, inside="privacy:"),
        Place("Informations utiles", "members:informations", "info", EXCHANGE),
    ),
    Space.EMPLOYER: (
        Place("Accueil", "employers:home", "home"),
        Place("Salariés", "employers:employees", "people"),
        Place("Bordereaux", "employers:slips", "doc"),
        Place("Contrat", "employers:contract", "shield"),
        Place("Documents", "employers:documents", "doc"),
        Place("Utilisateurs", "employers:users", "people"),
        Place("Dispenses", "employers:waivers", "unlink", COMPANY),
        Place("Coordonnées bancaires", "employers:bank_details", "building", COMPANY),
        Place("Comptes techniques", "employers:technical_accounts", "chart", COMPANY),
        Place("Messages", "portals:messages", "mail", EXCHANGE),
        Place("Réclamations", "portals:complaints", "alert", EXCHANGE),
        Place("Mes données", "privacy:my_data", "shield", EXCHANGE, inside="privacy:"),
        Place("Informations utiles", "employers:informations", "info", EXCHANGE),
    ),
    Space.PROFESSIONAL: (
        Place("Accueil", "providers:home", "home"),
        Place("Droits", "providers:rights", "shield"),
        Place("Factures", "providers:invoices", "doc"),
        Place("Versements", "providers:transfers", "building"),
        Place("Contact", "providers:contact", "mail", EXCHANGE),
        Place("Convention", "providers:agreement", "shield", PRACTICE),
        Place("Documents", "providers:documents", "doc", PRACTICE),
        Place("Accès du cabinet", "providers:delegates", "people", PRACTICE, inside="providers:delega"),
        Place("Coordonnées bancaires", "providers:bank_details", "card", PRACTICE, inside="providers:bank_"),
        Place("Messages", "portals:messages", "mail", EXCHANGE),
        Place("Réclamations", "portals:complaints", "alert", EXCHANGE),
        Place("Mes données", "privacy:my_data", "shield", EXCHANGE, inside="privacy:"),
        Place("Informations utiles", "providers:informations", "info", EXCHANGE),
    ),
    Space.STAFF: (),
}


@dataclass(frozen=True)
class Rubric:
    """One entry of the navigation. `group` is its heading under « Plus »."""

    label: str
    url: str
    icon: str
    current: bool
    suspended: bool = False
    group: str = ""


@dataclass(frozen=True)
class MenuEntry:
    """A rubric under « Plus »; `narrow` when the bar of a wide screen shows it already."""

    rubric: Rubric
    narrow: bool


@dataclass(frozen=True)
class MenuGroup:
    """Rubrics under « Plus » with one heading; `narrow` when all of them are."""

    label: str
    entries: tuple[MenuEntry, ...]

    @property
    def narrow(self) -> bool:
        return all(entry.narrow for entry in self.entries)


@dataclass(frozen=True)
class Menu:
    """What « Plus » opens."""

    groups: tuple[MenuGroup, ...]

    @property
    def narrow(self) -> bool:
        """Whether a wide screen needs no « Plus »."""
        return all(group.narrow for group in self.groups)

    @property
    def is_current(self) -> bool:
        """Whether the page is one of those that no bar shows."""
        return any(entry.rubric.current and not entry.narrow for group in self.groups for entry in group.entries)


def menu_of(rubrics: Sequence[Rubric]) -> Menu:
    """The rubrics that do not fit in a phone's bar, by group, in the order in which groups first appear."""
    groups: dict[str, list[MenuEntry]] = {}
    for rank, rubric in enumerate(rubrics):
        if rank >= IN_PHONE_BAR:
            groups.setdefault(rubric.group, []).append(MenuEntry(rubric, narrow=rank < IN_BAR))
    return Menu(tuple(MenuGroup(label, tuple(entries)) for label, entries in groups.items()))


class Navigation(tuple[Rubric, ...]):
    """The rubrics of a page, in order. Equal ones look the same, so that templates draw them once (`{% kept %}`)."""

    __slots__ = ()

    @property
    def menu(self) -> Menu:
        return menu_of(self)
