"""What this module brings to the house: what all pages share."""

from dancu.modules import Module

MODULE = Module()
