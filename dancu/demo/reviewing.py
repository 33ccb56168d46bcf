"""Some doubtful records, so that the demo's steward and health station have something to decide: compared
by the very model in use.
"""

import random
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from dancu.areas import lookups as areas
from dancu.discrepancies.actions import Discrepancy, report_discrepancies
from dancu.matching.lookups import AnswerKind, PartialDate, declared_identity, who_is
from dancu.register import lookups as register
from dancu.register.errors import NoSuchPerson
from dancu.review.actions import Case, CaseCandidate, propose
from dancu.text.folding import fold

if TYPE_CHECKING:
    from dancu.demo.preparing import Cast

RECORDS, LISTED = 60, 6
SITE = "Trạm y tế phường Ninh Kiều"
FILE = "Ninh Kiều, tiêm chủng tháng 3"


def ask(cast: "Cast", dice: random.Random) -> None:
    """Sixty vaccination records with faults; those that nobody could place for sure are put before the
    steward, six are listed.
    """
    everywhere = [area.area_id for area in areas.communes(timezone.localdate())]
    records = [_record(person, dice) for person in _some(everywhere, RECORDS, apart=11)]
    propose(case for nth, record in enumerate(records) if (case := _case(nth, record, cast)))
    people = list(_some([cast.destination_area], LISTED))
    report_discrepancies(
        Discrepancy(SITE, f"NK-{nth + 1:04}", cast.destination_area, _wrong(person, nth), person["person_id"])
        for nth, person in enumerate(people)
    )


def _some(area_ids: list[int], people: int, apart: int = 1) -> Iterator[register.RegisteredPerson]:
    """So many people of these areas, or as many as there are."""
    with suppress(NoSuchPerson):
        for nth in range(people):
            yield register.get(register.example_person(area_ids, nth=nth * apart))


def _record(person: register.RegisteredPerson, dice: random.Random) -> dict[str, Any]:
    """What the station wrote down: no number, no telephone, and two things amiss."""
    born, words = person["birth_date"], person["full_name"].split()
    swapped = f"{born:%m/%d/%Y}" if born.day <= 12 else f"{born:%d/%m}/{born.year + 1}"
    record = {
        "full_name": person["full_name"],
        "birth": f"{born:%d/%m/%Y}",
        "sex": person["sex"],
        "commune_code": "",
    }
    match dice.randrange(3):
        case 0:
            record |= {"full_name": " ".join((words[0], words[-1])), "birth": swapped}
        case 1:
            record |= {
                "full_name": fold(person["full_name"]).title(),
                "birth": f"{born:%d/%m}/{born.year - 1}",
            }
        case _:  # a relative's card, perhaps
            assert person["home_area"]  # as every example person
            home = areas.get(person["home_area"])
            record |= {"full_name": " ".join((*words[:-1], "Hoa")), "commune_code": home.code}
    return record


def _case(nth: int, record: dict[str, Any], cast: "Cast") -> Case | None:
    home = areas.unit(record["commune_code"], timezone.localdate()) if record["commune_code"] else None
    day, month, year = map(int, record["birth"].split("/"))
    answer = who_is(
        declared_identity(
            "", record["full_name"], PartialDate(year, month, day), record["sex"], home and home.area_id
        )
    )
    if answer.kind not in (AnswerKind.SEVERAL, AnswerKind.REVIEW):
        return None
    candidates = [
        CaseCandidate(one.person.person_id, one.score.weight, one.score.as_json()) for one in answer.ranked
    ]
    return Case(
        "record",
        candidates,
        record,
        record_id=str(nth),
        source=FILE,
        sender=SITE,
        province="Cần Thơ",
        area_id=cast.destination_area,
    )


def _wrong(person: register.RegisteredPerson, nth: int) -> dict[str, str | int | None]:
    """The main faults of 2022: right number, wrong name or birth date."""
    born, words = person["birth_date"], person["full_name"].split()
    name = " ".join((*words[:-1], "Văn" if nth % 3 else words[-1])) if nth % 2 else person["full_name"]
    birth = f"{born:%d/%m/%Y}" if nth % 2 else f"{born:%d/%m}/{born.year - 1}"
    return {"number": person["pin"], "full_name": name, "birth": birth, "sex": person["sex"]}
