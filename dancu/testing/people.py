"""People for tests, in wards of Hà Nội and Hồ Chí Minh City. Needs the fixture `published_areas`."""

import datetime as dt
from typing import Any

from django.utils import timezone

from dancu.accounts.models import Official
from dancu.areas import lookups as areas
from dancu.register import actions
from dancu.register.errors import ParentBornLater, ParentDead, ParentTooYoung, WrongParent
from dancu.testing.database import rows
from dancu.testing.officials import make_official

CAU_GIAY, YEN_HOA, BEN_THANH = "00166", "00175", "26743"  # wards of today
DICH_VONG, BEFORE = (
    "00166",
    dt.date(2021, 8, 11),
)  # an old ward that became part of Cầu Giấy, under the same code
HA_NOI, HO_CHI_MINH = "01", "79"
BORN, SINCE = dt.date(1985, 3, 12), dt.date(2010, 1, 1)


def area(code: str, on: dt.date | None = None) -> int:
    """The id of the unit that bears this code, today unless told."""
    found = areas.unit(code, on or timezone.localdate())
    assert found, code
    return found.area_id


def someone(home: int | None = None, **fields: Any) -> int:
    """Nguyễn Văn An, born 12/03/1985, of Cầu Giấy since 2010 (or the birth); returns the person_id."""
    known: dict[str, Any] = {"full_name": "Nguyễn Văn An", "birth_date": BORN, "sex": 1}
    known |= {"home_area": home or area(CAU_GIAY), "address": "12 Xuân Thủy", "basis": "Sổ hộ khẩu"}
    known |= {"valid_from": max(SINCE, fields.get("birth_date", SINCE))} | fields
    try:
        return actions.add_person(None, **known)
    except (ParentTooYoung, ParentBornLater, ParentDead, WrongParent):
        return _of_before_the_rules(known)


def _of_before_the_rules(known: dict[str, Any]) -> int:
    """With parents who cannot be theirs, as an old register may have it."""
    parents = {name: known.pop(name, None) for name in ("father_id", "mother_id")}
    person_id = actions.add_person(None, **known)
    rows(
        "UPDATE person SET father_id = %s, mother_id = %s WHERE person_id = %s", *parents.values(), person_id
    )
    return person_id


def ha(code: str = "", username: str = "ha") -> Official:
    """The data steward, of the nation or of an area."""
    return make_official(username, "data_steward", "area" if code else "nation", area(code) if code else 0)


def chi(code: str = CAU_GIAY, username: str = "chi") -> Official:
    """The commune officer of an area."""
    return make_official(username, "commune_officer", "area", area(code))
