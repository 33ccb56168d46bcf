"""The addresses that other systems call."""

from django.urls import path

from . import api

app_name = "example-api"
urlpatterns = [path("count", api.count, name="count")]
