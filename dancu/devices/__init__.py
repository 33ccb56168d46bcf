"""Devices that lose the network: enrolled to a place, with a signed bundle of what they have to know, and one
inbox for what was done with them. docs/devices.md
"""
