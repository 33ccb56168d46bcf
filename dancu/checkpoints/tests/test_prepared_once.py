"""Of one person who declares, no name is read twice, and no number repaired twice in the same way."""

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import pytest

from dancu.matching.normalising.names import normalise_name
from dancu.matching.normalising.numbers import _repaired
from dancu.testing.travellers import declare

pytestmark = [pytest.mark.usefixtures("country"), pytest.mark.django_db]
WORK = {work.__wrapped__.__code__: work.__name__ for work in (normalise_name, _repaired)}


@contextmanager
def counted() -> Iterator[Counter[tuple[Any, ...]]]:
    """How often each text was worked on meanwhile, by the function and what it was given."""
    done: Counter[tuple[Any, ...]] = Counter()

    def note(frame: FrameType, event: str, _arg: Any) -> None:
        if event == "call" and (name := WORK.get(frame.f_code)):
            done[name, *frame.f_locals.values()] += 1

    normalise_name.cache_clear()
    _repaired.cache_clear()
    sys.setprofile(note)
    try:
        yield done
    finally:
        sys.setprofile(None)


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"number": "079200001243"},  # two digits exchanged
        {"number": "079200O01234"},  # a letter for a digit
        {"number": "", "full_name": "nguyen van an"},
        {"number": "", "full_name": "An Nguyễn Văn", "phone": "0909111222"},
        {"full_name": "Lê Thị Hoa"},
        {"number": "079300009999", "full_name": "Trần Hoàng Minh Khôi", "phone": "0909111222"},
    ],
    ids=["right", "exchanged", "letter", "unmarked", "other order", "another's name", "nobody"],
)
def test_declaring_reads_no_name_and_repairs_no_number_twice(an, said):
    with counted() as done:
        declare(**said)
    assert {what: times for what, times in done.items() if times > 1} == {}
    assert any(name == "normalise_name" for name, *_given in done)
