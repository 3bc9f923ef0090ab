"""Addresses of the looks, from `/adherent/`."""

from django.urls import path

from members.rights import views

urlpatterns = [path("carte/verifications/", views.rights_looks, name="rights_looks")]
