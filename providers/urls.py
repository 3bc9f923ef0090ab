"""Addresses of the health professional's space."""

from django.urls import include, path

from portals.editorial.information import views as information
from providers.home import views as home
from providers.invoices import views as invoices
from providers.rights import views as rights
from providers.transfers import views as transfers

app_name = "providers"
urlpatterns = [
    path("", home.home, name="home"),
    path("droits/", rights.rights, name="rights"),
    path("factures/", invoices.invoice_list, name="invoices"),
    path("factures.csv", invoices.invoice_export, name="invoices_csv"),
    path("factures/<path:number>/", invoices.invoice_detail, name="invoice"),
    path("versements/", transfers.transfer_list, name="transfers"),
    path("versements.csv", transfers.transfer_list_export, name="transfers_csv"),
    path("versements/<path:ref>.csv", transfers.transfer_csv, name="transfer_csv"),
    path("versements/<path:ref>.pdf", transfers.transfer_pdf, name="transfer_pdf"),
    path("versements/<path:ref>/", transfers.transfer_detail, name="transfer"),
    path("", include("providers.agreements.urls")),
    path("contact/", include("providers.contact.urls")),
    path("acces/", include("providers.users.urls")),
    path("coordonnees-bancaires/", include("providers.banking.urls")),
    path("informations/", information.informations, name="informations"),
    path("informations/<slug:slug>/", information.information, name="information"),
]
