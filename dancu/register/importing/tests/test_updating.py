"""Loading population files: what is taken, what is refused and why, and that nothing is ever half-loaded."""

import datetime as dt
import os
import signal
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner
from django.db import connection

from dancu.areas import lookups as areas
from dancu.register import actions, importing, lookups
from dancu.register.commands import population
from dancu.register.errors import DoubledColumns, MissingColumns, NoAreas, NotAPopulationFile
from dancu.testing.officials import acting_as
from dancu.testing.people import ha

TODAY = dt.date(2026, 11, 1)
AN, FATHER = "079200000015", "079075000023"

pytestmark = [pytest.mark.usefixtures("published_areas"), pytest.mark.django_db]


def family(**changes: str | None) -> list[dict[str, str | None]]:
    """An and the father he lives with; `changes` are An's."""
    an = {
        "pin": AN,
        "full_name": "Nguyễn Văn An",
        "birth_date": "2000-05-12",
        "sex": "1",
        "permanent_code": "26740",
        "permanent_since": "2010-01-01",
        "permanent_address": "12 Lê Lợi",
        "phone": "0912345678",
        "household_no": "H-1",
        "relation_to_head": "3",
        "father_pin": FATHER,
    }
    father = {
        "pin": FATHER,
        "full_name": "Nguyễn Văn Hùng",
        "birth_date": "30/04/1975",
        "sex": "1",
        "permanent_code": "26740",
        "household_no": "H-1",
        "relation_to_head": "1",
    }
    return [{**an, **changes}, father]


def load(tmp_path: Path, rows: list[dict[str, str | None]], name: str = "people.csv") -> importing.Report:
    file = tmp_path / name
    pl.DataFrame(rows, infer_schema_length=None).write_csv(file)
    return importing.import_files([file], tmp_path / "rejected.csv", TODAY)


def problems(report: importing.Report) -> list[str]:
    assert report.rejects
    return pl.read_csv(report.rejects, infer_schema=False)["problems"].to_list()


def test_a_family_is_loaded_with_its_household_and_its_relations(tmp_path: Path) -> None:
    report = load(tmp_path, family())
    assert (report.read, report.new, report.rejected) == (2, 2, 0)
    an = lookups.by_number(AN)[0]
    assert an
    view = lookups.record_of(an.person_id)
    assert [member["full_name"] for member in view.household] == ["Nguyễn Văn Hùng", "Nguyễn Văn An"]
    assert [(r["kind"], r["full_name"]) for r in view.relatives] == [("father", "Nguyễn Văn Hùng")]
    assert [(r["valid_from"], r["address"]) for r in view.residences] == [(dt.date(2010, 1, 1), "12 Lê Lợi")]


def test_the_second_run_of_the_same_file_changes_nothing(tmp_path: Path) -> None:
    load(tmp_path, family())
    before = everything()
    report = load(tmp_path, family())
    assert (report.new, report.changed, report.unchanged) == (0, 0, 2)
    assert everything() == before


@pytest.mark.parametrize("into", ["an empty register", "one that holds people"])
def test_files_that_tell_of_people_are_their_owners_also_where_they_were_there(
    tmp_path: Path, into: str
) -> None:
    if into != "an empty register":
        load(tmp_path, family())
    for name in ("rejected.csv", "rejected-warnings.csv"):
        (tmp_path / name).write_text("of before, and longer than what comes now" * 99)
        (tmp_path / name).chmod(0o644)
    report = load(tmp_path, [*family(father_pin="079075000999"), {**family()[1], "pin": "1"}])
    for file in (report.rejects, report.warnings):
        assert file and file.stat().st_mode & 0o777 == 0o600
        assert "of before" not in file.read_text()


def test_a_changed_row_keeps_what_the_register_said_before(tmp_path: Path) -> None:
    load(tmp_path, family())
    report = load(tmp_path, family(full_name="Nguyễn Văn Ân"))
    assert (report.new, report.changed, report.unchanged) == (0, 1, 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT record->>'full_name' FROM person_history")
        assert cursor.fetchall() == [("Nguyễn Văn An",)]


def test_a_column_the_file_does_not_have_is_left_as_it_is(tmp_path: Path) -> None:
    load(tmp_path, family())
    without_phone = [{name: value for name, value in row.items() if name != "phone"} for row in family()]
    assert load(tmp_path, without_phone).changed == 0
    an = lookups.by_number(AN)[0]
    assert an and lookups.get(an.person_id)["phone"] == "0912345678"


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("pin", "12345", "pin: is not 12 digits"),
        ("pin", "003200000015", "pin: begins with a province code that was never assigned"),
        ("full_name", None, "full_name: is empty, and a person cannot be recorded without it"),
        ("full_name", "Nguyễn\x07An", "full_name: contains control characters"),
        ("full_name", "A" * 300, "full_name: is longer than 200 characters"),
        ("full_name", "12345", "full_name: contains no letters"),
        ("birth_date", "31/02/2000", "birth_date: is not a date that exists; write 1975-04-30 or 30/04/1975"),
        (
            "birth_date",
            "2000-05-11T17:00:00+99:00",
            "birth_date: is not a date that exists; write 1975-04-30 or 30/04/1975, a time beside it with a "
            "zone",
        ),
        ("birth_date", "2200-01-01", "birth_date: is in the future"),
        ("sex", "3", "sex: is not 1 (male) or 2 (female)"),
        ("permanent_code", "99999", "permanent_code: is not a commune code; write its five digits"),
        ("cmnd", "12", "cmnd: is not 9 digits"),
        (
            "phone",
            "911",
            "phone: is not a telephone number such as 0912345678, or +8613912345678 of another country",
        ),
        ("status", "2", "status_on: is needed for the dead and the missing"),
        ("permanent_since", "1999-01-01", "permanent_since: is before the birth date"),
    ],
)
def test_an_unfit_row_is_refused_with_its_field_and_reason_and_the_rest_goes_on(
    tmp_path: Path, field: str, value: str | None, reason: str
) -> None:
    report = load(tmp_path, family(**{field: value}))
    assert reason in problems(report)[0]
    assert (report.new, report.rejected) == (1, 1)


def test_nobody_in_a_file_died_before_birth_or_tomorrow(tmp_path: Path) -> None:
    for died_on, reason in (("2000-05-11", "is before the birth date"), ("2200-01-01", "is in the future")):
        report = load(tmp_path, family(status="2", status_on=died_on))
        assert [told.split("; ")[0] for told in problems(report)] == [f"status_on: {reason}"]
    assert load(tmp_path, family(status="2", status_on="2000-05-12", permanent_since=None)).rejected == 0


def test_a_mended_reject_file_can_be_loaded_itself(tmp_path: Path) -> None:
    report = load(tmp_path, family(sex="9"))
    assert report.rejects
    mended = report.rejects.read_text("utf-8").replace(",9,", ",1,")
    report.rejects.write_text(mended, "utf-8")
    again = importing.import_files([report.rejects], tmp_path / "again.csv", TODAY)
    assert (again.new, again.rejected) == (1, 0)
    assert lookups.by_number(AN)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        *(
            (written, "0912345678")
            for written in (
                "+84912345678",
                "0912 345 678",
                "0912.345.678",
                "84912345678",
                "0084912345678",
                "912345678",
            )
        ),
        *(
            (written, "0381234567")
            for written in ("01681234567", "0168 123 4567", "+841681234567", "1681234567")
        ),
        ("+86 139 1234 5678", "+8613912345678"),
        ("024 3825 1234", "02438251234"),
    ],
)
def test_a_telephone_is_kept_in_one_form_however_it_is_written(
    tmp_path: Path, written: str, kept: str
) -> None:
    load(tmp_path, family(phone=written))
    an = lookups.by_number(AN)[0]
    assert an and lookups.get(an.person_id)["phone"] == kept


def test_a_number_that_stands_twice_is_taken_once(tmp_path: Path) -> None:
    report = load(
        tmp_path,
        [
            *family(),
            {
                "pin": AN,
                "full_name": "Người Khác",
                "birth_date": "1990-01-01",
                "sex": "2",
                "permanent_code": "26740",
            },
        ],
    )
    assert problems(report) == ["pin: is in the file twice; the first row was taken"]
    an = lookups.by_number(AN)[0]
    assert an and an.full_name == "Nguyễn Văn An"


def test_a_number_that_disagrees_with_the_birth_year_is_a_warning_only(tmp_path: Path) -> None:
    report = load(tmp_path, family(birth_date="1999-05-12"))
    assert (report.rejected, report.warned) == (0, 1)


def test_someone_without_a_number_is_recognised_the_next_time(tmp_path: Path) -> None:
    nobody = family(pin=None)
    load(tmp_path, nobody)
    assert load(tmp_path, nobody).unchanged == 2


def test_codes_are_read_in_the_units_of_their_time(tmp_path: Path) -> None:
    load(tmp_path, family(former_code="26740", former_since="2001-01-01", former_until="2009-12-31"))
    an = lookups.by_number(AN)[0]
    assert an
    view = lookups.record_of(an.person_id)
    now, before = (view.areas[residence["area_id"]] for residence in view.residences)
    assert now == areas.unit("26740", TODAY)
    assert before == areas.unit("26740", dt.date(2009, 1, 1))
    assert now != before


def test_a_parquet_file_loads_as_a_csv_does(tmp_path: Path) -> None:
    file = tmp_path / "people.parquet"
    pl.DataFrame(family()).with_columns(
        pl.col("birth_date").str.to_date("%Y-%m-%d", strict=False), pl.col("sex").cast(pl.Int8)
    ).fill_null(dt.date(1975, 4, 30)).write_parquet(file)
    report = importing.import_files([file], tmp_path / "rejected.csv", TODAY)
    assert (report.new, report.rejected) == (2, 0)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_file_as_a_spreadsheet_saves_it_is_read(tmp_path: Path, encoding: str, separator: str) -> None:
    file = tmp_path / "people.csv"
    rows = ["Full Name,BIRTH_DATE, sex,permanent code", "Nguyễn Văn An,1985-04-30,1,26740"]
    file.write_text("\r\n".join(rows).replace(",", separator), encoding)
    assert importing.import_files([file], tmp_path / "rejected.csv", TODAY).new == 1


HEAD = "full_name,birth_date,sex,permanent_code,household_no\n"


def bytes_of(tmp_path: Path, content: bytes | str) -> tuple[importing.Report, list[dict[str, str]]]:
    """What became of a file, and the rows that came back."""
    file = tmp_path / "people.csv"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    report = importing.import_files([file], tmp_path / "rejected.csv", TODAY)
    return report, pl.read_csv(report.rejects, infer_schema=False).to_dicts() if report.rejects else []


def names() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT full_name FROM person ORDER BY household_id")
        return [name for (name,) in cursor.fetchall()]


def test_a_row_that_does_not_fit_the_header_comes_back_with_its_line_and_the_rest_goes_on(
    tmp_path: Path,
) -> None:
    report, refused = bytes_of(
        tmp_path,
        HEAD + "Nguyễn Văn An,1985-04-30,1,26740,1\nTrần, Bình,1985-04-30,1,26740,2\n"
        'Lê Chi,1985-04-30,2\n"Phạm Dung,1985-04-30,2,26740,4\nVõ Hà,1985-04-30,2,26740,5\n',
    )
    assert (report.read, report.new, report.rejected) == (5, 2, 3)
    assert names() == ["Nguyễn Văn An", "Võ Hà"]
    assert [(row["row"], row["line"]) for row in refused] == [("2", "3"), ("3", "4"), ("4", "5")]
    assert [row["full_name"] for row in refused] == [None] * 3
    assert refused[0]["as_sent"] == "Trần, Bình,1985-04-30,1,26740,2"
    assert "has 6 values where the header names 5: a separator too many" in refused[0]["problems"]
    assert "has 3 values where the header names 5" in refused[1]["problems"]
    assert "a quotation mark" in refused[2]["problems"]
    assert "permanent_code" not in refused[0]["problems"] and "phone" not in refused[0]


def test_line_ends_of_every_kind_end_a_row(tmp_path: Path) -> None:
    rows = [
        f"Nguyễn Văn {name},1985-04-30,1,26740,{nth}" for nth, name in enumerate(("An", "Ba", "Ca", "Du"), 1)
    ]
    report, _refused = bytes_of(tmp_path, f"{HEAD}{rows[0]}\r\n{rows[1]}\r{rows[2]}\n\r\n{rows[3]}\r")
    assert (report.read, report.new) == (4, 4)


def test_a_birth_date_with_a_zone_is_the_day_in_vietnam(tmp_path: Path) -> None:
    moments = ["1990-04-30T17:00:00Z", "1990-05-01T00:00:00.000+07:00", "1990-05-01 23:00:00", "32994"]
    rows = "".join(f"Nguyễn Văn An,{moment},1,26740,{nth}\n" for nth, moment in enumerate(moments, 1))
    assert bytes_of(tmp_path, HEAD + rows)[0].new == 4
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT birth_date FROM person")
        assert cursor.fetchall() == [(dt.date(1990, 5, 1),)]


def test_a_birth_date_with_a_zone_in_parquet_is_the_day_in_vietnam(tmp_path: Path) -> None:
    file = tmp_path / "people.parquet"
    at = pl.Series([dt.datetime(1990, 4, 30, 17)]).dt.replace_time_zone("UTC")
    pl.DataFrame(
        {"full_name": ["Nguyễn Văn An"], "birth_date": at, "sex": [1], "permanent_code": ["26740"]}
    ).write_parquet(file)
    assert importing.import_files([file], tmp_path / "rejected.csv", TODAY).new == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT birth_date FROM person")
        assert cursor.fetchall() == [(dt.date(1990, 5, 1),)]


def test_names_are_mended_where_it_is_certain_and_refused_where_letters_are_lost(tmp_path: Path) -> None:
    given = [
        "Huá»³nh An",
        "Hu廙軟h Ba",
        "Nguyễn\u200bVăn\u00a0Ca",
        "Nguy\ufffdn Du",
        "Nguy?n V?n Em",
        "Hu廙 Gi",
        "王小明",
        "Nguy&#7877;n Hai",
        "Nguy%E1%BB%85n%20Ich",
        "Nguy%E1%BBn Kha",
    ]
    rows = "".join(f"{name},1985-04-30,1,26740,{nth}\n" for nth, name in enumerate(given, 1))
    _report, refused = bytes_of(tmp_path, HEAD + rows)
    assert names() == ["Huỳnh An", "Huỳnh Ba", "Nguyễn Văn Ca", "Nguyễn Hai", "Nguyễn Ich"]
    assert [row["full_name"] for row in refused] == [*given[3:7], given[9]]
    told = [row["problems"] for row in refused]
    assert all("full_name: has lost letters" in reason for reason in told[:2])
    assert "wrong character encoding" in told[2] and "is not in the Latin alphabet" in told[3]
    assert "wrong character encoding" in told[4]


def test_a_broken_letter_costs_its_own_row_alone(tmp_path: Path) -> None:
    good = "".join(f"Nguyễn Văn An,1985-04-30,1,26740,{nth}\n" for nth in range(1, 30)).encode()
    report, refused = bytes_of(tmp_path, HEAD.encode() + good + b"Nguy\xe1n An,1985-04-30,1,26740,77\n")
    assert (report.new, report.rejected) == (29, 1)
    assert "has lost letters" in refused[0]["problems"]


def test_a_file_in_a_legacy_encoding_is_refused_with_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes(
        b"pin,full_name,birth_date,sex,permanent_code\n,Nguy\xd4n V\xa8n An,2000-01-01,1,26740\n"
    )
    with pytest.raises(NotAPopulationFile):
        importing.import_files([file], tmp_path / "rejected.csv", TODAY)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("pin,full_name\n", "utf-8")
    with pytest.raises(MissingColumns, match=r"birth_date, sex, permanent_code"):
        importing.import_files([file], tmp_path / "rejected.csv", TODAY)


@pytest.mark.parametrize("again", ["full_name", "Full name", " FULL_NAME ", "Full-Name"])
def test_a_column_that_stands_twice_is_refused_with_its_names(tmp_path: Path, again: str) -> None:
    head = f"pin,full_name,birth_date,sex,permanent_code,{again}\n"
    file = tmp_path / "people.csv"
    file.write_text(head + ",Nguyễn Văn An,2000-01-01,1,26740,Lê Văn Bình\n", "utf-8")
    with pytest.raises(DoubledColumns, match=rf"people.csv .*: full_name, {again.strip()}\. "):
        importing.import_files([file], tmp_path / "rejected.csv", TODAY)
    assert lookups.number_of_people() == 0
    file.write_text(
        head.replace(f",{again}\n", ",house,house\n") + ",Nguyễn Văn An,2000-01-01,1,26740,1,2\n", "utf-8"
    )
    assert importing.import_files([file], tmp_path / "rejected.csv", TODAY).new == 1


def test_columns_of_a_parquet_file_that_are_called_alike_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "people.parquet"
    row = {
        "full_name": "Nguyễn Văn An",
        "birth_date": "2000-01-01",
        "sex": 1,
        "permanent_code": "26740",
        "Birth Date": "2001-01-01",
    }
    pl.DataFrame([row]).write_parquet(file)
    with pytest.raises(DoubledColumns, match="birth_date, Birth Date"):
        importing.import_files([file], tmp_path / "rejected.csv", TODAY)


def test_without_areas_nothing_is_loaded(tmp_path: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM area_successor; DELETE FROM area; UPDATE area_edition SET edition = "
            "gen_random_uuid()"
        )
    with pytest.raises(NoAreas):
        load(tmp_path, family())


_KILLED = """
import os, signal, sys
from pathlib import Path
import datetime as dt
import django
django.setup()
from dancu.register import importing

def progress(step, rows):
    if step == sys.argv[2]:
        os.kill(os.getpid(), signal.SIGKILL)

importing.import_files([Path(sys.argv[1])], Path(sys.argv[1] + ".rejected"), dt.date(2026, 11, 1), progress)
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", [importing.READING, importing.INDEXES])
def test_an_import_killed_at_any_step_leaves_nothing_and_runs_again(tmp_path: Path, step: str) -> None:
    file = tmp_path / "people.csv"
    pl.DataFrame(family(), infer_schema_length=None).write_csv(file)
    name = connection.settings_dict["NAME"]
    url = os.environ["DANCU_DATABASE_URL"].replace("/dancu", f"/{name}")
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED, file, step], env=os.environ | {"DANCU_DATABASE_URL": url}, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    assert everything() == ([], [], [])
    report = importing.import_files([file], tmp_path / "rejected.csv", TODAY)
    assert report.new == 2
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_indexes WHERE tablename = 'person'")
        assert cursor.fetchone() == (10,)


def everything() -> tuple[list[tuple], ...]:
    """All rows of the register's tables."""
    found = []
    with connection.cursor() as cursor:
        for table in ("person", "residence", "household"):
            cursor.execute(f"SELECT * FROM {table} ORDER BY 1, 2")
            found.append(cursor.fetchall())
    return tuple(found)


def test_a_home_that_a_later_file_moves_is_kept_among_the_former_ones(tmp_path: Path) -> None:
    load(tmp_path, family())
    assert (
        load(
            tmp_path,
            family(permanent_code="26743", permanent_since="2026-10-01", permanent_address="5 Hàm Nghi"),
        ).changed
        == 1
    )
    an = lookups.by_number(AN)[0]
    assert an
    lived = [
        (r["area_id"], r["address"], r["valid_from"], r["valid_to"])
        for r in lookups.record_of(an.person_id).residences
    ]
    moved = dt.date(2026, 10, 1)
    assert lived == [
        (code("26743"), "5 Hàm Nghi", moved, None),
        (code("26740"), "12 Lê Lợi", dt.date(2010, 1, 1), moved),
    ]
    assert [home["address"] for home in lookups.homes([an.person_id])[an.person_id]] == ["5 Hàm Nghi"]


def test_a_file_that_names_only_a_new_commune_says_that_they_moved_by_then(tmp_path: Path) -> None:
    load(tmp_path, family())
    bare = [
        {name: row[name] for name in ("pin", "full_name", "birth_date", "sex", "permanent_code")}
        for row in family(permanent_code="26743")
    ]
    load(tmp_path, bare)
    an = lookups.by_number(AN)[0]
    assert an
    home = lookups.record_of(an.person_id).residences[0]
    assert (home["area_id"], home["valid_from"], home["address"]) == (code("26743"), TODAY, "")


def test_a_parent_stays_who_it_is_when_the_sender_knows_only_the_cancelled_number(tmp_path: Path) -> None:
    load(tmp_path, family())
    (father,) = lookups.by_number(FATHER)
    actions.replace_pin(acting_as(ha()), father.person_id, "079075000999", TODAY, "Cấp nhầm")
    (an, _father) = family(phone="0987654321")
    assert load(tmp_path, [an], "again.csv").changed == 1
    held = lookups.get(lookups.by_number(AN)[0].person_id)
    assert (held["father_id"], held["phone"]) == (father.person_id, "0987654321")
    born = an | {"pin": "079200000999", "full_name": "Nguyễn Văn Bé"}
    assert load(tmp_path, [born], "new.csv").new == 1
    assert lookups.get(lookups.by_number("079200000999")[0].person_id)["father_id"] == father.person_id


def test_parents_whom_the_register_does_not_hold_are_known_by_name(tmp_path: Path) -> None:
    load(tmp_path, family(mother_name="Trần Thị Mai", father_pin=None, father_name="Nguyễn Văn Hùng"))
    an = lookups.by_number(AN)[0]
    assert an
    relatives = lookups.record_of(an.person_id).relatives
    assert [(r["kind"], r["full_name"]) for r in relatives] == [
        ("father", "Nguyễn Văn Hùng"),
        ("mother", "Trần Thị Mai"),
    ]


def code(of: str) -> int:
    unit = areas.unit(of, TODAY)
    assert unit
    return unit.area_id


def test_where_refused_rows_cannot_be_written_is_told_before_the_work(tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("full_name,birth_date,sex,permanent_code\nLê An,1990-01-01,1,26740\n")
    told = CliRunner().invoke(
        population, ["import", str(people), "--rejects", str(tmp_path / "none" / "rejected.csv")]
    )
    assert told.exit_code == 1
    assert "--rejects" in told.stderr
    assert lookups.number_of_people() == 0


def test_a_home_that_a_death_ended_does_not_begin_again_with_the_next_file(tmp_path: Path) -> None:
    load(tmp_path, family())
    an = lookups.by_number(AN)[0]
    assert an is not None
    actions.record_death(acting_as(ha()), an.person_id, dt.date(2026, 10, 1), "Giấy chứng tử")
    homes = lookups.record_of(an.person_id).residences
    load(tmp_path, family(status="2", status_on="2026-10-01", permanent_since=None, current_code="26740"))
    assert lookups.record_of(an.person_id).residences == homes
    assert lookups.homes([an.person_id]) == {}


def test_a_file_that_says_nothing_of_life_and_death_leaves_the_dead_without_a_home(tmp_path: Path) -> None:
    load(tmp_path, family())
    an = lookups.by_number(AN)[0]
    assert an is not None
    actions.record_death(acting_as(ha()), an.person_id, dt.date(2026, 10, 1), "Giấy chứng tử")
    homes = lookups.record_of(an.person_id).residences
    for since in ("2010-01-01", None):
        assert load(tmp_path, family(permanent_since=since, current_code="26740")).changed == 0
    record = lookups.get(an.person_id)
    assert (record["status"], record["status_on"], record["home_since"]) == (2, dt.date(2026, 10, 1), None)
    assert lookups.record_of(an.person_id).residences == homes
    assert lookups.homes([an.person_id]) == {}
