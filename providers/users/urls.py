"""Addresses of « Accès du cabinet », from `/professionnel/acces/`."""

from django.urls import path

from providers.users import views

urlpatterns = [
    path("", views.delegates, name="delegates"),
    path("inviter/", views.delegate_invite, name="delegate_invite"),
    path("<int:grant_id>/", views.delegate, name="delegate"),
    path("<int:grant_id>/role/", views.delegate_role, name="delegate_role"),
    path("<int:grant_id>/retirer/", views.delegate_revoke, name="delegate_revoke"),
    path("invitations/<int:delegation_id>/renvoyer/", views.delegation_send_again, name="delegation_send_again"),
    path("invitations/<int:delegation_id>/annuler/", views.delegation_withdraw, name="delegation_withdraw"),
]
