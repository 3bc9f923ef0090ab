"""Addresses of the second factor."""

from django.urls import path

from portals.accounts.second_factor import devices, enrolment, views

urlpatterns = [
    path("verification/", views.second_factor, name="second_factor"),
    path("verification/appareil/", enrolment.second_factor_new, name="second_factor_new"),
    path("verification/appareil/application/", enrolment.second_factor_totp, name="second_factor_totp"),
    path("verification/appareil/cle/", enrolment.second_factor_passkey, name="second_factor_passkey"),
    path("verification/appareil/codes/", enrolment.second_factor_codes, name="second_factor_codes"),
    path("verification/appareil/<str:kind>/<int:pk>/nom/", devices.second_factor_rename, name="second_factor_rename"),
    path(
        "verification/appareil/<str:kind>/<int:pk>/retirer/", devices.second_factor_remove, name="second_factor_remove"
    ),
]
