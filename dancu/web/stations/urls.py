"""Checkpoints of a jurisdiction, one checkpoint, and decisions against the verdict."""

from django.urls import path

from dancu.web.stations import every, one, overrides

app_name = "stations"
urlpatterns = [
    path("", every.stations, name="home"),
    path("stations.csv", every.as_file, {"file": "csv"}, name="csv"),
    path("stations.xlsx", every.as_file, {"file": "xlsx"}, name="xlsx"),
    path("<int:station_id>/", one.station, name="one"),
    path("overrides/", overrides.overrides, name="overrides"),
    path("overrides.csv", overrides.as_file, {"file": "csv"}, name="overrides-csv"),
    path("overrides.xlsx", overrides.as_file, {"file": "xlsx"}, name="overrides-xlsx"),
    path(
        "overrides/<uuid:crossing_id>/in-order/",
        overrides.review,
        {"result": "in_order"},
        name="override-in-order",
    ),
    path(
        "overrides/<uuid:crossing_id>/talked-to/",
        overrides.review,
        {"result": "talked_to"},
        name="override-talked-to",
    ),
]
