"""Who sees a person's care: parents of the household and representatives, those stopped by the person included."""

import datetime
from dataclasses import dataclass

from django.db.models import Min
from django.utils import timezone

from members.coverage.models import Cover
from members.households.choices.models import CareChoice
from members.households.choices.queries import authority_over, choices_of
from members.households.rules import (
    MAJORITY,
    HouseholdPerson,
    Viewpoint,
    age_on,
    chooses_who_sees,
    has_authority,
    sees_lines_of,
    sees_payments_for,
)
from members.representation.models import Ending, Representation, State
from members.representation.queries import representatives_of
from members.representation.rules import consults_only, may_prolong
from members.visibility.rules import Watched, Watcher, of_age_on, reason_of, until_of
from portals.access.models import Basis, Grant
from portals.accounts.models import Space


@dataclass(frozen=True)
class Watchers:
    """What the page says: those who see, those who were stopped, and whoever is only told what arrived for them.

    `ended` are former representations, `choices` what a minor has chosen so far, newest first.
    """

    seeing: list[Watcher]
    stopped: list[Watcher]
    told_totals: list[HouseholdPerson]
    watched: list[Watched]
    ended: list[Representation]
    choices: list[CareChoice]


def watchers_of(viewpoint: Viewpoint) -> Watchers:
    """Of the person whose space it is. Five queries at most. What a minor chose is told to nobody else."""
    viewer, day = viewpoint.viewer, viewpoint.day
    representations = list(representatives_of(viewer.id))
    persons = _persons_of({row.account_id for row in representations})
    is_minor = age_on(viewer.birth_date, day) < MAJORITY
    choices = list(choices_of(viewer.id)) if is_minor else []
    parents = [one for one in viewpoint.persons if one.id != viewer.id and is_minor and has_authority(one, viewer)]
    in_force = {persons.get(row.account_id): row for row in representations if row.state == State.ACCEPTED}
    found = _parents(viewpoint, parents, in_force, choices)
    found += [
        _representative(row, viewpoint)
        for row in representations
        if persons.get(row.account_id) not in {parent.id for parent in parents}
        and _counts(row, representations, viewpoint)
    ]
    is_self = not viewpoint.is_represented
    return Watchers(
        seeing=[one for one in found if one.sees],
        stopped=[one for one in found if not one.sees and is_self],
        told_totals=_told_totals(viewpoint) if is_self else [],
        watched=[Watched(person, of_age_on(person)) for person in viewpoint.seen[1:]],
        ended=[row for row in representations if row.state == State.ENDED and is_self],
        choices=choices if is_self else [],
    )


def _told_totals(viewpoint: Viewpoint) -> list[HouseholdPerson]:
    """Whoever is told only what arrives on their own account for the viewer."""
    viewer, day = viewpoint.viewer, viewpoint.day
    others = [one for one in viewpoint.persons if one.id != viewer.id]
    return [one for one in others if sees_payments_for(one, viewer, day=day)]


def _persons_of(account_ids: set[int]) -> dict[int, int]:
    """The insured person of each of these accounts. One query."""
    own = Grant.objects.filter(account__in=account_ids, space=Space.MEMBER, basis=Basis.COVER, revoked_at=None)
    return dict(own.values_list("account_id", "subject_id"))


def _parents(
    viewpoint: Viewpoint,
    parents: list[HouseholdPerson],
    in_force: dict[int | None, Representation],
    choices: list[CareChoice],
) -> list[Watcher]:
    """The parents of the household, who need no representation to see. Two queries."""
    if not parents:
        return []
    viewer, day = viewpoint.viewer, viewpoint.day
    judged = authority_over(viewer.id, day=day)
    covered = Cover.objects.filter(person=viewer.id, household=viewpoint.household_id).aggregate(
        first=Min("start_date")
    )
    chosen = {choice.parent_id: timezone.localdate(choice.chosen_at) for choice in choices if not choice.replaced_at}
    return [
        Watcher(
            name=parent.full_name,
            reason=_why(parent, judged_on=judged.judgment_date if judged else None),
            sees=sees_lines_of(parent, viewer, day=day),
            acts=(acting := in_force.get(parent.id)) is not None and not _consults(acting, viewer, day),
            since=chosen.get(parent.id) or (judged.start_date if judged else covered["first"]),
            until=of_age_on(viewer),
            may_choose=chooses_who_sees(viewer.birth_date, day),
            parent_id=parent.id,
            representation=acting,
        )
        for parent in parents
    ]


def _why(parent: HouseholdPerson, *, judged_on: datetime.date | None) -> str:
    ground = "Parent, adhérent du contrat" if parent.role == "member" else "Parent, sur le même contrat"
    return f"{ground}, d’après le jugement du {judged_on:%d/%m/%Y}" if judged_on else ground


def _consults(representation: Representation, person: HouseholdPerson, day: datetime.date) -> bool:
    return consults_only(
        representation.quality, representation.scope, birth_date=person.birth_date, day=day,
        has_own_account=person.has_own_space, is_prolonged=representation.prolonged_at is not None,
    )  # fmt: skip


def _counts(row: Representation, rows: list[Representation], viewpoint: Viewpoint) -> bool:
    """In force; or stopped by the minor, who may still change their mind."""
    if row.state == State.ACCEPTED:
        return True
    if row.ending not in {Ending.CHOICE, Ending.SIXTEEN}:
        return False
    newer = [
        one for one in rows if one.account_id == row.account_id and (one.state == State.ACCEPTED or one.pk > row.pk)
    ]
    return not newer and may_prolong(row.quality, birth_date=viewpoint.viewer.birth_date, day=viewpoint.day)


def _representative(row: Representation, viewpoint: Viewpoint) -> Watcher:
    viewer, day = viewpoint.viewer, viewpoint.day
    stopped_on = timezone.localdate(row.ended_at) if row.ended_at else None
    acts = not _consults(row, viewer, day)
    return Watcher(
        name=row.account.display_name,
        reason=reason_of(row, acts=acts),
        sees=row.state == State.ACCEPTED,
        acts=acts,
        since=stopped_on or row.start_date,
        until=until_of(row, viewer),
        may_choose=may_prolong(row.quality, birth_date=viewer.birth_date, day=day),
        representation=row,
    )
