"""The public part of the register, below the text of the data policy."""

from collections.abc import Mapping
from typing import Any

from portals.editorial.legal.annexes import Annex, register_annex
from portals.editorial.legal.models import Page
from privacy.register.kept import EVERYBODY, lines_of
from privacy.register.reuses import reuses
from privacy.retention.published import table


def published_register() -> Mapping[str, Any]:
    """What is held on anybody, why, for how long and who receives it. No query."""
    return {"lines": lines_of(EVERYBODY), "reuses": reuses(), "table": table()}


register_annex(
    Annex(
        page=Page.PRIVACY,
        anchor="registre",
        title="Traitement par traitement",
        lead="Ce qui suit est tiré du registre des traitements, que le logiciel applique.",
        template="privacy/register/lines.html",
        facts=published_register,
    )
)
