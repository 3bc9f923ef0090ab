"""Addresses of « Qui voit mes soins », from `/adherent/`."""

from django.urls import path

from members.visibility import views

urlpatterns = [
    path("qui-voit-mes-soins/", views.watchers, name="watchers"),
    path("qui-voit-mes-soins/parents/<int:parent_id>/", views.choose_parent, name="watchers_parent"),
    path(
        "qui-voit-mes-soins/representants/<int:representation_id>/",
        views.choose_representative,
        name="watchers_representative",
    ),
]
