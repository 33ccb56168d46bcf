"""The population in numbers."""
