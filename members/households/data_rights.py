"""What the member space says of rights: the children one may ask for, what one does oneself, the tasks of services."""

from collections.abc import Sequence

from django.utils import timezone

from members.households.models import Person
from members.households.queries import viewpoint_by
from members.households.rules import AGE_OF_OWN_CHOICE, age_on
from portals.access.models import Grant
from portals.accounts.models import Space
from privacy.rights.models import Right
from privacy.rights.registry import (
    Concerned,
    SelfService,
    TaskKind,
    register_dependants,
    register_self_services,
    register_tasks,
)

HERE = frozenset({Space.MEMBER.value})


def dependants(grant: Grant) -> Sequence[Concerned]:
    """The children under 16 over whom the person has authority: from 16 on, each exercises their rights (CGU-8.8)."""
    today = timezone.localdate()
    try:
        view = viewpoint_by(grant, day=today)
    except Person.DoesNotExist:
        return ()
    children = [one for one in view.seen[1:] if age_on(one.birth_date, today) < AGE_OF_OWN_CHOICE]
    return [Concerned(one.id, one.full_name) for one in children]


register_dependants(Space.MEMBER, dependants)
register_self_services(
    SelfService(Right.RECTIFICATION, Space.MEMBER, "coordonnées et compte bancaire", "members:coordinates"),
    SelfService(Right.OBJECTION, Space.MEMBER, "choisir qui voit mes soins", "members:watchers"),
)
register_tasks(
    TaskKind(
        code="members.identity",
        label="Corriger l’état civil ou le rattachement",
        rights=frozenset({Right.RECTIFICATION}),
        spaces=HERE,
        shows_words=True,
    ),
    TaskKind(
        code="members.contract",
        label="Contrat et bénéficiaires\u00a0: dire ce qui peut être effacé, et l’effacer",
        rights=frozenset({Right.ERASURE}),
        spaces=HERE,
    ),
    TaskKind(
        code="members.benefits",
        label="Remboursements\u00a0: dire ce qui peut être effacé, et l’effacer",
        rights=frozenset({Right.ERASURE}),
        spaces=HERE,
    ),
    TaskKind(
        code="members.use",
        label="Arrêter l’usage contesté",
        rights=frozenset({Right.OBJECTION, Right.RESTRICTION}),
        spaces=HERE,
        shows_words=True,
    ),
    TaskKind(
        code="members.search",
        label="Chercher des données hors de l’espace",
        rights=frozenset({Right.ACCESS, Right.PORTABILITY}),
        spaces=HERE,
        is_planned=False,
    ),
)
