"""What this module brings to the house: figures for operators."""

from dancu.modules import Module

MODULE = Module(urls={"metrics": "dancu.metrics.api_urls"})
