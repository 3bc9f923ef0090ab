"""The face of the app for the staff's site: imports each room's admin."""

from portals.registration import import_rooms

import_rooms(
    "portals",
    "access.admin",  # measures and withdrawals
    "accounts.admin",  # accounts
    "accounts.fraud.admin",  # reports of fraudulent use
    "banking.admin",  # changes of bank account
    "correspondence.admin",  # complaints and messages
    "correspondence.reports.admin",  # errors that were reported
    "editorial.audience.admin",  # how often pages are shown
    "editorial.availability.admin",  # maintenances and incidents
    "editorial.information.admin",  # useful information
    "editorial.legal.admin",  # versions of the legal pages
    "editorial.switches.admin",  # services, on or off
    "terms.admin",  # evidence of acceptance, versions
)
