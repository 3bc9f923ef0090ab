"""What the demo's plans say of their own about who may be covered: ages that differ, cases that they do not accept."""

from typing import NamedTuple

from members.beneficiaries.models import BeneficiaryRule
from members.beneficiaries.words import Case
from members.coverage.models import Plan
from members.populate.plans import OPENING

BIRTH = "Acte de naissance ou livret de famille"
RIGHTS = "Attestation de droits de la caisse, avec son numéro de sécurité sociale"


class OwnRule(NamedTuple):
    """A line that takes the place of everybody's for one plan."""

    plan: str
    case: Case
    age_limit: int | None
    wording: str
    documents: tuple[str, ...]
    is_open: bool = True


RULES = (
    OwnRule(
        "RIV", Case.CHILD, 20, "Vos enfants sont couverts sans condition jusqu’à la veille de leurs 20 ans.", (BIRTH, RIGHTS)
    ),
    OwnRule(
        "LAR", Case.CHILD, 21, "Vos enfants sont couverts sans condition jusqu’à la veille de leurs 21 ans.", (BIRTH, RIGHTS)
    ),
    OwnRule(
        "LIT", Case.ASCENDANT, None, "La formule Littoral ne couvre pas les parents du titulaire.", ("Aucun",), is_open=False
    ),
    OwnRule(
        "EQG", Case.PARTNER, None, "Ce contrat collectif couvre les couples mariés ou pacsés.", ("Aucun",), is_open=False
    ),
)  # fmt: skip


def write_rules() -> int:
    """The plans' own rules, once each; returns how many are there. A plan that is not loaded has none."""
    plans = {plan.plan_code: plan for plan in Plan.objects.all()}
    known = [rule for rule in RULES if rule.plan in plans]
    for rule in known:
        BeneficiaryRule.objects.get_or_create(
            plan=plans[rule.plan],
            case=rule.case,
            valid_from=OPENING,
            defaults={
                "age_limit": rule.age_limit,
                "wording": rule.wording,
                "documents": "\n".join(rule.documents),
                "is_open": rule.is_open,
            },
        )
    return len(known)
