"""Addresses of « Salariés »."""

from django.urls import path

from employers.workforce import operations, views, wizard

urlpatterns = [
    path("salaries/", views.employees, name="employees"),
    path("salaries.csv", views.employees_csv, name="employees_csv"),
    path("salaries/affilier/", wizard.employee_new, name="employee_new"),
    path("salaries/affilier/salarie/", wizard.employee_new_person, name="employee_new_person"),
    path("salaries/affilier/verifier/", wizard.employee_new_check, name="employee_new_check"),
    path("salaries/affilier/effacer/", wizard.employee_draft_delete, name="employee_draft_delete"),
    path("salaries/operations/", operations.operations, name="employee_operations"),
    path("salaries/operations/<int:operation_id>/", operations.operation, name="employee_operation"),
    path("salaries/operations/<int:operation_id>/annuler/", operations.operation_undo, name="employee_operation_undo"),
    path("salaries/<int:affiliation_id>/", views.employee, name="employee"),
    path("salaries/<int:affiliation_id>/corriger/", views.employee_change, name="employee_change"),
]
