"""Who was stopped, or told of an illness, is remembered however many others have their name, birth date
or telephone.
"""

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from dancu.checkpoints import memory
from dancu.matching.lookups import PartialDate
from dancu.testing.at_the_station import NAMELESS, NO_PERMIT, POSITIVE, cross, look
from dancu.testing.travellers import commune, declare

NEW_YEAR = PartialDate(1980, 1, 1)
FAMILY_NAMES = ("Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ")


def others(like, many: int, **columns: str) -> None:
    """So many strangers who declared as this one did, but for these columns (SQL of `nth`)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT column_name FROM information_schema.columns WHERE table_name = 'declaration'")
        changed = {"person_id": "-1000000 - nth", "declaration_id": "gen_random_uuid()"} | columns
        names = [name for (name,) in cursor.fetchall()]
        cursor.execute(
            f"INSERT INTO declaration ({', '.join(names)}) SELECT "
            f"{', '.join(changed.get(name, name) for name in names)}"
            f" FROM declaration, generate_series(1, {many}) AS nth WHERE declaration_id = %s",
            [like.declaration_id],
        )


def named(nth: str = "nth") -> str:
    return f"(ARRAY{list(FAMILY_NAMES)})[1 + mod({nth}, {len(FAMILY_NAMES)})] || ' Văn Anh'"


@pytest.mark.parametrize("before", [0, 1500], ids=["the first", "the last"])
def test_one_of_fifteen_hundred_of_a_name_and_birthday(country, acting, station, before):
    said = NAMELESS | {"birth": NEW_YEAR}
    like = declare(**said, full_name="Trần Văn Anh", phone="")
    others(like, before, full_name=named())
    stopped = declare(**said, full_name="Nguyễn Văn Anh", phone="0977000001")
    cross(acting, station, stopped, "back", POSITIVE)
    others(like, 1500 - before, full_name=named(), person_id="-2000000 - nth")
    again = look(acting, station, declare(**said, full_name="Nguyen Van Anh", phone="0977000002"))
    assert [stop["person_id"] for stop in again.memory.stops] == [stopped.person_id]
    known = memory.of_claim("", "Nguyễn Văn Anh", (1980, 1, 1), station)
    assert [stop["person_id"] for stop in known.stops] == [stopped.person_id]


def test_one_who_is_ill_among_many_who_are(country, acting, station):
    said = NAMELESS | {"birth": NEW_YEAR, "test_result": "positive"}
    others(
        declare(**said, full_name="Trần Quốc Anh", phone=""), 3500, full_name=named().replace("Văn", "Quốc")
    )
    ill = declare(**said, full_name="Nguyễn Văn Anh", phone="0977000001")
    healthy = declare(**said | {"test_result": ""}, full_name="Nguyễn Văn Ánh", phone="0977000002")
    assert [sign["person_id"] for sign in look(acting, station, healthy).memory.signs] == [ill.person_id]


@pytest.mark.parametrize("telephone", ["phone", "declarer_phone"])
def test_one_of_very_many_for_whom_one_telephone_declared(country, acting, station, telephone):
    said = NAMELESS | {"phone": "", telephone: "0988000000"}
    stopped = declare(**said, full_name="Nguyễn Văn Anh", birth=PartialDate(1980, 3, 4))
    cross(acting, station, stopped, "back", NO_PERMIT)
    others(declare(**said, full_name="Trần Văn Anh", birth=PartialDate(1990, 5, 6)), 4000, full_name=named())
    again = look(acting, station, declare(**said, full_name="Nguyễn Văn Anh", birth=PartialDate(1980, 3, 4)))
    assert [(stop["person_id"], stop["sure"]) for stop in again.memory.stops] == [(stopped.person_id, True)]


def test_an_own_stop_is_not_washed_out_by_those_of_many_namesakes(country, acting, station):
    said = NAMELESS | {"birth": NEW_YEAR, "full_name": "Nguyễn Văn Anh"}
    mine = declare(**said, phone="0977000001")
    cross(acting, station, mine, "back", NO_PERMIT)
    other = declare(**said, phone="0977000002")
    cross(acting, station, other, "back", NO_PERMIT)
    others(other, 450)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO crossing (person_id, crossed_at, crossing_id, pass_id, declaration_id, "
            "official_id, station_id, origin_area, destination_area,"
            " direction, decision, reason_code, vehicle) SELECT -1000000 - n, crossed_at + n * interval '1 "
            "second', gen_random_uuid(), pass_id,"
            " declaration_id, official_id, station_id, origin_area, destination_area, direction, decision, "
            "reason_code, vehicle"
            " FROM crossing, generate_series(1, 450) AS n WHERE person_id = %s",
            [other.person_id],
        )
    assert [stop["sure"] for stop in look(acting, station, mine).memory.stops].count(True) == 1


@pytest.mark.parametrize(
    "flood", [{"test_kind": "pcr", "test_result": "positive", "long_ago": 20}, {"symptoms": ("cough",)}]
)
@pytest.mark.parametrize(
    ("sign", "colour"),
    [({"test_kind": "pcr", "test_result": "positive", "long_ago": 0}, "red"), ({"contact": True}, "amber")],
)
def test_what_is_declared_very_often_hides_no_other_sign(an, acting, station, flood, sign, colour):
    declare(**said(sign))
    for _time in range(61):
        declare(**said(flood))
    later = look(acting, station, declare(destination_area=commune("Phường Hải Châu, Đà Nẵng")))
    assert later.colour == colour
    wanted = "test_result" if "test_result" in sign else "contact"
    assert any(one[wanted] for one in later.memory.signs)


def said(sign: dict) -> dict:
    more = {name: value for name, value in sign.items() if name != "long_ago"}
    if "long_ago" in sign:
        more["tested_on"] = timezone.localdate() - dt.timedelta(days=sign["long_ago"])
    return more
