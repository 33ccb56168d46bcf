"""What a file says of people beside what the register knows of them and of their families: whose row it is, relatives, households, homes."""

import polars as pl

from dancu.register.importing import doubles, dwelling, households, kindred, kinship, lesser, whose
from dancu.register.importing.refusing import Told


def judge() -> tuple[Told, Told]:
    """Rows that say what cannot be are taken out; return these, and those of which something is doubtful."""
    found = (
        whose.part(),
        lesser.judge(),
        doubles.judge(),
        kinship.refuse(),
        kindred.judge(),
        households.judge(),
        dwelling.judge(),
    )
    refused, doubted = zip(*found, strict=True)
    return pl.concat(refused), pl.concat(doubted)
