"""Addresses of error reports, from the root of the site."""

from django.urls import path

from portals.correspondence.reports import views

urlpatterns = [
    path("signaler-une-erreur/", views.error_report, name="error_report"),
    path("signaler-une-erreur/<str:number>/", views.error_report_followed, name="error_report_followed"),
    path("corrections/", views.corrections, name="corrections"),
]
