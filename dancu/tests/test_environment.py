"""What an operator writes into the environment works, or is refused at the start."""

import os
import re
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from dancu import environment
from dancu.review.cases import KINDS

NAME = "DANCU_FOUR_EYES"


@pytest.mark.parametrize(
    ("given", "meant"),
    [("", set()), ("record", {"record"}), ("record, duplicate,", {"record", "duplicate"}), ("all", {"all"})],
)
def test_words_that_are_known_are_taken(monkeypatch: pytest.MonkeyPatch, given: str, meant: set[str]) -> None:
    monkeypatch.setenv(NAME, given)
    assert environment.words(NAME, (*KINDS, "all")) == meant


@pytest.mark.parametrize("given", ["correction", "records", "record,correction", "record duplicate", "ALL"])
def test_a_word_that_is_not_known_is_refused_with_those_that_are(
    monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.setenv(NAME, given)
    with pytest.raises(
        ImproperlyConfigured, match=r"DANCU_FOUR_EYES: there is no “.+”\. Give .* record, .*, all,"
    ):
        environment.words(NAME, (*KINDS, "all"))


def test_a_flag_is_1_or_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DANCU_HTTPS", raising=False)
    assert not environment.flag("DANCU_HTTPS")
    for given, meant in (("1", True), ("0", False), ("", False)):
        monkeypatch.setenv("DANCU_HTTPS", given)
        assert environment.flag("DANCU_HTTPS") is meant
    for given in ("true", "yes", "on", "2"):
        monkeypatch.setenv("DANCU_HTTPS", given)
        with pytest.raises(ImproperlyConfigured, match=r"DANCU_HTTPS=.* set it to 1, or leave it out"):
            environment.flag("DANCU_HTTPS")


@pytest.mark.parametrize(
    ("word", "starts"), [(kind, True) for kind in (*KINDS, "all")] + [("correction", False)]
)
def test_an_operator_is_told_at_the_start(word: str, starts: bool) -> None:
    told = subprocess.run(
        [sys.executable, "-c", "from dancu.cli import main; main()", "keys", "--help"],
        env=os.environ | {NAME: word}, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert (told.returncode == 0) is starts, told.stderr
    if not starts:
        said = (
            "Error: DANCU_FOUR_EYES: there is no “correction”. Give one or more of record, "
            "declaration, duplicate, all, with commas between."
        )
        assert told.stderr.strip() == said


def test_numbers_above_the_least_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DANCU_KEPT_MONTHS", "audit_entry=120, visit = 24,")
    assert environment.numbers("DANCU_KEPT_MONTHS", {"audit_entry": 120, "visit": 1}) == {
        "audit_entry": 120,
        "visit": 24,
    }


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("crossing=24", "no number may be set for “crossing”. Those for which one may: audit_entry."),
        ("audit_entry=119", "audit_entry=119: give a whole number from 120 to 9999."),
        ("audit_entry", "give a whole number from 120"),
        ("audit_entry=many", "give a whole number from 120"),
        ("audit_entry=99999", "give a whole number from 120"),
    ],
)
def test_a_number_below_the_least_or_of_nothing_known_is_refused(
    monkeypatch: pytest.MonkeyPatch, given: str, why: str
) -> None:
    monkeypatch.setenv("DANCU_KEPT_MONTHS", given)
    with pytest.raises(ImproperlyConfigured, match=re.escape(why)):
        environment.numbers("DANCU_KEPT_MONTHS", {"audit_entry": 120})
