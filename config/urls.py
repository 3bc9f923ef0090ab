"""Every address of the spaces, by room."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("adherent/", include("members.urls")),
    path("adherent/professionnels/", include("providers.directory.urls")),
    path("employeur/", include("employers.urls")),
    path("professionnel/", include("providers.urls")),
    path("inscription/employeur/invitation/", include("employers.users.invitation_urls")),
    path("affiliation/", include("employers.links.public_urls")),
    path("inscription/professionnel/invitation/", include("providers.users.invitation_urls")),
    path("gestion/", admin.site.urls),
    path("medical/", include("privacy.vault.medical.urls")),
    path("", include("privacy.urls")),
    path("", include("portals.urls")),
]

if settings.DEMO:
    urlpatterns.insert(0, path("demo/", include("config.demo.urls")))

handler400 = "portals.editorial.errors.bad_request"
handler403 = "portals.editorial.errors.permission_denied"
handler404 = "portals.editorial.errors.page_not_found"
handler500 = "portals.editorial.errors.server_error"
