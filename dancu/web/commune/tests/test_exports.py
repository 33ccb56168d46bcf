import csv
import io
import zipfile
from xml.etree import ElementTree

import pytest

from dancu.audit import lookups as audit
from dancu.testing.arrivals import cross, expect
from dancu.testing.pages import sealed
from dancu.testing.people import YEN_HOA, area
from dancu.web.commune.tests.pages import people
from dancu.web.sheets import safe

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

_NS = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def as_csv(client, query: str = "") -> list[list[str]]:
    file = b"".join(client.get(sealed(client, f"/commune/arrivals.csv?{query}", "q")).streaming_content)
    assert file.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(file.decode("utf-8-sig"), newline="")))


def as_xlsx(client, query: str = "") -> list[list[str]]:
    file = b"".join(client.get(sealed(client, f"/commune/arrivals.xlsx?{query}", "q")).streaming_content)
    with zipfile.ZipFile(io.BytesIO(file)) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    assert not sheet.findall(".//x:f", _NS), "no cell is a formula"
    rows = sheet.findall(".//x:row", _NS)
    return [["".join(cell.itertext()) for cell in row.findall("x:c", _NS)] for row in rows]


@pytest.fixture
def three(desk):
    expect(person_id=1, full_name="Nguyễn Văn An", minutes_ago=1)
    cross(expect(person_id=2, full_name="Trần Thị Bé", outcome="disagrees", differing=["name"]), person_id=2)
    expect(person_id=3, full_name="Lê Văn Chín", minutes_ago=3, phone="")
    expect(person_id=4, full_name="Phạm Hàng Xóm", destination_area=area(YEN_HOA))


@pytest.mark.parametrize("query", ["", "attention=1", "q=an", "state=declared&days=3", "list=left"])
@pytest.mark.parametrize("read", [as_csv, as_xlsx])
def test_a_file_holds_the_filtered_list_in_its_order(desk, three, read, query):
    listed = people(desk.get(sealed(desk, f"/commune/?{query}", "q")))
    head, *lines = read(desk, query)[read is as_xlsx :]  # a workbook says first whose list it is
    assert [line[1] for line in lines] == listed
    assert head[:4] == ["Priority", "Full name", "Birth year", "Phone number"]


def test_a_line_says_what_the_list_says(desk, three):
    _head, line, *_rest = as_csv(desk)
    assert line[:8] == [
        "Check first",
        "Trần Thị Bé",
        "1985",
        "0912 345 678",
        "",
        "",
        "Disagrees with the register",
        "name",
    ]
    assert line[11:14] == ["Phường Bến Thành, Hồ Chí Minh", "Phường Cầu Giấy", "12 Xuân Thủy"]


@pytest.mark.parametrize("read", [as_csv, as_xlsx])
def test_a_file_has_the_telephone_of_whoever_declared_for_a_child(desk, read):
    expect(full_name="Trần Thị Bé", phone="", declarer_name="Lê Thị Mẹ", declarer_phone="0987654321")
    assert read(desk)[-1][3:5] == ["0987 654 321", "of Lê Thị Mẹ, who declared"]


def test_a_file_has_its_heads_in_the_readers_language(desk, three, settings):
    settings.LANGUAGE_CODE = "vi"
    assert as_csv(desk)[0][1] == as_xlsx(desk)[1][1] == "Họ và tên"


@pytest.mark.parametrize("text", ["=1+1", "+84912", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1+1"])
def test_what_a_spreadsheet_would_run_is_made_text(text):
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Nguyễn Văn An", "", "0912 345 678", "12 Xuân Thủy", "a=b"])
def test_ordinary_text_is_left_alone(text):
    assert safe(text) == text


def test_a_name_that_is_a_formula_does_no_harm_in_a_file(desk):
    expect(full_name='=HYPERLINK("http://x.example","An")', destination_detail="@cmd", plate="-1")
    line = as_csv(desk)[1]
    assert line[1].startswith("'=HYPERLINK")
    assert (line[13], line[16]) == ("'@cmd", "'-1")
    assert as_xlsx(desk)[2][1].startswith(
        "=HYPERLINK"
    )  # a text cell; as_xlsx has seen that none is a formula


def test_a_workbook_opens_with_columns_wide_enough_a_filter_and_a_line_of_whose_list_it_is(desk, three):
    file = b"".join(desk.get("/commune/arrivals.xlsx?state=declared").streaming_content)
    with zipfile.ZipFile(io.BytesIO(file)) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    rows = sheet.findall(".//x:row", _NS)
    about = "".join(rows[0].itertext())
    for words in (
        "People coming to Phường Cầu Giấy, Thành phố Hà Nội",
        "Declared",
        "Updated in the last 7 days",
        "Lê Thị Chi",
    ):
        assert words in about
    widths = {}
    for column in sheet.findall(".//x:cols/x:col", _NS):
        for number in range(int(column.get("min", 0)), int(column.get("max", 0)) + 1):
            widths[number] = float(column.get("width", 0))
    heads = ["".join(cell.itertext()) for cell in rows[1].findall("x:c", _NS)]
    for words in ("Since", "Expected on", "Declared"):
        assert (
            widths[heads.index(words) + 1]
            >= len("14:03 29/11/2026" if words != "Expected on" else "29/11/2026") + 1
        )
        cell = rows[2].findall("x:c", _NS)[heads.index(words)]
        assert cell.get("t", "n") == "n"  # a number shown as a date, not text
        assert cell.get("s")
    (around,) = sheet.findall(".//x:autoFilter", _NS)
    assert around.get("ref") == f"A2:{chr(64 + len(heads))}4"
    (pane,) = sheet.findall(".//x:pane", _NS)
    assert (pane.get("ySplit"), pane.get("state")) == ("2", "frozen")


def test_each_person_in_a_file_is_on_the_record_with_the_kind_of_file_and_the_purpose(desk, officer, three):
    as_csv(desk)
    as_xlsx(desk)
    import datetime as dt

    long_ago, far_ahead = dt.datetime(2020, 1, 1, tzinfo=dt.UTC), dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
    entries = audit.search(long_ago, far_ahead, action="arrivals.export", person_id=1)
    assert [(entry.detail, entry.purpose, entry.actor_id) for entry in entries] == [
        ("xlsx", "residence", officer.pk),
        ("csv", "residence", officer.pk),
    ]
    assert not audit.search(long_ago, far_ahead, action="arrivals.export", person_id=4)


def test_more_than_one_batch_is_written_whole(desk):
    from dancu.db.queries import Queries

    for person_id in range(1, 23):
        expect(person_id=person_id, minutes_ago=person_id)
    whole = Queries.batches
    Queries.batches = lambda self, *given, **values: whole(self, *given, size=5, **values)
    try:
        assert [len(as_csv(desk)), len(as_xlsx(desk))] == [23, 24]
    finally:
        Queries.batches = whole


def test_a_file_is_named_after_what_it_holds(desk):
    assert 'filename="dancu-left-' in desk.get("/commune/arrivals.csv?list=left")["Content-Disposition"]
    assert desk.get("/commune/arrivals.xlsx")["Content-Disposition"].endswith('.xlsx"')
