"""A copy of the register in columns, for comparing large files: everybody in eighteen bytes each, read whole
in seconds.

A copy tells how the register stood at one moment. Whoever reads it asks `since` for everybody who was changed
after that, so that what they see together is the register as it stands.
docs/decisions/0013-a-copy-in-columns.md
"""

from dancu.register.snapshot.copies import COLUMNS, GATHERED, Changed, Copy, since, standing
from dancu.register.snapshot.making import make
from dancu.register.snapshot.using import opened

__all__ = ["COLUMNS", "GATHERED", "Changed", "Copy", "make", "opened", "since", "standing"]
