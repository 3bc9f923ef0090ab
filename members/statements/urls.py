"""Addresses of the statements, from `/adherent/`."""

from django.urls import path

from members.statements import views

urlpatterns = [
    path("releves/", views.statement_list, name="statements"),
    path("releves/envoi/", views.delivery, name="statement_delivery"),
    path("releves/recapitulatif-<int:year>.pdf", views.year_pdf, name="statement_year"),
    path("releves/<int:statement_id>.pdf", views.statement_pdf, name="statement_pdf"),
    path("releves/<int:statement_id>/preparer/", views.prepare, name="statement_prepare"),
]
