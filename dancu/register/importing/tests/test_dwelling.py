"""Homes and households of a file: one permanent home at a time, none after death, one head to a household."""

import itertools
from pathlib import Path

import pytest

from dancu.register.importing.tests.test_rules_of_files import (
    AN,
    an,
    hoa,
    hung,
    lan,
    load,
    person,
    refused,
    warned,
)
from dancu.testing.database import rows

pytestmark = [pytest.mark.usefixtures("published_areas"), pytest.mark.django_db(transaction=True)]

FORMER = {"former_code": "26740", "former_since": "1990-01-01"}


def test_a_former_home_does_not_last_beside_the_one_of_today(tmp_path: Path, way: str) -> None:
    report = load(tmp_path, an(**FORMER, former_until="2015-01-01", permanent_since="2010-01-01"))
    assert refused(report) == {
        AN: "former_until: is after permanent_since, and nobody has two permanent homes at once"
    }


def test_where_nothing_says_since_when_the_home_began_as_the_former_one_ended(
    tmp_path: Path, way: str
) -> None:
    load(tmp_path, an(**FORMER, former_until="2015-01-01"))
    assert rows("SELECT home_since::text FROM person WHERE pin = %s", AN) == [("2015-01-01",)]


def test_a_former_home_beside_another_of_the_register_is_told(tmp_path: Path) -> None:
    load(tmp_path, an(permanent_since="2010-01-01"))
    report = load(tmp_path, an(**FORMER, former_until="2015-01-01"))
    assert warned(report) == {
        1: "former_since: according to the register, the person had another permanent home at that time"
    }


def test_the_dead_get_no_home(tmp_path: Path) -> None:
    load(tmp_path, an(status=2, status_on="2020-01-01"))
    report = load(tmp_path, an(temporary_code="26740", temporary_since="2021-01-01"))
    assert refused(report) == {AN: "temporary_since: is after the death of 2020-01-01 that the register has"}
    assert rows("SELECT count(*) FROM residence WHERE kind = 2") == [(0,)]


def household(*relations: int | None, **fields: str | int) -> list[dict[str, str | None]]:
    people = (hung, hoa, an, lan)
    return [
        of(household_no="7", relation_to_head=each, **fields)
        for of, each in zip(people, relations, strict=False)
    ]


def test_two_heads_of_a_household_are_told_and_so_is_none(tmp_path: Path) -> None:
    load(tmp_path, *household(1, 2, 3))
    assert warned(load(tmp_path, household(1, 1)[1])) == {1: "relation_to_head: the household has 2 heads"}
    report = load(tmp_path, *household(9, 9, 9))
    assert set(warned(report).values()) == {"relation_to_head: the household has no head"}


def test_a_household_that_its_head_leaves_is_told_to_have_none(tmp_path: Path) -> None:
    load(tmp_path, *household(1, 2, 3))
    report = load(tmp_path, hung(household_no="8", relation_to_head=1))
    assert warned(report) == {1: "household_no: the household that this person leaves has no head"}


def test_a_household_whose_head_died_waits_for_another_one(tmp_path: Path) -> None:
    load(tmp_path, *household(1, 2, 3))
    assert load(tmp_path, household(1, status=2, status_on="2026-10-01")[0]).warned == 0


def test_a_child_as_head_among_adults_is_told(tmp_path: Path) -> None:
    load(tmp_path, *household(1, 2))
    child = person("079220000015", "Nguyễn Văn Bé", "2020-05-05", 1, household_no="7", relation_to_head=1)
    told = warned(load(tmp_path, child))[1]
    assert (
        "relation_to_head: says that someone under 18 is the head of a household in which adults live" in told
    )
    assert "relation_to_head: the household has 2 heads" in told
    alone = person("079220000025", "Trần Văn Tí", "2020-05-05", 1, household_no="9", relation_to_head=1)
    assert "relation_to_head" not in "".join(warned(load(tmp_path, alone)).values())


def test_a_household_of_which_the_files_tell_no_heads_is_no_doubt(tmp_path: Path) -> None:
    report = load(tmp_path, *household(None, None, None))
    assert report.warned == 0
    assert load(tmp_path, *household(1, 2, 3)).warned == 0
    assert load(tmp_path, household(1, 2, 3, phone="0912345678")[1]).warned == 0


def test_no_file_leaves_two_permanent_homes_at_once(tmp_path: Path) -> None:
    """Of one person, in turn: a former home within one that is known, one over two others, one within the
    home that lasts, and a move for good.
    """
    former = {"former_code": "26740"}
    load(
        tmp_path,
        an(**former, former_since="1990-01-01", former_until="2012-01-01", permanent_since="2015-01-01"),
    )
    for said in (
        former | {"former_since": "2000-01-01", "former_until": "2014-01-01"},
        former | {"former_since": "1995-01-01", "former_until": "2013-01-01"},
        former | {"former_since": "2016-01-01", "former_until": "2018-01-01"},
        {"permanent_since": "2019-01-01", "permanent_code": "26740"},
        former | {"former_since": "2012-01-01", "former_until": "2018-01-01"},
    ):
        load(tmp_path, an(**{"permanent_code": "", "permanent_since": ""} | said))
        homes = rows(
            "SELECT valid_from::text, valid_to::text FROM residence WHERE kind = 1 UNION ALL"
            " SELECT home_since::text, 'none' FROM person WHERE home_since IS NOT NULL AND pin = %s ORDER "
            "BY 1",
            AN,
        )
        for (_began, ended), (began, _ended) in itertools.pairwise(homes):
            assert ended <= began, (said, homes)
