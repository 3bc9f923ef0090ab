"""Addresses of the employer's space."""

from django.urls import include, path

from employers.companies import views as companies
from employers.users import views as users
from portals.editorial.information import views as information

app_name = "employers"
urlpatterns = [
    path("", companies.home, name="home"),
    path("informations/", information.informations, name="informations"),
    path("informations/<slug:slug>/", information.information, name="information"),
    path("", include("employers.workforce.urls")),
    path("", include("employers.terminations.urls")),
    path("", include("employers.contributions.urls")),
    path("", include("employers.contracts.urls")),
    path("", include("employers.technical.urls")),
    path("", include("employers.dsn.urls")),
    path("", include("employers.imports.urls")),
    path("", include("employers.links.urls")),
    path("dispenses/", include("employers.waivers.urls")),
    path("coordonnees-bancaires/", include("employers.banking.urls")),
    path("utilisateurs/", users.users, name="users"),
    path("utilisateurs/inviter/", users.user_invite, name="user_invite"),
    path("utilisateurs/mandater/", users.user_mandate, name="user_mandate"),
    path("utilisateurs/<int:grant_id>/", users.user, name="user"),
    path("utilisateurs/<int:grant_id>/role/", users.user_role, name="user_role"),
    path("utilisateurs/<int:grant_id>/mandat/", users.user_prolong, name="user_prolong"),
    path("utilisateurs/<int:grant_id>/retirer/", users.user_revoke, name="user_revoke"),
    path(
        "utilisateurs/invitations/<int:invitation_id>/renvoyer/",
        users.invitation_send_again,
        name="invitation_send_again",
    ),
    path(
        "utilisateurs/invitations/<int:invitation_id>/annuler/",
        users.invitation_withdraw,
        name="invitation_withdraw",
    ),
]
