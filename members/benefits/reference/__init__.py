"""Act families, act codes and dated tariffs, shipped as fact tables (see README.md beside this file)."""

from members.benefits.reference.loading import load
from members.benefits.reference.tables import Code, Family, Tariff, codes, families, tariff_at, tariffs

__all__ = ["Code", "Family", "Tariff", "codes", "families", "load", "tariff_at", "tariffs"]
