"""Our evaluator and the reference implementation, certlogic-js, agree: on values, and on what is an error.

Left out is what the specification leaves open, and we say in the package's first lines: days that a month has
not (V8 runs on into the next), instants beyond JavaScript's range (there no date at all, which compares
as false and is written null), keys of JavaScript's prototypes (`length`, `constructor`), letters of texts by their number.
"""

import json
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from dancu.certlogic.errors import CertLogicError
from dancu.certlogic.evaluating import evaluate
from dancu.certlogic.tests.random_rules import Chance
from dancu.certlogic.writing import as_json
from dancu.web.node import environment, node

ROOT = Path(__file__).parents[3]
CASES = 20_000
_REFERENCE = """
const internals = require("certlogic-js/dist/internals")
const { access, plusTime, dccDateOfBirth } = internals
const { evaluate } = require("certlogic-js")
const OPEN = new Error("left open by the specification")

const dated = instant => { if (isNaN(instant)) throw new Error("no date"); return instant }
internals.plusTime = (...given) => dated(plusTime(...given))
internals.dccDateOfBirth = text => dated(dccDateOfBirth(text))
internals.access = (data, path) => {
  const fragments = path.split(".")
  fragments.forEach((fragment, at) => {
    const there = access(data, fragments.slice(0, at).join("."))
    if (typeof there === "string" && !isNaN(parseInt(fragment, 10))) throw OPEN
  })
  return access(data, path)
}
process.stdout.write(require("fs").readFileSync(0, "utf8").split("\\n").map(line => {
  const { rule, data } = JSON.parse(line)
  try {
    return JSON.stringify({ result: evaluate(rule, data) })
  } catch (error) {
    return JSON.stringify(error === OPEN ? { open: true } : { error: true })
  }
}).join("\\n"))
"""


def by_the_reference(cases: list[tuple[Any, Any]]) -> list[Any]:
    lines = "\n".join(json.dumps({"rule": rule, "data": data}) for rule, data in cases)
    done = subprocess.run(
        [node(), "-e", _REFERENCE],
        cwd=ROOT,
        env=environment(),
        input=lines,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.split("\n")]


def by_ours(rule: Any, data: Any) -> Any:
    try:
        return {"result": as_json(evaluate(rule, data))}
    except CertLogicError:
        return {"error": True}


def exactly(answer: Any) -> str:
    """True is not 1 and 1.0 is 1."""
    return json.dumps(answer, sort_keys=True)


@pytest.fixture(scope="module")
def cases() -> list[tuple[Any, Any]]:
    chance = Chance(20261130)
    return [(chance.rule(), chance.data()) for _ in range(CASES)]


def test_random_rules_come_to_the_same_as_in_the_reference(cases: list[tuple[Any, Any]]) -> None:
    reference = by_the_reference(cases)
    different = [
        (rule, data, theirs, ours)
        for (rule, data), theirs in zip(cases, reference, strict=True)
        if "open" not in theirs and exactly(theirs) != exactly(ours := by_ours(rule, data))
    ]
    assert different[:3] == []
    kinds = Counter(
        type(answer["result"]).__name__ if "result" in answer else next(iter(answer)) for answer in reference
    )
    assert min(kinds[kind] for kind in ("bool", "int", "str", "list", "dict", "NoneType", "error")) > 50, (
        kinds
    )
    assert kinds["open"] < CASES / 20
