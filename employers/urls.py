"""Addresses of the employer's space."""

from django.urls import path

from employers.companies import views as companies

app_name = "employers"
urlpatterns = [
    path("", companies.home, name="home"),
]
