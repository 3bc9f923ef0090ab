"""Addresses of the agreement and of the texts that bind, from `/professionnel/`."""

from django.urls import path

from providers.agreements import views
from providers.library import views as library

urlpatterns = [
    path("convention/", views.agreement, name="agreement"),
    path("convention/cabinets/ajouter/", views.practice_add, name="practice_add"),
    path("convention/<path:number>.pdf", views.agreement_pdf, name="agreement_pdf"),
    path("documents/", library.documents, name="documents"),
    path("documents/<int:document_id>.pdf", library.document, name="document"),
]
