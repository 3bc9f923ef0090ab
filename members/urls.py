"""Addresses of the member's space."""

from django.urls import include, path

from members.benefits import views as benefits
from members.home import views as home
from members.noemie import views as noemie

app_name = "members"
urlpatterns = [
    path("", home.home, name="home"),
    path("prestations/", benefits.benefit_list, name="benefits"),
    path("prestations.csv", benefits.benefit_export, name="benefits_csv"),
    path("prestations/<int:line_id>/", benefits.benefit_detail, name="benefit"),
    path("", include("members.card.urls")),
    path("teletransmission/", noemie.transmission, name="transmission"),
    path("", include("members.statements.urls")),
    path("representation/", include("members.representation.urls")),
]
