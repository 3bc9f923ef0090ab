"""Addresses about a death, from the root of the site: all of them are open to whoever is signed out."""

from django.urls import path

from privacy.deaths import public_views

urlpatterns = [
    path("dpo/deces/", public_views.declare, name="death_declare"),
    path("dpo/deces/envoyee/", public_views.sent, name="death_sent"),
    path("dpo/remise/<str:reference>/<str:token>/", public_views.handover, name="handover"),
    path("espace-ferme/", public_views.memorial, name="memorial"),
]
