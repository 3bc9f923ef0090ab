"""Addresses of what protects an account."""

from django.urls import path

from portals.accounts.security import email_views, step_up_views, views

urlpatterns = [
    path("compte/securite/", views.security, name="security"),
    path("compte/confirmer/", step_up_views.step_up, name="step_up"),
    path("compte/confirmer/reprise/", step_up_views.step_up_resume, name="step_up_resume"),
    path("compte/sessions/", views.sessions_page, name="sessions"),
    path("compte/sessions/fermer/", views.sessions_end, name="sessions_end"),
    path("compte/sessions/<int:session_id>/fermer/", views.session_end, name="session_end"),
    path("compte/mot-de-passe/", views.password_change, name="password_change"),
    path("compte/adresse-e-mail/", email_views.email_change, name="email_change"),
    path("compte/adresse-e-mail/annuler/", email_views.email_change_cancel, name="email_change_cancel"),
    path(
        "compte/adresse-e-mail/lien/<str:reference>/<str:token>/",
        email_views.email_change_link,
        name="email_change_link",
    ),
]
