"""A site's list as it is sent: what can be used is, what cannot is told with its line."""

import pytest
from django.utils.translation import override

from dancu.discrepancies.errors import ColumnsDoubled
from dancu.discrepancies.site_file import SiteFile, read_site_file

HEAD = "STT,Số CCCD,Họ và tên,Ngày sinh\n"


def read(text: str | bytes) -> SiteFile:
    with override("en"):
        return read_site_file((HEAD + text).encode() if isinstance(text, str) else text)


def test_rows_that_do_not_fit_the_header_are_told_and_the_rest_is_listed():
    found = read('1,,Nguyễn Văn An,1985\n2,,Trần, Bình,1985\n3,,Lê Chi\n4,,"Phạm Dung,1985\n5,,Võ Hà,1985\n')
    assert list(found.records) == ["1", "5"]
    assert [problem.line for problem in found.problems] == [3, 4, 5]
    assert "5 values" in found.problems[0].message and "quotation mark" in found.problems[2].message


def test_mixed_line_ends_are_line_ends():
    assert list(read("1,,An,1985\r\n2,,Ba,1985\r3,,Ca,1985\n\r\n4,,Du,1985").records) == ["1", "2", "3", "4"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Nguy\ufffdn An", "has lost letters"),
        ("Nguy?n V?n An", "has lost letters"),
        ("Hu廙 An", "character encoding"),
        ("王小明", "Latin alphabet"),
    ],
)
def test_a_name_whose_letters_are_lost_or_not_latin_is_told(name, reason):
    found = read(f"1,,{name},1985\n2,,Lê An,1985\n")
    assert list(found.records) == ["2"]
    assert found.problems[0].line == 2 and reason in found.problems[0].message


def test_names_are_mended_and_what_is_unseen_goes():
    found = read("1,,Hu廙軟h Hi廕簑,1985\n2,,Huá»³nh An,1985\n3,,Nguyễn\u200bVăn\u00a0An,1985\n")
    assert [row["full_name"] for row in found.records.values()] == ["Huỳnh Hiếu", "Huỳnh An", "Nguyễn Văn An"]


def test_a_broken_letter_of_a_utf_8_file_costs_its_own_row_alone():
    rows = (HEAD + "1,,Nguyễn Văn An,1985\n").encode() + b"2,,Nguy\xe1n,1985\n" + "3,,Võ Hà,1985\n".encode()
    found = read(rows)
    assert list(found.records) == ["1", "3"]
    assert "has lost letters" in found.problems[0].message


def test_a_column_that_stands_twice_is_refused_with_its_name():
    with pytest.raises(ColumnsDoubled, match="Họ và tên, HỌ VÀ TÊN"):
        read((HEAD.replace("\n", ",HỌ VÀ TÊN\n") + "1,,An,1985,Ba\n").encode())


def test_of_two_names_for_one_thing_the_sites_own_id_counts():
    for head in (
        "STT,Mã bản ghi,Số CCCD,Họ và tên,Ngày sinh\n",
        "Mã bản ghi,STT,Số CCCD,Họ và tên,Ngày sinh\n",
    ):
        values = "1,BN-7" if head.startswith("STT") else "BN-7,1"
        assert list(read(f"{head}{values},,Nguyễn Văn An,1985\n".encode()).records) == ["BN-7"]
