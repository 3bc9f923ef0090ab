"""Addresses of rights: « Mes données » for every space, the public form of the data protection officer, its links."""

from django.urls import path

from privacy.rights import public_views, views

urlpatterns = [
    path("mes-donnees/", views.my_data, name="my_data"),
    path("mes-donnees/droits/", views.requests_list, name="requests"),
    path("mes-donnees/droits/nouvelle/", views.request_new, name="request_new"),
    path("mes-donnees/droits/<str:number>/", views.request_page, name="request"),
    path("mes-donnees/droits/<str:number>/justificatif/", views.request_proof, name="request_proof"),
    path("mes-donnees/droits/<str:number>/retirer/", views.request_withdraw, name="request_withdraw"),
    path("mes-donnees/droits/<str:number>/avis/", views.request_opinion, name="request_opinion"),
    path("mes-donnees/droits/<str:number>/reponse.pdf", views.request_answer, name="request_answer"),
    path("dpo/demande/", public_views.public_new, name="public_new"),
    path("dpo/demande/envoyee/", public_views.public_sent, name="public_sent"),
    path("dpo/suite/<str:reference>/<str:token>/", public_views.link, name="link"),
]
