"""Pages of an officer at a checkpoint."""

from django.urls import path

from dancu.web.checkpoint import (
    amending,
    deciding,
    declaring,
    device,
    device_shift,
    incidents,
    kept,
    lost,
    revoking,
    scanning,
    slips,
    stations,
    waiting,
    without_network,
    worker,
)

app_name = "checkpoint"
urlpatterns = [
    path("", scanning.home, name="home"),
    path("examine/", scanning.examine, name="examine"),
    path("decide/", deciding.decide, name="decide"),
    path("arrived/", lost.arrived, name="arrived"),
    path("undo/", amending.undo, name="undo"),
    path("who/", declaring.who, name="who"),
    path("declare/", declaring.declare, name="declare"),
    path("pass/<str:code>/revoke/", revoking.revoke, name="revoke"),
    path("slip/<str:code>/", slips.page, name="slip"),
    path("slip/<str:code>.pdf", slips.print_out, name="slip-pdf"),
    path("recent/", amending.recent, name="recent"),
    path("recent/<uuid:crossing_id>/", amending.correct, name="correct"),
    path("held/", waiting.held, name="held"),
    path("held/release/", waiting.release, name="release"),
    path("incidents/", incidents.incident, name="incidents"),
    path("incidents/<uuid:incident_id>.jpg", incidents.picture, name="incident-picture"),
    path("device/kept/", kept.kept, name="kept"),
    path("device/shift/", device_shift.begin, name="device-shift"),
    path("device/", device.page, name="device"),
    path("offline/files.json", without_network.files, name="offline-files"),
    path("offline/<str:language>/", without_network.desk, name="offline"),
    path("manifest.webmanifest", without_network.manifest, name="manifest"),
    path("worker.js", worker.worker, name="worker"),
    path("stations/", stations.choose, name="stations"),
    path("direction/", stations.turn, name="direction"),
]
