"""Who may see what of a household: predicates for views, templates and tests."""

from members.households.rules import Viewpoint


def can_read_lines_of(viewpoint: Viewpoint, person_id: int) -> bool:
    """Whether the viewer may read the lines of this person, a stranger to the household included."""
    return person_id in viewpoint.seen_ids
