"""The addresses that devices call."""

from django.urls import path

from dancu.devices import api

app_name = "devices-api"
urlpatterns = [
    path("enrol", api.enrol, name="enrol"),
    path("time", api.server_time, name="time"),
    path("sync", api.sync, name="sync"),
    path("bundle", api.bundle, name="bundle"),
    path("pictures/<slug:sha256>", api.picture, name="picture"),
]
