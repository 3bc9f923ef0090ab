"""The address of the link that cancels a change."""

from django.urls import path

from portals.banking import views

urlpatterns = [
    path("compte-bancaire/<str:reference>/<str:token>/", views.bank_change_link, name="bank_change_link"),
]
