"""Nobody has two permanent homes at once, whatever is merged, moved, ended and undone."""

import contextlib
import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dancu.register import actions
from dancu.register.errors import AskFirst, RegisterError
from dancu.register.merging.tests.merged import merge, undo
from dancu.testing.database import rows
from dancu.testing.people import BEN_THANH, YEN_HOA, area, someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]
HOMES = """
    SELECT valid_from, valid_to, area_id FROM residence WHERE person_id = %s AND kind = 1
    UNION ALL SELECT home_since, 'infinity', home_area FROM person WHERE person_id = %s AND home_since IS NOT NULL
    ORDER BY 1, 2"""
BESIDE = """
    WITH homes AS (
        SELECT person_id, valid_from, valid_to FROM residence WHERE kind = 1
        UNION ALL SELECT person_id, home_since, 'infinity' FROM person WHERE home_since IS NOT NULL
    ), following AS (SELECT *, lead(valid_from) OVER (PARTITION BY person_id ORDER BY valid_from, valid_to) AS next FROM homes)
    SELECT * FROM following WHERE valid_to > next OR valid_from >= valid_to"""


def homes(person_id: int) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(HOMES.replace("'infinity'", "NULL::date"), [person_id, person_id])
        return cursor.fetchall()


def beside() -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(
            BESIDE.replace("SELECT * FROM following", "SELECT person_id, valid_from, next FROM following")
        )
        return cursor.fetchall()


def lived(person_id: int, code: str, since: str, until: str) -> None:
    rows(
        f"INSERT INTO residence (person_id, valid_from, valid_to, area_id, kind) VALUES ({person_id}, "
        f"'{since}', '{until}', {area(code)}, 1)"
    )


@pytest.mark.parametrize("chosen", [[], ["home_area"]])
def test_former_homes_of_two_records_come_one_after_the_other_and_go_back_whole(acting, chosen):
    keep = someone(valid_from=dt.date(2015, 1, 1))
    other = someone(area(BEN_THANH), valid_from=dt.date(2018, 1, 1))
    lived(keep, YEN_HOA, "2000-01-01", "2012-01-01")
    lived(other, BEN_THANH, "2005-01-01", "2016-01-01")
    before = [homes(keep), homes(other)]
    merge_id = merge(acting, keep, other, fields=chosen)
    assert beside() == []
    assert homes(keep)[0][:2] == (dt.date(2000, 1, 1), dt.date(2005, 1, 1))
    undo(acting, merge_id)
    assert [homes(keep), homes(other)] == before


def test_a_former_home_that_began_within_the_one_that_lasts_was_none_and_stays_in_the_merge_alone(acting):
    keep, other = someone(valid_from=dt.date(2005, 1, 1)), someone(valid_from=dt.date(2005, 1, 1))
    lived(other, BEN_THANH, "2010-01-01", "2012-01-01")
    before = [homes(keep), homes(other)]
    merge_id = merge(acting, keep, other)
    assert [since for since, _until, _area in homes(keep)] == [dt.date(2005, 1, 1)]
    undo(acting, merge_id)
    assert [homes(keep), homes(other)] == before


def test_who_left_a_home_later_does_not_move_before_that(acting):
    person = someone()
    rows(f"UPDATE person SET home_since = NULL WHERE person_id = {person}")
    lived(person, YEN_HOA, "2010-01-01", "2020-01-01")
    with pytest.raises(RegisterError):
        actions.record_move(
            acting, person, area_id=area(BEN_THANH), address="1", moved_on=dt.date(2019, 1, 1), basis="x"
        )
    assert beside() == []


def test_the_table_takes_no_second_home_that_lasts():
    person = someone()
    with pytest.raises(IntegrityError), transaction.atomic():
        rows(
            f"INSERT INTO residence (person_id, valid_from, area_id, kind) VALUES ({person}, '2020-01-01', "
            f"1, 1)"
        )


_days = st.dates(dt.date(2000, 1, 1), dt.date(2024, 12, 31))
_former = st.lists(st.tuples(_days, st.integers(1, 3000), st.sampled_from([BEN_THANH, YEN_HOA])), max_size=3)
_deeds = st.lists(
    st.tuples(st.sampled_from(["move", "death", "merge", "undo"]), st.integers(0, 2), _days),
    min_size=2,
    max_size=7,
)


@given(st.lists(st.tuples(_days, _former), min_size=3, max_size=3), _deeds, st.booleans())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_merge_event_or_undoing_leaves_two_homes_at_once(acting, told, deeds, takes):
    people, merges = [], []
    for since, former in told:
        person = someone(valid_from=since)
        last = dt.date.min
        for began, days, code in sorted(former):
            until = min(began + dt.timedelta(days), since)
            if last <= began < until:
                lived(person, code, began.isoformat(), until.isoformat())
                last = until
        people.append(person)
    assert beside() == []
    for deed, which, day in deeds:
        person, other = people[which], people[(which + 1) % 3]
        with contextlib.suppress(RegisterError):
            if deed == "move":
                actions.record_move(
                    acting, person, area_id=area(BEN_THANH), address=str(day), moved_on=day, basis="x"
                )
            elif deed == "death":
                actions.record_death(acting, person, day, "x")
            elif deed == "merge":
                merges.append(insist(acting, person, other, ["home_area"] if takes else []))
            elif merges:
                undo(acting, merges.pop())
        assert beside() == [], (deed, which, day)


def insist(acting, keep, other, fields):
    """Merged whatever is asked."""
    try:
        return merge(acting, keep, other, fields=fields)
    except AskFirst as asked:
        return merge(
            acting, keep, other, fields=fields, confirmed=[question.code for question in asked.questions]
        )
