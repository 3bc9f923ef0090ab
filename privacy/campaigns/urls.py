"""The link of each message that ends them, without signing in."""

from django.urls import path

from privacy.campaigns import views

urlpatterns = [path("<str:token>/", views.unsubscribe, name="unsubscribe")]
