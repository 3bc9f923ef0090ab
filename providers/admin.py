"""The face of the app for the staff's site: imports each room's admin."""

from portals.registration import import_rooms

import_rooms(
    "providers",
    "invoices.admin",  # why invoices are rejected
    "library.admin",  # the texts that bind
)
