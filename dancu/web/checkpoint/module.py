"""What this module brings to the house: the officer’s pages at a station."""

from django.utils.translation import gettext_lazy as _

from dancu.modules import Module, WorkPage

MODULE = Module(
    pages=(
        WorkPage(
            "scan",
            "checkpoint:home",
            _("Scan passes"),
            _("See who someone is, what they declared and whether they may pass."),
            place=10,
        ),
    ),
    urls={"checkpoint/": "dancu.web.checkpoint.urls"},
)
