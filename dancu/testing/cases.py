"""Doubtful cases and disagreeing records for tests. Needs the fixture `published_areas`."""

from typing import Any

from dancu.discrepancies.actions import Discrepancy
from dancu.linkage.model.scoring import EvidenceStep
from dancu.review.actions import Case, CaseCandidate, propose
from dancu.testing.people import CAU_GIAY, area

WATERFALL: list[EvidenceStep] = [
    {"field": "prior", "level": "", "weight": -26.6},
    {"field": "full_name", "level": "unmarked", "weight": 9.1},
    {"field": "birth_date", "level": "swapped", "weight": 8.8},
    {"field": "commune", "level": "different", "weight": -2.3},
]
DECLARED = {
    "number": "",
    "full_name": "Nguyen Van An",
    "birth": "03/12/1985",
    "sex": 1,
    "commune_code": CAU_GIAY,
}


def a_case(*person_ids: int, **changes: Any) -> Case:
    """Somebody of Cầu Giấy's health station, who may be one of these people; the first fits best."""
    candidates = [CaseCandidate(one, 4.5 - place, WATERFALL) for place, one in enumerate(person_ids)]
    declared = DECLARED | changes.pop("declared", {})
    known: dict[str, Any] = {
        "record_id": "r1",
        "source": "march.csv",
        "sender": "01234",
        "area_id": area(CAU_GIAY),
    }
    return Case("record", candidates, declared, threshold=6.0, **(known | changes))


def cases(people: list[int], records: int = 1) -> None:
    """A case for each of these people; `records` records hang on the first, one on every other."""
    asked = [a_case(one, record_id=f"r{one}", declared={"phone": f"09{one:08}"}) for one in people]
    asked += [
        a_case(people[0], record_id=f"x{nth}", declared=asked[0].declared) for nth in range(records - 1)
    ]
    propose(asked)


def a_record(person_id: int | None = None, **declared: Any) -> Discrepancy:
    """A record of Cầu Giấy's health station that disagrees with the register."""
    held = {"number": "001085001234", "full_name": "Nguyễn Văn Ân", "birth": "12/03/1985", "sex": 1}
    return Discrepancy("Trạm y tế Cầu Giấy", "v1", area(CAU_GIAY), held | declared, person_id)
