"""People found, as lists of them show them."""

from typing import TypedDict

from dancu.areas import lookups as areas
from dancu.register import lookups
from dancu.register.lookups import FoundPerson
from dancu.register.words import SEXES, STATUSES, Words, meaning
from dancu.values.birth_dates import PartialDate
from dancu.values.masking import mask


class ListedPerson(TypedDict):
    """A line of a list of people."""

    person_id: int
    full_name: str
    birth: str
    sex: Words
    home: str  # the commune; "" where none is known
    pin: str  # masked
    status: Words  # "" of who is alive


def listed(found: list[FoundPerson]) -> list[ListedPerson]:
    """People found, as search.html and merge_find.html list them."""
    homes = areas.get_many({person.home_area for person in found if person.home_area})
    return [
        {
            "person_id": person.person_id,
            "full_name": person.full_name,
            "birth": str(PartialDate.of(person.birth_date, person.birth_precision)),
            "sex": meaning(SEXES, person.sex),
            "home": homes[person.home_area].path if person.home_area in homes else "",
            "pin": mask(person.pin or ""),
            "status": "" if person.status == lookups.ALIVE else meaning(STATUSES, person.status),
        }
        for person in found
    ]
