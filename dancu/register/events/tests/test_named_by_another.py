"""Who is somebody's husband by her record alone is married, wherever she lives."""

import datetime as dt

import pytest

from dancu.register import actions, versions
from dancu.register.errors import AlreadyMarried, AskFirst
from dancu.register.events import kin
from dancu.testing.family import BASIS, DAY, hai, held, man, marriage_of, woman
from dancu.testing.people import BEN_THANH, area

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]


@pytest.fixture(params=["small", "large"])
def acting(request, monkeypatch):
    """In a register that is read for one event, and in one that is too large for it."""
    asked = kin._sql.one
    size = {"is_small": {"small": request.param == "small"}}
    monkeypatch.setattr(
        kin._sql, "one", lambda name, *parts, **values: size.get(name) or asked(name, *parts, **values)
    )
    return hai()


def merged(acting, keep: int, other: int) -> None:
    with pytest.raises(AskFirst) as first:
        actions.merge_people(acting, keep, other, basis=BASIS)
    keys = [question.key for question in first.value.questions]
    actions.merge_people(acting, keep, other, basis=BASIS, confirmed=keys)


def test_who_was_merged_with_a_married_record_marries_nobody_else_while_she_lives(acting):
    keep, other = man("Nguyễn Văn An"), man("Nguyễn Văn An")
    lan, hoa = woman(home=area(BEN_THANH)), woman("Trần Thị Hoa")
    actions.record_marriage(acting, other, lan, dt.date(2020, 5, 5), BASIS)
    merged(acting, keep, other)
    assert (marriage_of(keep), held(lan)["spouse_id"]) == ((2, lan), keep)
    with pytest.raises(AlreadyMarried, match="Lê Thị Lan"):
        actions.record_marriage(acting, keep, hoa, DAY, BASIS)
    with pytest.raises(AlreadyMarried, match="Lê Thị Lan"):
        actions.record_marriage(acting, hoa, keep, DAY, BASIS)
    actions.record_death(acting, lan, dt.date(2021, 7, 7), BASIS)
    actions.record_marriage(acting, keep, hoa, DAY, BASIS)
    assert marriage_of(keep) == (2, hoa)


def test_two_wives_of_another_commune_by_the_records_of_a_file_and_a_merge_are_told(acting):
    keep, other = man("Nguyễn Văn An"), man("Nguyễn Văn An")
    lan, hoa = woman(home=area(BEN_THANH)), woman("Trần Thị Hoa", home=area(BEN_THANH))
    for husband, wife in ((keep, lan), (other, hoa)):
        actions.record_marriage(acting, husband, wife, dt.date(2020, 5, 5), BASIS)
        versions.change(husband, {"marital_status": 1, "spouse_id": None}, versions.ALWAYS)
    with pytest.raises(AlreadyMarried, match="Lê Thị Lan, Trần Thị Hoa"):
        actions.merge_people(acting, keep, other, basis=BASIS)
