from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner, Result
from django.utils import translation

from dancu.areas.commands import areas

from .factories import BEFORE
from .test_checking import one_far_away

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> Result:
    with translation.override("en"):
        return CliRunner().invoke(areas, arguments)


def test_the_published_list_is_the_default_and_importing_it_again_changes_nothing(
    published_areas: None,
) -> None:
    assert run("import").output == "0 new units, 0 changed, 0 new or changed links.\n"


def test_a_bad_file_is_explained_and_fails(no_areas: None, tmp_path: Path) -> None:
    file = tmp_path / "units.csv"
    file.write_text("code,valid_from,level,kind,name\n1,2025-07-01,1,Tỉnh,Tỉnh Mới\n", "utf-8")

    result = run("import", str(file))

    assert result.exit_code == 1
    assert (
        "line 2, code “1”: a unit of level 1 has a code of 2 digits: was a leading zero lost?"
        in result.output
    )
    assert "Nothing was loaded." in result.output


def test_a_link_that_is_seldom_true_is_named_and_loaded(no_areas: None, tmp_path: Path) -> None:
    for name, rows in zip(("units.csv", "links.csv"), one_far_away(), strict=True):
        table = pl.DataFrame(
            [
                {field: value for field, value in row.items() if field not in ("line", "aliases")}
                for row in rows
            ]
        )
        table.with_columns(pl.selectors.boolean().replace_strict({True: "yes", False: "no"})).write_csv(
            tmp_path / name
        )

    result = run("import", str(tmp_path / "units.csv"), "--links", str(tmp_path / "links.csv"))

    assert result.exit_code == 0
    assert (
        "These links were loaded, but check them:\nline 8, new_code “01120”: Xã 9, Huyện Mỹ, Tỉnh Tiền"
        in result.output
    )
    assert run("show", "01119").output.count("→ 01120  Xã Xa, Tỉnh Tiền") == 1


def test_links_without_units_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "links.csv"
    file.touch()

    assert run("import", "--links", str(file)).exit_code == 2


def test_a_code_is_shown_with_what_it_was_and_became(small_country: None) -> None:
    shown = run("show", "00001").output

    assert shown.index("Xã Lúa, Huyện Đồng Quê, Tỉnh An Bình") < shown.index(
        "→ 00001  Xã Đồng Lúa, Tỉnh An Bình"
    )
    assert "← 00002  Xã Ngô" in shown
    assert "21.0000, 105.8000" in shown
    assert "← 00002" not in run("show", "00001", "--on", BEFORE.isoformat()).output
    assert run("show", "77777").exit_code == 1


def test_units_are_found_by_name(small_country: None) -> None:
    assert run("find", "bai", "ngo").output == "00003 Phường Bãi Ngô, Tỉnh An Bình\n"
    assert run("find", "gao", "--on", BEFORE.isoformat()).output.startswith("00001 Xã Lúa")
    assert run("find", "--level", "1", "binh").output == "01    Tỉnh An Bình\n"
    assert run("find", "atlantis").exit_code == 1
