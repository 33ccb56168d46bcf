"""A device knows less than the server: of thousands of rules and travellers by chance, whatever it does not
know, the server's answer is always among those that it holds possible; and where it knows all, it is the one.
"""

import json
import random
import subprocess
from pathlib import Path

import pytest

from dancu.rules import abroad, plain
from dancu.rules.documents import read
from dancu.rules.tests.a_kind import A_KIND, Chance
from dancu.web.node import environment, node

ROOT = Path(__file__).parents[3]
RULES, TRAVELLERS = 600, 12
_ON_A_DEVICE = """
import { readFileSync } from "node:fs";
import { possible } from "./assets/device/rules.js";
process.stdout.write(readFileSync(0, "utf8").split("\\n").map((line) => {
  const { rule, data } = JSON.parse(line);
  return JSON.stringify(data.map((each) => possible(rule, each)));
}).join("\\n"));
"""


def on_a_device(cases):
    """What `possible` gives for each rule and the facts that the device has of each traveller."""
    lines = [
        json.dumps({"rule": abroad.told(rule), "data": [plain.data(facts) for facts in travellers]})
        for rule, travellers in cases
    ]
    done = subprocess.run(
        [node(), "--input-type=module", "-e", _ON_A_DEVICE],
        cwd=ROOT,
        env=environment(),
        input="\n".join(lines),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.split("\n")]


@pytest.fixture
def cases(a_kind):
    chance = Chance(2021)
    return [(read(chance.rule()), [chance.facts() for _ in range(TRAVELLERS)]) for _ in range(RULES)]


def test_the_servers_answer_is_among_the_devices_whatever_the_device_does_not_know(cases):
    chance = random.Random(12)
    hidden = [
        (rule, [{n: value if chance.random() < 0.6 else None for n, value in one.items()} for one in several])
        for rule, several in cases
    ]
    sure = 0
    for (rule, travellers), found in zip(cases, on_a_device(hidden), strict=True):
        for facts, possible in zip(travellers, found, strict=True):
            answers = [each["answer"] for each in possible]
            assert rule.decide(facts).answer in answers
            sure += len(answers) == 1
    assert sure > RULES  # it decides by itself often enough to be worth having


def test_a_device_that_knows_all_answers_as_the_server_does_and_by_the_same_clause(cases):
    whole = [
        (rule, [one for one in several if None not in (one[name] for name in A_KIND.facts)])
        for rule, several in cases
    ]
    assert sum(len(several) for _rule, several in whole) > RULES
    for (rule, travellers), found in zip(whole, on_a_device(whole), strict=True):
        for facts, (only, *others) in zip(travellers, found, strict=True):
            brief = f"{rule.id} {rule.version} {only['clause']} {only['answer']}"
            assert (brief, others) == (rule.decide(facts).brief, [])
