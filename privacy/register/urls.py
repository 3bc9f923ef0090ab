"""What the register says to the person it is about."""

from django.urls import path

from privacy.register import views

urlpatterns = [path("", views.kept, name="kept")]
