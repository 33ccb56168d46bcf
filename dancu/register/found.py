"""A person as identification and lists need them."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """A person as identification and lists need them. `birth_precision`: D, M or Y, how much of the birth
    date is known.
    """

    person_id: int
    pin: str | None
    full_name: str
    birth_date: dt.date
    birth_precision: str
    sex: int  # 1 male, 2 female
    status: int  # 1 alive, 2 dead, 3 missing
    home_area: int | None
