"""What the space of professionals says of rights: what one does oneself, the tasks that a request needs."""

from portals.accounts.models import Space
from privacy.rights.models import Right
from privacy.rights.registry import SelfService, TaskKind, register_self_services, register_tasks

HERE = frozenset({Space.PROFESSIONAL.value})

register_self_services(
    SelfService(Right.RECTIFICATION, Space.PROFESSIONAL, "coordonnées bancaires", "providers:bank_details"),
)
register_tasks(
    TaskKind(
        code="providers.directory",
        label="Corriger ou retirer ce que dit l’annuaire ou la convention",
        rights=frozenset({Right.RECTIFICATION, Right.ERASURE}),
        spaces=HERE,
        shows_words=True,
    ),
    TaskKind(
        code="providers.use",
        label="Arrêter l’usage contesté",
        rights=frozenset({Right.OBJECTION, Right.RESTRICTION}),
        spaces=HERE,
        shows_words=True,
    ),
)
