"""What rows of notes hold."""

import datetime as dt
from typing import TypedDict
from uuid import UUID


class ExampleNote(TypedDict):
    """What an office noted of a person."""

    note_id: UUID
    person_id: int
    text: str
    noted_at: dt.datetime
    ends_on: dt.date  # the day on which it is kept no more
