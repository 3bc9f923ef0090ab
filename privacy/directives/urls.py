"""Addresses of directives, below « Mes données »."""

from django.urls import path

from privacy.directives import views

urlpatterns = [
    path("", views.page, name="directives"),
    path("ecrire/", views.write, name="directives_write"),
    path("revoquer/", views.revoke, name="directives_revoke"),
    path("<int:number>/document.pdf", views.document, name="directives_document"),
]
