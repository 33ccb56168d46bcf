"""Crossings as they were, on which a draft is tried."""

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone
from django.utils.translation import override

from dancu.areas import lookups as areas
from dancu.checkpoints import actions, codes
from dancu.checkpoints.reasons import Reason
from dancu.rules import errors, lookups
from dancu.rules.documents import read
from dancu.rules.replaying import replay, where
from dancu.testing.at_the_station import cross
from dancu.testing.officials import acting_as, make_official
from dancu.testing.rules import WORDS, document, in_force
from dancu.testing.travellers import commune, declare

pytestmark = pytest.mark.django_db
LIVING = {"when": {"===": [{"var": "person"}, "alive"]}, "then": "amber", "unknown": "red"}


@pytest.fixture
def maker(db):
    """Somebody who makes rules for the whole country."""
    return acting_as(make_official("son", "rule_maker"))


def draft(*clauses, otherwise="green", **said):
    return read(document("passage", *clauses, otherwise=otherwise, id="passage", version=9, **said))


def of_vehicle(vehicle, then="red"):
    return {"when": {"===": [{"var": "vehicle"}, vehicle]}, "then": then}


def with_all_before(*clauses):
    """These before all that the country's rule says."""
    before = lookups.in_force("passage").document
    return read(
        dict(before)
        | {"version": 9, "clauses": [*({"words": WORDS, **each} for each in clauses), *before["clauses"]]}
    )


def today(maker, rule, **more):
    since = timezone.now() - dt.timedelta(hours=12)
    return replay(maker, rule, since, since + dt.timedelta(days=1), **more)


def test_what_would_have_been_otherwise_is_counted_where_and_by_which_line(an, acting, station, maker):
    declared = declare(vehicle="bus", plate="59B-12345", reason="work")
    cross(acting, station, declared)
    told = today(maker, with_all_before(of_vehicle("bus")))
    assert (told.looked_at, told.same, told.not_known, told.changed) == (1, 0, 0, 1)
    (change,) = told.changes
    assert (change.before, change.after) == ("green", "red")
    assert [(each.place.number, each.count) for each in told.by_place] == [(station, 1)]
    assert told.by_line == [(1, 1)]
    (example,) = told.examples
    assert example.name == codes.pass_code(declared.pass_id)
    assert (example.before, example.after) == ("green", "red")


def test_what_both_rules_say_alike_is_counted_as_the_same(an, acting, station, maker):
    cross(acting, station, declare(vehicle="car", plate="59A-12345"))
    told = today(maker, with_all_before(of_vehicle("bus")))
    assert (told.looked_at, told.same, told.changed) == (1, 1, 0)
    assert told.examples == []


def test_a_bus_is_told_by_its_plate(an, acting, station, maker):
    declared = declare(vehicle="bus", plate="59B-12345")
    cross(acting, station, declared)
    cross(acting, station, declared)
    (bus,) = today(maker, with_all_before(of_vehicle("bus"))).together
    assert bus[1] == 2
    assert "59B" in bus[0]


def test_the_colour_of_that_moment_tells_what_was_remembered(an, acting, station, maker):
    """Green, by the rule that asks for it, so nothing was remembered."""
    cross(acting, station, declare())
    remembered = {"when": {"===": [{"var": "remembered"}, "green"]}, "then": "amber"}
    assert [each.count for each in today(maker, draft(remembered)).changes] == [1]


def test_where_nothing_tells_what_was_remembered_it_is_counted_apart(an, acting, station, maker):
    with in_force(document("passage", otherwise="green", id="passage")):
        cross(acting, station, declare())
        remembered = {"when": {"===": [{"var": "remembered"}, "green"]}, "then": "amber"}
        told = today(maker, draft(remembered))
    assert (told.changed, told.not_known, dict(told.for_want_of)) == (0, 1, {"remembered": 1})


def test_what_was_declared_and_perhaps_disproved_is_told_by_the_clause(an, acting, station, maker):
    cross(acting, station, declare(symptoms=("cough",)), reason=Reason("", "hẹn khám"))
    ill = {"when": {"var": "declared.symptoms"}, "then": "red"}
    told = today(maker, draft(ill))
    assert [(each.before, each.after) for each in told.changes] == [("amber", "red")]


def test_a_person_whom_the_register_holds_is_known_as_they_were(an, acting, station, maker):
    cross(acting, station, declare())
    assert [each.after for each in today(maker, draft(LIVING)).changes] == ["amber"]
    with connection.cursor() as cursor:  # recorded anew since
        cursor.execute("UPDATE person SET recorded_at = now() + interval '1 day' WHERE person_id = %s", [an])
    told = today(maker, draft(LIVING))
    assert (told.not_known, "person" in told.for_want_of) == (1, True)


def test_what_was_taken_back_does_not_count(an, acting, station, maker):
    actions.undo_crossing(acting, cross(acting, station, declare()))
    assert today(maker, draft(otherwise="red")).looked_at == 0


def test_it_is_on_the_record_and_so_is_whose_crossing_was_shown(an, acting, station, maker):
    cross(acting, station, declare())
    today(maker, draft(otherwise="red"))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT action, person_id FROM audit_entry WHERE actor_id = %s ORDER BY 1", [maker.official_id]
        )
        assert cursor.fetchall() == [("crossings.replayed", an), ("rules.replayed", 0)]


def test_a_province_looks_at_its_own_stations_alone(an, acting, station, far_station):
    """Mỹ Thuận is Vĩnh Long's, Hải Vân is Đà Nẵng's."""
    cross(acting, station, declare())
    province = areas.get(commune("Phường Hải Vân, Đà Nẵng")).ancestors[-1]
    there = acting_as(make_official("there", "rule_maker", "area", province))
    assert [each.number for each in where(there, draft())] == [far_station]
    assert today(there, draft(otherwise="red")).looked_at == 0


def test_a_draft_is_tried_where_it_would_count(an, acting, station, far_station, maker):
    cross(acting, station, declare())
    area = areas.get(commune("Phường Tân Ngãi, Vĩnh Long"))
    own = document("passage", otherwise="amber", id="its-own", area=area.code)
    province = areas.get(area.ancestors[-1]).code
    assert [each.number for each in where(maker, draft(area=province))] == [station]
    with in_force(own, document("passage", otherwise="green", id="passage")):
        assert [each.number for each in where(maker, draft())] == [far_station]
        assert where(maker, draft(area=province)) == []
        (change,) = today(
            maker, read(own | {"version": 2, "otherwise": {"then": "red", "words": WORDS}})
        ).changes
    assert (change.before, change.after) == ("amber", "red")


def test_one_station_alone_is_looked_at(an, acting, station, far_station, maker):
    cross(acting, station, declare())
    assert today(maker, draft(), only=station).looked_at == 1
    assert today(maker, draft(), only=far_station).looked_at == 0


def test_too_long_a_time_and_too_much_are_refused(maker, monkeypatch):
    now = timezone.now()
    with pytest.raises(errors.BadSpan):
        replay(maker, draft(), now - dt.timedelta(days=8), now)
    with pytest.raises(errors.BadSpan):
        replay(maker, draft(), now, now)


def test_too_many_at_once_say_how_many_there_are(an, acting, station, maker, monkeypatch):
    cross(acting, station, declare())
    monkeypatch.setattr("dancu.rules.replaying.MOST", 0)
    with override("en"), pytest.raises(errors.TooMuchAtOnce, match="1 decisions were made"):
        today(maker, draft())


def test_a_kind_of_which_nothing_is_kept_says_so(maker):
    rule = read(document("pass-hours", otherwise=72))
    with override("en"), pytest.raises(errors.NothingKept):
        today(maker, rule)
