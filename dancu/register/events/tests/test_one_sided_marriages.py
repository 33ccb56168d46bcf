"""A marriage that only one of the two records tells of, as an old file left it: what is recorded of
either is taken back all the same.
"""

import pytest

from dancu.register import actions
from dancu.register.errors import AlreadyMarried, AskFirst
from dancu.register.events.tests.test_undone_sequences import done
from dancu.register.events.tests.whole_country import country
from dancu.testing.database import rows
from dancu.testing.family import BASIS, DAY, event_of, hai, man, marriage_of, woman

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

SINGLE, MARRIED, WIDOWED, DIVORCED, APART = 1, 2, 3, 4, 5


@pytest.fixture
def acting():
    return hai()


def one_sided(of: int, named: int | None, state: int = SINGLE, names: int | None = None) -> tuple[int, int]:
    """Bình is married to Lan by his record; by hers she is `state`."""
    binh, lan = man(), woman()
    rows("UPDATE person SET marital_status = %s, spouse_id = %s WHERE person_id = %s", of, lan, binh)
    rows(
        "UPDATE person SET marital_status = %s, spouse_id = %s WHERE person_id = %s",
        state,
        names or named,
        lan,
    )
    return binh, lan


def undone(acting, person_id: int, event_id) -> None:
    """Whatever it asks is answered."""
    assert done(lambda yes: actions.undo_event(acting, person_id, event_id, "Ghi nhầm người", yes))


@pytest.mark.parametrize("of", [MARRIED, APART])
@pytest.mark.parametrize("state", [SINGLE, WIDOWED, DIVORCED])
@pytest.mark.parametrize("deed", ["his death", "her death", "divorce", "her missing"])
def test_whatever_hit_the_wrong_person_is_undone_though_the_records_contradict_each_other(
    acting, of, state, deed
):
    binh, lan = one_sided(of, None, state)
    before = country()
    who = lan if deed.startswith("her") else binh
    {
        "his death": lambda: actions.record_death(acting, binh, DAY, BASIS),
        "her death": lambda: actions.record_death(acting, lan, DAY, BASIS),
        "her missing": lambda: actions.record_missing(acting, lan, DAY, BASIS),
        "divorce": lambda: actions.record_divorce(acting, binh, DAY, BASIS),
    }[deed]()
    undone(acting, who, event_of(who))
    assert country() == before


def test_of_one_who_is_married_to_another_a_death_is_undone_too(acting):
    binh, lan = one_sided(MARRIED, None, MARRIED, names=man("Đỗ Văn Sơn"))
    before = country()
    actions.record_death(acting, lan, DAY, BASIS)
    undone(acting, lan, event_of(lan))
    assert country() == before
    assert marriage_of(binh) == (MARRIED, lan)


def test_what_else_was_corrected_meanwhile_does_not_hinder(acting):
    binh, lan = one_sided(MARRIED, None)
    actions.record_death(acting, lan, DAY, BASIS)
    death = event_of(lan)
    actions.correct(acting, binh, {"religion": "02"}, BASIS)
    undone(acting, lan, death)
    assert (marriage_of(binh), marriage_of(lan)) == ((MARRIED, lan), (SINGLE, None))


def test_two_deaths_of_such_a_couple_are_undone_in_either_order(acting):
    for first in (0, 1):
        couple = one_sided(MARRIED, None)
        before = country()
        deaths = []
        for each in couple:
            actions.record_death(acting, each, DAY, BASIS)
            deaths.append((each, event_of(each)))
        for each, death in (deaths[first], deaths[1 - first]):
            undone(acting, each, death)
        assert country() == before


def test_what_contradicts_only_since_then_is_refused(acting):
    binh, lan = one_sided(MARRIED, None)
    rows("UPDATE person SET marital_status = %s, spouse_id = %s WHERE person_id = %s", MARRIED, binh, lan)
    actions.record_missing(acting, lan, DAY, BASIS)
    actions.record_divorce(acting, binh, DAY, BASIS)
    divorce = event_of(binh)
    rows("UPDATE person SET marital_status = %s WHERE person_id = %s", SINGLE, lan)
    assert not done(lambda yes: actions.undo_event(acting, binh, divorce, BASIS, yes))
    assert marriage_of(binh) == (DIVORCED, None)


@pytest.mark.parametrize(
    "correction", [{"marital_status": SINGLE}, {"marital_status": SINGLE, "spouse_id": None}]
)
def test_who_is_married_only_by_anothers_record_is_told_whose_to_correct(acting, correction):
    binh, lan = one_sided(MARRIED, None)
    an = man("Nguyễn Văn An")
    with pytest.raises(AlreadyMarried, match="correct the marital status of Trần Văn Bình"):
        actions.record_marriage(acting, lan, an, DAY, BASIS)
    with pytest.raises(AskFirst) as asked:
        actions.correct(acting, binh, correction, BASIS)
    keys = [question.key for question in asked.value.questions]
    actions.correct(acting, binh, correction, BASIS, keys)
    actions.record_marriage(acting, lan, an, DAY, BASIS)
    assert marriage_of(lan) == (MARRIED, an)
