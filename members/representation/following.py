"""A parent stops acting when the minor hides their care from them, or when a judgment gives authority to the other one."""

from typing import TYPE_CHECKING

from django.utils import timezone

from members.households.choices.queries import only_parent_of
from members.representation.actions import end
from members.representation.models import Ending, Quality, Representation, State
from members.representation.queries import person_of
from members.representation.rules import may_be_parent
from portals.access import isolation
from portals.signals import operation

if TYPE_CHECKING:
    from portals.accounts.models import Account
    from portals.signals import Details


def on_operation(
    *, action: str, by: "Account | None", object_id: int | str, details: "Details", **_rest: object
) -> None:
    """Receiver of `portals.signals.operation`, in its transaction."""
    if action == "care.hidden":
        _end_of(int(object_id), hidden_from=int(details["parent"]), by=by)
    elif action == "parental_authority.recorded":
        _end_without_authority(int(object_id), by=by)


def _end_of(child_id: int, *, hidden_from: int, by: "Account | None") -> None:
    with isolation.system():
        for representation in _by_parents(child_id):
            if person_of(representation.account_id) == hidden_from:
                end(by=by, representation=representation, why=Ending.CHOICE)


def _end_without_authority(child_id: int, *, by: "Account | None") -> None:
    with isolation.system():
        only = only_parent_of(child_id, day=timezone.localdate())
        for representation in _by_parents(child_id):
            if not may_be_parent(person_of(representation.account_id), only):
                end(by=by, representation=representation, why=Ending.STAFF)


def _by_parents(child_id: int) -> list[Representation]:
    rows = Representation.objects.filter(person=child_id, quality=Quality.PARENT, state=State.ACCEPTED)
    return list(rows.order_by("pk"))


operation.connect(on_operation, dispatch_uid="members.representation.following")
