"""`dancu rules evaluate --lines`: one answer a line, in order, whatever is wrong with a line."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from dancu.rules.commands import rules


def told(text: str | bytes) -> list[dict[str, Any]]:
    done = CliRunner().invoke(rules, ["evaluate", "--lines"], input=text, catch_exceptions=False)
    assert done.exit_code == 0
    return [json.loads(line) for line in done.stdout_bytes.decode().splitlines()]


def test_each_line_is_answered_in_its_order():
    assert told(
        '{"rule": {"+": [1, {"var": "n"}]}, "data": {"n": 2}}\n{"rule": "a"}\n{"rule": {"var": ""}}'
    ) == [
        {"result": 3},
        {"result": "a"},
        {"result": None},
    ]


def test_nothing_is_answered_with_nothing():
    assert told("") == []


def test_a_date_time_is_written_as_text():
    assert told('{"rule": {"plusTime": [{"var": ""}, 1, "month"]}, "data": "2021-08-31"}') == [
        {"result": "2021-10-01T00:00:00.000Z"}
    ]


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"   ",
        b"nothing",
        b"[1]",
        b"1",
        b'{"data": 1}',
        b'{"rule": 1',
        b'{"rule": 1} {"rule": 1}',
        b'{"rule": null}',
        b'{"rule": 1.5}',
        b'{"rule": {"or": [1, 2]}}',
        b'{"rule": NaN}',
        b'{"rule": 1, "data": Infinity}',
        b'{"rule": 1, "data": [-Infinity]}',
        b'{"rule": 1, "data": 01}',
        b'{"rule": "\xff"}',
        b'{"rule": "\xed\xa0\x80"}',
        b"[" * 100_000,
        b'{"rule": 1, "data": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"rule": ' + b'{"!": [' * 990 + b"1" + b"]}" * 990 + b"}",
    ],
    ids=lambda line: line[:30].decode("latin-1"),
)
def test_what_is_wrong_with_one_line_is_told_and_the_next_is_evaluated(line: bytes):
    first, wrong, last = told(b'{"rule": 1}\n' + line + b'\n{"rule": 2}\n')
    assert (first, last) == ({"result": 1}, {"result": 2})
    assert list(wrong) == ["error"]
    assert wrong["error"].endswith(".")


def test_of_a_key_that_stands_twice_the_last_counts():
    assert told('{"rule": 1, "rule": 2}') == [{"result": 2}]


def test_windows_files_are_read():
    assert told(b'\xef\xbb\xbf{"rule": 1}\r\n{"rule": 2}\r\n') == [{"result": 1}, {"result": 2}]


def test_letters_are_written_as_they_are():
    done = CliRunner().invoke(rules, ["evaluate", "--lines"], input='{"rule": "Đỗ \\u1ea4"}')
    assert done.stdout_bytes.decode() == '{"result": "Đỗ Ấ"}\n'


def test_half_a_pair_of_utf_16_stays_what_it_is():
    assert told('{"rule": "\\ud83d"}') == [{"result": "\ud83d"}]


@pytest.mark.parametrize(
    ("number", "written"),
    [
        ("1.0", "1"),
        ("-0", "0"),
        ("1e2", "100"),
        ("0.5", "0.5"),
        ("9007199254740993", "9007199254740992"),
        ("123456789012345678901", "123456789012345680000"),
        ("1e21", "1e+21"),
        ("1e400", "null"),
        ("9" * 5000, "null"),
    ],
)
def test_numbers_are_those_of_javascript(number: str, written: str):
    done = CliRunner().invoke(
        rules, ["evaluate", "--lines"], input=f'{{"rule": {{"var": ""}}, "data": {number}}}'
    )
    assert done.stdout == f'{{"result": {written}}}\n'


def test_a_file_is_read_and_one_that_is_not_there_is_told(tmp_path: Path):
    file = tmp_path / "rules.jsonl"
    file.write_text('{"rule": [true]}\n')
    done = CliRunner().invoke(rules, ["evaluate", "--lines", str(file)])
    assert done.stdout == '{"result": [true]}\n'
    assert CliRunner().invoke(rules, ["evaluate", "--lines", str(tmp_path / "none")]).exit_code == 2


def test_without_lines_it_says_what_to_give():
    done = CliRunner().invoke(rules, ["evaluate"])
    assert done.exit_code == 2
    assert "--lines" in done.stderr


def test_who_stops_reading_ends_it_quietly_and_no_database_is_started(tmp_path: Path):
    file = tmp_path / "many.jsonl"
    file.write_text('{"rule": "a text"}\n' * 50_000)
    with subprocess.Popen(
        [sys.executable, "-m", "dancu", "rules", "evaluate", "--lines", str(file)],
        env={"DANCU_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "DANCU_SECRET_KEY": "of a test"},
        cwd=Path(__file__).parents[3],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout and process.stderr
        assert process.stdout.readline() == b'{"result": "a text"}\n'
        process.stdout.close()
        assert process.stderr.read() == b""
