"""Addresses of requests, from `/adherent/demandes/`."""

from django.urls import path

from members.quotes.requests import views

AT = "<int:request_id>/"
urlpatterns = [
    path("", views.care_requests, name="care_requests"),
    path(AT, views.care_request, name="care_request"),
    path(f"{AT}documents/", views.care_request_documents, name="care_request_documents"),
    path(f"{AT}documents/<int:upload_id>/", views.care_request_document, name="care_request_document"),
    path(f"{AT}envoyer/", views.care_request_send, name="care_request_send"),
    path(f"{AT}reponse.pdf", views.care_request_letter, name="care_request_letter"),
    path("<slug:kind>/", views.care_request_new, name="care_request_new"),
]
