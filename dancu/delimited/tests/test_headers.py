"""Headers under titles, in two rows, with a row of numbers: as offices here write their lists."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dancu.delimited import LINE, ROW, UNFIT, Table


def names_somebody(names) -> bool:
    return "Họ và tên" in names


def read(text: str, **options) -> tuple[Table, list[tuple]]:
    table = Table(text.encode(), is_header=names_somebody, **options)
    frame = pl.concat(table.batches())
    return table, frame.select(ROW, LINE, *table.columns).rows()


def test_titles_above_the_header_are_left_aside_and_rows_are_counted_after_it():
    table, rows = read("UBND XÃ ĐẠI MẠCH,,\nDanh sách, đợt 2\n\n,,\nTT,Họ và tên,CCCD\n1,An,7\n2,Bình,8\n")
    assert (table.columns, table.titles) == (["TT", "Họ và tên", "CCCD"], 4)
    assert rows == [(1, 6, "1", "An", "7"), (2, 7, "2", "Bình", "8")]


def test_the_separator_is_the_headers_whatever_the_titles_hold():
    table, rows = read("Danh sách, đợt 2, xã, huyện, tỉnh\nTT;Họ và tên\n1;An, Bình\n")
    assert (table.separator, rows) == (";", [(1, 3, "1", "An, Bình")])


def test_a_title_of_several_lines_in_quotation_marks_is_a_title():
    table, rows = read('"UBND XÃ\nĐẠI MẠCH",\nTT,Họ và tên\n1,An\n')
    assert (table.titles, rows) == (2, [(1, 4, "1", "An")])


@pytest.mark.parametrize("numbers", ["(1),(2),(3),(4)", "1,2,3,4", "A,B,1,2", ""])
def test_what_spans_two_columns_is_told_apart_by_the_row_below_and_a_row_of_numbers_is_no_record(numbers):
    between = f"{numbers}\n" if numbers else ""
    table, rows = read(f"TT,Họ và tên,Năm sinh,\n,,Nam,Nữ\n{between}1,An,1985,\n")
    assert table.columns == ["TT", "Họ và tên", "Năm sinh Nam", "Năm sinh Nữ"]
    assert [row[2:] for row in rows] == [("1", "An", "1985", None)]


def test_a_header_that_is_the_lower_of_two_rows_has_the_names_that_reach_down():
    table, _rows = read("TT,Thông tin,,Địa chỉ\n,Họ và tên,CCCD,\n1,An,7,Hà Nội\n")
    assert table.columns == ["TT", "Họ và tên", "CCCD", "Địa chỉ"]


@pytest.mark.parametrize("first", ["1,An,7,", "1,An,,x", ",An,Bình,", "2,(3),x,y"])
def test_a_record_is_no_second_row_of_the_header(first):
    table, rows = read(f"TT,Họ và tên,Năm sinh,\n{first}\n")
    assert table.columns == ["TT", "Họ và tên", "Năm sinh", "column3"]
    assert len(rows) == 1


def test_a_second_row_does_not_rename_a_column_that_is_asked_for():
    text = "Họ và tên,Năm sinh,\n,Nam,Nữ\nAn,1985,\n"
    assert Table(text.encode(), is_header=lambda names: "Năm sinh" in names).columns == [
        "Họ và tên",
        "Năm sinh",
        "column2",
    ]


def test_where_no_row_is_a_header_the_first_counts_and_so_it_does_where_nobody_asks():
    text = "Danh sách,\nTT,Tên\n1,An\n"
    assert read(text)[0].columns == ["Danh sách", "column1"]
    assert Table(text.replace("Tên", "Họ và tên").encode()).columns == ["Danh sách", "column1"]


@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_characters='\r\n",'), max_size=8), max_size=20),
    st.integers(0, 3),
)
def test_whatever_stands_above_the_header_no_record_is_lost_or_changed(titles, commas):
    above = "".join(f"{title}{',' * commas}\n" for title in titles if "Họ và tên" not in title)
    table = Table(
        (above + "TT,Họ và tên,CCCD\n1,An,7\n2,Bình,8\n").encode(), "utf-8", is_header=names_somebody
    )
    frame = pl.concat(table.batches()).filter(pl.col(UNFIT).is_null())
    assert frame.select(table.columns).rows() == [("1", "An", "7"), ("2", "Bình", "8")]
