"""Addresses of the access room."""

from django.urls import path

from portals.access import views

urlpatterns = [path("compte/personnes/", views.persons, name="persons")]
