import datetime as dt

import pytest

from dancu.register import actions
from dancu.register.errors import (
    AskFirst,
    BeforeBirth,
    BornAfterEvent,
    BornTooEarly,
    InTheFuture,
    NotToBeCorrected,
    OneSelf,
    ParentBornLater,
    ParentDead,
    ParentTooYoung,
    WrongParent,
)
from dancu.testing.family import BASIS, DAY, child_of, couple, event_of, hai, held, man, woman
from dancu.testing.people import BEN_THANH, area, someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]


@pytest.fixture
def acting():
    return hai()


def asked(acting, person_id: int, **changes) -> list[str]:
    """The codes of what is asked before this correction, which is then made."""
    with pytest.raises(AskFirst) as first:
        actions.correct(acting, person_id, changes, BASIS)
    assert any(held(person_id)[name] != value for name, value in changes.items())
    actions.correct(
        acting, person_id, changes, BASIS, confirmed={question.key for question in first.value.questions}
    )
    assert all(held(person_id)[name] == value for name, value in changes.items())
    return [question.code for question in first.value.questions]


def test_a_birth_date_is_neither_after_the_death_nor_in_the_future(acting):
    an = someone()
    with pytest.raises(InTheFuture):
        actions.correct(acting, an, {"birth_date": dt.date(2999, 1, 1)}, BASIS)
    actions.record_death(acting, an, DAY, BASIS)
    with pytest.raises(BeforeBirth):
        actions.correct(acting, an, {"birth_date": DAY + dt.timedelta(days=1)}, BASIS)


def test_nobody_is_born_after_what_happened_to_them(acting):
    an, lan = man(), woman()
    actions.record_marriage(acting, an, lan, DAY, BASIS)
    with pytest.raises(BornAfterEvent, match="of 01/08/2025"):
        actions.correct(acting, an, {"birth_date": dt.date(2025, 10, 1)}, BASIS)
    binh = man()
    actions.record_move(acting, binh, area_id=area(BEN_THANH), address="", moved_on=DAY, basis=BASIS)
    with pytest.raises(BornAfterEvent, match="of 01/08/2025"):
        actions.correct(acting, binh, {"birth_date": dt.date(2026, 1, 1)}, BASIS)
    actions.undo_event(acting, binh, event_of(binh), BASIS)
    assert asked(acting, binh, birth_date=dt.date(2026, 1, 1)) == ["lived_before"]
    missing = man()
    actions.record_missing(acting, missing, DAY, BASIS)
    with pytest.raises(BeforeBirth):
        actions.correct(acting, missing, {"birth_date": DAY + dt.timedelta(days=1)}, BASIS)


def test_who_would_have_married_too_young_by_a_correction_is_asked_about(acting):
    an, lan = man(), woman()
    actions.record_marriage(acting, an, lan, DAY, BASIS)
    assert asked(acting, an, birth_date=dt.date(2009, 1, 1)) == ["age_at_marriage"]
    assert asked(acting, lan, birth_date=dt.date(2009, 6, 1)) == ["age_at_marriage"]
    an, lan = couple()  # of a file: nobody knows since when
    assert asked(acting, lan, birth_date=dt.date(2009, 6, 1)) == ["age_at_marriage"]
    actions.correct(acting, an, {"birth_date": dt.date(2005, 1, 1)}, BASIS)


@pytest.mark.parametrize("year", [1000, 1700, 1879])
def test_nobody_was_born_before_anybody_lives(acting, year):
    for deed in (
        lambda: actions.correct(acting, someone(), {"birth_date": dt.date(year, 12, 31)}, BASIS),
        lambda: someone(birth_date=dt.date(year, 12, 31)),
        lambda: actions.record_birth(
            acting, woman(), full_name="Lê Bé", birth_date=dt.date(year, 12, 31), sex=1, basis=BASIS
        ),
    ):
        with pytest.raises(BornTooEarly, match="the earliest year is 1880"):
            deed()


def test_a_card_was_issued_in_its_holders_life(acting):
    an = someone()
    for deed in (
        lambda issued: actions.correct(acting, an, {"card_issued_on": issued}, BASIS),
        lambda issued: someone(card_issued_on=issued),
    ):
        with pytest.raises(InTheFuture):
            deed(dt.date(2999, 1, 1))
        with pytest.raises(BeforeBirth):
            deed(dt.date(1985, 3, 11))
    actions.correct(acting, an, {"card_issued_on": dt.date(2021, 5, 5)}, BASIS)
    assert asked(acting, an, birth_date=dt.date(2021, 6, 1)) == ["lived_before", "card_before_birth"]
    actions.record_death(acting, binh := man(), DAY, BASIS)
    assert asked(acting, binh, card_issued_on=DAY + dt.timedelta(days=1)) == ["card_after_death"]


def test_a_home_from_birth_on_does_not_keep_the_birth_date_from_being_corrected(acting):
    child = man(born=dt.date(2012, 9, 5), valid_from=dt.date(2012, 9, 5))
    actions.correct(acting, child, {"birth_date": dt.date(2012, 9, 15)}, BASIS)
    assert held(child)["birth_date"] == dt.date(2012, 9, 15)


@pytest.mark.parametrize(
    ("born", "said"),
    [
        (dt.date(1999, 1, 1), "13 years old"),
        (dt.date(1950, 1, 1), "62 years old"),
    ],
)
def test_a_birth_date_that_makes_a_childs_parent_doubtful_is_asked(acting, born, said):
    an, lan = couple()
    child_of(an, lan, dt.date(2012, 9, 5))
    with pytest.raises(AskFirst, match=said):
        actions.correct(acting, lan, {"birth_date": born}, BASIS)
    assert asked(acting, lan, birth_date=born)


@pytest.mark.parametrize(
    ("born", "refusal"),
    [
        (dt.date(2012, 9, 6), ParentBornLater),
        (dt.date(2012, 1, 5), ParentTooYoung),
        (dt.date(2003, 1, 1), ParentTooYoung),
    ],
)
def test_who_could_not_be_a_parent_at_a_birth_is_not_corrected_into_one(acting, born, refusal):
    an, lan = couple()
    khoa = child_of(an, lan)
    for parent in (an, lan):
        with pytest.raises(refusal):
            actions.correct(acting, parent, {"birth_date": born}, BASIS)
        assert held(parent)["birth_date"].year < 1990
    with pytest.raises(ParentTooYoung):
        actions.correct(acting, khoa, {"birth_date": dt.date(1990, 1, 1)}, BASIS)


def test_a_child_is_not_corrected_into_one_born_long_after_the_parents_death(acting):
    an, lan = couple()
    khoa = child_of(an, lan)
    actions.record_death(acting, lan, DAY, BASIS)
    with pytest.raises(ParentDead, match="Lê Thị Lan died on 01/08/2025"):
        actions.correct(acting, khoa, {"birth_date": dt.date(2025, 9, 1)}, BASIS)


def test_what_contradicted_already_can_be_corrected_step_by_step(acting):
    lan = woman(born=dt.date(2010, 1, 1))
    khoa = child_of(None, lan, dt.date(2012, 9, 5))
    assert asked(acting, lan, birth_date=dt.date(2001, 1, 1)) == ["age_of_parent"]
    actions.correct(acting, khoa, {"birth_date": dt.date(2022, 9, 5)}, BASIS)


def test_a_birth_date_that_contradicts_nobody_is_not_asked(acting):
    an, lan = couple()
    khoa = child_of(an, lan)
    for person_id, born in (
        (khoa, dt.date(2012, 5, 9)),
        (lan, dt.date(1986, 3, 6)),
        (an, dt.date(1985, 12, 3)),
    ):
        actions.correct(acting, person_id, {"birth_date": born}, BASIS)
        assert held(person_id)["birth_date"] == born


def test_a_sex_that_contradicts_spouse_or_children_is_asked(acting):
    an, lan = couple()
    assert asked(acting, an, sex=2) == ["sex_of_spouse"]
    actions.correct(acting, an, {"sex": 1}, BASIS)
    child_of(an, lan)
    assert asked(acting, lan, sex=1) == ["sex_of_parent", "sex_of_spouse"]


def test_a_parent_who_cannot_be_one_is_refused_in_a_correction_too(acting):
    khoa = someone(birth_date=dt.date(2012, 9, 5), valid_from=dt.date(2012, 9, 5))
    for parent, refusal in (
        (woman(born=dt.date(2013, 1, 1)), ParentBornLater),
        (woman(born=dt.date(2001, 9, 6)), ParentTooYoung),
        (man(), WrongParent),
        (khoa, OneSelf),
    ):
        with pytest.raises(refusal):
            actions.correct(acting, khoa, {"mother_id": parent}, BASIS)
    assert asked(acting, khoa, mother_id=woman(born=dt.date(1999, 1, 1))) == ["parents_age"]


def test_who_is_recorded_as_married_is_not_made_single_without_a_question(acting):
    an, _lan = couple()
    assert asked(acting, an, marital_status=1) == ["marital_status"]
    binh = man()
    actions.correct(acting, binh, {"marital_status": 1}, BASIS)
    assert held(binh)["marital_status"] == 1


@pytest.mark.parametrize(
    "changes", [{"status": 1}, {"status": 1, "status_on": None}, {"status": 3}, {"status_on": DAY}]
)
def test_whether_somebody_lives_is_not_corrected_but_recorded_or_undone(acting, changes):
    an, lan = couple()
    with pytest.raises(NotToBeCorrected, match="Nguyễn Văn An"):
        actions.correct(acting, an, {"status": 2}, BASIS)
    actions.record_death(acting, an, DAY, BASIS)
    was = held(an)
    with pytest.raises(NotToBeCorrected):
        actions.correct(acting, an, {"phone": "0912345678"} | changes, BASIS)
    assert held(an) == was
    actions.record_return(acting, an, DAY, BASIS)
    assert (held(an)["status"], held(an)["status_on"], held(lan)["marital_status"]) == (1, None, 2)
