"""What the page that shows the kit is about: health posts and people who are nowhere."""

import datetime as dt
from dataclasses import dataclass

from django.forms import Form

from dancu.matching.errors import NothingToSearchBy
from dancu.matching.lookups import Hit, PersonCandidates
from dancu.register.lookups import FoundPerson
from dancu.text.folding import fold
from dancu.values.digits import clean_number
from dancu.web.kit.people import PersonField


@dataclass(frozen=True)
class InventedPost:
    """A health post that is nowhere."""

    number: int
    name: str
    place: tuple[float, float]
    first: int
    second: int | None
    is_open: bool


_PLACES = {
    "Hà Nội": (21.03, 105.85),
    "Hải Phòng": (20.86, 106.68),
    "Nghệ An": (18.68, 105.68),
    "Huế": (16.46, 107.59),
    "Đà Nẵng": (16.05, 108.2),
    "Đắk Lắk": (12.67, 108.04),
    "Thành phố Hồ Chí Minh": (10.78, 106.7),
    "Cần Thơ": (10.03, 105.78),
    "Cà Mau": (9.18, 105.15),
}
POSTS = [
    InventedPost(nth, f"Trạm {name}", place, nth * nth * 37 % 900 + 40, (nth * 53) % 300 or None, nth % 3 > 0)
    for nth, (name, place) in enumerate(_PLACES.items(), 1)
]
PEOPLE = [
    FoundPerson(1, "001085000123", "Nguyễn Văn An", dt.date(1985, 3, 12), "D", 1, 1, None),
    FoundPerson(2, "079185000456", "Nguyễn Thị Ân", dt.date(1985, 1, 1), "Y", 2, 1, None),
    FoundPerson(3, None, "Lê Văn Bình", dt.date(1990, 7, 5), "D", 1, 2, None),
]


class InventedPeople:
    """They are found by words of their names or their whole number."""

    asks = "nobody"

    def candidates(self, text: str) -> PersonCandidates:
        """Those who have every word of it. Raises NothingToSearchBy."""
        words = set(fold(text).split())
        if not words:
            raise NothingToSearchBy
        by_number = [person for person in PEOPLE if person.pin and person.pin == clean_number(text)]
        found = by_number or [person for person in PEOPLE if words <= set(fold(person.full_name).split())]
        return PersonCandidates([Hit(person, exact=True) for person in found])

    def may_choose(self, person_id: int) -> int | None:
        """Any of them."""
        return person_id if self.chosen(person_id) else None

    def chosen(self, person_id: int) -> FoundPerson | None:
        """The one with this number."""
        return next((person for person in PEOPLE if person.person_id == person_id), None)


def ask_for_invented(form: Form) -> None:
    """Each person of this form is one of these."""
    for field in form.fields.values():
        if isinstance(field, PersonField):
            field.source = InventedPeople()


def name_of(person_id: int) -> str:
    """What one of them is called."""
    return next(person.full_name for person in PEOPLE if person.person_id == person_id)
