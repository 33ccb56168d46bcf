"""Sums kept as things happen: how many there are of something, by where, when and what.

A module declares them (modules.Rollup). Whoever changes something writes down in the same transaction what
comes to a cell and what leaves it (actions.note); a worker adds that up (folding.py); readers get the cells
with what still waits, and how old they are (lookups.py). No number so small that it tells of one person goes
to those who may not see the person (small_numbers.py, exchange.py). docs/decisions/0027-sums-kept.md
"""
