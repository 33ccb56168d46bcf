"""What this module brings to the house: what everybody may read."""

from dancu.modules import Module

MODULE = Module(
    urls={"": "dancu.web.about.urls"},
)
