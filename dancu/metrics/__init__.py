"""Figures for operators, as Prometheus reads them. docs/decisions/0030-metrics.md

A module announces its own (modules.Metric): how much waits, how old it is, what went wrong. Requests are
counted where they are answered (requests.py). Nothing is about a person, or a place below a province.
"""
