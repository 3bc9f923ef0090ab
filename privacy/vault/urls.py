"""The sealed pages of members."""

from django.urls import path

from privacy.vault import views

urlpatterns = [
    path("questionnaire-medical/", views.cases, name="vault"),
    path("questionnaire-medical/nouveau/", views.case_new, name="vault_new"),
    path("questionnaire-medical/<str:reference>/", views.case_page, name="vault_case"),
    path("questionnaire-medical/<str:reference>/questionnaire/", views.answers, name="vault_answers"),
    path("questionnaire-medical/<str:reference>/documents/", views.documents, name="vault_documents"),
    path("questionnaire-medical/<str:reference>/envoyer/", views.case_send, name="vault_send"),
    path("questionnaire-medical/<str:reference>/retirer/", views.case_withdraw, name="vault_withdraw"),
    path("questionnaire-medical/<str:reference>/copie/", views.case_copy, name="vault_copy"),
    path("medecin-conseil/", views.letter, name="vault_letter"),
]
