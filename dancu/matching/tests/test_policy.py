"""One policy for every engine: which levels agree, and where people are looked for."""

import tomllib
from pathlib import Path

from dancu.linkage.model.model import load_model
from dancu.matching import policy
from dancu.matching.batch import snapshot_candidates as copied
from dancu.matching.vietnamese_kinds import MODEL


def test_the_document_is_made_from_the_policy():
    assert policy.DOCUMENT.read_text("utf-8") == policy.document(), "run python -m dancu.matching.policy"


def test_every_level_that_agrees_is_one_that_some_comparison_gives():
    from typing import get_args

    from dancu.matching.dates import DateLevel
    from dancu.matching.names import NameLevel

    model = load_model(MODEL)
    levels = {level for comparison in model.comparisons for level in comparison.level_names}
    known = levels | {*get_args(NameLevel), *get_args(DateLevel), "same_province", "missing"}
    given = tomllib.loads(Path(policy.__file__).with_suffix(".toml").read_text("utf-8"))["agrees"]
    assert {level for reader in given.values() for how in reader.values() for level in how} <= known


def test_a_copy_of_the_register_is_searched_by_the_columns_that_the_policy_names():
    for block in ("phone", "home_and_born", "given_and_born", "named_at_home"):
        asked = copied.PHONES if block == "phone" else block
        assert set(copied._KEYS[asked]) == set(policy.KEYS[block]), block


def test_what_agrees_for_a_site_agrees_for_the_desk():
    assert policy.agreeing("site") <= policy.agreeing("desk")
    assert policy.agreeing("desk").isdisjoint(policy.agreeing("desk", "close"))
