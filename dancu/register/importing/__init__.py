"""Bringing population files into the register: a whole country into an empty one (loading.py), any file into
one that holds people (updating.py).

Both read the same file (population_file.py), refuse the same rows for the same reasons (checking.py,
problems.py) and end in the same record.
"""

from dancu.register.importing.report import INDEXES, READING, Report
from dancu.register.importing.running import import_files, population_files, rows_in

__all__ = ["INDEXES", "READING", "Report", "import_files", "population_files", "rows_in"]
