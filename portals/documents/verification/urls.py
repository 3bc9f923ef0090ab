"""Address of the public verification of documents, from the root of the site."""

from django.urls import path

from portals.documents.verification import views

urlpatterns = [path("verifier/", views.verify, name="verify")]
