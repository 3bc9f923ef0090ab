"""Addresses of the member's space."""

from django.urls import include, path

from members.benefits import views as benefits
from members.home import views as home
from members.noemie import views as noemie
from portals.editorial.information import views as information

app_name = "members"
urlpatterns = [
    path("", home.home, name="home"),
    path("informations/", information.informations, name="informations"),
    path("informations/<slug:slug>/", information.information, name="information"),
    path("prestations/", benefits.benefit_list, name="benefits"),
    path("prestations.csv", benefits.benefit_export, name="benefits_csv"),
    path("prestations/<int:line_id>/", benefits.benefit_detail, name="benefit"),
    path("", include("members.card.urls")),
    path("", include("members.rights.urls")),
    path("beneficiaires/", include("members.beneficiaries.urls")),
    path("", include("members.guarantees.urls")),
    path("", include("members.library.urls")),
    path("", include("members.contributions.urls")),
    path("teletransmission/", noemie.transmission, name="transmission"),
    path("", include("members.quotes.urls")),
    path("", include("members.statements.urls")),
    path("representation/", include("members.representation.urls")),
    path("coordonnees/", include("members.coordinates.urls")),
    path("attestations/", include("members.certificates.urls")),
    path("resilier/", include("members.termination.urls")),
    path("portabilite/", include("members.portability.urls")),
    path("", include("members.visibility.urls")),
]
