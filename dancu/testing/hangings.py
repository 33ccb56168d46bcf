"""Rows of all kinds that hang on people, for the tests of merging."""

from typing import Any

from django.db import connection
from hypothesis import strategies as st

_DAYS = ("2015-01-01", "2018-06-30", "2020-02-29")
_IDS = [f"019a0000-0000-7000-8000-00000000000{digit}" for digit in range(3)]
_ROUTE = {"origin_area": 1, "destination_area": 2, "vehicle": "motorbike"}

# table: each column's possible values; few of them, so that two people often have the same key.
KINDS: dict[str, dict[str, list[Any]]] = {
    "residence": {"kind": [2, 3], "valid_from": [*_DAYS], "area_id": [1, 2], "address": ["12 Xuân Thủy", ""]},
    "former_number": {
        "kind": ["pin", "cmnd"],
        "number": ["001085000001", "012345678"],
        "ended_on": [*_DAYS],
        "reason": ["x"],
    },
    "named_relative": {"kind": ["spouse", "representative"], "full_name": ["Lê Thị Bưởi", "Trần Thị Cam"]},
    "life_event": {
        "event_id": [*_IDS],
        "kind": ["entry"],
        "happened_on": [*_DAYS],
        "recorded_by": [0],
        "basis": ["x"],
        "changes": ['{"sex": [1, 2]}'],
    },
    "pass": {
        "pass_id": [7, 8],
        "declaration_id": [*_IDS],
        "issued_at": ["2021-08-11 06:00:00.123456+07"],
        "expires_at": ["infinity"],
        "qr_text": ['a "quoted", (odd) \\ text', ""],
    },
    "revocation": {
        "pass_id": [7, 8],
        "revoked_at": ["2021-08-12 00:00+07"],
        "revoked_by": [0],
        "reason": ["lost"],
    },
    "supersession": {"pass_id": [7, 8], "superseded_at": ["2021-08-12 00:00+07"], "declaration_id": [*_IDS]},
    "crossing": {
        "crossed_at": ["2021-08-11 06:00+07", "2026-01-31 23:59:59.999999+00"],
        "crossing_id": [*_IDS],
        "pass_id": [7],
        "declaration_id": [_IDS[0]],
        "official_id": [1],
        "station_id": [1],
        "direction": ["in"],
        "decision": ["through"],
        **{name: [value] for name, value in _ROUTE.items()},
    },
    "arrival": {
        "declaration_id": [*_IDS],
        "declared_at": ["2021-08-11 06:00+07"],
        "moved_at": ["2021-08-11 07:00+07"],
        "arrives_on": [_DAYS[0]],
        "origin_area": [1],
        "destination_area": [2],
        "birth_year": [1985],
        "outcome": ["confirmed"],
        "differing": [["full_name", 'a,b"c'], []],
        "full_name": ["An"],
    },
    "outbox": {
        "message_id": [*_IDS],
        "channel": ["sms"],
        "recipient": ["0912345678"],
        "language": ["vi"],
        "text": ["x"],
        "reason": ["pass"],
    },
    "dose": {
        "dose_id": [1, 2, 3],
        "appointment_id": [1, 2],
        "lot": ["A", None],
        "note": ["null", '{"a": null}', None],
    },
    "contact": {"contact_person_id": [None], "place": ["market", "bus"]},
}

# Tables that no migration knows: a merge has to carry them all the same.
NEW_TABLES = """
CREATE TABLE appointment (
    person_id bigint NOT NULL, appointment_id bigint NOT NULL, PRIMARY KEY (person_id, appointment_id)
);
CREATE TABLE dose (
    person_id bigint NOT NULL, dose_id bigint NOT NULL, appointment_id bigint NOT NULL, lot text, note jsonb,
    half numeric GENERATED ALWAYS AS (dose_id / 2.0) STORED, weight double precision NOT NULL DEFAULT 0.1,
    PRIMARY KEY (person_id, dose_id), FOREIGN KEY (person_id, appointment_id) REFERENCES appointment
);
CREATE TABLE contact (
    person_id bigint NOT NULL, contact_person_id bigint NOT NULL, place text NOT NULL,
    PRIMARY KEY (person_id, contact_person_id, place)
);
CREATE TABLE tower (tower_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, keeper bigint, name text);
COMMENT ON COLUMN tower.keeper IS 'person'
"""

hangings = st.lists(
    st.sampled_from(sorted(KINDS)).flatmap(
        lambda table: st.tuples(
            st.just(table),
            st.fixed_dictionaries({name: st.sampled_from(values) for name, values in KINDS[table].items()}),
        )
    ),
    max_size=12,
)


def hang(person_id: int, rows: list[tuple[str, dict[str, Any]]], *, known: int = 1) -> None:
    """These rows are that person's. `known`: whom they met."""
    for table, row in rows:
        if table == "dose":
            insert("appointment", {"person_id": person_id, "appointment_id": row["appointment_id"]})
        if table == "contact":
            row = row | {"contact_person_id": known}
        if table in ("revocation", "supersession"):
            one = {name: values[0] for name, values in KINDS["pass"].items()}
            insert("pass", {"person_id": person_id} | one | {"pass_id": row["pass_id"]})
        insert(table, {"person_id": person_id} | row)


def insert(table: str, row: dict[str, Any]) -> None:
    """One row, unless its key is there already."""
    names, places = ", ".join(row), ", ".join(["%s"] * len(row))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}) VALUES ({places}) ON CONFLICT DO NOTHING", list(row.values())
        )
