"""An entry in words."""

from dataclasses import dataclass

from django.contrib import admin

from portals.access.models import Basis
from portals.accounts.models import Space
from portals.presentation.formats import instant_with_zone
from privacy.audit.kinds import WORDS, kind_of
from privacy.audit.labels import label_of
from privacy.audit.models import Entry

RESULTS = {"done": "Faite", "refused": "Refusée", "broken": "Échouée"}
ACTING = {Basis.REPRESENTATION.value: "en représentant quelqu’un", Basis.MANDATE.value: "par mandat d’une entreprise"}
NOT_SHOWN = "–"


@dataclass(frozen=True)
class Told:
    """An entry as a line of a list."""

    entry: Entry
    label: str
    refused: bool
    acting: str


def told(entry: Entry) -> Told:
    return Told(entry, label_of(entry.action), entry.result not in {"", "done"}, ACTING.get(entry.acting_as, ""))


def thing_of(entry: Entry) -> str:
    """What a page of staff was about, by the name of its model; nothing for an operation that says it itself."""
    names = {model._meta.model_name: model._meta.verbose_name for model in admin.site._registry}
    return str(names.get(entry.object_kind, "")) if entry.action.startswith("gestion.") else ""


def facts_of(entry: Entry) -> list[tuple[str, str]]:
    """Everything that the entry holds, label and value, in the order of what is hashed."""
    space = Space(entry.space).label if entry.space in Space.values else NOT_SHOWN
    return [
        ("Écriture n°", str(entry.pk)),
        ("Instant", instant_with_zone(entry.at)),
        ("Opération", label_of(entry.action)),
        ("Genre", WORDS[kind_of(entry.action)]),
        ("Code de l’opération", entry.action),
        ("Compte n°", str(entry.account_id or NOT_SHOWN)),
        ("Espace", space),
        ("Foyer ou organisme n°", str(entry.tenant_id or NOT_SHOWN)),
        ("Pour qui, n°", str(entry.subject_id or NOT_SHOWN)),
        ("À quel titre", ACTING.get(entry.acting_as, entry.acting_as) or NOT_SHOWN),
        ("Objet", " ".join(filter(None, (entry.object_kind, entry.object_id))) or NOT_SHOWN),
        ("Résultat", RESULTS.get(entry.result, entry.result)),
        ("Version des conditions acceptée", str(entry.terms_number or NOT_SHOWN)),
        ("Session (empreinte)", entry.session_hash or NOT_SHOWN),
        ("Référence de la requête", entry.reference or NOT_SHOWN),
        ("Précisions", ", ".join(f"{name}\u00a0: {said}" for name, said in sorted(entry.details.items())) or NOT_SHOWN),
    ]
