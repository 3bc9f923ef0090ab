"""Addresses of the fraud report."""

from django.urls import path

from portals.accounts.fraud import views

urlpatterns = [
    path("fraude/", views.fraud, name="fraud"),
    path("fraude/<str:reference>/", views.fraud_received, name="fraud_received"),
]
