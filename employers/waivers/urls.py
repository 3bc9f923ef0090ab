"""Addresses of waivers, from `/employeur/dispenses/`."""

from django.urls import path

from employers.waivers import answering_views as answering
from employers.waivers import asking_views as asking
from employers.waivers import views

urlpatterns = [
    path("", views.waivers, name="waivers"),
    path("controle/", views.waivers_control, name="waivers_control"),
    path("cas/", asking.waivers_provided, name="waivers_provided"),
    path("nouvelle/", asking.waiver_cases, name="waiver_cases"),
    path("nouvelle/<slug:case>/", asking.waiver_new, name="waiver_new"),
    path("<int:waiver_id>/", views.waiver, name="waiver"),
    path("<int:waiver_id>/renouveler/", asking.waiver_renew, name="waiver_renew"),
    path("<int:waiver_id>/documents/", asking.waiver_documents, name="waiver_documents"),
    path("<int:waiver_id>/documents/<int:upload_id>/", views.waiver_proof, name="waiver_proof"),
    path("<int:waiver_id>/documents/<int:upload_id>/<slug:step>/", answering.waiver_proof_act, name="waiver_proof_act"),
    path("<int:waiver_id>/demandes/<int:request_id>.pdf", views.waiver_copy, name="waiver_copy"),
    path("<int:waiver_id>/accepter/", answering.waiver_accept, name="waiver_accept"),
    path("<int:waiver_id>/refuser/", answering.waiver_refuse, name="waiver_refuse"),
    path("<int:waiver_id>/terminer/", answering.waiver_end, name="waiver_end"),
    path("<int:waiver_id>/affilie/", answering.waiver_settle, name="waiver_settle"),
]
