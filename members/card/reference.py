"""What the tables of the card hold when the product is installed; staff change them afterwards."""

from typing import Any, NamedTuple

# Historical models are made at run time: no static type describes them.
ModelClass = Any


class Convention(NamedTuple):
    code: str
    label: str
    operator: str


class Domain(NamedTuple):
    """`family`: whose rate is printed. `convention` and `level`: for every plan; none, and the column is not printed."""

    code: str
    label: str
    family: str
    convention: str
    level: str


CONVENTIONS = (
    Convention("OC", "direct avec la mutuelle", "Organisme complémentaire"),
    Convention("KA", "réseau Kalixia", "Kalixia"),
    Convention("SP", "réseau SP santé", "SP santé"),
    Convention("IS", "réseau iSanté", "iSanté"),
    Convention("VM", "réseau Viamedis", "Viamedis"),
    Convention("AL", "réseau Almerys", "Almerys"),
    Convention("SC", "réseau Santéclair", "Santéclair"),
    Convention("CB", "réseau Carte Blanche", "Carte Blanche Partenaires"),
    Convention("IT", "réseau Itelis", "Itelis"),
    Convention("SE", "réseau Sévéane", "Sévéane"),
    Convention("TS", "réseau TS", ""),
    Convention("RO", "par le régime obligatoire", "Régime obligatoire"),
)
DOMAINS = (
    Domain("PHAR", "Pharmacie", "PHAR", "OC", ""),
    Domain("MED", "Médecins", "MED", "OC", ""),
    Domain("RLAX", "Radiologie, laboratoire, auxiliaires médicaux", "AUXM", "OC", ""),
    Domain("SVIL", "Soins de ville", "", "", ""),
    Domain("LABO", "Laboratoire", "LABO", "", ""),
    Domain("RADL", "Radiologie", "MED", "", ""),
    Domain("AUXM", "Auxiliaires médicaux", "AUXM", "", ""),
    Domain("HOSP", "Hospitalisation", "HOSP", "OC", "PEC"),
    Domain("EXTE", "Soins externes", "HOSP", "", ""),
    Domain("OPTI", "Optique", "OPTI", "KA", "PEC"),
    Domain("DESO", "Soins dentaires", "DESO", "OC", ""),
    Domain("DEPR", "Prothèses dentaires", "DENT", "KA", "PEC"),
    Domain("DEOR", "Orthodontie", "DEOR", "", ""),
    Domain("AUDI", "Audiologie", "AUDI", "KA", "PEC"),
    Domain("TRAN", "Transport sanitaire", "TRAN", "", ""),
)


def load(convention_model: ModelClass, domain_model: ModelClass, line_model: ModelClass, *, using: str) -> None:
    """Insert the tables through the database alias of a migration, once: nothing is there before it."""
    convention_model.objects.using(using).bulk_create(
        convention_model(code=row.code, label=row.label, operator=row.operator, position=position)
        for position, row in enumerate(CONVENTIONS, start=1)
    )
    domain_model.objects.using(using).bulk_create(
        domain_model(code=row.code, label=row.label, act_family_id=row.family or None, position=position)
        for position, row in enumerate(DOMAINS, start=1)
    )
    line_model.objects.using(using).bulk_create(
        line_model(plan=None, domain_id=row.code, convention_id=row.convention, level=row.level)
        for row in DOMAINS
        if row.convention
    )
