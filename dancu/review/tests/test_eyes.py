from hypothesis import given
from hypothesis import strategies as st

from dancu.review.adjudication import (
    DECIDED,
    DIFFERENT,
    DISPUTED,
    NOT_SURE,
    OPEN,
    SAME,
    WAITING,
    CaseDecision,
    standing,
)

SAME_1, SAME_2, OTHER, UNSURE = (
    CaseDecision(SAME, 1),
    CaseDecision(SAME, 2),
    CaseDecision(DIFFERENT),
    CaseDecision(NOT_SURE),
)
answers = st.lists(st.sampled_from([SAME_1, SAME_2, OTHER, UNSURE]), max_size=3)


def test_one_sure_answer_decides_where_one_pair_of_eyes_is_enough():
    assert standing([SAME_1], 1) == (DECIDED, SAME_1)
    assert standing([OTHER], 1) == (DECIDED, OTHER)


def test_who_is_not_sure_leaves_it_to_a_second_whose_sure_answer_decides():
    assert standing([UNSURE], 1) == (WAITING, None)
    assert standing([UNSURE, SAME_2], 1) == (DECIDED, SAME_2)
    assert standing([UNSURE, UNSURE], 1) == (DECIDED, UNSURE)


def test_with_four_eyes_two_have_to_agree():
    assert standing([SAME_1], 2) == (WAITING, None)
    assert standing([SAME_1, SAME_1], 2) == (DECIDED, SAME_1)
    assert standing([SAME_1, SAME_2], 2) == (DISPUTED, None)


def test_the_third_decides_what_two_disagree_on():
    assert standing([SAME_1, OTHER, OTHER], 2) == (DECIDED, OTHER)
    assert standing([SAME_1, OTHER, UNSURE], 2) == (DECIDED, UNSURE)


@given(answers, st.sampled_from([1, 2]))
def test_an_answer_is_given_exactly_where_a_case_is_decided_and_is_one_that_was_given(given_answers, eyes):
    now = standing(given_answers, eyes)
    assert (now.answer is not None) == (now.status == DECIDED)
    assert now.answer is None or now.answer in given_answers
    assert (now.status == OPEN) == (not given_answers)


@given(answers, st.sampled_from([1, 2]))
def test_three_answers_always_decide_and_with_four_eyes_one_never_does(given_answers, eyes):
    status = standing(given_answers, eyes).status
    assert len(given_answers) < 3 or status == DECIDED
    assert len(given_answers) != 1 or eyes == 1 or status == WAITING
