"""Where somebody lives whose two records gave two homes."""

import datetime as dt

import pytest
from django.utils import timezone

from dancu.register import actions, counting, lookups, versions
from dancu.register.errors import AskFirst, ChangedSince, LaterEvent
from dancu.register.merging.tests.merged import merge, now_held, undo
from dancu.testing.database import rows
from dancu.testing.officials import acting_as
from dancu.testing.people import BEN_THANH, CAU_GIAY, YEN_HOA, area, chi, someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]


def homes_of(person_id):
    return [
        (row["area_id"], row["valid_from"].year, row["valid_to"] and row["valid_to"].year)
        for row in lookups.record_of(person_id).residences
    ]


@pytest.mark.parametrize(("chosen", "stays"), [([], "keep"), (["home_area"], "other")])
def test_of_two_homes_the_earlier_ended_when_the_later_began(acting, chosen, stays):
    there, here = area(BEN_THANH), area(CAU_GIAY)
    long_ago, since = (dt.date(year, 1, 1) for year in (2008, 2015))
    keep = someone(here if stays == "keep" else there, valid_from=since if stays == "keep" else long_ago)
    other = someone(there if stays == "keep" else here, valid_from=long_ago if stays == "keep" else since)
    before = [homes_of(person_id) for person_id in (keep, other)]
    merge_id = merge(acting, keep, other, fields=chosen)
    assert homes_of(keep) == [(here, 2015, None), (there, 2008, 2015)]
    undo(acting, merge_id)
    assert [homes_of(person_id) for person_id in (keep, other)] == before
    assert now_held(keep)["home_area"] == (here if stays == "keep" else there)


def test_one_home_that_two_records_date_otherwise_is_one_home(acting):
    keep, other = someone(), someone(valid_from=dt.date(2005, 1, 1))
    merge(acting, keep, other)
    assert [since for _area, since, _until in homes_of(keep)] == [2010]


def test_who_is_dead_by_the_other_record_lives_nowhere(acting):
    keep, other = someone(), someone()
    actions.record_death(acting, other, dt.date(2020, 5, 5), "Giấy chứng tử")
    merge_id = merge(acting, keep, other, fields=["status"])
    assert (now_held(keep)["status"], homes_of(keep)[0][2]) == (2, 2020)
    undo(acting, merge_id)
    assert (now_held(keep)["status"], homes_of(keep)[0][2]) == (1, None)


def test_who_is_dead_by_one_of_the_records_lives_nowhere_for_now_either(acting):
    died = dt.date(2020, 5, 5)
    for dead_is_kept, fields in (
        (False, ["status"]),
        (True, []),
        (True, ["home_area"]),
        (False, ["status", "home_area"]),
    ):
        keep, other = someone(area(YEN_HOA)), someone()
        for person_id, kind, where in (
            (keep, lookups.TEMPORARY, BEN_THANH),
            (other, lookups.CURRENT, CAU_GIAY),
        ):
            lodge(person_id, kind, where)
        before = lookups.homes([keep, other])
        actions.record_death(acting, keep if dead_is_kept else other, died, "Giấy chứng tử")
        lodge(keep if dead_is_kept else other, lookups.STAY, BEN_THANH)  # as files of before left it
        parted = lookups.homes([keep, other])
        merge_id = merge(acting, keep, other, fields=fields)
        assert lookups.homes([keep]) == {}, fields
        assert (now_held(keep)["status"], now_held(keep)["home_since"]) == (2, None)
        assert not lookups.may_see(acting_as(chi(BEN_THANH, f"chi-{keep}")), keep)
        undo(acting, merge_id)
        if not dead_is_kept:
            assert lookups.homes([keep])[keep] == before[keep]
        else:
            assert lookups.homes([other])[other] == parted[other]


def test_of_two_homes_for_now_the_earlier_ended_when_the_later_began(acting):
    keep, other = someone(), someone()
    lodge(keep, lookups.TEMPORARY, BEN_THANH, dt.date(2018, 1, 1))
    lodge(other, lookups.TEMPORARY, YEN_HOA, dt.date(2019, 1, 1))
    before = [homes_of(person_id) for person_id in (keep, other)]
    merge_id = merge(acting, keep, other)
    assert [home for home in homes_of(keep) if home[1] > 2010] == [
        (area(YEN_HOA), 2019, None),
        (area(BEN_THANH), 2018, 2019),
    ]
    undo(acting, merge_id)
    assert [homes_of(person_id) for person_id in (keep, other)] == before


DAY = dt.date(2026, 6, 6)
LAST_YEAR = dt.date(2025, 8, 1)


def move(acting, person_id, where, on=DAY):
    actions.record_move(
        acting, person_id, area_id=area(where), address="7 Đường Láng", moved_on=on, basis="test"
    )


def as_of(person_id, on, *names):
    """What the register says now of how things stood on that day."""
    row = versions.person_as_of(person_id, on, timezone.now())
    return [row[name] for name in names]


def test_a_move_after_a_merge_is_the_kept_ones_and_each_gets_back_the_own_home(acting):
    own, taken = area(YEN_HOA), area(CAU_GIAY)
    keep, other = someone(own), someone(taken, valid_from=LAST_YEAR)
    merge_id = merge(acting, keep, other, fields=["home_area"])
    move(acting, keep, BEN_THANH)
    assert homes_of(keep) == [(area(BEN_THANH), 2026, None), (taken, 2025, 2026), (own, 2010, 2025)]
    undo(acting, merge_id)
    assert homes_of(keep) == [(area(BEN_THANH), 2026, None), (own, 2010, 2026)]
    assert homes_of(other) == [(taken, 2025, None)]
    assert as_of(keep, dt.date(2025, 12, 1), "home_area", "home_since") == [own, dt.date(2010, 1, 1)]
    assert as_of(keep, DAY, "home_area", "home_since") == [area(BEN_THANH), DAY]
    assert counting.recount() == []


def test_of_two_moves_after_a_merge_both_are_the_kept_ones(acting):
    own = area(YEN_HOA)
    keep, other = someone(own), someone(area(CAU_GIAY), valid_from=LAST_YEAR)
    merge_id = merge(acting, keep, other, fields=["home_area"])
    move(acting, keep, BEN_THANH)
    move(acting, keep, CAU_GIAY, dt.date(2026, 9, 9))
    undo(acting, merge_id)
    assert homes_of(keep) == [(area(CAU_GIAY), 2026, None), (area(BEN_THANH), 2026, 2026), (own, 2010, 2026)]


def test_a_move_within_the_commune_that_was_taken_gives_back_the_own_home_before(acting):
    own, taken = area(YEN_HOA), area(CAU_GIAY)
    keep, other = someone(own), someone(taken, valid_from=LAST_YEAR)
    merge_id = merge(acting, keep, other, fields=["home_area"])
    move(acting, keep, CAU_GIAY)
    undo(acting, merge_id)
    assert homes_of(keep) == [(taken, 2026, None), (own, 2010, 2026)]


def test_who_died_after_a_merge_died_in_the_own_home(acting):
    own = area(YEN_HOA)
    keep, other = someone(own), someone(area(CAU_GIAY), valid_from=LAST_YEAR)
    merge_id = merge(acting, keep, other, fields=["home_area"])
    actions.record_death(acting, keep, DAY, "Giấy chứng tử")
    undo(acting, merge_id)
    assert homes_of(keep) == [(own, 2010, 2026)]
    assert (now_held(keep)["home_area"], now_held(keep)["home_since"], now_held(keep)["status"]) == (
        own,
        None,
        2,
    )
    assert (now_held(other)["status"], homes_of(other)) == (1, [(area(CAU_GIAY), 2025, None)])


def test_a_home_that_was_corrected_since_stays_corrected(acting):
    keep, other = someone(area(YEN_HOA)), someone(area(CAU_GIAY), valid_from=LAST_YEAR)
    merge_id = merge(acting, keep, other, fields=["home_area"])
    actions.correct(acting, keep, {"home_area": area(BEN_THANH)}, "test")
    undo(acting, merge_id)
    assert now_held(keep)["home_area"] == area(BEN_THANH)


@pytest.mark.parametrize("fields", [["status"], ["status", "home_area"]])
def test_who_lives_by_the_other_record_lives_where_it_says(acting, fields):
    keep, other = someone(area(YEN_HOA)), someone(area(CAU_GIAY), valid_from=LAST_YEAR)
    actions.record_death(acting, keep, dt.date(2020, 5, 5), "Giấy chứng tử")
    before = [(homes_of(person_id), now_held(person_id)["status"]) for person_id in (keep, other)]
    merge_id = merge_all_the_same(acting, keep, other, fields=fields)
    assert (now_held(keep)["status"], homes_of(keep)[0]) == (1, (area(CAU_GIAY), 2025, None))
    assert lookups.may_see(acting_as(chi(CAU_GIAY, "chi-cg")), keep)
    undo(acting, merge_id)
    assert [(homes_of(person_id), now_held(person_id)["status"]) for person_id in (keep, other)] == before
    assert counting.recount() == []


def test_who_lives_does_not_lose_the_home_to_a_record_that_gives_none(acting):
    keep, other = someone(area(YEN_HOA)), someone(area(CAU_GIAY), valid_from=LAST_YEAR)
    actions.record_death(acting, other, DAY, "Giấy chứng tử")
    merge_all_the_same(acting, keep, other, fields=["home_area"])
    assert (now_held(keep)["status"], homes_of(keep)[0]) == (1, (area(YEN_HOA), 2010, None))


def test_a_merge_by_which_a_dead_one_moved_is_undone_after_the_move(acting):
    keep, other = someone(area(YEN_HOA)), someone(area(CAU_GIAY), valid_from=LAST_YEAR)
    actions.record_death(acting, keep, dt.date(2020, 5, 5), "Giấy chứng tử")
    before = [(homes_of(person_id), now_held(person_id)["status"]) for person_id in (keep, other)]
    merge_id = merge_all_the_same(acting, keep, other, fields=["status"])
    move(acting, keep, BEN_THANH)
    with pytest.raises(LaterEvent):
        undo(acting, merge_id)
    actions.undo_event(acting, keep, lookups.record_of(keep).events[0]["event_id"], "test")
    undo(acting, merge_id)
    assert [(homes_of(person_id), now_held(person_id)["status"]) for person_id in (keep, other)] == before


def test_an_event_of_between_does_not_give_back_what_was_the_other_records(acting):
    keep, other = someone(area(YEN_HOA)), someone(area(CAU_GIAY), valid_from=LAST_YEAR)
    merge_id = merge(acting, keep, other, fields=["home_area"])
    move(acting, keep, BEN_THANH)
    moved = lookups.record_of(keep).events[0]["event_id"]
    undo(acting, merge_id)
    with pytest.raises(ChangedSince):
        actions.undo_event(acting, keep, moved, "test")


@pytest.mark.parametrize("ends", ["a move", "a death"])
def test_what_the_kept_one_left_since_is_the_other_ones_home_still(acting, ends):
    keep, other = someone(area(YEN_HOA)), someone()
    lodge(keep, lookups.TEMPORARY, YEN_HOA, dt.date(2018, 1, 1))
    lodge(other, lookups.CURRENT, BEN_THANH)
    lodge(other, lookups.TEMPORARY, CAU_GIAY)
    before = homes_of(other)
    merge_id = merge(acting, keep, other)
    if ends == "a move":
        move(acting, keep, CAU_GIAY)
    else:
        actions.record_death(acting, keep, DAY, "Giấy chứng tử")
    assert (area(BEN_THANH), 2019, 2026) in homes_of(keep)
    undo(acting, merge_id)
    assert homes_of(other) == before
    lasting = [home for home in homes_of(keep) if home[2] is None]
    assert lasting == (
        [(area(CAU_GIAY), 2026, None), (area(YEN_HOA), 2018, None)] if ends == "a move" else []
    )


def test_a_divorce_after_a_merge_leaves_no_marriage_that_was_the_other_records(acting):
    keep, other = someone(marital_status=1), someone(marital_status=2)
    merge_id = merge(acting, keep, other, fields=["marital_status"])
    actions.record_divorce(acting, keep, DAY, "Bản án số 1")
    undo(acting, merge_id)
    assert as_of(keep, dt.date(2025, 1, 1), "marital_status") == [1]
    assert as_of(keep, DAY, "marital_status") == [now_held(keep)["marital_status"]] != [1]
    divorced = next(event for event in lookups.record_of(keep).events if event["kind"] == "divorce")[
        "event_id"
    ]
    with pytest.raises(ChangedSince):
        actions.undo_event(acting, keep, divorced, "test")


def lodge(person_id, kind, where, since=dt.date(2019, 1, 1)):
    rows(
        "INSERT INTO residence (person_id, kind, valid_from, area_id) VALUES (%s, %s, %s, %s)",
        person_id,
        kind,
        since,
        area(where),
    )


def merge_all_the_same(acting, keep: int, other: int, **chosen):
    """After what is unlikely was asked, and confirmed."""
    with pytest.raises(AskFirst) as first:
        merge(acting, keep, other, **chosen)
    return merge(
        acting, keep, other, confirmed=[question.key for question in first.value.questions], **chosen
    )


BORN, A_YEAR_LATER = dt.date(1999, 10, 27), dt.date(2000, 10, 27)


def two_births(*, keep_later: bool, former: bool = False) -> tuple[int, int]:
    """Two records of one person, each with a home since its own birth; `former`: and where they lived in
    fact, and a home that ended.
    """
    ids = []
    for born, place in ((A_YEAR_LATER, BEN_THANH), (BORN, CAU_GIAY)):
        person_id = someone(area(place), birth_date=born, valid_from=born)
        if former and born == BORN:
            for kind, since, until in (
                (2, "1999-10-27", "2001-01-01"),
                (4, "1999-11-01", None),
                (2, "1999-12-01", "2000-02-01"),
            ):
                rows(
                    "INSERT INTO residence (person_id, kind, valid_from, valid_to, area_id) VALUES (%s, %s, "
                    "%s, %s, %s)",
                    person_id,
                    kind,
                    since,
                    until,
                    area(YEN_HOA),
                )
        ids.append(person_id)
    return (ids[0], ids[1]) if keep_later else (ids[1], ids[0])


def residences(*person_ids):
    return rows(
        "SELECT person_id, kind, valid_from, valid_to, area_id FROM residence WHERE person_id = ANY (%s) "
        "ORDER BY 1, 2, 3",
        list(person_ids),
    ) + rows(
        "SELECT person_id, home_since, home_area FROM person WHERE person_id = ANY (%s) ORDER BY 1",
        list(person_ids),
    )


@pytest.mark.parametrize("former", [False, True])
@pytest.mark.parametrize(
    ("keep_later", "fields"),
    [(True, []), (True, ["home_area"]), (False, ["birth_date"]), (False, ["birth_date", "home_area"])],
)
def test_nobody_lived_anywhere_before_the_birth_that_was_chosen(acting, keep_later, fields, former):
    keep, other = two_births(keep_later=keep_later, former=former)
    before = residences(keep, other)
    try:
        merge_id = merge(acting, keep, other, fields=fields)
    except AskFirst as asked:
        assert {question.key for question in asked.questions} == {"lived_before"}
        merge_id = merge(
            acting, keep, other, fields=fields, confirmed={question.key for question in asked.questions}
        )
    born = now_held(keep)["birth_date"]
    assert born == A_YEAR_LATER
    assert all(row[2] >= born for row in residences(keep)[:-1])
    assert now_held(keep)["home_since"] >= born
    counting.fold()
    assert counting.recount() == []
    undo(acting, merge_id)
    assert residences(keep, other) == before


@pytest.mark.parametrize("dead_is_kept", [True, False])
def test_nobody_lived_anywhere_after_the_death_that_was_chosen(acting, dead_is_kept):
    dead, alive = someone(), someone()
    actions.record_death(acting, dead, dt.date(2020, 1, 1), "Giấy chứng tử")
    for since in (dt.date(2025, 8, 1), dt.date(2025, 9, 1)):
        actions.record_move(
            acting, alive, area_id=area(BEN_THANH), address=str(since), moved_on=since, basis="x"
        )
    keep, other = (dead, alive) if dead_is_kept else (alive, dead)
    before = residences(keep, other)
    fields = [] if dead_is_kept else ["status"]
    with pytest.raises(AskFirst) as asked:
        merge(acting, keep, other, fields=fields)
    confirmed = {question.key for question in asked.value.questions}
    assert "lived_after" in confirmed
    merge_id = merge(acting, keep, other, fields=fields, confirmed=confirmed)
    assert max(row[3] for row in residences(keep)[:-1]) == dt.date(2020, 1, 1)
    undo(acting, merge_id)
    assert residences(keep, other) == before
