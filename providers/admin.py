"""The face of the app for the staff's site: imports each room's admin."""

from providers.invoices import admin as invoices_admin  # noqa: F401  why invoices are rejected
