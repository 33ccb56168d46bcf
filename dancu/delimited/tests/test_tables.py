"""Files of strangers: what is a row is read as it stands, what is none is told, and neither costs the
other.
"""

import csv
import io

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dancu.delimited import LINE, ROW, SENT, UNFIT, NoTable, Table, lines, why_unfit


def read(text: str | bytes, **options) -> pl.DataFrame:
    return pl.concat(Table(text.encode() if isinstance(text, str) else text, **options).batches())


def good(frame: pl.DataFrame) -> list[tuple[str | None, ...]]:
    return frame.filter(pl.col(UNFIT).is_null()).select(pl.exclude(ROW, LINE, UNFIT, SENT)).rows()


def unfit(frame: pl.DataFrame) -> list[tuple]:
    return frame.filter(pl.col(UNFIT).is_not_null()).select(ROW, LINE, UNFIT, SENT).rows()


def test_a_row_with_a_comma_too_many_is_told_and_neither_cut_nor_shifted():
    frame = read("no,name,born\n1,An,1990\n2,Nguyễn, Bình,1991\n3,Chi,1992\n")
    assert good(frame) == [("1", "An", "1990"), ("3", "Chi", "1992")]
    assert unfit(frame) == [(2, 3, "too_many 4", "2,Nguyễn, Bình,1991")]


def test_a_row_with_a_comma_too_few_is_told_and_not_filled_up():
    frame = read("no,name,born\n1,An\n2,Chi,1992\n3\n")
    assert good(frame) == [("2", "Chi", "1992")]
    assert [row[:3] for row in unfit(frame)] == [(1, 2, "too_few 2"), (3, 4, "too_few 1")]


@pytest.mark.parametrize(
    "odd",
    ['2,"An,1990', '2,An",1990', '2,"An"x,1990', '2,A"n,1990', '2,"A"n",1990', '2,"",An",1990', '2,x,"1990'],
)
def test_a_quote_out_of_place_costs_its_own_row_alone(odd):
    frame = read(f'no,name,born\n1,"An, Bình",1990\n{odd}\n3,"C ""Tèo"" D",1992\n4,E,1993\n')
    assert good(frame) == [("1", "An, Bình", "1990"), ("3", 'C "Tèo" D', "1992"), ("4", "E", "1993")]
    assert unfit(frame) == [(2, 3, "quotes 0", odd)]


def test_two_quotes_that_are_never_closed_do_not_swallow_what_stands_between_them():
    frame = read('no,name,born\n1,"An,1990\n2,Bình,1991\n3,Chi",1992\n4,Dung,1993\n')
    assert good(frame) == [("2", "Bình", "1991"), ("4", "Dung", "1993")]
    assert [row[:2] for row in unfit(frame)] == [(1, 2), (3, 4)]


def test_a_value_of_several_lines_is_one_value():
    frame = read('no,address\n1,"12 Lê Lợi,\r\nQuận 1"\n2,x\n')
    assert good(frame) == [("1", "12 Lê Lợi,\nQuận 1"), ("2", "x")]
    assert frame[LINE].to_list() == [2, 4]


def test_a_quoted_word_inside_a_value_is_part_of_it():
    assert good(read('no,name\n1,Nguyễn "Tèo" An\n')) == [("1", 'Nguyễn "Tèo" An')]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_ends_a_line(end):
    assert good(read(end.join(["a,b", "1,2", "", "3,4"]))) == [("1", "2"), ("3", "4")]


def test_line_ends_of_every_kind_in_one_file_are_all_line_ends():
    frame = read(b"a,b\r\n1,2\n3,4\r5,6\r\r\n7,8\n\r9,10")
    assert [row[0] for row in good(frame)] == ["1", "3", "5", "7", "9"]
    assert frame[LINE].to_list() == [2, 3, 4, 6, 8]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1258"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_any_usual_encoding_and_separator_is_read(encoding, separator):
    text = f"no{separator} Ten  goi \n1{separator}Lê\n".encode(encoding)
    table = Table(text, encoding)
    assert (table.separator, table.columns) == (separator, ["no", "Ten goi"])
    assert good(read(text, encoding=encoding)) == [("1", "Lê")]


def test_broken_letters_are_shown_as_such_and_the_row_stays():
    assert good(read(b"no,name\n1,Nguy\xffn\n2,An\n")) == [("1", "Nguy\ufffdn"), ("2", "An")]


def test_what_excel_says_of_the_separator_is_believed():
    assert good(read("sep=;\r\na;b\r\n1;2,5\r\n")) == [("1", "2,5")]


def test_columns_of_one_name_and_of_none_are_told_apart():
    assert Table(b"a,a,\n1,2,3\n").columns == ["a", "a_1", "column2"]


@pytest.mark.parametrize("nothing", [b"", b"\n\r\n  \n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_no_table(nothing):
    with pytest.raises(NoTable):
        Table(nothing)


def test_why_a_row_is_unfit_is_said_with_its_line():
    assert "line 7: has 5 values where the header names 3: a separator too many" in why_unfit(
        "too_many 5", 7, 3
    )
    assert "line 7: has 2 values where the header names 3: a separator too few" in why_unfit(
        "too_few 2", 7, 3
    )
    assert "line 7: a quotation mark" in why_unfit("quotes 0", 7, 3)


values = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\r\n\0"), max_size=8)


@given(st.lists(st.tuples(values, values, values), max_size=20), st.sampled_from(",;\t|"), st.data())
def test_whatever_is_written_is_read_back(rows, separator, data):
    out = io.StringIO()
    write = csv.writer(out, delimiter=separator, lineterminator="\n").writerow
    for row in [("no", "name", "x"), *[("1", *row) for row in rows]]:
        write(row[:3])
    ends = data.draw(
        st.lists(st.sampled_from(["\n", "\r\n", "\r"]), min_size=len(rows) + 1, max_size=len(rows) + 1)
    )
    text = "".join(line + end for line, end in zip(out.getvalue().split("\n")[:-1], ends, strict=True))
    read_back = list(Table(text.encode(), separator=separator).batches())
    assert sum(len(frame) for frame in read_back) == len(rows)
    assert [tuple(v or "" for v in row) for frame in read_back for row in good(frame)] == [
        ("1", *r[:2]) for r in rows
    ]


@given(st.text(st.sampled_from('ab1,"\n\r '), max_size=60), st.integers(1, 9))
def test_any_text_gives_the_same_rows_however_it_is_cut_into_pieces(text, size):
    whole = [frame.rows() for frame in Table(("x,y\n" + text).encode()).batches()]
    before, lines.PIECE = lines.PIECE, size
    try:
        cut = [frame.rows() for frame in Table(("x,y\n" + text).encode()).batches()]
    finally:
        lines.PIECE = before
    assert [row for rows in whole for row in rows] == [row for rows in cut for row in rows]
    assert Table(("x,y\n" + text).encode()).survey()[0] == sum(map(len, whole))


@given(st.text(st.sampled_from('ab1,"\n\r'), max_size=60))
def test_a_plain_file_is_read_by_others_as_by_us(text):
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plain.csv"
        path.write_bytes(("x,y\n" + text).encode())
        rows, plain = Table(path).survey()
        if plain and rows:
            ours = [row for frame in Table(path).batches() for row in good(frame)]
            assert Table(path).scan().collect().rows() == ours
