"""Addresses of the medical adviser's pages."""

from django.urls import path

from privacy.vault.medical import views

app_name = "medical"
urlpatterns = [
    path("", views.home, name="home"),
    path("entree/", views.door, name="entrance"),
    path("sortie/", views.leave, name="leave"),
    path("acces/", views.looks_page, name="looks"),
    path("assistants/", views.assistants, name="assistants"),
    path("assistants/<int:account_id>/retirer/", views.assistant_end, name="assistant_end"),
    path("<str:reference>/", views.case, name="case"),
    path("<str:reference>/pieces/<uuid:piece_id>/", views.document, name="document"),
    path("<str:reference>/decision/", views.decide, name="decide"),
    path("<str:reference>/copie/", views.copy_given, name="copy_given"),
]
