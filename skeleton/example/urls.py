"""The addresses of this module's pages."""

from django.urls import path

from . import pages

app_name = "example"
urlpatterns = [path("", pages.notes, name="notes")]
