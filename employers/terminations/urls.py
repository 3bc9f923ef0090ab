"""Addresses of terminations, from `/employeur/salaries/<id>/radier/`."""

from django.urls import path

from employers.terminations import views

AT = "salaries/<int:affiliation_id>/radier/"

urlpatterns = [
    path(AT, views.employee_end, name="employee_end"),
    path(f"{AT}verifier/", views.employee_end_check, name="employee_end_check"),
    path(f"{AT}effacer/", views.employee_end_give_up, name="employee_end_give_up"),
    path(f"{AT}annuler/", views.employee_end_undo, name="employee_end_undo"),
    path(f"{AT}lettre.pdf", views.employee_end_letter, name="employee_end_letter"),
    path(f"{AT}mention.pdf", views.employee_end_mention, name="employee_end_mention"),
]
