"""Levels of risk: which commune has which, and the decisions by which it has it."""
