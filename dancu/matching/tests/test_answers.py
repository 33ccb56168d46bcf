"""Who is it? Matched, several, to be reviewed, or nobody: with what speaks for and against."""

import datetime as dt

import pytest

from dancu.matching import answers
from dancu.matching.answers import AnswerKind, kind_of, who_is
from dancu.matching.lookups import declared_identity
from dancu.register import actions
from dancu.register.lookups import TEMPORARY
from dancu.testing.officials import acting_as
from dancu.testing.people import BEN_THANH, BORN, CAU_GIAY, YEN_HOA, area, ha, someone
from dancu.values.birth_dates import PartialDate

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

PIN, PHONE = "001085001234", "0912345678"


def asked(name="Nguyễn Văn An", birth=BORN, sex=1, home: str | None = CAU_GIAY, number="", phone=""):
    born = PartialDate.of(birth) if isinstance(birth, dt.date) else birth
    return who_is(declared_identity(number, name, born, sex, area(home) if home else None, phone))


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"name": "NGUYEN VAN AN"},
        {"name": "Nguyeenx Vawn An"},
        {"name": "An Văn Nguyễn"},
        {"name": "Nguyễn An"},
        {"birth": dt.date(1985, 12, 3)},
        {"birth": dt.date(1984, 3, 12)},
        {"birth": PartialDate(1985)},
    ],
)
def test_without_a_number_a_person_is_found_through_one_fault(said):
    an = someone(pin=PIN)
    answer = asked(**said)
    assert (answer.kind, answer.person_id) == (AnswerKind.MATCH, an)


def test_every_field_says_what_it_is_worth():
    someone(pin=PIN)
    best = asked(birth=dt.date(1985, 12, 3), sex=2).best
    assert best
    told = {step["field"]: (step["level"], step["weight"]) for step in best.score.as_json()}
    assert [told[field][0] for field in ("given_name", "birth_date", "sex", "home")] == [
        "same",
        "swapped",
        "different",
        "same_commune",
    ]
    assert told["prior"][1] < told["sex"][1] < 0 < told["birth_date"][1] < told["home"][1]
    assert best.score.weight == pytest.approx(sum(weight for _level, weight in told.values()), abs=0.1)


def test_a_twin_is_not_taken_for_the_other():
    someone(pin=PIN, full_name="Quách Ngọc Hân", sex=2)
    assert asked("Quách Ngọc Vy", sex=2).kind == AnswerKind.REVIEW


def test_of_two_namesakes_of_one_day_in_one_commune_neither_is_chosen():
    someone(pin=PIN)
    someone(pin="001085005678")
    answer = asked()
    assert (answer.kind, answer.person_id, len(answer.ranked)) == (AnswerKind.SEVERAL, None, 2)


def test_the_telephone_tells_namesakes_apart():
    an = someone(pin=PIN, phone=PHONE)
    someone(pin="001085005678", phone="0987654321")
    assert asked(phone=PHONE).person_id == an


def test_a_name_and_a_birth_date_alone_never_match_by_themselves():
    someone(pin=PIN, full_name="Quách Thị Ngân Hà", sex=2)
    assert asked("Quách Thị Ngân Hà", sex=2, home=None).kind == AnswerKind.REVIEW
    assert asked("Quách Thị Ngân Hà", sex=2, home=BEN_THANH).kind == AnswerKind.REVIEW


def test_who_lives_in_the_commune_for_now_is_as_good_as_registered_there():
    an = someone(area(BEN_THANH), pin=PIN)
    actions.record_move(
        acting_as(ha()),
        an,
        area_id=area(CAU_GIAY),
        address="5 Trung Kính",
        moved_on=dt.date(2025, 8, 1),
        basis="Giấy tạm trú",
        kind=TEMPORARY,
    )
    best = asked().best
    assert best
    assert (best.person.person_id, best.score.levels["home"]) == (an, "current_commune")


def test_the_commune_next_door_is_near():
    an = someone(area(YEN_HOA), pin=PIN)
    best = asked().best
    assert best
    assert (best.person.person_id, best.score.levels["home"]) == (an, "same_district")


def test_an_old_card_number_leads_to_its_holder():
    an = someone(cmnd="012345678", pin=PIN)
    answer = asked(number="012345678", home=None)
    assert answer.person_id == an


@pytest.mark.parametrize("held", [{"pin": PIN}, {"cmnd": "012345678"}])
def test_a_number_alone_makes_no_match_where_neither_name_nor_birth_is_the_holders(held):
    """A mother who gave her own for her child's, in a register so small that the number would outweigh
    all else.
    """
    someone(full_name="Trần Thị Hoa", sex=2, birth_date=dt.date(1983, 5, 20), phone=PHONE, **held)
    (number,) = held.values()
    child = {"birth": dt.date(2024, 11, 2), "number": number, "phone": PHONE, "home": CAU_GIAY, "sex": 2}
    assert asked(name="Nguyễn Gia Bảo", **child).kind is not AnswerKind.MATCH
    assert (
        asked(name="Trần Thị Hoa", **child).kind is not AnswerKind.MATCH
    )  # of the same name: a generation speaks against it
    assert asked(name="Trần Thị Hoa", **(child | {"birth": dt.date(1986, 8, 2)})).kind is AnswerKind.MATCH
    born = child | {"birth": dt.date(1983, 5, 20)}
    assert (
        asked(name="Nguyễn Gia Bảo", **born).kind is AnswerKind.REVIEW
    )  # nothing of the name: people look at the papers
    assert asked(name="Nguyễn Gia Bảo", **(born | {"sex": 1})).kind is not AnswerKind.MATCH
    assert asked(name="Trần Thị Hoa", **(born | {"sex": 1})).kind is AnswerKind.MATCH


def test_nobody_is_found_where_nobody_is():
    someone(pin=PIN)
    assert asked("Trần Thị Bé", dt.date(1990, 5, 20), 2).kind == AnswerKind.NONE
    assert asked("", None, 0, None).kind == AnswerKind.NONE


def test_a_key_with_more_people_than_are_read_is_told_and_makes_no_match(monkeypatch):
    monkeypatch.setattr("dancu.register.candidates.MOST", 1)
    for last in range(3):
        someone(pin=f"00108500123{last}")
    answer = asked()
    assert answer.kind != AnswerKind.MATCH
    assert "home_and_born" in answer.capped


@pytest.mark.parametrize(
    ("best", "second", "may_be", "kind"),
    [
        (None, None, False, AnswerKind.NONE),
        (-9, None, True, AnswerKind.NONE),
        (1, None, True, AnswerKind.REVIEW),
        (20, None, False, AnswerKind.REVIEW),
        (20, None, True, AnswerKind.MATCH),
        (20, 18, True, AnswerKind.SEVERAL),
        (20, 10, True, AnswerKind.MATCH),
        (20, -9, True, AnswerKind.MATCH),
    ],
)
def test_what_follows_from_the_two_highest_weights(best, second, may_be, kind):
    assert kind_of(best, second, may_be, {"match": 5, "review": -2, "ahead": 5}) == kind


def test_the_weights_are_those_of_the_model_and_say_where_they_are_from():
    weights = answers.people_weights()
    assert weights.digest == answers.people_model().digest_of_levels
    assert {"trained_at", "versions", "declarations", "seed"} <= set(weights.provenance)
    assert weights.measured["precision"] >= 0.9995
    assert weights.measured["threshold"] == weights.thresholds["match"]
