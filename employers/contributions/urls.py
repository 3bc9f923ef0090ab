"""Addresses of the slips, from `/employeur/`. Files come first: a number may hold a slash."""

from django.urls import path

from employers.contributions import views

urlpatterns = [
    path("bordereaux/", views.slip_list, name="slips"),
    path("bordereaux/<path:number>.csv", views.slip_csv, name="slip_csv"),
    path("bordereaux/<path:number>.pdf", views.slip_pdf, name="slip_pdf"),
    path("bordereaux/<path:number>/lignes/<int:line>/contester/", views.slip_dispute, name="slip_dispute"),
    path("bordereaux/<path:number>/", views.slip_detail, name="slip"),
]
