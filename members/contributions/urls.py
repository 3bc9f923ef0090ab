"""Address of the contributions, from `/adherent/`."""

from django.urls import path

from members.contributions import views

urlpatterns = [path("cotisations/", views.contributions, name="contributions")]
