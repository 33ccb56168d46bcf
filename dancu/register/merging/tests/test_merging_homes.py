"""Where somebody lives whose two records gave two homes."""

import datetime as dt

import pytest

from dancu.accounts.tests.factories import acting_as
from dancu.register import actions, lookups
from dancu.register.merging.tests.merged import merge, now_held, undo
from dancu.register.tests.factories import BEN_THANH, CAU_GIAY, YEN_HOA, area, chi, someone
from dancu.register.tests.hangings import (
    rows,
)

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
        for person_id, kind, where in ((keep, lookups.TEMPORARY, BEN_THANH), (other, lookups.CURRENT, CAU_GIAY)):
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


def lodge(person_id, kind, where, since=dt.date(2019, 1, 1)):
    rows(
        "INSERT INTO residence (person_id, kind, valid_from, area_id) VALUES (%s, %s, %s, %s)",
        person_id,
        kind,
        since,
        area(where),
    )
