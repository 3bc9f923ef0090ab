"""Addresses of the door: home, sign-in and sign-out, sign-up, passwords, the account's own page."""

from django.urls import path

from portals.accounts import password_views, signup_views, strength_views, views

urlpatterns = [
    path("", views.home, name="home"),
    path("connexion/", views.sign_in, name="login"),
    path("deconnexion/", views.sign_out_page, name="logout"),
    path("inscription/adherent/", signup_views.signup_member, name="signup_member"),
    path("inscription/employeur/", signup_views.signup_employer, name="signup_employer"),
    path("inscription/professionnel/", signup_views.signup_professional, name="signup_professional"),
    path("inscription/demande/", signup_views.signup_sent, name="signup_sent"),
    path("inscription/validation/", views.signup_complete, name="signup_complete"),
    path("mot-de-passe/nouveau/", password_views.password_new, name="password_new"),
    path("mot-de-passe/robustesse/", strength_views.password_strength, name="password_strength"),
    path("mot-de-passe/oublie/", password_views.password_forgotten, name="password_forgotten"),
    path("mot-de-passe/oublie/envoye/", password_views.password_forgotten_sent, name="password_forgotten_sent"),
    path("mot-de-passe/change/", password_views.password_reset_done, name="password_reset_done"),
    path("mot-de-passe/lien/<str:reference>/<str:token>/", password_views.password_reset, name="password_reset"),
    path("compte/", views.account, name="account"),
]
