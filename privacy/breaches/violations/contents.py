"""What a file for the authority says: every item of article 33.3, the delay, the phase; the same for PDF and JSON.

Its keys are French words, as the authority's own form has them: whoever opens the JSON reads it without us.
"""

import datetime
from collections.abc import Sequence
from typing import Any

from django.conf import settings

from portals.accounts.models import Account
from portals.presentation.formats import PARIS
from privacy.breaches.violations.categories import counted
from privacy.breaches.violations.models import (
    Breach,
    DataCategory,
    Exemption,
    Filing,
    Nature,
    PersonCategory,
    Phase,
    Risk,
)
from privacy.breaches.violations.rules import HOURS, ITEMS, is_late

FORMAT = "violation-rgpd-33/1"
DRILL = "EXERCICE\u00a0: ce dossier ne décrit aucun fait réel et ne doit pas être déposé."


def content_of(breach: Breach, filing: Filing, before: Sequence[Filing]) -> dict[str, Any]:
    """The whole file, frozen as it stands: plain values only."""
    return {
        "format": FORMAT,
        "exercice": DRILL if breach.is_drill else None,
        "reference": breach.reference,
        "phase": {
            "nature": Phase(filing.phase).label,
            "rang": filing.rank,
            "precedentes": [{"rang": one.rank, "depose_le": _at(one.filed_at), "recepisse": one.receipt} for one in before],
            "a_completer": [item.label for item in ITEMS if item.code in filing.missing],
        },
        "responsable_de_traitement": _controller(),
        "delegue_a_la_protection_des_donnees": _officer(filing.prepared_by),
        "delai": {
            "connue_le": _at(breach.aware_at),
            "echeance": _at(filing.due_at),
            "heures": HOURS,
            "prepare_le": _at(filing.prepared_at),
            "hors_delai": filing.phase != Phase.FURTHER and is_late(breach.aware_at, filing.prepared_at),
            "motif_du_retard": filing.late_reason,
        },
        "nature_de_la_violation": _nature(breach),
        "consequences_probables": breach.consequences,
        "mesures": {"prises": breach.measures_taken, "proposees": breach.measures_planned},
        "risque": {"niveau": Risk(breach.risk).label if breach.risk else "", "justification": breach.risk_reason},
        "information_des_personnes": _telling(breach),
        "sous_traitant": breach.processor,
        "autres_pays": breach.other_countries,
    }  # fmt: skip


def _controller() -> dict[str, Any]:
    facts = settings.ORGANISATION_FACTS
    return {"nom": facts.name, "adresse": ", ".join(facts.address_lines), "telephone": facts.phone}


def _officer(officer: Account) -> dict[str, Any]:
    """Article 33.3 b: whom the authority asks for more. Only a data protection officer prepares a file."""
    facts = settings.ORGANISATION_FACTS
    return {
        "nom": officer.display_name,
        "e_mail": facts.dpo_email,
        "adresse": ", ".join(facts.dpo_address_lines),
        "telephone": facts.phone,
    }


def _nature(breach: Breach) -> dict[str, Any]:
    return {
        "atteintes": [Nature(code).label for code in breach.natures],
        "origine": breach.get_cause_display(),
        "circonstances": breach.circumstances,
        "debut": _at(breach.began_at),
        "fin": _at(breach.ended_at),
        "categories_de_personnes": [PersonCategory(code).label for code in breach.person_categories],
        "nombre_de_personnes": breach.persons_count,
        "nombre_par_categorie": dict(counted(breach)),
        "categories_de_donnees": [DataCategory(code).label for code in breach.data_categories],
        "nombre_d_enregistrements": breach.records_count,
    }


def _telling(breach: Breach) -> dict[str, Any]:
    """Article 34: told, to be told, or why not."""
    told = "À faire" if breach.risk == Risk.HIGH else "Pas décidée"
    if breach.told_at:
        told = "Faite"
    elif breach.exemption:
        told = "Dispense"
    return {
        "etat": told,
        "le": _at(breach.told_at),
        "moyens": ["Alerte dans l’espace personnel", "E-mail", "Lettre"] if breach.told_at else [],
        "dispense": Exemption(breach.exemption).label if breach.exemption else "",
        "justification": breach.exemption_reason,
        "communication_publique": breach.public_notice,
    }


def _at(instant: datetime.datetime | None) -> str | None:
    """ISO 8601 with the offset of Paris: read by people, and unambiguous."""
    return instant.astimezone(PARIS).isoformat(timespec="minutes") if instant else None
