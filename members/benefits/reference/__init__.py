"""Act families, act codes, dated tariffs and the law's figures, shipped as fact tables (see README.md beside this file)."""

from members.benefits.reference.loading import load, load_law
from members.benefits.reference.tables import (
    Code,
    Family,
    Parameter,
    Tariff,
    codes,
    families,
    parameters,
    parameters_at,
    tariff_at,
    tariffs,
)

__all__ = [
    "Code",
    "Family",
    "Parameter",
    "Tariff",
    "codes",
    "families",
    "load",
    "load_law",
    "parameters",
    "parameters_at",
    "tariff_at",
    "tariffs",
]
