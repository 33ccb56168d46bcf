"""Lists as communes and sites keep them: nothing false is told of who sent them."""

import datetime as dt
import json

import polars as pl
import pytest
from click.testing import CliRunner
from django.db import connection

from dancu.matching.batch import errors
from dancu.matching.batch.running import Job, compare_file
from dancu.matching.commands import match
from dancu.register import candidates
from dancu.testing.people import someone

pytestmark = [pytest.mark.usefixtures("published_areas"), pytest.mark.django_db]
ADDRESS = "Phường Cầu Giấy, Thành phố Hà Nội"
NAMES = ("Nguyễn Văn An", "Trần Thị Bình", "Lê Văn Chi", "Phạm Thị Dung", "Hoàng Văn Giang", "Vũ Thị Hà")
BORN = [dt.date(1985 + at, 3 + at, at + 1 if at % 2 else 20 + at) for at in range(6)]


@pytest.fixture(autouse=True)
def six():
    """Six people, women and men in turn; of three the day is twelve at most."""
    candidates._size = (0.0, 0)
    return [
        someone(pin=pin, full_name=name, birth_date=born, sex=1 + at % 2)
        for at, (pin, name, born) in enumerate(zip(pins(), NAMES, BORN, strict=True))
    ]


def pins() -> list[str]:
    return [f"001{at % 2}{born.year % 100}00123{at}" for at, born in enumerate(BORN)]


def compared(tmp_path, text: str, **job):
    file, out = tmp_path / "sent.csv", tmp_path / "result.parquet"
    file.write_text(text, "utf-8")
    notes: list[str] = []
    summary = compare_file(Job(file, out, notice=notes.append, **job))
    return pl.read_parquet(out).to_dicts(), summary, notes


def listed(header: str, written: str, people=range(6)) -> str:
    rows = (f"{at + 1},{pins()[at]},{NAMES[at]},{BORN[at].strftime(written)}" for at in people)
    return "\n".join([header, *rows, ""])


def test_the_years_of_men_and_women_in_two_columns_are_births_and_sexes(six, tmp_path):
    rows = [
        f'{at + 1},{NAMES[at]},{f"{born.year},x" if not at % 2 else f",{born.year}"},"{ADDRESS}"'.replace(
            ",x", ","
        )
        for at, born in enumerate(BORN)
    ]
    text = "\n".join(
        [
            "UBND PHƯỜNG CẦU GIẤY,,,,",
            "DANH SÁCH,,,,",
            "TT,Họ và tên,Năm sinh,,Địa chỉ",
            ",,Nam,Nữ,",
            *rows,
            "",
        ]
    )
    found, summary, notes = compared(tmp_path, text)
    assert [(row["answer"], row["person_id"]) for row in found] == [("match", person) for person in six]
    assert (summary.columns["male"], summary.columns["female"]) == ("Năm sinh Nam", "Năm sinh Nữ")
    assert notes[0] == "header: line 3; the lines above it are ignored"


@pytest.mark.parametrize(
    ("mark", "outcome"),
    [
        (",x", "disagrees"),
        ("x,", "agrees"),
        ("1,0", "agrees"),
        ("0,1", "disagrees"),
        ("x,x", "agrees"),
        (",", "agrees"),
    ],
)
def test_a_mark_in_one_of_them_is_a_sex_alone(tmp_path, mark, outcome):
    text = f"CCCD,Họ và tên,Ngày sinh,Nam,Nữ\n{pins()[0]},{NAMES[0]},20/03/1985,{mark}\n"
    (row,), _summary, _notes = compared(tmp_path, text)
    assert row["outcome"] == outcome
    assert ("both" in (row["reason"] or "")) == (mark == "x,x")


def test_a_file_that_is_month_first_agrees_and_nothing_of_it_is_put_on_its_senders_list(tmp_path):
    found, summary, notes = compared(tmp_path, listed("STT,CCCD,Full name,DOB", "%m/%d/%Y"), review=True)
    assert {row["outcome"] for row in found} == {"agrees"}
    assert ["read month first" in (row["reason"] or "") for row in found] == [False, True] * 3
    assert any("3 can only be month first, 0 only day first" in note for note in notes)
    assert summary.warnings == [notes[-1]]
    assert corrections() == 0


def test_dates_of_a_file_that_shows_no_order_do_not_disagree_by_day_and_month_alone(tmp_path):
    text = listed("STT,CCCD,Full name,DOB", "%m/%d/%Y", people=[1, 3, 5] * 2).replace(
        "2,001186", "9,001186", 1
    )
    found, summary, _notes = compared(tmp_path, text, review=True)
    assert {(row["outcome"], *row["differing"]) for row in found} == {("agrees", "birth_date:swapped")}
    assert "could be either" in summary.warnings[0]
    assert corrections() == 0
    found, summary, _notes = compared(tmp_path, text, order="dmy")
    assert {row["outcome"] for row in found} == {"disagrees"}
    assert "day and month are exchanged" in summary.warnings[0]


def test_an_order_that_is_said_counts_by_option_or_mapping(tmp_path):
    text = listed("STT,CCCD,Full name,DOB", "%m/%d/%Y", people=[1, 3])
    assert {row["outcome"] for row in compared(tmp_path, text)[0]} == {"disagrees"}
    assert {row["outcome"] for row in compared(tmp_path, text, order="mdy")[0]} == {"agrees"}
    (tmp_path / "map.toml").write_text(
        'order = "mdy"\n[columns]\nnumber = "CCCD"\nfull_name = "Full name"\nbirth = "DOB"'
    )
    assert {row["outcome"] for row in compared(tmp_path, text, mapping=tmp_path / "map.toml")[0]} == {
        "agrees"
    }
    (tmp_path / "map.toml").write_text('order = "ymd"\n[columns]\nnumber = "CCCD"')
    with pytest.raises(errors.BadFileMapping, match="one of dmy, mdy"):
        compared(tmp_path, text, mapping=tmp_path / "map.toml")


@pytest.mark.parametrize("written", ["{}", "'{}", "{}.0"])
def test_where_a_column_of_numbers_is_not_taken_a_mapping_is_asked_for(tmp_path, written):
    rows = "".join(
        f"{NAMES[at]},{written.format(int(pin) if '.' in written else pin)}\n"
        for at, pin in enumerate(pins())
    )
    with pytest.raises(errors.NumbersNotTaken, match="CCCD mẹ"):
        compared(tmp_path, "Họ và tên,CCCD mẹ\n" + rows)
    (tmp_path / "map.toml").write_text('[columns]\nfull_name = "Họ và tên"', "utf-8")
    _rows, summary, notes = compared(tmp_path, "Họ và tên,CCCD mẹ\n" + rows, mapping=tmp_path / "map.toml")
    assert (summary.not_taken, notes) == (["CCCD mẹ"], ["columns not used: CCCD mẹ (12-digit numbers)"])


@pytest.mark.parametrize("heading", ["Nhân khẩu", "Họ tên chủ hộ", "Ai"])
def test_where_a_column_of_names_is_not_taken_a_mapping_is_asked_for(tmp_path, heading):
    shuffled = "".join(f"{NAMES[at - 1]},{pin},{BORN[at]:%d/%m/%Y}\n" for at, pin in enumerate(pins()))
    with pytest.raises(errors.NamesNotTaken, match=heading):
        compared(tmp_path, f"{heading},Số CCCD,Ngày sinh\n" + shuffled)
    (tmp_path / "map.toml").write_text('[columns]\nnumber = "Số CCCD"\nbirth = "Ngày sinh"', "utf-8")
    rows, _summary, _notes = compared(
        tmp_path, f"{heading},Số CCCD,Ngày sinh\n" + shuffled, mapping=tmp_path / "map.toml"
    )
    assert {row["outcome"] for row in rows} == {"found"}


@pytest.mark.parametrize("heading", ["Họ và tên người lao động", "Họ tên F0", "Tên khách hàng"])
def test_names_of_whomever_are_compared(tmp_path, heading):
    shuffled = "".join(f"{NAMES[at - 1]},{pin},{BORN[at]:%d/%m/%Y}\n" for at, pin in enumerate(pins()))
    rows, _summary, _notes = compared(tmp_path, f"{heading},Số CCCD,Ngày sinh\n" + shuffled)
    assert {row["outcome"] for row in rows} == {"disagrees"}


def test_hamlets_repeated_headers_and_totals_are_no_people(six, tmp_path):
    head = "STT,Họ và tên,Năm sinh,,Số CCCD,Ghi chú\n,,Nam,Nữ,,\n"
    people = [
        f"{at + 1},{NAMES[at]},{born.year if not at % 2 else ''},{born.year if at % 2 else ''},{pins()[at]},"
        for at, born in enumerate(BORN)
    ]
    lines = [
        "Thôn 1,,,,,",
        *people[:2],
        ",Thôn 2,,,,",
        "STT,Họ và tên,Năm sinh,,Số CCCD,Ghi chú",
        ",,Nam,Nữ,,",
        *people[2:],
        ",Tổng cộng: 6 người,,,,",
        ",Người lập biểu,,,TM. UBND,",
    ]
    rows, summary, _notes = compared(tmp_path, head + "\n".join(lines) + "\n")
    assert (summary.sent, summary.all.outcomes["agrees"], summary.all.outcomes["nobody"]) == (6, 6, 6)
    assert [row["person_id"] for row in rows if row["outcome"] != "nobody"] == six
    assert all(row["reason"] for row in rows if row["outcome"] == "nobody")


def test_whoever_is_called_like_a_line_of_a_list_is_a_person(tmp_path):
    text = f"Họ và tên,Ngày sinh,Số CCCD\nThôn Đông,{BORN[0]:%d/%m/%Y},001085009999\nNguyễn Văn An,,\n"
    _rows, summary, _notes = compared(tmp_path, text)
    assert (summary.sent, summary.all.outcomes["nobody"]) == (2, 0)


def test_the_codes_of_a_heading_count(tmp_path):
    rows = "".join(f"{NAMES[at]},{born:%d/%m/%Y},{at % 2},{pins()[at]}\n" for at, born in enumerate(BORN))
    found, _summary, _notes = compared(
        tmp_path, '"Họ và tên",Ngày sinh,"Giới tính (0: Nam, 1: Nữ)",Số CCCD\n' + rows
    )
    assert {(row["outcome"], *row["differing"]) for row in found} == {("agrees",)}


def test_columns_of_other_numbers_are_not_asked_about(tmp_path):
    text = "Họ và tên,Thẻ,Tài khoản\nNguyễn Văn An,DN4010112345678,0912345678\n"
    _rows, summary, _notes = compared(tmp_path, text)
    assert summary.not_taken == ["Thẻ", "Tài khoản"]


def test_the_command_names_each_column_whole_however_many_there_are(tmp_path):
    others = [f"Cột thứ {at} của danh sách" for at in range(30)]
    (tmp_path / "sent.csv").write_text(
        ",".join(["Số thẻ CCCD", *others]) + f"\n{pins()[0]}{',x' * 30}\n", "utf-8"
    )
    told = CliRunner().invoke(
        match, ["file", str(tmp_path / "sent.csv"), "--out", str(tmp_path / "out.csv"), "--json"]
    )
    assert "columns used: number: Số thẻ CCCD\n" in told.stderr
    assert f"columns not used: {', '.join(others)}\n" in told.stderr
    assert json.loads(told.stdout)["not_taken"] == others


def corrections() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM correction")
        return cursor.fetchone()[0]
