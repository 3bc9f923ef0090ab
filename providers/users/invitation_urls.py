"""The public address of an invitation: outside of the space, whose doors are shut to whoever is not in it yet."""

from django.urls import path

from providers.users import invitation_views as views

app_name = "delegations"
urlpatterns = [
    path("envoyee/", views.accepted, name="accepted"),
    path("<str:token>/", views.invitation, name="invitation"),
]
