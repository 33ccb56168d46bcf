"""The addresses that other systems call."""

from django.urls import path

from dancu.endpoints.declaration import Resource

from . import api

app_name = "example-api"
urlpatterns = [path("notes", Resource(api.add), name="notes"), path("count", api.count, name="count")]
