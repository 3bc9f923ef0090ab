"""The tasks that fall on the accounts themselves, whatever their space; the rooms of each space add theirs."""

from portals.accounts.models import Space
from privacy.rights.models import Right
from privacy.rights.registry import SelfService, TaskKind, register_self_services, register_tasks

SPACES = frozenset({Space.MEMBER.value, Space.EMPLOYER.value, Space.PROFESSIONAL.value})

register_tasks(
    TaskKind(
        code="portals.account",
        label="Corriger ou fermer le compte et ses moyens de connexion",
        rights=frozenset({Right.RECTIFICATION, Right.ERASURE}),
        spaces=SPACES,
        is_planned=False,
    ),
    TaskKind(
        code="portals.letters",
        label="Réunir les messages et réclamations",
        rights=frozenset({Right.ACCESS, Right.ERASURE}),
        spaces=SPACES,
        is_planned=False,
    ),
)
register_self_services(
    *(
        service
        for space in sorted(SPACES)
        for service in (
            SelfService(Right.ACCESS, space, "tout télécharger", "portals:export"),
            SelfService(Right.PORTABILITY, space, "tout télécharger", "portals:export"),
            SelfService(Right.RECTIFICATION, space, "changer l’adresse e-mail du compte", "portals:email_change"),
            SelfService(Right.ERASURE, space, "supprimer le compte", "portals:account_delete"),
            SelfService(Right.WITHDRAWAL, space, "choisir ce que j’accepte", "privacy:preferences"),
            SelfService(Right.OBJECTION, space, "choisir ce que j’accepte", "privacy:preferences"),
        )
    )
)
