"""A list of units that does not fit together is refused as a whole, each row with its line."""

from pathlib import Path

import pytest
from django.utils.translation import override

from dancu.areas.errors import Rejected
from dancu.areas.reading import read_units

HEAD = "code,valid_from,level,kind,name\n"


def refused(tmp_path: Path, text: str) -> list[tuple[int, str]]:
    (tmp_path / "units.csv").write_text(text, "utf-8")
    with pytest.raises(Rejected) as rejected:
        read_units(tmp_path / "units.csv")
    return [(each.line, each.reason) for each in rejected.value.rejections]


def test_rows_that_do_not_fit_the_header_are_named_with_their_lines(tmp_path: Path) -> None:
    told = refused(
        tmp_path, HEAD + '01,2025-07-01,1,Tỉnh,Tỉnh A, B\n02,2025-07-01,1\n03,2025-07-01,1,Tỉnh,"Tỉnh C\n'
    )
    assert [line for line, _reason in told] == [2, 3, 4]
    assert "6" in told[0][1] and "3" in told[1][1]


def test_a_name_of_which_letters_were_lost_is_refused(tmp_path: Path) -> None:
    assert [line for line, _reason in refused(tmp_path, HEAD + "01,2025-07-01,1,Tỉnh,T?nh An\n")] == [2]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_list_is_read_with_any_line_ends_and_mended_names(tmp_path: Path, encoding: str) -> None:
    rows = (
        "Code; Valid From ;level;kind;name\r\n01;2025-06-30T17:00:00Z;1;Tỉnh;Tá»‰nh "
        "An\r02;2025-07-01;1;Tỉnh;Tỉnh\u00a0Ba\n"
    )
    (tmp_path / "units.csv").write_bytes(rows.encode(encoding))
    read = read_units(tmp_path / "units.csv")
    assert [(row["line"], row["name"], str(row["valid_from"])) for row in read] == [
        (2, "Tỉnh An", "2025-07-01"),
        (3, "Tỉnh Ba", "2025-07-01"),
    ]


def test_a_column_that_stands_twice_is_refused(tmp_path: Path) -> None:
    with override("en"):
        told = refused(
            tmp_path, HEAD.replace("\n", ", Name,note,note\n") + "01,2025-07-01,1,Tỉnh,Tỉnh A,Tỉnh B,,\n"
        )
    assert told == [(1, "the first line names this column more than once: keep the right one")]
