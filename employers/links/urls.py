"""Addresses of the links, from `/employeur/`."""

from django.urls import path

from employers.links import views

urlpatterns = [
    path("salaries/liens/", views.employee_links, name="employee_links"),
    path("salaries/liens/envoyer/", views.employee_link_new, name="employee_link_new"),
    path("salaries/liens/<int:link_id>/", views.employee_link, name="employee_link"),
    path("salaries/liens/<int:link_id>/confirmer/", views.employee_link_confirm, name="employee_link_confirm"),
    path("salaries/liens/<int:link_id>/renvoyer/", views.employee_link_send_again, name="employee_link_send_again"),
    path("salaries/liens/<int:link_id>/annuler/", views.employee_link_revoke, name="employee_link_revoke"),
]
