"""What the tests of merging have in common: two numbers, a basis, and the two deeds."""

import datetime as dt

from dancu.register import lookups, merging

PIN, OTHER_PIN, THIRD_PIN = "001085001234", "001085005678", "001085009999"
CMND, OTHER_CMND = "012345678", "087654321"
BASIS = "Biên bản xác minh số 7/2021"
ALWAYS = dt.date.min
TODAY = "2021-08-12 06:00+07"
ITS, ITS_OWN = "019a0000-0000-7000-8000-000000000001", "019a0000-0000-7000-8000-000000000002"
DECLARATION = {
    "declaration_id": ITS,
    "declared_at": TODAY,
    "departs_on": "2021-08-12",
    "arrives_on": "2021-08-12",
    "origin_area": 1,
    "destination_area": 2,
    "birth_year": 1985,
    "declared_by": "self",
    "number_kind": "none",
    "full_name": "Nguyễn Văn An",
    "reason": "work",
    "vehicle": "bus",
    "outcome": "confirmed",
    "levels": "{}",
}
PASS = {"declaration_id": ITS, "issued_at": TODAY, "expires_at": "infinity", "qr_text": "DC1:"}
CROSSING = {
    "crossed_at": TODAY,
    "crossing_id": "019a0000-0000-7000-8000-000000000003",
    "pass_id": 7,
    "official_id": 1,
    "declaration_id": ITS,
    "station_id": 1,
    "direction": "in",
    "decision": "through",
    "origin_area": 1,
    "destination_area": 2,
    "vehicle": "bus",
}


def merge(acting, keep_id, other_id, **chosen):
    return merging.merge_people(acting, keep_id, other_id, basis=BASIS, **chosen)


def undo(acting, merge_id, basis=BASIS):
    merging.undo_merge(acting, merge_id, basis=basis)


def now_held(person_id):
    return lookups.get(person_id)
