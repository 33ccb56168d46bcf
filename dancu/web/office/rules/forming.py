"""A rule as a form: what stands in its fields, as it was typed, and the document that it says. Whoever goes
from the one to the other and back finds what was there.
"""

import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from dancu.rules.documents import FIELDS, LANGUAGES
from dancu.rules.errors import BadRule
from dancu.rules.kinds import Answer, RuleKind
from dancu.rules.rule import TRY_NEXT
from dancu.rules.sentences import Part, Sentence, condition, sentences, whole_number

MOST_FIELDS = 900  # Django takes a thousand
WRITTEN = "*"  # in place of a fact: the condition is written down in JSON
_TYPED = ("id", "version", "area", "valid_from", "valid_to", "citation")
_CLAUSE = re.compile(r"clause-(\d{1,4})-")
_PART = re.compile(r"part-(\d{1,4})-")


_NONE_YET = Sentence("")


@dataclass(frozen=True)
class PartFields:
    """A condition: a sentence, or (`written`) what is written in JSON."""

    sentence: Sentence = _NONE_YET
    written: str | None = None

    @property
    def chosen(self) -> str:
        """What is chosen in place of a fact."""
        return self.sentence.fact if self.written is None else WRITTEN


@dataclass(frozen=True)
class ClauseFields:
    """A line. `unknown`: what is answered where nobody knows; "" where it was not asked."""

    parts: Sequence[PartFields] = (PartFields(),)
    then: str = ""
    unknown: str = ""
    words: Mapping[str, str] = field(default_factory=lambda: dict.fromkeys(LANGUAGES, ""))


@dataclass(frozen=True)
class RuleFields:
    """All of a rule. `valid_from`, `valid_to`: times of the country's clock."""

    kind: RuleKind
    id: str
    version: str
    area: str
    valid_from: str
    valid_to: str
    citation: str
    title: Mapping[str, str]
    clauses: Sequence[ClauseFields]
    otherwise: str
    otherwise_words: Mapping[str, str]

    def document(self) -> dict[str, Any]:
        """What it says, whether it is right or not."""
        said: dict[str, Any] = {"id": self.id, "version": whole_number(self.version), "kind": self.kind.code}
        if self.area:
            said["area"] = self.area
        said["valid_from"] = _instant(self.valid_from)
        if self.valid_to:
            said["valid_to"] = _instant(self.valid_to)
        return said | {
            "citation": self.citation,
            "title": dict(self.title),
            "clauses": [_clause(each, self.kind) for each in self.clauses],
            "otherwise": {"then": _answer(self.otherwise, self.kind), "words": dict(self.otherwise_words)},
        }

    @property
    def is_too_long(self) -> bool:
        """Whether a browser would send more fields than are taken."""
        several = sum(len(part.sentence.values) for clause in self.clauses for part in clause.parts)
        parts = sum(len(clause.parts) for clause in self.clauses)
        return 5 * len(self.clauses) + 6 * parts + several > MOST_FIELDS

    def with_clauses(self, clauses: Sequence[ClauseFields]) -> "RuleFields":
        return replace(self, clauses=clauses)


def of_document(document: Mapping[str, Any], kind: RuleKind) -> RuleFields:
    """The form of a document, though it be half done. Raises BadRule where it has what no field holds."""
    _only(document, FIELDS, _("document"))
    clauses, otherwise = document.get("clauses", []), document.get("otherwise", {})
    if not isinstance(clauses, list):
        raise BadRule("clauses", _("they stand in […]"))
    _only(otherwise, {"then", "words"}, "otherwise")
    form = RuleFields(
        kind,
        _typed(document.get("id", ""), "id"),
        _typed(document.get("version", ""), "version"),
        _typed(document.get("area"), "area"),
        _clock(_typed(document.get("valid_from"), "valid_from")),
        _clock(_typed(document.get("valid_to"), "valid_to")),
        _typed(document.get("citation", ""), "citation"),
        _words(document.get("title", {}), "title"),
        [_clause_fields(each, kind, f"clauses[{nth}]") for nth, each in enumerate(clauses)],
        _typed(otherwise.get("then", ""), "otherwise.then"),
        _words(otherwise.get("words", {}), "otherwise.words"),
    )
    if form.is_too_long:
        raise BadRule("clauses", _("they are more than the form can hold: edit them as text"))
    return form


def of_post(sent: QueryDict, kind: RuleKind) -> RuleFields:
    """What was typed."""
    clauses = sorted({int(found[1]) for name in sent if (found := _CLAUSE.match(name))})
    return RuleFields(
        kind,
        title={language: sent.get(f"title-{language}", "") for language in LANGUAGES},
        clauses=[_sent_clause(sent, f"clause-{nth}-") for nth in clauses],
        otherwise=sent.get("otherwise-then", ""),
        otherwise_words={language: sent.get(f"otherwise-{language}", "") for language in LANGUAGES},
        **{name: sent.get(name, "").strip() for name in _TYPED},
    )


def _sent_clause(sent: QueryDict, name: str) -> ClauseFields:
    its = [each.removeprefix(name) for each in sent if each.startswith(name)]
    parts = sorted({int(found[1]) for each in its if (found := _PART.match(each))})
    return ClauseFields(
        [_sent_part(sent, f"{name}part-{nth}-") for nth in parts],
        sent.get(f"{name}then", ""),
        sent.get(f"{name}unknown", ""),
        {language: sent.get(f"{name}{language}", "") for language in LANGUAGES},
    )


def _sent_part(sent: QueryDict, name: str) -> PartFields:
    chosen = sent.get(f"{name}fact", "")
    if chosen == WRITTEN:
        return PartFields(written=sent.get(f"{name}written", "").replace("\r\n", "\n"))
    if chosen != sent.get(f"{name}was", chosen):
        return PartFields(Sentence(chosen))  # what was asked of another fact says nothing of this one
    values = [each for each in sent.getlist(f"{name}value") if each] or [
        line.strip() for line in sent.get(f"{name}values", "").splitlines() if line.strip()
    ]
    return PartFields(
        Sentence(
            chosen,
            sent.get(f"{name}is", ""),
            tuple(values),
            sent.get(f"{name}unit", ""),
            sent.get(f"{name}beside-time", "") or sent.get(f"{name}beside", ""),
        )
    )


def _clause(clause: ClauseFields, kind: RuleKind) -> dict[str, Any]:
    parts: list[Part] = [
        each.sentence if each.written is None else parsed(each.written) for each in clause.parts
    ]
    said = {"when": condition(parts, kind.facts), "then": _answer(clause.then, kind)}
    if clause.unknown:
        said["unknown"] = TRY_NEXT if clause.unknown == TRY_NEXT else _answer(clause.unknown, kind)
    return said | {"words": dict(clause.words)}


def _clause_fields(clause: Any, kind: RuleKind, place: str) -> ClauseFields:
    _only(clause, {"when", "then", "unknown", "words"}, place)
    parts = [
        PartFields(each) if isinstance(each, Sentence) else PartFields(written=_as_text(each))
        for each in sentences(clause.get("when", {"var": ""}), kind.facts)
    ]
    return ClauseFields(
        parts,
        _typed(clause.get("then", ""), f"{place}.then"),
        _typed(clause.get("unknown", ""), f"{place}.unknown"),
        _words(clause.get("words", {}), f"{place}.words"),
    )


def parsed(text: str) -> Any:
    """What is no JSON yet stays a text."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _as_text(part: Any) -> str:
    if isinstance(part, str) and parsed(part) == part:
        return part  # was no JSON when it was typed
    return json.dumps(part, ensure_ascii=False)


def _answer(text: str, kind: RuleKind) -> Answer:
    if kind.answers:
        return next((each for each in kind.answers if str(each) == text), text)
    return whole_number(text)


def _instant(clock: str) -> str:
    """A time of the country's clock with its zone; what is none stays as it is typed."""
    try:
        moment = dt.datetime.fromisoformat(clock)
    except ValueError:
        return clock
    return (moment if moment.tzinfo else timezone.make_aware(moment)).isoformat()


def _clock(instant: str) -> str:
    """The reverse: what has no zone, and what is far away, stays as it is written."""
    try:
        moment = dt.datetime.fromisoformat(instant)
        clock = timezone.make_naive(moment).isoformat() if moment.tzinfo else instant
    except (ValueError, OverflowError):
        return instant
    return clock if _same_instant(_instant(clock), moment) else instant


def _same_instant(text: str, moment: dt.datetime) -> bool:
    found = dt.datetime.fromisoformat(text)
    return found.tzinfo is not None and moment.tzinfo is not None and found == moment


def _typed(value: Any, place: str) -> str:
    if value is None:
        return ""
    if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
        return str(value)
    raise BadRule(place, _("the form holds a text or a whole number here"))


def _words(words: Any, place: str) -> dict[str, str]:
    _only(words, set(LANGUAGES), place)
    return {language: _typed(words.get(language, ""), f"{place}.{language}") for language in LANGUAGES}


def _only(value: Any, known: set[str], place: str) -> None:
    if not isinstance(value, Mapping):
        raise BadRule(place, _("it is an object with %(fields)s") % {"fields": ", ".join(sorted(known))})
    if more := value.keys() - known:
        words = _("“%(field)s” is not known here; those that are: %(known)s")
        raise BadRule(place, words % {"field": min(more), "known": ", ".join(sorted(known))})
