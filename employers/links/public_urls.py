"""The public addresses of a link: outside of every space, because whoever holds it has no account."""

from django.urls import path

from employers.links import public_views as views

app_name = "affiliation"
urlpatterns = [
    path("lien/<str:token>/", views.open_link, name="open"),
    path("", views.start, name="start"),
    path("identite/", views.identity, name="identity"),
    path("beneficiaires/", views.dependants, name="dependants"),
    path("beneficiaires/<int:rank>/retirer/", views.dependant_remove, name="dependant_remove"),
    path("compte/", views.bank, name="bank"),
    path("envoi/", views.send, name="send"),
    path("fin/", views.done, name="done"),
    path("dispense/", views.waiver, name="waiver"),
    path("dispense/<str:case>/", views.plea, name="plea"),
    path("bienvenue/", views.welcome, name="welcome"),
]
