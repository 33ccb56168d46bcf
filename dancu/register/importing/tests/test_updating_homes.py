"""A file that says another home for now ends the one that the register had: nobody has two such homes,
and the dead have none.
"""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from dancu.register import actions, importing, lookups, merging
from dancu.register.codes import CURRENT, PERMANENT, STAY, TEMPORARY
from dancu.register.importing.tests.test_updating import AN, TODAY, code, family, load
from dancu.testing.database import rows
from dancu.testing.officials import acting_as
from dancu.testing.people import chi, ha, someone

pytestmark = [pytest.mark.usefixtures("published_areas"), pytest.mark.django_db]

HERE, THERE, ELSEWHERE = "26743", "26737", "00166"
BEGAN = dt.date(2024, 1, 1)
AWAY = {
    "temporary_code": HERE,
    "temporary_address": "3 Hàm Nghi",
    "temporary_since": "2024-01-01",
    "temporary_until": "2030-01-01",
    "current_code": HERE,
    "current_address": "3 Hàm Nghi",
}
NONE = dict.fromkeys(AWAY, None)


def written(tmp_path: Path, people: list[dict[str, str | None]]) -> Path:
    file = tmp_path / "later.csv"
    pl.DataFrame(people, infer_schema_length=None).write_csv(file)
    return file


def an() -> int:
    found = next(iter(lookups.by_number(AN)), None)
    assert found
    return found.person_id


def lived(*kinds: int) -> list[tuple]:
    """Homes beside the permanent one, the oldest first: kind, where, since, to."""
    return rows(
        "SELECT kind, area_id, valid_from, valid_to FROM residence WHERE person_id = %s AND kind = ANY(%s) "
        "ORDER BY kind, valid_from",
        an(),
        list(kinds or (TEMPORARY, CURRENT)),
    )


def lives_in() -> list[tuple[int, int]]:
    return [(home["kind"], home["area_id"]) for home in lookups.homes([an()]).get(an(), [])]


def moved(to: str, since: str) -> dict[str, str | None]:
    return {**AWAY, "temporary_code": to, "temporary_since": since, "current_code": to}


def test_an_empty_field_says_nothing_and_ends_nothing(tmp_path: Path) -> None:
    load(tmp_path, family(**AWAY))
    homes = [(PERMANENT, code("26740")), (TEMPORARY, code(HERE)), (CURRENT, code(HERE))]
    assert lives_in() == homes
    assert load(tmp_path, family(**NONE)).changed == 0
    assert lives_in() == homes
    assert lived() == [(kind, code(HERE), BEGAN, None) for kind in (TEMPORARY, CURRENT)]


def test_a_file_ends_a_temporary_residence_by_its_agreed_end(tmp_path: Path) -> None:
    load(tmp_path, family(**AWAY))
    assert load(tmp_path, family(**{**AWAY, "temporary_until": "2026-10-01"})).changed == 1
    assert lives_in() == [(PERMANENT, code("26740")), (CURRENT, code(HERE))]


def test_who_lives_there_no_more_is_not_shown_to_its_officer(tmp_path: Path) -> None:
    load(tmp_path, family(**moved(ELSEWHERE, "2024-01-01")))
    officer = acting_as(chi(ELSEWHERE))
    assert lookups.may_see(officer, an())
    load(tmp_path, family(**moved(THERE, "2026-03-01")))
    assert not lookups.may_see(officer, an())


def test_a_column_that_the_file_does_not_have_ends_nothing(tmp_path: Path) -> None:
    load(tmp_path, family(**AWAY))
    before = lived()
    assert load(tmp_path, family()).changed == 0
    assert lived() == before
    current_only = {"current_code": THERE, "current_address": "9 Pasteur"}
    assert load(tmp_path, family(**current_only)).changed == 1
    assert [home for home in lives_in() if home[0] == TEMPORARY] == [(TEMPORARY, code(HERE))]
    assert load(tmp_path, family(**current_only)).changed == 0


def test_another_commune_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    load(tmp_path, family(**AWAY))
    assert load(tmp_path, family(**moved(THERE, "2026-03-01"))).changed == 1
    assert lives_in() == [(PERMANENT, code("26740")), (TEMPORARY, code(THERE)), (CURRENT, code(THERE))]
    since = dt.date(2026, 3, 1)
    assert lived(TEMPORARY) == [
        (TEMPORARY, code(HERE), BEGAN, since),
        (TEMPORARY, code(THERE), since, None),
    ]
    assert lived(CURRENT) == [(CURRENT, code(HERE), BEGAN, TODAY), (CURRENT, code(THERE), TODAY, None)]
    assert load(tmp_path, family(**moved(THERE, "2026-03-01"))).changed == 0


def test_who_comes_back_to_where_they_lived_begins_there_anew(tmp_path: Path) -> None:
    load(tmp_path, family(current_code=HERE))
    days = dt.date(2010, 1, 1), TODAY, TODAY + dt.timedelta(days=3)
    load(tmp_path, family(current_code=THERE))
    importing.import_files([written(tmp_path, family(current_code=HERE))], tmp_path / "rejected.csv", days[2])
    assert lived() == [
        (CURRENT, code(HERE), *days[:2]),
        (CURRENT, code(THERE), *days[1:]),
        (CURRENT, code(HERE), days[2], None),
    ]


def test_a_temporary_residence_said_otherwise_is_corrected_in_its_place(tmp_path: Path) -> None:
    load(tmp_path, family(**AWAY))
    assert load(tmp_path, family(**{**AWAY, "temporary_until": "2031-01-01"})).changed == 1
    short = {name: value for name, value in AWAY.items() if name in ("temporary_code", "temporary_since")}
    assert load(tmp_path, family(**short)).changed == 0
    assert rows("SELECT until, address FROM residence WHERE kind = 2") == [
        (dt.date(2031, 1, 1), "3 Hàm Nghi")
    ]


def test_a_death_that_comes_with_a_file_ends_every_home(tmp_path: Path) -> None:
    load(tmp_path, family(**AWAY))
    actions.record_move(
        None, an(), kind=STAY, area_id=code(ELSEWHERE), address="", moved_on=dt.date(2026, 5, 1), basis="Sổ"
    )
    died = {"status": "2", "status_on": "2026-10-01"}
    assert load(tmp_path, family(**died)).changed == 1  # without a column of homes
    assert lookups.homes([an()]) == {}
    assert {to for *_rest, to in lived(TEMPORARY, CURRENT, STAY)} == {dt.date(2026, 10, 1)}
    assert not lookups.may_see(acting_as(chi(ELSEWHERE)), an())
    before = lived(TEMPORARY, CURRENT, STAY)
    for again in (died, {**died, **AWAY}, {**died, **NONE}):
        assert load(tmp_path, family(**again)).changed == 0
        assert lived(TEMPORARY, CURRENT, STAY) == before


def test_what_began_after_the_day_of_the_file_is_no_matter_of_it(tmp_path: Path) -> None:
    load(tmp_path, family(**AWAY))
    actions.record_move(
        None,
        an(),
        kind=TEMPORARY,
        area_id=code(THERE),
        address="",
        moved_on=dt.date(2026, 11, 20),
        basis="Sổ",
    )
    before = lived(TEMPORARY)
    report = load(tmp_path, family(**AWAY))
    assert (report.changed, report.warned) == (0, 1), "of the later home it is told"
    assert load(tmp_path, family(**moved(ELSEWHERE, "2026-03-01"))).changed == 1
    assert before[-1] in lived(TEMPORARY)
    assert [home for home in lives_in() if home[0] == TEMPORARY] == [(TEMPORARY, code(THERE))]


def test_the_list_of_a_record_that_was_merged_ends_no_home_of_the_one_that_stayed(tmp_path: Path) -> None:
    village = {
        "pin": None,
        "full_name": "Trần Thị Bé",
        "birth_date": "1984-02-03",
        "sex": "2",
        "permanent_code": "26740",
        "household_no": "H-7",
        **NONE,
    }
    load(tmp_path, [village])
    ((left,),) = rows("SELECT person_id FROM person WHERE pin IS NULL")
    kept = someone(
        full_name="Trần Thị Bé", birth_date=dt.date(1984, 2, 3), sex=2, pin="079184000025", home=code(HERE)
    )
    actions.record_move(
        None, kept, kind=TEMPORARY, area_id=code(THERE), address="", moved_on=dt.date(2026, 1, 1), basis="Sổ"
    )
    merging.merge_people(acting_as(ha()), kept, left, basis="Biên bản")
    homes = lookups.homes([kept])
    assert load(tmp_path, [village]).changed == 0
    assert lookups.homes([kept]) == homes
