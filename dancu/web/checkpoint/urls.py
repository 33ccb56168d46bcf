"""Pages of an officer at a checkpoint."""

from django.urls import path

from dancu.web.checkpoint import deciding, declaring, revoking, scanning, slips, stations

app_name = "checkpoint"
urlpatterns = [
    path("", scanning.home, name="home"),
    path("examine/", scanning.examine, name="examine"),
    path("decide/", deciding.decide, name="decide"),
    path("declare/", declaring.declare, name="declare"),
    path("pass/<str:code>/revoke/", revoking.revoke, name="revoke"),
    path("slip/<str:code>/", slips.page, name="slip"),
    path("slip/<str:code>.pdf", slips.print_out, name="slip-pdf"),
    path("recent/", scanning.recent, name="recent"),
    path("stations/", stations.choose, name="stations"),
    path("direction/", stations.turn, name="direction"),
]
