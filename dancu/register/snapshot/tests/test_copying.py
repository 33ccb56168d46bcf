"""A copy in columns, with what changed since, is the register as it stands."""

import datetime as dt
import os
import signal
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import duckdb
import polars as pl
import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from dancu.register import actions, importing, merging
from dancu.register import snapshot as copying
from dancu.register.codes import PERMANENT
from dancu.register.errors import NoRoomForCopy
from dancu.register.snapshot import copies, making
from dancu.register.snapshot.encoding import NAME, NUMBERS, code_of, encoded, odd, text_of
from dancu.synthetic import population as synthetic
from dancu.testing.officials import acting_as
from dancu.testing.people import BEN_THANH, YEN_HOA, area, ha, someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

ON, TEMPORARY = dt.date(2026, 7, 1), 2
PIN, NEW_PIN, OTHER_PIN = "001085001234", "001085005678", "001085009999"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    """Nobody else's copies."""
    for module in (making, copies):
        monkeypatch.setattr(module, "FOLDER", tmp_path / "copies")


def told_by(copy: copying.Copy) -> pl.DataFrame:
    """Everybody, as the copy and what changed since say."""
    read = {name: text_of(name, f"odd_{name}") for name in NUMBERS} | {"full_name": NAME}
    there = [f"{read.get(name, name)} AS {name}" for name in copying.COLUMNS]
    copied = duckdb.sql(f"SELECT {', '.join(there)} FROM read_parquet('{copy.files('people')}')").pl()
    changed = copying.since(copy)
    copied = copied.cast(changed.people.schema).filter(
        ~pl.col("person_id").is_in(changed.person_ids.implode())
    )
    return pl.concat([copied, changed.people]).sort("person_id", "lives_in")


def of_register() -> pl.DataFrame:
    return copies.people("person_id IS NOT NULL").sort("person_id", "lives_in")


def test_a_copy_holds_everybody_with_their_numbers_keys_and_other_homes(tmp_path):
    synthetic.generate(2000, 5, tmp_path / "people.parquet", ON)
    brought = importing.import_files([tmp_path / "people.parquet"], tmp_path / "rejected.csv", ON)
    copy = copying.make()
    told = told_by(copy)
    assert told["person_id"].n_unique() == copy.people == brought.new >= 1990
    assert told["lives_in"].count() > 50
    assert told["phone"].count() > 1000
    assert_frame_equal(told, of_register())


@pytest.mark.django_db(transaction=True)
def test_whatever_happens_to_people_after_a_copy_is_known_beside_it():
    acting = acting_as(ha())
    moved, named, dead, renumbered, kept, other, untouched = (someone() for _nobody in range(7))
    actions.replace_pin(acting, renumbered, PIN, ON, "first number")
    actions.record_move(
        acting,
        dead,
        area_id=area(YEN_HOA),
        address="",
        moved_on=dt.date(2025, 8, 1),
        basis="x",
        kind=TEMPORARY,
    )
    copy = copying.make()
    before = of_register()
    actions.record_move(
        acting, moved, area_id=area(BEN_THANH), address="1", moved_on=ON, basis="x", kind=TEMPORARY
    )
    actions.correct(acting, named, {"full_name": "Nguyễn Văn Bình"}, "giấy khai sinh")
    actions.record_death(acting, dead, ON, "giấy chứng tử")
    actions.replace_pin(acting, renumbered, NEW_PIN, ON, "trùng số")
    actions.record_move(
        acting, kept, area_id=area(YEN_HOA), address="2", moved_on=ON, basis="x", kind=PERMANENT
    )
    merge_id = merging.merge_people(acting, kept, other, basis="một người")
    born = someone(full_name="Lê Thị Mới", pin=OTHER_PIN, sex=2)
    changed = copying.since(copy)
    assert untouched not in set(changed.person_ids)
    assert set(changed.person_ids) >= {moved, named, dead, renumbered, kept, other, born}
    assert changed.former.filter(person_id=renumbered)["number"].to_list() == [PIN]
    assert not before.equals(of_register())
    assert_frame_equal(told_by(copy), of_register())
    merging.undo_merge(acting, merge_id, basis="hai người")
    assert_frame_equal(told_by(copy), of_register())


@pytest.mark.django_db(transaction=True)
def test_whose_telephone_is_migrated_after_a_copy_is_known_beside_it():
    an, other = someone(phone="0381234567"), someone(phone="0912345678")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE person SET phone = '01681234567' WHERE person_id = %s", [an])
    copy = copying.make()
    import_module("dancu.register.migrations.0013_one_telephone").migrate(None, None)
    changed = copying.since(copy)
    assert (set(changed.person_ids), other in set(changed.person_ids)) == ({an}, False)
    assert_frame_equal(told_by(copy), of_register())


@pytest.mark.django_db(transaction=True)
def test_what_an_import_changes_after_a_copy_is_known_beside_it_and_what_it_does_not_is_not(tmp_path):
    file, later = tmp_path / "people.parquet", tmp_path / "later.parquet"
    synthetic.generate(600, 5, file, ON)
    importing.import_files([file], tmp_path / "rejected.csv", ON)
    copy = copying.make()
    importing.import_files([file], tmp_path / "rejected.csv", ON)
    assert len(copying.since(copy).person_ids) == 0
    rows = pl.read_parquet(file)
    away = pl.when(pl.col("current_code").is_null()).then(pl.lit(BEN_THANH)).otherwise("current_code")
    changed = rows.with_columns(
        phone=pl.when(pl.int_range(pl.len()) < 5).then(pl.lit("0912345678")).otherwise("phone"),
        current_code=pl.when(pl.int_range(pl.len()).is_between(100, 104))
        .then(away)
        .otherwise("current_code"),
    )
    changed.write_parquet(later)
    importing.import_files([later], tmp_path / "rejected.csv", ON + dt.timedelta(days=1))
    assert 5 <= len(copying.since(copy).person_ids) <= 12
    assert_frame_equal(told_by(copy), of_register())


@pytest.mark.django_db(transaction=True)
def test_a_copy_that_the_register_does_not_know_is_not_used():
    someone()
    copy = copying.make()
    assert copying.standing() == copy
    with connection.cursor() as cursor:  # another register, or one restored from before
        cursor.execute("DELETE FROM person_copy")
    assert copying.standing() is None


@pytest.mark.django_db(transaction=True)
def test_a_copy_that_lacks_many_people_or_is_old_is_not_used(monkeypatch):
    people = [someone() for _nobody in range(3)]
    copying.make()
    monkeypatch.setattr(copies, "_MOST_CHANGED", 3)
    actions.correct(acting_as(ha()), people[0], {"phone": "0912345678"}, "x")
    assert copying.standing()
    actions.correct(acting_as(ha("", "ha2")), people[1], {"phone": "0912345678"}, "x")
    assert copying.standing() is None
    copying.make()
    assert copying.standing()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE person_copy SET made_at = now() - interval '31 days'")
    assert copying.standing() is None


@pytest.mark.django_db(transaction=True)
def test_an_older_copy_goes_once_nobody_reads_it():
    someone()
    first = copying.make()
    with copying.opened() as copy:
        assert copy == first
        second = copying.make()
        assert first.folder.is_dir()
    third = copying.make()
    assert not first.folder.exists()
    assert not second.folder.exists()
    assert copying.standing() == third


def test_without_room_on_the_disk_no_copy_is_begun(monkeypatch):
    someone()
    monkeypatch.setattr(making, "_BYTES", 1 << 60)
    with pytest.raises(NoRoomForCopy, match="MB"):
        copying.make()
    assert copying.standing() is None
    assert not list(copies.FOLDER.glob("*/"))


_KILLED = """
import os, signal
from pathlib import Path
import django
django.setup()
from dancu.register.snapshot import copies, making
making.FOLDER = copies.FOLDER = Path("{folder}")
making._gather = lambda folder: os.kill(os.getpid(), signal.SIGKILL)
making.make()
"""


@pytest.mark.django_db(transaction=True)
def test_a_maker_that_is_killed_leaves_nothing_that_counts_and_the_next_one_removes_it(tmp_path: Path):
    someone()
    folder = copies.FOLDER
    url = os.environ["DANCU_DATABASE_URL"].replace("/dancu", f"/{connection.settings_dict['NAME']}")
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED.format(folder=folder)],
        env=os.environ | {"DANCU_DATABASE_URL": url}, capture_output=True, check=False,
    )  # fmt: skip
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    (left,) = [each for each in folder.iterdir() if each.is_dir()]
    assert list(left.glob("people-*.parquet"))
    assert copying.standing() is None
    copy = copying.make()
    assert [each for each in folder.iterdir() if each.is_dir()] == [copy.folder]


@pytest.mark.django_db(transaction=True)
def test_several_processes_make_the_copy_that_one_makes(tmp_path: Path, monkeypatch):
    synthetic.generate(2000, 5, tmp_path / "people.parquet", ON)
    importing.import_files([tmp_path / "people.parquet"], tmp_path / "rejected.csv", ON)
    monkeypatch.setattr(making, "AT_ONCE", 700)
    copy = copying.make()
    assert copy.people == 2000
    assert len(list(copy.folder.glob("people-*.parquet"))) > 2
    assert_frame_equal(told_by(copy), of_register())


@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
    | st.from_regex(r"[0-9]{1,20}", fullmatch=True)
)
def test_any_number_comes_back_as_it_was_written(text):
    frame = duckdb.sql("SELECT ?::VARCHAR AS given", params=[text])  # noqa: F841
    code = code_of("given")
    back = duckdb.sql(
        f"SELECT {text_of('code', 'odd')} FROM (SELECT {code} AS code, {odd(code, 'given')} AS odd FROM "
        f"frame)"
    )
    assert back.fetchall() == [(text,)]


@given(st.text(st.sampled_from("Aăn \t'. "), min_size=0, max_size=12))
def test_any_name_comes_back_as_it_was_written(text):
    people = pl.DataFrame(  # noqa: F841
        {name: [text if name == "full_name" else None] for name in copying.COLUMNS}, schema=copying.COLUMNS
    )
    assert duckdb.sql(f"SELECT {NAME} FROM ({encoded('people')})").fetchall() == [(text,)]
