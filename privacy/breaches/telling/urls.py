"""The address of the page of a breach, from the root of the site, for the accounts of every space."""

from django.urls import path

from privacy.breaches.telling import views

urlpatterns = [path("<str:reference>/", views.breach_told, name="breach_told")]
