"""What an officer wrote in words of their own is of what they say it is of; where they did not say it, it
may be of anything.
"""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dancu.checkpoints import actions
from dancu.checkpoints.reasons import ABOUT, FOUND_WELL, REASONS, Reason, asks_about
from dancu.matching.lookups import PartialDate
from dancu.testing.at_the_station import arrival, cross, look, pass_time, state_of
from dancu.testing.travellers import commune, declare

CODES = sorted(REASONS["override"])
OF_DOUBT = {"", *CODES} - {*FOUND_WELL}
NAMES = "Mai Hoa Tuyết Yến Phượng Đào Cúc Bích Ngân Vân".split()
POSITIVES = [
    "Test nhanh 2 vạch",
    "test nhanh +, chờ PCR",
    "nhiễm Covid, đã test",
    "Que test lên vạch",
    "dương tính",
    "x",
]


def those_that_clear(acting, station, stop: Reason, ending: Reason | None = None) -> set[str]:
    """By which codes, and ("") by words, somebody who was held so is let through and asked about it no
    more.
    """
    found = set()
    for nth, code in enumerate(["", *CODES]):
        nobody = {
            "number": "",
            "number_kind": "none",
            "phone": f"09770{nth:05}",
            "full_name": f"Lê Thị {NAMES[nth]}",
        }
        declared = declare(birth=PartialDate(1950 + 3 * nth, 4, 10 + nth), **nobody)
        held = cross(acting, station, declared, "secondary", stop)
        if ending:
            actions.release(
                acting, pass_id=declared.pass_id, crossing_id=held, station_id=station, reason=ending
            )
        cross(acting, station, declared, "through", Reason(code, "" if code else "Đi cấp cứu"))
        found |= {code} if not look(acting, station, declared).memory.stops else set()
    return found


@pytest.mark.parametrize("words", POSITIVES)
@pytest.mark.parametrize("about", ["positive", ""])
def test_a_positive_test_in_any_words_is_cleared_by_a_test_alone(an, acting, station, words, about):
    assert those_that_clear(acting, station, Reason(written=words, about=about)) == {"negative"}


@pytest.mark.parametrize("code", ["health_post", "left"])
def test_and_so_is_one_that_was_told_where_the_waiting_ended(an, acting, station, code):
    ending = Reason(code, "Bàn giao y tế: test nhanh 2 vạch", "positive")
    assert those_that_clear(acting, station, Reason("no_test"), ending) == {"negative"}
    declared = declare()
    held = cross(acting, station, declared, "secondary", Reason("no_test"))
    actions.release(acting, pass_id=declared.pass_id, crossing_id=held, station_id=station, reason=ending)
    assert look(acting, station, declared).colour == "red"
    assert (state_of(declared), arrival(declared)["warnings"]) == ("held", ["positive"])


@pytest.mark.parametrize(
    ("stop", "clear"),
    [
        (Reason(written="Sốt 39,5 độ", about="symptoms"), {"well", "negative"}),
        (Reason("no_paper", "nóng ran, nôn", "symptoms"), {"well", "negative"}),
        (Reason("fever", "test nhanh 2 vạch", "positive"), {"negative"}),
        (Reason("no_test", "sốt 39 độ, chờ xét nghiệm"), {"negative"}),
        (Reason(written="F1 của ca bệnh", about="contact"), set()),
        (Reason("no_paper", "F1 của ca bệnh", "contact"), set()),
        (Reason(written="Biển số không khớp giấy đăng ký xe", about="none"), OF_DOUBT),
        (Reason("no_paper", "để quên thẻ ở nhà", "none"), OF_DOUBT),
        (Reason("no_paper"), OF_DOUBT),
        (Reason("fever", "38 độ", "none"), {"well", "negative"}),
        (Reason("no_test"), OF_DOUBT | {"negative"}),
    ],
    ids=lambda given: str(sorted(given)) if isinstance(given, set) else str(given),
)
def test_what_was_written_is_cleared_by_what_answers_it(an, acting, station, stop, clear):
    assert those_that_clear(acting, station, stop) == clear


def test_a_contact_in_own_words_counts_for_its_time_at_the_stations_and_on_the_lists(an, acting, station):
    declared = declare()
    cross(acting, station, declared, "secondary", Reason(written="F1 của ca bệnh", about="contact"))
    cross(acting, station, declared, "through", Reason("negative"))
    assert (look(acting, station, declared).colour, arrival(declared)["warnings"]) == ("amber", ["contact"])
    other = declare(destination_area=commune("Phường Hải Châu, Đà Nẵng"))
    assert arrival(other)["warned_elsewhere"] == ["contact"]
    assert arrival(declared)["ill_until"] - arrival(declared)["crossed_at"] > dt.timedelta(days=13)
    pass_time(13 * 24)
    assert look(acting, station, declared).memory.stops
    pass_time(2 * 24)
    assert look(acting, station, declared).memory.stops == []


def test_a_contact_told_beside_a_code_leaves_the_code_when_its_time_is_over(an, acting, station):
    declared = declare()
    cross(acting, station, declared, "secondary", Reason("no_paper", "F1", "contact"))
    pass_time(15 * 24)
    assert [stop["reason_code"] for stop in look(acting, station, declared).memory.stops] == ["no_paper"]
    cross(acting, station, declared, "through", Reason("papers"))
    assert look(acting, station, declared).memory.stops == []


def test_a_positive_test_in_own_words_reaches_the_communes_and_goes_with_the_hold(an, acting, station):
    declared, other = declare(), declare(destination_area=commune("Phường Hải Châu, Đà Nẵng"))
    held = cross(acting, station, declared, "back", Reason(written="Test nhanh 2 vạch", about="positive"))
    assert (arrival(declared)["warnings"], arrival(other)["warned_elsewhere"]) == (["positive"], ["positive"])
    assert look(acting, station, other).colour == "red"
    actions.undo_crossing(acting, held)
    assert (arrival(declared)["warnings"], arrival(other)["warned_elsewhere"]) == ([], [])


def test_a_contact_that_was_pressed_by_mistake_is_gone(an, acting, station):
    declared = declare()
    held = cross(acting, station, declared, "secondary", Reason(written="F1", about="contact"))
    actions.undo_crossing(acting, held)
    assert (arrival(declared)["warnings"], arrival(declared)["ill_until"]) == ([], None)


def test_of_what_the_words_are_may_be_corrected(an, acting, station):
    declared = declare()
    held = cross(acting, station, declared, "secondary", Reason(written="que lên vạch", about="none"))
    assert look(acting, station, declared).colour == "amber"
    assert actions.correct_crossing(
        acting, held, "secondary", Reason(written="que lên vạch", about="positive")
    )
    assert look(acting, station, declared).colour == "red"


@given(
    st.sampled_from(["secondary", "back", "release", "through"]),
    st.text(max_size=8),
    st.sampled_from(["", *ABOUT]),
)
def test_an_officer_is_asked_of_what_the_words_are_where_somebody_is_stopped_for_them(decision, words, about):
    is_asked = bool(words.strip()) and not about and decision != "through"
    assert asks_about(Reason("", words, about), decision) == is_asked
    assert not asks_about(Reason("positive", words, about), decision)
    assert not asks_about(Reason("mistake", words, about), decision)


def test_a_paper_still_clears_who_had_none(an, acting, station):
    declared = declare()
    cross(acting, station, declared, "secondary", Reason("no_paper"))
    cross(acting, station, declared, "through", Reason(written="Người nhà mang thẻ tới"))
    assert look(acting, station, declared).memory.stops == []


@pytest.mark.parametrize(
    ("later", "left"),
    [
        (Reason("no_paper"), ["Sốt 39 độ", ""]),
        (Reason(written="Còn sốt", about="symptoms"), ["Còn sốt"]),
        (Reason(written="Biển số khác", about="none"), ["Sốt 39 độ", "Biển số khác"]),
        (Reason(written="F1", about="contact"), ["Sốt 39 độ", "F1"]),
        (Reason("fever"), [""]),
        (Reason("positive"), [""]),
    ],
)
def test_a_fever_in_own_words_is_not_lost_in_a_later_stop_for_something_else(
    an, acting, station, later, left
):
    declared = declare()
    cross(acting, station, declared, "secondary", Reason(written="Sốt 39 độ", about="symptoms"))
    cross(acting, station, declared, "secondary", later)
    assert sorted(stop["reason"] for stop in look(acting, station, declared).memory.stops) == sorted(left)
