"""Addresses of the demo, absent from any other setting."""

from django.urls import path

from config.demo import mailbox

app_name = "demo"
urlpatterns = [
    path("courriels/", mailbox.index, name="mails"),
    path("courriels/<str:name>/", mailbox.message, name="mail"),
]
