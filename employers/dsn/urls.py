"""Addresses of the DSN files, from `/employeur/`."""

from django.urls import path

from employers.dsn import views

urlpatterns = [
    path("salaries/dsn/", views.dsn, name="employee_dsn"),
    path("salaries/dsn/<int:draft_id>/", views.dsn_file, name="employee_dsn_file"),
    path("salaries/dsn/<int:draft_id>/appliquer/", views.dsn_apply, name="employee_dsn_apply"),
    path("salaries/dsn/<int:draft_id>/supprimer/", views.dsn_delete, name="employee_dsn_delete"),
    path("salaries/dsn/<int:draft_id>/anomalies.csv", views.dsn_anomalies, name="employee_dsn_anomalies"),
]
