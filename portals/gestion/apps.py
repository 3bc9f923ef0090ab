"""Django's admin, with our own site as the only one. Nothing is discovered: each app imports its own `admin.py`."""

from django.contrib.admin.apps import SimpleAdminConfig


class GestionConfig(SimpleAdminConfig):
    default_site = "portals.gestion.site.GestionSite"
