"""Addresses of the directory, mounted in the member's space."""

from django.urls import path

from providers.directory import views

app_name = "directory"
urlpatterns = [
    path("", views.directory, name="search"),
    path("communes/", views.suggestions, name="places"),
]
