"""Addresses of the import of employees, from `/employeur/`."""

from django.urls import path

from employers.imports import views

urlpatterns = [
    path("salaries/importer/", views.imports, name="employee_imports"),
    path("salaries/importer/modele.xlsx", views.imports_xlsx, name="employee_imports_xlsx"),
    path("salaries/importer/modele.csv", views.imports_csv, name="employee_imports_csv"),
    path("salaries/importer/<int:file_id>/", views.employee_file, name="employee_file"),
    path("salaries/importer/<int:file_id>/affilier/", views.employee_file_affiliate, name="employee_file_affiliate"),
    path(
        "salaries/importer/<int:file_id>/annuler/<int:operation_id>/",
        views.employee_file_undo,
        name="employee_file_undo",
    ),
    path("salaries/importer/<int:file_id>/effacer/", views.employee_file_forget, name="employee_file_forget"),
    path("salaries/importer/<int:file_id>/lignes/", views.employee_file_lines, name="employee_file_lines"),
    path("salaries/importer/<int:file_id>/a-corriger.xlsx", views.employee_file_wrong, name="employee_file_wrong"),
]
