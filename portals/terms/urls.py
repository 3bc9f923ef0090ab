"""Addresses of the terms of use."""

from django.urls import path

from portals.terms import views

urlpatterns = [
    path("cgu/", views.terms, name="terms"),
    path("cgu/acceptation/", views.terms_acceptance, name="terms_acceptance"),
    path("cgu/refus/", views.terms_refused, name="terms_refused"),
    path("cgu/<int:number>/", views.terms_version, name="terms_version"),
    path("cgu/<int:number>/comparaison/<int:other>/", views.terms_comparison, name="terms_comparison"),
    path("compte/cgu.pdf", views.terms_history_pdf, name="terms_history_pdf"),
]
