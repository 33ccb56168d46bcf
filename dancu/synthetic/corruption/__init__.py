"""Declarations made wrong on purpose: what people would declare of themselves, with the faults of real ones
at stated rates.

By it the matching engine is tuned and measured. It knows whom each record means, and holds people who are in
no register.
"""

from dancu.synthetic.corruption.generating import DECLARED, TRUTH, CannotDeclare, generate
from dancu.synthetic.corruption.rates import PROFILES, Rates, read_rates

__all__ = ["DECLARED", "PROFILES", "TRUTH", "CannotDeclare", "Rates", "generate", "read_rates"]
