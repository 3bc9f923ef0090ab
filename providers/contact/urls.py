"""Addresses of « Contact », from `/professionnel/contact/`."""

from django.urls import path

from providers.contact import views

urlpatterns = [
    path("", views.contact, name="contact"),
    path("paiement/", views.invoice_complaint, name="invoice_complaint"),
]
