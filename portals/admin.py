"""The face of the app for the staff's site: imports each room's admin."""

from portals.access import admin as access_admin  # noqa: F401  measures and withdrawals
from portals.accounts import admin as accounts_admin  # noqa: F401  accounts
from portals.accounts.fraud import admin as fraud_admin  # noqa: F401  reports of fraudulent use
from portals.banking import admin as banking_admin  # noqa: F401  changes of bank account
from portals.correspondence import admin as correspondence_admin  # noqa: F401  complaints and messages
from portals.correspondence.reports import admin as reports_admin  # noqa: F401  errors that were reported
from portals.editorial.information import admin as information_admin  # noqa: F401  useful information
from portals.editorial.switches import admin as switches_admin  # noqa: F401  services, on or off
from portals.terms import admin as terms_admin  # noqa: F401  evidence of acceptance, versions
