"""The papers at the door: what they name is there, and no decision is lost."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAPERS = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
DECISIONS = sorted(ROOT.glob("docs/decisions/0*.md"))
_LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)")
_CODE = re.compile(r"`((?:dancu|tests|bench|bin|docs|deploy|assets)/[\w./-]+\.\w+)`")


def anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def headings(paper: Path) -> set[str]:
    return {
        anchor(line.lstrip("#")) for line in paper.read_text("utf-8").splitlines() if line.startswith("#")
    }


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: str(paper.relative_to(ROOT)))
def test_each_link_leads_somewhere(paper: Path) -> None:
    for target, part in _LINK.findall(paper.read_text("utf-8")):
        there = paper.parent / target if target else paper
        assert there.exists(), target
        if part and there.suffix == ".md":
            assert part in headings(there), f"{target}#{part}"


@pytest.mark.parametrize(
    "name", ["README.md", "CONTRIBUTING.md", "STYLE.md", "docs/adding.md", "docs/operations.md"]
)
def test_each_file_named_is_there(name: str) -> None:
    named = _CODE.findall((ROOT / name).read_text("utf-8"))
    assert [file for file in named if not (ROOT / file).exists()] == []


def test_decisions_are_numbered_without_a_gap_and_never_deleted() -> None:
    assert [int(decision.name[:4]) for decision in DECISIONS] == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda decision: decision.stem)
def test_each_decision_has_number_status_and_date_and_stands_in_the_list(decision: Path) -> None:
    heading, _, status, *_rest = decision.read_text("utf-8").splitlines()
    assert heading.startswith(f"# {int(decision.name[:4])}. ")
    assert re.fullmatch(r"\*(Accepted|Proposed|\d{1,2} \w+ \d{4}\. Superseded)\b.*\d{4}.*\*", status), status
    assert f"({decision.name})" in (ROOT / "docs/decisions/README.md").read_text("utf-8")


def test_the_licence_is_there_whole() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert "Apache License\n                           Version 2.0" in text
    assert "END OF TERMS AND CONDITIONS" in text
