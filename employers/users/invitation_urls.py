"""The public address of an invitation: outside of the space, whose doors are shut to whoever is not in it yet."""

from django.urls import path

from employers.users import invitation_views as views

app_name = "invitations"
urlpatterns = [
    path("envoyee/", views.invitation_accepted, name="invitation_accepted"),
    path("<str:token>/", views.invitation, name="invitation"),
]
