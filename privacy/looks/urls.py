"""Address of « Qui a consulté mes données », from the root of the site."""

from django.urls import path

from privacy.looks import views

urlpatterns = [path("mes-donnees/acces/", views.looks, name="looks")]
