"""Delimited text (CSV) as strangers send it: any line ends, any usual encoding, rows that do not fit told one
by one and never shifted or cut.

All readers of such files in the house read them through this one, so that they agree on what a row is.
"""

from dancu.delimited.header import IsHeader
from dancu.delimited.records import QUOTES, TOO_FEW, TOO_MANY, Unfit, why_unfit
from dancu.delimited.table import LINE, ROW, SENT, UNFIT, NoTable, Table

__all__ = [
    "LINE",
    "QUOTES",
    "ROW",
    "SENT",
    "TOO_FEW",
    "TOO_MANY",
    "UNFIT",
    "IsHeader",
    "NoTable",
    "Table",
    "Unfit",
    "why_unfit",
]
