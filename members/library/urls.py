"""Addresses of the enforceable documents, from `/adherent/`."""

from django.urls import path

from members.library import views

urlpatterns = [
    path("documents/", views.documents, name="documents"),
    path("documents/<int:document_id>.pdf", views.document, name="document"),
]
