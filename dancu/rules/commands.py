"""`dancu rules …`: rules of others are evaluated."""

import json
import sys
from typing import Any, BinaryIO, NoReturn

import click

from dancu.certlogic.errors import CertLogicError
from dancu.certlogic.evaluating import evaluate as evaluate_
from dancu.certlogic.values import EXACT
from dancu.certlogic.writing import as_json
from dancu.errors import DancuError


class BadLine(DancuError):
    """This line cannot be evaluated: {0}."""


@click.group()
def rules() -> None:
    """Evaluate rules of others. Those of this country are made on the office’s page Rules."""


@rules.command()
@click.option("--lines", is_flag=True, help="One evaluation a line. The only form there is.")
@click.argument("file", type=click.File("rb"), default="-")
def evaluate(lines: bool, file: BinaryIO) -> None:
    """Evaluate rules in CertLogic 1.3.3, one a line of FILE or of standard input.

    A line is JSON: {"rule": …, "data": …}; the data of one without is null. Each gives one line of JSON, in
    the same order: {"result": …}, or {"error": "…"} with what was wrong.
    """
    if not lines:
        raise click.UsageError("Say --lines: rules come one a line.")
    out = sys.stdout.buffer
    for line in file:
        out.write(_answer(line) + b"\n")
    out.flush()


def _answer(line: bytes) -> bytes:
    try:
        rule, data = _read(line)
        answer = {"result": as_json(evaluate_(rule, data))}
    except (CertLogicError, BadLine) as problem:
        answer = {"error": str(problem)}
    # Half a pair of UTF-16, which UTF-8 has not, is written \udxxx: in a text of JSON that is what it was
    return json.dumps(answer, ensure_ascii=False).encode("utf-8", "backslashreplace")


def _read(line: bytes) -> tuple[Any, Any]:
    """Rule and data of a line. Raises BadLine."""
    try:
        found = _DECODER.decode(line.rstrip(b"\r\n").decode("utf-8-sig"))
    except UnicodeDecodeError as problem:
        raise BadLine("it is not UTF-8") from problem
    except ValueError as problem:
        raise BadLine(f"it is no JSON: {problem}") from problem
    except RecursionError as problem:
        raise BadLine("its JSON is nested too deeply") from problem
    if not isinstance(found, dict):
        raise BadLine("it is no object")
    if "rule" not in found:
        raise BadLine("it has no “rule”")
    return found["rule"], found.get("data")


def _number(text: str) -> float:
    """A number as JavaScript reads it: the nearest double, which beyond 1.8e308 is infinity."""
    value = float(text)
    return int(value) if value.is_integer() and -EXACT <= value <= EXACT else value


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


_DECODER = json.JSONDecoder(parse_int=_number, parse_float=_number, parse_constant=_no_number)
