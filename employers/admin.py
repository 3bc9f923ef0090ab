"""The face of the app for the staff's site: imports each room's admin."""

from portals.registration import import_rooms

import_rooms(
    "employers",
    "technical.admin",  # drafts to complete and publish
)
