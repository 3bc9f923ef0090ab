"""The engine of amounts: who pays what for one act, and by which rule. Pure: no database, no clock, no request.

`settle(care, scheme, guarantee, used, law)` gives the settlement; `scheme_terms(…)` gives the scheme's own terms when no
décompte has told them yet (simulation). Amounts are euros, Decimal, rounded to the cent, half a cent up.
"""

from members.benefits.engine.scheme import Told, scheme_terms
from members.benefits.engine.settling import settle
from members.benefits.engine.terms import (
    Basis,
    Basket,
    Care,
    Ceiling,
    GuaranteeLine,
    Law,
    Rule,
    SchemeTerms,
    Settlement,
    Step,
    Unit,
    Used,
    basket_of,
)
from members.benefits.engine.years import guarantee_year

__all__ = [
    "Basis",
    "Basket",
    "Care",
    "Ceiling",
    "GuaranteeLine",
    "Law",
    "Rule",
    "SchemeTerms",
    "Settlement",
    "Step",
    "Told",
    "Unit",
    "Used",
    "basket_of",
    "guarantee_year",
    "scheme_terms",
    "settle",
]
