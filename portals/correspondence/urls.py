"""Addresses of messages and complaints, from the root of the site: the same for the three spaces."""

from django.urls import path

from portals.correspondence import complaint_views, views

urlpatterns = [
    path("messages/", views.messages_list, name="messages"),
    path("messages/nouveau/", views.message_new, name="message_new"),
    path("messages/<str:number>/", views.message, name="message"),
    path("echanges/<str:number>/clore/", views.thread_close, name="thread_close"),
    path("echanges/<str:number>/pieces/<int:upload_id>/", views.thread_upload, name="thread_upload"),
    path("reclamations/", complaint_views.complaints, name="complaints"),
    path("reclamations/nouvelle/", complaint_views.complaint_new, name="complaint_new"),
    path("reclamations/<str:number>/", complaint_views.complaint, name="complaint"),
    path("reclamations/<str:number>/reexamen/", complaint_views.complaint_escalate, name="complaint_escalate"),
    path("reclamations/<str:number>/copie.pdf", complaint_views.complaint_copy, name="complaint_copy"),
    path("reclamations/<str:number>/reponse.pdf", complaint_views.complaint_answer, name="complaint_answer"),
]
