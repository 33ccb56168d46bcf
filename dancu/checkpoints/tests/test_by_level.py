"""A rule of passage reads the levels of risk of a journey's ends: on the server, and on a device by what it
carries of levels.
"""

import json
import random
import subprocess
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.utils import timezone

from dancu.areas import lookups as areas
from dancu.checkpoints import carried
from dancu.checkpoints.passes import unseal
from dancu.checkpoints.rule_kinds import PASSAGE
from dancu.checkpoints.tests.test_by_rule import ruled_by
from dancu.devices.bundle import digest_of
from dancu.risk.carried import levels
from dancu.rules import lookups as rules
from dancu.testing.at_the_station import cross, look
from dancu.testing.database import rows
from dancu.testing.risk import decided
from dancu.testing.risk import in_force as level_in_force
from dancu.testing.rules import document, in_force
from dancu.testing.travellers import commune, declare
from dancu.web.node import environment, node

ROOT = Path(__file__).parents[3]
FROM_RED = {"when": {"===": [{"var": "origin.level"}, 4]}, "then": "amber", "unknown": "next"}


@pytest.fixture
def home(country) -> int:
    """Where An's journey begins."""
    return commune("Phường Bến Thành, Hồ Chí Minh")


@contextmanager
def own(*clauses: dict) -> Iterator[None]:
    """The country's rule, and in the station's province one with these clauses before the same."""
    country = rules.in_force(PASSAGE.code)
    assert country
    there = document(
        "passage", *clauses, *country.document["clauses"], otherwise="green", id="vinh-long", area="86"
    )
    with in_force(dict(country.document), there):
        yield


def test_whoever_comes_from_a_commune_of_level_4_is_checked_by_the_provinces_rule(an, acting, station, home):
    declared = declare()
    level_in_force({home: 4})
    assert look(acting, station, declared).colour == "green"
    with own(FROM_RED):
        found = look(acting, station, declared)
        assert (found.colour, found.decision.brief) == ("amber", "vinh-long 1 1 amber")
        cross(acting, station, declared)
    assert ruled_by() == ["vinh-long 1 1 amber"]


def test_without_a_decision_the_clause_says_what_is_done(an, acting, station, home):
    declared = declare()
    for unknown, colour in (("next", "green"), ("red", "red")):
        with own(FROM_RED | {"unknown": unknown}):
            assert look(acting, station, declared).colour == colour


def test_the_level_is_that_of_the_moment(an, acting, station, home):
    declared = declare()
    number = level_in_force({home: 4})
    with own(FROM_RED):
        assert look(acting, station, declared).colour == "amber"
        level_in_force({areas.get(home).province_id: 1}, hours_ago=0.5)
        assert look(acting, station, declared).colour == "green"
        rows(
            "UPDATE risk_decision SET valid_from = now() + interval '1 hour' WHERE decision_id <> %s RETURNING 1",
            number,
        )
        assert look(acting, station, declared).colour == "amber"


def test_the_destination_has_its_own(an, acting, station, home):
    declared = declare()
    level_in_force({commune("Phường Ninh Kiều, Cần Thơ"): 3, home: 1})
    to_orange = {"when": {">=": [{"var": "destination.level"}, 3]}, "then": "red", "unknown": "next"}
    with own(to_orange):
        assert look(acting, station, declared).colour == "red"
    with own(FROM_RED):
        assert look(acting, station, declared).colour == "green"


def test_a_rule_that_reads_no_level_asks_the_database_for_none(an, acting, station, monkeypatch):
    def asked(*_what):
        raise AssertionError("the levels were asked for")

    monkeypatch.setattr("dancu.checkpoints.level_facts.risk.levels_of", asked)
    assert look(acting, station, declare()).colour == "green"


_ON_A_DEVICE = """
import { readFileSync } from "node:fs";
import { Bundle } from "./assets/device/bundle.js";
import { colourOf } from "./assets/checkpoint/passage.js";
const lines = readFileSync(0, "utf8").trimEnd().split("\\n").map((line) => JSON.parse(line));
for (const { at, made, parts, pass } of lines) {
  const held = new Map(Object.entries(parts).map(([name, part]) => [name,
    { number: 1, entries: new Map(Object.entries(part).map(([key, value]) => [key, JSON.stringify(value)])) }]));
  const bundle = new Bundle({ made, until: made + 1e9 }, held);
  const facts = { ...pass, issuedAt: made - 600000, expiresAt: made + 1e9, agrees: true };
  process.stdout.write(JSON.stringify(await colourOf({ status: "valid", facts }, at, bundle)) + "\\n");
}
"""


def on_a_device(cases: list[dict]) -> list[dict]:
    """What a device says of each pass, by what it carries."""
    done = subprocess.run(
        [node(), "--input-type=module", "-e", _ON_A_DEVICE],
        cwd=ROOT,
        env=environment(),
        input="\n".join(json.dumps(case) for case in cases),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def clause(chance: random.Random) -> dict:
    """One that reads a level."""
    name, level = chance.choice(["origin.level", "destination.level"]), chance.randint(1, 4)
    asked = {chance.choice(["===", ">", "<", ">=", "<="]): [{"var": name}, level]}
    if chance.random() < 0.3:
        other = {">": [{"var": "destination.level"}, {"var": "origin.level"}]}
        asked = {"and": [asked, other]}
    if chance.random() < 0.3:
        asked = {"!": [asked]}
    answers = ["green", "amber", "red"]
    return {"when": asked, "then": chance.choice(answers), "unknown": chance.choice([*answers, "next"])}


def test_server_and_device_say_the_same_of_every_pass_by_rules_that_read_levels(an, acting, station, home):
    """A device that carries the levels knows them as the server does, also that there is none."""
    chance = random.Random(128)
    declared = declare()
    facts = unseal(rows("SELECT qr_text FROM pass")[0][0], timezone.now())
    pass_says = {"code": "7K3M-9QX2-PF4Y", "origin": facts.origin_code, "destination": facts.destination_code}
    to = commune("Phường Ninh Kiều, Cần Thơ")
    units = [home, to, areas.get(home).province_id, areas.get(to).province_id]
    cases, expected = [], []
    for _nth in range(60):
        named = {unit: chance.randint(1, 4) for unit in units if chance.random() < 0.35}
        if named:
            level_in_force(named, hours_ago=chance.uniform(0.1, 5))
        with own(*(clause(chance) for _ in range(chance.randint(1, 3)))):
            found = look(acting, station, declared)
            now = int(timezone.now().timestamp() * 1000)
            parts = {
                "rules": carried.rules_of_passage("station", station),
                "levels": levels("", 0),
                "areas": carried.communes("", 0),
                "ask": {},
            }
            cases.append({"at": now, "made": now, "parts": parts, "pass": pass_says})
            expected.append((found.colour, found.decision.brief))
        if chance.random() < 0.4:
            rows("DELETE FROM risk_signature RETURNING 1")
    told = [(one["answer"], one.get("brief")) for one in on_a_device(cases)]
    assert told == expected
    assert len({answer for answer, _brief in told}) == 3


def test_a_device_knows_what_begins_tomorrow_and_asks_where_it_carries_no_levels(an, acting, station, home):
    declare()
    decided({home: 4}, hours=20)
    now = int(timezone.now().timestamp() * 1000)
    code, other = areas.get(home).code, areas.get(commune("Phường Ninh Kiều, Cần Thơ")).code
    with own(FROM_RED):
        parts = {
            "rules": carried.rules_of_passage("station", station),
            "levels": levels("", 0),
            "areas": carried.communes("", 0),
            "ask": {},
        }
    pass_says = {"code": "7K3M-9QX2-PF4Y", "origin": code, "destination": other}
    case = {"at": now, "made": now, "parts": parts, "pass": pass_says}
    without = {name: part for name, part in parts.items() if name != "levels"}
    ended = {**pass_says, "origin": "99999"}
    told = on_a_device(
        [
            case,
            case | {"at": now + 21 * 3_600_000},
            case | {"parts": without},
            case | {"pass": ended},
        ]
    )
    assert [one["answer"] for one in told] == ["green", "amber", "ask", "ask"]


def test_a_part_of_all_communes_is_small(country):
    """Every province has a level, and each of its communes another."""
    named = {area.area_id: 1 + nth % 4 for nth, area in enumerate(areas.communes(timezone.localdate()))}
    level_in_force(named)
    carried_now = levels("", 0)
    text = json.dumps(carried_now).encode()
    assert len(carried_now) == len(named)
    assert len(zlib.compress(text)) < 40_000
    assert digest_of({code: json.dumps(steps) for code, steps in carried_now.items()})
