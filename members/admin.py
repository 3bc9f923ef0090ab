"""The face of the app for the staff's site: imports each room's admin."""

from members.benefits import admin as benefits_admin  # noqa: F401  dated figures
from members.benefits.differences import admin as differences_admin  # noqa: F401  the queue of amounts that differ
from members.card import admin as card_admin  # noqa: F401  the reference tables
from members.noemie import admin as noemie_admin  # noqa: F401  links with the caisses
from members.representation import admin as representation_admin  # noqa: F401  the queue of requests
