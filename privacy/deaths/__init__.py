"""After a death: it is declared, verified by two people, and undone if it was a mistake; then directives are carried out."""

from privacy.deaths.queries import departed_persons, is_departed

__all__ = ["departed_persons", "is_departed"]
