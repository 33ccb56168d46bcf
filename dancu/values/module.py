"""What this module brings to the house: what is typed in many forms and stored in one."""

from dancu.modules import Module

MODULE = Module()
