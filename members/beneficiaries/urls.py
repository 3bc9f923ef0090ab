"""Addresses of the beneficiaries, from `/adherent/beneficiaires/`."""

from django.urls import path

from members.beneficiaries import views, wizard

REQUEST = "demandes/<int:request_id>/"

urlpatterns = [
    path("", views.beneficiaries, name="beneficiaries"),
    path("ajouter/", wizard.choose, name="beneficiaries_add"),
    path("ajouter/<str:case>/", wizard.identify, name="beneficiaries_person"),
    path("<int:person_id>/retirer/", wizard.remove, name="beneficiaries_remove"),
    path("<int:person_id>/maintenir/", wizard.keep, name="beneficiaries_keep"),
    path(f"{REQUEST}justificatifs/", wizard.proofs, name="beneficiaries_proofs"),
    path(f"{REQUEST}envoyer/", wizard.summary, name="beneficiaries_send"),
    path(REQUEST, views.request_page, name="beneficiaries_request"),
    path(f"{REQUEST}copie.pdf", views.copy, name="beneficiaries_copy"),
    path(f"{REQUEST}retirer/", views.withdraw, name="beneficiaries_withdraw"),
]
