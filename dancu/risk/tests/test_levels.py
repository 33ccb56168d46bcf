"""Which level a commune has at any moment."""

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from dancu.areas import lookups as areas
from dancu.risk import actions, carried, lookups
from dancu.risk.changes import LevelChange, changes
from dancu.risk.decision import RiskDecision
from dancu.testing.officials import acting_as, make_official
from dancu.testing.risk import CITATION, decided, in_force
from dancu.testing.travellers import commune

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]


def ninh_kieu() -> int:
    return commune("Phường Ninh Kiều, Cần Thơ")


def cai_rang() -> int:
    return commune("Phường Cái Răng, Cần Thơ")


def can_tho() -> int:
    return areas.get(ninh_kieu()).province_id


def after(hours: float) -> dt.datetime:
    return timezone.now() + dt.timedelta(hours=hours)


def test_without_a_decision_no_level_is_known():
    assert lookups.level_of(ninh_kieu(), timezone.now()) is None
    assert lookups.levels_at(timezone.now()) == {}


def test_a_provinces_level_is_that_of_each_commune_that_the_decision_does_not_name():
    decided({can_tho(): 2, ninh_kieu(): 4})
    found = lookups.standing_at(after(2))
    assert {area_id: one.level for area_id, one in found.items() if one.level != 2} == {ninh_kieu(): 4}
    assert len(found) == sum(area.province_id == can_tho() for area in areas.communes(timezone.localdate()))
    assert (found[cai_rang()].of_province, found[ninh_kieu()].of_province) == (True, False)


def test_the_last_word_counts_whether_it_names_the_commune_or_its_province():
    decided({ninh_kieu(): 4}, hours=1)
    decided({can_tho(): 2}, hours=2)
    decided({ninh_kieu(): 3}, hours=3)
    told = [lookups.levels_of([ninh_kieu(), cai_rang()], after(hours)) for hours in (0, 1.5, 2.5, 3.5)]
    assert [tuple(each.values()) for each in told] == [(None, None), (4, None), (2, 2), (3, 2)]


def test_of_two_that_begin_at_one_moment_the_one_that_was_signed_last_counts():
    at = after(2)
    son, tam = (acting_as(make_official(name, "rule_maker")) for name in ("son", "tam"))
    first, second = (
        actions.draft(son, RiskDecision(CITATION, at, levels))
        for levels in ({ninh_kieu(): 4}, {can_tho(): 1})
    )
    for number in (second, first):
        actions.sign(tam, number, lookups.decision(number)["digest"])
    assert lookups.level_of(ninh_kieu(), after(3)) == 4


def test_of_a_commune_that_has_ended_the_level_of_what_it_became_is_told():
    (old,) = [area for area in areas.units("26740") if area.path.startswith("Phường Bến Nghé")]
    decided({commune("Phường Sài Gòn, Hồ Chí Minh"): 3})
    assert lookups.level_of(old.area_id, after(2)) == 3


def test_no_such_commune_has_no_level():
    assert lookups.level_of(-5, timezone.now()) is None


def test_of_a_day_its_last_moment_is_told_and_of_today_now():
    now, today = timezone.now(), timezone.localdate()
    assert abs(lookups.moment_of(today) - now) < dt.timedelta(seconds=5)
    assert abs(lookups.moment_of(None) - now) < dt.timedelta(seconds=5)
    tomorrow = today + dt.timedelta(days=1)
    assert (
        timezone.localtime(lookups.moment_of(tomorrow)).strftime("%d %H:%M:%S") == f"{tomorrow:%d} 23:59:59"
    )


def test_what_a_draft_changes_is_told_before_it_is_kept():
    in_force({ninh_kieu(): 4, cai_rang(): 2})
    draft = RiskDecision(CITATION, after(1), {ninh_kieu(): 2, cai_rang(): 2})
    assert changes(draft) == [LevelChange(areas.get(ninh_kieu()), 4, 2)]
    everywhere = changes(RiskDecision(CITATION, after(1), {can_tho(): 3}))
    assert {(each.before, each.after) for each in everywhere} == {(4, 3), (2, 3), (None, 3)}


def test_what_a_withdrawal_changes_is_told_too():
    in_force({ninh_kieu(): 2}, hours_ago=3)
    number = in_force({ninh_kieu(): 4, cai_rang(): 4})
    found = changes(RiskDecision(CITATION, after(1), {}, number))
    assert {(each.area.area_id, each.before, each.after) for each in found} == {
        (ninh_kieu(), 4, 2),
        (cai_rang(), 4, None),
    }


NAMED = st.fixed_dictionaries(
    {}, optional={"province": st.integers(1, 4), "own": st.integers(1, 4), "other": st.integers(1, 4)}
).filter(bool)
STEPS = st.lists(st.tuples(NAMED, st.integers(1, 100)), min_size=1, max_size=6)


@settings(max_examples=25)
@given(steps=STEPS)
def test_levels_are_what_reading_all_decisions_in_their_order_gives(steps):
    units = {"province": can_tho(), "own": ninh_kieu(), "other": cai_rang()}
    with transaction.atomic():
        made = [
            (hours, nth, named, decided({units[name]: level for name, level in named.items()}, hours=hours))
            for nth, (named, hours) in enumerate(steps)
        ]
        for at in {0.5, *(hours + 0.5 for hours, *_rest in made)}:
            expected: dict[str, int | None] = {"own": None, "other": None}
            for _hours, _nth, named, _id in sorted(made, key=lambda one: one[:2]):
                if _hours <= at:
                    for one in expected:
                        expected[one] = named.get(one) or named.get("province") or expected[one]
            told = lookups.levels_of([ninh_kieu(), cai_rang()], after(at))
            assert told == {ninh_kieu(): expected["own"], cai_rang(): expected["other"]}
            whole = lookups.levels_at(after(at))
            assert [whole.get(each) for each in told] == list(told.values())
        transaction.set_rollback(True)


def test_devices_carry_the_level_of_now_and_what_begins_within_a_week():
    code, other = areas.get(ninh_kieu()).code, areas.get(cai_rang()).code
    assert carried.levels("", 0) == {}
    first = in_force({ninh_kieu(): 2})
    second = decided({ninh_kieu(): 4, cai_rang(): 3}, hours=5)
    decided({}, hours=10, withdraws=second)
    decided({ninh_kieu(): 1}, hours=24 * 8)
    began = [int(lookups.decision(each)["valid_from"].timestamp() * 1000) for each in (first, second)]
    found = carried.levels("", 0)
    assert found[code][:2] == [(began[0], 2), (began[1], 4)]
    assert [[level for _since, level in found[each]] for each in (code, other)] == [[2, 4, 2], [3, None]]
    assert set(found) == {code, other}
