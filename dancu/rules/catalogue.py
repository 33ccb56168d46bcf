"""What rules may decide and read, and the rules of today in words, as a paper:
`python -m dancu.rules.catalogue` writes docs/rules-catalogue.md from what the modules announce.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dancu.rules.kinds import RuleKind
    from dancu.rules.rule import Rule

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "rules-catalogue.md"


def document() -> str:
    """The text of docs/rules-catalogue.md. Django is set up."""
    from django.utils import translation

    from dancu.rules.kinds import kinds
    from dancu.rules.lookups import shipped

    with translation.override("en"):
        lines = [
            "# What rules decide, and the facts that they read",
            "",
            "Made from what the modules announce by `python -m dancu.rules.catalogue`; a test tells where it",
            "is not up to date. How a rule is written: [rules](rules.md).",
            "",
            *(f"- [{kind.words}](#{_anchor(f'{kind.words}: {kind.code}')})" for kind in kinds().values()),
        ]
        for kind in kinds().values():
            latest = max((rule for rule in shipped() if rule.kind is kind), key=lambda rule: rule.version)
            lines += _of_kind(kind) + _of_rule(latest)
        return "\n".join([*lines, ""])


def _anchor(heading: str) -> str:
    return "".join(each for each in heading.lower().replace(" ", "-") if each.isalnum() or each == "-")


def _of_kind(kind: "RuleKind") -> list[str]:
    answers = (
        [f"- `{answer}`: {words}" for answer, words in kind.answers.items()]
        if kind.answers
        else [f"- {kind.least} to {kind.most} {kind.unit}"]
    )
    where = "of a place: a province may have its own" if kind.by_area else "for the whole country"
    also = "; in the database too, so in days and hours only" if kind.sql else ""
    return [
        "",
        f"## {kind.words}: `{kind.code}`",
        "",
        f"Decided {where}{also}.",
        *([str(kind.note)] if kind.note else []),
        f"Without a rule: `{kind.without}`. The answers:",
        "",
        *answers,
        "",
        *_table(
            ["fact", "what it is", "type", "values", "from", "may be unknown"],
            [
                [
                    f"`{name}`",
                    str(fact.words),
                    fact.type.replace("_", " or "),
                    ", ".join(f"`{value}`" for value in fact.values) or str(fact.unit),
                    str(fact.source),
                    "yes" if fact.may_be_missing else "",
                ]
                for name, fact in kind.facts.items()
            ],
        ),
    ]


def _of_rule(rule: "Rule") -> list[str]:
    from dancu.rules.wording import asked, in_language

    rows = [
        [asked(clause.when), rule.kind.in_words(clause.then), in_language(clause.words)]
        for clause in rule.clauses
    ]
    last = ["otherwise", rule.kind.in_words(rule.otherwise), in_language(rule.otherwise_words)]
    return [
        "",
        f"As it comes with dancu: `{rule.id}`, version {rule.version}.",
        "",
        *_table(["if", "then", "because"], [*rows, last]),
    ]


def _table(heads: list[str], rows: list[list[str]]) -> list[str]:
    return [f"| {' | '.join(each)} |" for each in [heads, ["---"] * len(heads), *rows]]


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dancu.settings")
    django.setup()
    DOCUMENT.write_text(document(), encoding="utf-8")
