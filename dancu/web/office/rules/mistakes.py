"""What is wrong in the form, each at its field, in the reader's language."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from dancu.rules import contradicting
from dancu.rules.documents import read
from dancu.rules.errors import BadRule
from dancu.rules.kinds import kinds
from dancu.rules.rule import Rule
from dancu.rules.sentences import SEVERAL, WITHOUT_VALUE
from dancu.web.office.rules.forming import ClauseFields, PartFields, RuleFields

Mistakes = dict[str, str]  # by the id of the field
_IN_CLAUSE = re.compile(r"clauses\[(\d+)\](?:\.(when|then|unknown|words)(?:\.(.*))?)?$")
_PART = re.compile(r"and\[(\d+)\]")
_HEAD = {
    "title.vi": "title-vi", "title.en": "title-en", "otherwise.then": "otherwise-then",
    "otherwise.words.vi": "otherwise-vi", "otherwise.words.en": "otherwise-en",
}  # fmt: skip
_FIELDS = ("id", "version", "area", "valid_from", "valid_to", "citation")


def checked(form: RuleFields) -> tuple[Rule | None, Mistakes]:
    """The rule that the form says, or what is wrong with it."""
    found = _left_open(form)
    document = form.document()
    for problem in _of_head(document):
        found.setdefault(*_placed(problem, form))
    for nth, clause in enumerate(document["clauses"]):
        if any(name.startswith(f"clause-{nth}-") for name in found):
            continue
        try:
            read(_sound(document) | {"clauses": [clause]})
        except BadRule as problem:
            place = str(problem.args[0]).replace("clauses[0]", f"clauses[{nth}]", 1)
            found.setdefault(*_placed(BadRule(place, problem.args[1]), form))
    if found:
        return None, found
    try:
        rule = read(document)
        contradicting.check(rule)
        return rule, {}
    except BadRule as problem:
        return None, dict([_placed(problem, form)])


def _of_head(document: Mapping[str, Any]) -> list[BadRule]:
    """One mistake of all that stands around the lines, after the other."""
    found: list[BadRule] = []
    left = dict(document) | {"clauses": []}
    sound = _sound(document)
    for field in ("title", "citation", "otherwise"):
        try:
            read(sound | {field: left[field]})
        except BadRule as problem:
            found.append(problem)
    try:
        read(left | {field: sound[field] for field in ("title", "citation", "otherwise")})
    except BadRule as problem:
        found.append(problem)
    return found


def _sound(document: Mapping[str, Any]) -> dict[str, Any]:
    """The same kind of rule, in which nothing is wrong but what is put into it."""
    words = {"vi": "-", "en": "-"}
    return {
        "id": "sound",
        "version": 1,
        "kind": document["kind"],
        "valid_from": "2020-01-01T00:00:00+07:00",
        "citation": "-",
        "title": words,
        "clauses": [],
        "otherwise": {"then": kinds()[document["kind"]].without, "words": words},
    }


def _left_open(form: RuleFields) -> Mistakes:
    found: Mistakes = {}
    for field, words in (
        ("title-vi", form.title["vi"]),
        ("title-en", form.title["en"]),
        ("otherwise-vi", form.otherwise_words["vi"]),
        ("otherwise-en", form.otherwise_words["en"]),
    ):
        if not words.strip():
            found[field] = _enter_words(field)
    if not form.citation:
        found["citation"] = _("Enter the decision or law on which the rule rests")
    if not form.valid_from:
        found["valid_from"] = _("Enter from when the rule counts")
    if not form.otherwise:
        found["otherwise-then"] = _("Choose the answer where no line holds")
    for nth, clause in enumerate(form.clauses):
        found |= _open_in_clause(clause, f"clause-{nth}")
        for at, part in enumerate(clause.parts):
            if problem := _open_in_part(part, form):
                found[f"clause-{nth}-part-{at}-{problem[0]}"] = problem[1]
    return found


def _open_in_clause(clause: ClauseFields, name: str) -> Mistakes:
    found = {
        f"{name}-{language}": _enter_words(language)
        for language, words in clause.words.items()
        if not words.strip()
    }
    return found if clause.then else found | {f"{name}-then": _("Choose the answer of this line")}


def _enter_words(field: str) -> str:
    return _("Enter the words in Vietnamese") if field.endswith("vi") else _("Enter the words in English")


def _open_in_part(part: PartFields, form: RuleFields) -> tuple[str, str] | None:
    """The field of a condition that was left open, and what is to be entered."""
    said = part.sentence
    if part.written is not None:
        return None if part.written.strip() else ("written", _("Write the condition in CertLogic"))
    fact = form.kind.facts.get(said.fact)
    if fact is None:
        return "fact", _("Choose a fact")
    if said.comparison in WITHOUT_VALUE:
        return None
    field = "values" if said.comparison in SEVERAL and not fact.values else "value"
    if not said.values or (not said.values[0] and (fact.values or fact.type != "text")):
        return field, _("Choose at least one value") if said.comparison in SEVERAL else _("Enter a value")
    if fact.type in ("number", "moment") and not all(_is_whole(each) for each in said.values):
        return field, _("Enter a whole number, such as 7")
    if fact.type == "moment" and not said.beside:
        return "beside", _("Choose the moment from which it is counted")
    return None


def _is_whole(text: str) -> bool:
    return re.fullmatch(r"-?\d{1,18}", text.strip()) is not None


def _placed(problem: BadRule, form: RuleFields) -> tuple[str, str]:
    """The field where the mistake is, and what would be right."""
    place, words = str(problem.args[0]), str(problem.args[1])
    inside = _IN_CLAUSE.match(place)
    if inside is None:
        field = _HEAD.get(place, place)
        return (field, words) if field in (*_FIELDS, *_HEAD.values()) else ("form", str(problem))
    nth, what, rest = int(inside[1]), inside[2], inside[3] or ""
    name = f"clause-{nth}"
    if what in (None, "unknown"):
        return f"{name}-unknown", words
    if what == "words":
        return f"{name}-{rest}", words
    if what == "then":
        return f"{name}-then", words
    parts: Sequence[PartFields] = form.clauses[nth].parts
    counted = _PART.match(rest)
    at = int(counted[1]) if counted and len(parts) > 1 else 0
    part = parts[at]
    if part.written is not None:
        return f"{name}-part-{at}-written", words
    fact = form.kind.facts.get(part.sentence.fact)
    if part.sentence.comparison in WITHOUT_VALUE:
        return f"{name}-part-{at}-fact", words
    several = part.sentence.comparison in SEVERAL and not (fact and fact.values)
    return f"{name}-part-{at}-{'values' if several else 'value'}", words
