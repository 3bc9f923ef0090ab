"""Addresses of the contracts and of their texts, from `/employeur/`."""

from django.urls import path

from employers.contracts import views

urlpatterns = [
    path("contrat/", views.contract, name="contract"),
    path("documents/", views.documents, name="documents"),
    path("documents/<int:document_id>.pdf", views.document, name="document"),
]
