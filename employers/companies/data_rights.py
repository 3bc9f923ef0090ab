"""What the employer space says of rights: the tasks that a request of a company's user needs."""

from portals.accounts.models import Space
from privacy.rights.models import Right
from privacy.rights.registry import TaskKind, register_tasks

HERE = frozenset({Space.EMPLOYER.value})

register_tasks(
    TaskKind(
        code="employers.contact",
        label="Corriger ou retirer un contact de l’entreprise",
        rights=frozenset({Right.RECTIFICATION, Right.ERASURE}),
        spaces=HERE,
        shows_words=True,
    ),
    TaskKind(
        code="employers.use",
        label="Arrêter l’usage contesté",
        rights=frozenset({Right.OBJECTION, Right.RESTRICTION}),
        spaces=HERE,
        shows_words=True,
    ),
)
