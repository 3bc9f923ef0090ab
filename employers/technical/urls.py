"""Addresses of the technical accounts, from `/employeur/`."""

from django.urls import path

from employers.technical import views

urlpatterns = [
    path("comptes-techniques/", views.technical_accounts, name="technical_accounts"),
    path("comptes-techniques/<int:year>.pdf", views.technical_account_pdf, name="technical_account_pdf"),
    path("comptes-techniques/<int:year>/", views.technical_account, name="technical_account"),
]
