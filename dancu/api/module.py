"""What this module brings to the house: what other systems call."""

from dancu.modules import Module

MODULE = Module(
    urls={"api/": "dancu.api.urls"},
)
