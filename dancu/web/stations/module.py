"""What this module brings to the house: how checkpoints stand, and decisions against the verdict."""

from django.utils.translation import gettext_lazy as _

from dancu.modules import Module, WorkPage

MODULE = Module(
    pages=(
        WorkPage(
            "stations",
            "stations:home",
            _("Checkpoints"),
            _("Queues, crossings, devices and who is being held, station by station."),
            place=12,
        ),
        WorkPage(
            "overrides",
            "stations:overrides",
            _("Against the verdict"),
            _("Travellers who were let through although the verdict said otherwise: look at each decision."),
            place=14,
        ),
    ),
    urls={"stations/": "dancu.web.stations.urls"},
)
