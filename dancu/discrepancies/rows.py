"""What rows of corrections hold."""

import datetime as dt
from typing import TypedDict


class CorrectionColumns(TypedDict):
    """A site's record that disagrees with the register: a row of the table."""

    correction_id: int
    listed_at: dt.datetime
    verified_at: dt.datetime | None
    updated_at: dt.datetime | None
    listed_by: int  # 0: a batch
    verified_by: int | None
    updated_by: int | None
    person_id: int | None  # whose record it may be, where somebody was found
    facility_id: int | None
    area_id: int  # the site's commune
    home_area: int  # whose police verify: where the person lives, else the site's commune
    times_reopened: int
    status: str
    verdict: str | None
    site: str
    record_id: str  # the site's own
    note: str
    declared: str  # what the site holds, as JSON
    rights: str | None  # verdict "record_wrong": what is right, as JSON


class ListedCorrection(CorrectionColumns):
    """One of a page of them."""

    total: int  # on all pages


class CorrectionDone(TypedDict):
    """One of those that were changed."""

    correction_id: int
    person_id: int | None


class CorrectionEvent(TypedDict):
    """What happened to one."""

    kind: str  # listed, identified, verified, updated, reopened
    at: dt.datetime
    official_id: int  # 0: a batch
    verdict: str | None
    note: str


class SideBounds(TypedDict):
    """What bounds an official's side of the loop."""

    areas: list[int] | None  # None: everywhere
    facility_id: int | None
