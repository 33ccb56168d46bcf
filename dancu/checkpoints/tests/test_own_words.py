"""What an officer wrote in words of their own may be of an illness, which only being found well answers."""

import pytest

from dancu.checkpoints import actions
from dancu.checkpoints.reasons import REASONS, Reason
from dancu.checkpoints.tests.at_the_station import cross, look
from dancu.checkpoints.tests.factories import declare


def test_a_fever_in_own_words_is_answered_by_no_paper(an, acting, station):
    declared = declare()
    cross(acting, station, declared, "secondary", Reason(written="Sốt 39 độ, ho"))
    cross(acting, station, declared, "secondary", Reason("no_paper"))
    cross(acting, station, declared, "through", Reason("papers"))
    assert [stop["why"] for stop in look(acting, station, declared).memory.stops] == ["Sốt 39 độ, ho"]
    cross(acting, station, declared, "through", Reason("well"))
    assert look(acting, station, declared).colour == "green"


WRITTEN = [
    Reason(written="Sốt 39,5 độ"),
    Reason("no_test", "sốt 39 độ, chờ xét nghiệm"),
    Reason("no_paper", "nóng ran, nôn"),
]


@pytest.mark.parametrize("stop", WRITTEN, ids=str)
@pytest.mark.parametrize("by", [*(Reason(code) for code in REASONS["override"]), Reason(written="Đi cấp cứu")], ids=str)
def test_what_an_officer_wrote_of_a_stop_is_cleared_by_being_found_well_and_by_nothing_else(
    an, acting, station, stop, by
):
    declared = declare()
    cross(acting, station, declared, "secondary", stop)
    cross(acting, station, declared, "through", by)
    left = look(acting, station, declared)
    assert (left.memory.stops == []) == (by.code in ("well", "negative"))
    assert left.for_a_reason == (by.code not in ("well", "negative"))


@pytest.mark.parametrize(
    "words", ["Test nhanh dương tính", "TEST NHANH DUONG TINH", "là F0", "rapid test positive", "PCR (+)"]
)
def test_a_positive_test_in_own_words_is_cleared_by_a_test(an, acting, station, words):
    declared = declare()
    cross(acting, station, declared, "back", Reason(written=words))
    cross(acting, station, declared, "through", Reason("well"))
    assert look(acting, station, declared).memory.stops
    cross(acting, station, declared, "through", Reason("negative"))
    assert look(acting, station, declared).memory.stops == []


def test_what_was_written_at_the_hand_over_may_be_of_a_fever_too(an, acting, station):
    declared = declare()
    held = cross(acting, station, declared, "secondary", Reason("no_paper"))
    actions.release(
        acting, pass_id=declared.pass_id, crossing_id=held, station_id=station, reason=Reason("health_post", "38,6 độ")
    )
    cross(acting, station, declared, "through", Reason("papers"))
    assert look(acting, station, declared).memory.stops
    cross(acting, station, declared, "through", Reason("well"))
    assert look(acting, station, declared).memory.stops == []


def test_a_paper_still_clears_who_had_none(an, acting, station):
    declared = declare()
    cross(acting, station, declared, "secondary", Reason("no_paper"))
    cross(acting, station, declared, "through", Reason(written="Người nhà mang thẻ tới"))
    assert look(acting, station, declared).memory.stops == []


@pytest.mark.parametrize(
    ("later", "left"),
    [
        (Reason("no_paper"), ["Sốt 39 độ", ""]),
        (Reason(written="Còn sốt"), ["Còn sốt"]),
        (Reason("fever"), [""]),
        (Reason("positive"), [""]),
    ],
)
def test_a_fever_in_own_words_is_not_lost_in_a_later_stop_for_something_else(an, acting, station, later, left):
    declared = declare()
    cross(acting, station, declared, "secondary", Reason(written="Sốt 39 độ"))
    cross(acting, station, declared, "secondary", later)
    assert sorted(stop["reason"] for stop in look(acting, station, declared).memory.stops) == sorted(left)
