"""Words of an officer's own, with which somebody is let through, clear an illness where the officer said that
they are of a recovery, and only then.
"""

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from dancu.checkpoints import actions, lookups
from dancu.checkpoints.errors import UnknownReason
from dancu.checkpoints.reasons import ABOUT, NO_FINDING, Reason, answers, asks_about, in_words
from dancu.testing.at_the_station import cross, look
from dancu.testing.travellers import declare

HELD_FOR = {
    "fever": Reason("fever"),
    "positive": Reason("positive"),
    "no_paper": Reason("no_paper"),
    "no_test": Reason("no_test"),
    "F1": Reason(written="F1", about="contact"),
    "unsaid": Reason(written="que lên hai vạch"),
    "symptoms": Reason(written="nóng ran", about="symptoms"),
    "no illness": Reason(written="quá người", about="none"),
    "paper and unsaid": Reason("no_paper", "nóng ran"),
}
TOLD_AS = {
    "well": Reason("well", "hết sốt"),
    "negative": Reason("negative", "test lại 1 vạch"),
    NO_FINDING: Reason("", "đưa đi cấp cứu", NO_FINDING),
}
CLEARED_BY = {
    "fever": {"well", "negative"},
    "positive": {"negative"},
    "no_paper": {NO_FINDING},
    "no_test": {"negative", NO_FINDING},
    "F1": set(),
    "unsaid": {"negative"},
    "symptoms": {"well", "negative"},
    "no illness": {NO_FINDING},
    "paper and unsaid": {"negative"},
}


@pytest.mark.parametrize("told", TOLD_AS)
@pytest.mark.parametrize("held", HELD_FOR)
def test_words_answer_what_they_were_said_to_be_of(held, told):
    stop = HELD_FOR[held].stopping("secondary")
    assert answers(stop, TOLD_AS[told], "through") == (told in CLEARED_BY[held])


@given(st.text(max_size=8), st.sampled_from(["", *ABOUT, NO_FINDING]), st.booleans())
def test_it_is_asked_of_words_alone_where_a_recovery_matters(words, about, may_be_recovered):
    is_asked = bool(words.strip()) and may_be_recovered and about != NO_FINDING
    assert asks_about(Reason("", words, about), "through", may_be_recovered=may_be_recovered) == is_asked
    assert not asks_about(Reason("well", words, about), "through", may_be_recovered=True)


@pytest.mark.parametrize("held", HELD_FOR)
def test_a_recovery_may_be_told_where_a_thermometer_or_a_test_answers_the_illness(an, acting, station, held):
    declared = declare()
    cross(acting, station, declared, "secondary", HELD_FOR[held])
    is_ill = held not in ("no_paper", "no_test", "no illness", "F1")
    assert may_tell(declared) == is_ill
    cross(acting, station, declared, "through", Reason("negative", "1 vạch"))
    assert not may_tell(declared)


@pytest.mark.parametrize(
    ("declared_ill", "matters"),
    [
        ({"symptoms": ["fever"]}, True),
        ({"test_result": "positive", "test_kind": "rapid"}, True),
        ({"contact": True}, False),
        ({}, False),
    ],
    ids=str,
)
def test_and_so_it_may_where_the_illness_was_declared(an, acting, station, declared_ill, matters):
    declared = declare(acting, **declared_ill)
    assert may_tell(declared) == matters
    cross(acting, station, declared, "through", Reason("negative", "test lại 1 vạch"))
    assert not may_tell(declared)


@pytest.mark.parametrize("held", HELD_FOR)
def test_offered_is_only_what_answers_the_stop(an, acting, station, held):
    declared = declare()
    cross(acting, station, declared, "secondary", HELD_FOR[held])
    is_ill = held not in ("no_paper", "no_test", "no illness", "F1")
    assert offered(declared) == ((CLEARED_BY[held] - {NO_FINDING}) if is_ill else set())


@pytest.mark.parametrize(
    ("declared_ill", "answers"),
    [
        ({"symptoms": ["fever"]}, {"well", "negative"}),
        ({"test_result": "positive", "test_kind": "rapid"}, {"negative"}),
        ({"test_result": "positive", "test_kind": "rapid", "symptoms": ["fever"]}, {"well", "negative"}),
    ],
    ids=["fever", "positive", "both"],
)
def test_and_only_what_answers_what_was_declared(an, acting, station, declared_ill, answers):
    assert offered(declare(acting, **declared_ill)) == answers


def test_in_place_of_what_was_found_it_is_offered_again(an, acting, station):
    declared = declare()
    cross(acting, station, declared, "secondary", Reason("positive"))
    negative = cross(acting, station, declared, "through", Reason("negative"))
    assert (offered(declared), offered(declared, negative)) == (set(), {"well", "negative"})


def test_words_of_a_recovery_heal_what_was_declared_and_what_was_found(an, acting, station):
    declared = declare(acting, symptoms=["fever"])
    cross(acting, station, declared, "secondary", Reason("fever"))
    cross(acting, station, declared, "through", Reason("", "đưa đi cấp cứu", NO_FINDING))
    known = look(acting, station, declared).memory
    assert [stop["reason_code"] for stop in known.stops] == ["fever"]
    cross(acting, station, declared, "through", Reason("well", "đo lại 36,8"))
    known = look(acting, station, declared).memory
    assert (known.stops, known.is_refused()) == ([], False)


def test_in_place_of_another_decision_it_is_asked_as_if_that_had_not_been(an, acting, station):
    declared = declare()
    held = cross(acting, station, declared, "secondary", Reason("fever"))
    assert not may_tell(declared, held)  # but for this hold nobody says that they are ill
    well = cross(acting, station, declared, "through", Reason("well"))
    assert (may_tell(declared), may_tell(declared, well)) == (False, True)
    actions.correct_crossing(acting, well, "through", Reason("", "đưa đi cấp cứu", NO_FINDING))
    assert look(acting, station, declared).memory.stops


def test_in_place_of_what_disproved_a_declaration_it_is_asked_too(an, acting, station):
    declared = declare(acting, symptoms=["fever"])
    well = cross(acting, station, declared, "through", Reason("well"))
    assert (may_tell(declared), may_tell(declared, well)) == (False, True)


@pytest.mark.parametrize(
    ("decision", "about"), [("secondary", NO_FINDING), ("back", NO_FINDING), ("through", "positive")]
)
def test_who_is_stopped_has_an_illness_and_who_is_let_through_a_recovery(
    an, acting, station, decision, about
):
    with pytest.raises(UnknownReason):
        cross(acting, station, declare(), decision, Reason("", "x", about))


def test_what_the_words_are_of_is_read_in_the_history(an, acting, station):
    with override("vi"):
        declared = declare()
        cross(acting, station, declared, "secondary", Reason(written="nóng ran", about="symptoms"))
        cross(acting, station, declared, "through", Reason("", "đi cấp cứu", NO_FINDING))
        told = [row["why"] for row in look(acting, station, declared).memory.crossings]
        assert told == ["đi cấp cứu [không gỡ được nghi vấn về bệnh]", "nóng ran [sốt hoặc triệu chứng]"]
        assert in_words("well", "hết sốt") == "Kiểm tra lại: không sốt, không có triệu chứng: hết sốt"
        seen = lookups.movements([an])
        assert [row["reason"] for row in seen] == told


def may_tell(declared, instead_of=None) -> bool:
    shown = lookups.pass_in_full(declared.pass_id)
    return bool(lookups.open_illnesses(lookups.memory_of(shown), shown, instead_of))


def offered(declared, instead_of=None) -> set[str]:
    shown = lookups.pass_in_full(declared.pass_id)
    return lookups.answering(lookups.open_illnesses(lookups.memory_of(shown), shown, instead_of))
