"""Addresses of the health professional's space."""

from django.urls import path

from providers.agreements import views as agreements

app_name = "providers"
urlpatterns = [
    path("", agreements.home, name="home"),
]
