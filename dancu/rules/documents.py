"""A rule as a JSON document: what is read from it, and what is refused with its place and what would be
right.
"""

import datetime as dt
import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from dancu.areas import lookups as areas
from dancu.rules.conditions import Later, facts_of, parts
from dancu.rules.errors import BadRule
from dancu.rules.kinds import Answer, RuleKind, kinds
from dancu.rules.reading import condition
from dancu.rules.rule import TRY_NEXT, Clause, Rule

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
LARGEST = 200_000  # letters of a document
_ID = re.compile(r"[a-z][a-z0-9-]{1,59}")
FIELDS = {
    "id",
    "version",
    "kind",
    "area",
    "valid_from",
    "valid_to",
    "citation",
    "title",
    "clauses",
    "otherwise",
}
_OPTIONAL = {"area", "valid_to"}
_MOST_CLAUSES = 200
_LONGEST = 500  # letters of words


def digest(document: Mapping[str, Any]) -> str:
    """What is signed: the SHA-256 of the document as one canonical text, in hex."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def parse(text: str) -> dict[str, Any]:
    """A document's JSON. Raises BadRule."""
    if len(text) > LARGEST:
        raise BadRule(_("document"), _("it is longer than %(most)d letters") % {"most": LARGEST})
    try:
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
        json.dumps(found, ensure_ascii=False).encode()
    except json.JSONDecodeError as problem:
        words = _("this is no JSON: line %(line)d, column %(column)d")
        raise BadRule(_("document"), words % {"line": problem.lineno, "column": problem.colno}) from problem
    except UnicodeEncodeError as problem:
        raise BadRule(
            _("document"), _("a text in it has half a letter: \\ud800 to \\udfff come in pairs")
        ) from problem
    except ValueError as problem:
        raise BadRule(_("document"), _("a number in it has too many digits")) from problem
    except RecursionError as problem:
        raise BadRule(_("document"), _("it stands too deep in itself")) from problem
    if not isinstance(found, dict):
        raise BadRule(_("document"), _("a rule is one object: {…}"))
    return found


def read(document: Mapping[str, Any]) -> Rule:
    """The rule that a document says. Raises BadRule with the place and what would be right."""
    _fields(document, FIELDS - _OPTIONAL, FIELDS, _("document"))
    kind = _kind(document["kind"])
    valid_from, valid_to = _moment(document, "valid_from"), _moment(document, "valid_to")
    if valid_from is None:
        raise BadRule("valid_from", _("it says from when the rule counts"))
    if valid_to and valid_to <= valid_from:
        raise BadRule("valid_to", _("the rule ends before it begins"))
    if valid_to and not document.get("area"):
        raise BadRule("valid_to", _("the whole country’s rule has no end: the next version ends it"))
    if not isinstance(document["id"], str) or not _ID.fullmatch(document["id"]):
        raise BadRule("id", _("it is 2 to 60 small letters, digits and hyphens, and begins with a letter"))
    if type(document["version"]) is not int or not 0 < document["version"] < 100_000:
        raise BadRule("version", _("it is a whole number, from 1"))
    clauses = document["clauses"]
    if not isinstance(clauses, list) or len(clauses) > _MOST_CLAUSES:
        raise BadRule("clauses", _("they stand in […], at most %(most)d") % {"most": _MOST_CLAUSES})
    otherwise = document["otherwise"]
    _fields(otherwise, {"then", "words"}, {"then", "words"}, "otherwise")
    return Rule(
        id=document["id"],
        version=document["version"],
        kind=kind,
        area=_area(document.get("area"), kind, valid_from.date()),
        valid_from=valid_from,
        valid_to=valid_to,
        citation=_text(document["citation"], "citation"),
        title=_words(document["title"], "title"),
        clauses=[_clause(clause, kind, f"clauses[{nth}]") for nth, clause in enumerate(clauses)],
        otherwise=_answer(otherwise["then"], kind, "otherwise.then"),
        otherwise_words=_words(otherwise["words"], "otherwise.words"),
        document=document,
    )


def _clause(clause: Any, kind: RuleKind, place: str) -> Clause:
    _fields(clause, {"when", "then", "words"}, {"when", "then", "words", "unknown"}, place)
    when = condition(clause["when"], kind.facts, f"{place}.when")
    if kind.sql and any(isinstance(part, Later) and part.unit in ("month", "year") for part in parts(when)):
        raise BadRule(
            f"{place}.when", _("rules of this kind count in days and hours, not in months and years")
        )
    missing = [name for name, fact in facts_of(when).items() if fact.may_be_missing]
    if missing and "unknown" not in clause:
        words = _("“%(name)s” is not always known: “unknown” says what is answered then, or “next” to go on")
        raise BadRule(place, words % {"name": missing[0]})
    unknown = clause.get("unknown", TRY_NEXT)
    return Clause(
        when,
        _answer(clause["then"], kind, f"{place}.then"),
        unknown if unknown == TRY_NEXT else _answer(unknown, kind, f"{place}.unknown"),
        _words(clause["words"], f"{place}.words"),
    )


def _kind(code: Any) -> RuleKind:
    if not isinstance(code, str) or code not in kinds():
        raise BadRule("kind", _("it is one of: %(known)s") % {"known": ", ".join(kinds())})
    return kinds()[code]


def _answer(answer: Any, kind: RuleKind, place: str) -> Answer:
    if not kind.may_answer(answer):
        if kind.answers:
            words = _("it is one of: %(known)s") % {"known": ", ".join(f"“{one}”" for one in kind.answers)}
        else:
            words = _("it is a whole number from %(least)d to %(most)d") % {
                "least": kind.least,
                "most": kind.most,
            }
        raise BadRule(place, words)
    return answer


def _area(code: Any, kind: RuleKind, on: dt.date) -> str:
    if code is None or code == "":
        return ""
    if not kind.by_area:
        raise BadRule("area", _("this is decided for the whole country: leave the area away"))
    if not isinstance(code, str) or areas.unit(code, on) is None:
        words = _(
            "it is the code of a province or commune of that day; leave it away where the rule is for the "
            "whole country"
        )
        raise BadRule("area", words)
    return code


def _moment(document: Mapping[str, Any], field: str) -> dt.datetime | None:
    if (text := document.get(field)) is None:
        return None
    try:
        moment = dt.datetime.fromisoformat(text)
    except (TypeError, ValueError):
        moment = None
    if moment is None or moment.tzinfo is None or not 1900 <= moment.year < 3000:
        raise BadRule(field, _("it is a time with its zone, such as 2026-12-01T00:00:00+07:00"))
    return moment


def _words(words: Any, place: str) -> Mapping[str, str]:
    _fields(words, set(LANGUAGES), set(LANGUAGES), place)
    return {language: _text(words[language], f"{place}.{language}") for language in LANGUAGES}


def _text(text: Any, place: str) -> str:
    if not isinstance(text, str) or not text.strip() or len(text) > _LONGEST or not text.isprintable():
        words = _("it is a text of 1 to %(most)d letters, in one line")
        raise BadRule(place, words % {"most": _LONGEST})
    return text.strip()


def _fields(value: Any, needed: set[str], known: set[str], place: str) -> None:
    if not isinstance(value, Mapping):
        raise BadRule(place, _("it is an object with %(fields)s") % {"fields": ", ".join(sorted(known))})
    if unknown := value.keys() - known:
        words = _("“%(field)s” is not known here; those that are: %(known)s")
        raise BadRule(place, words % {"field": min(unknown), "known": ", ".join(sorted(known))})
    if missing := needed - value.keys():
        raise BadRule(place, _("“%(field)s” is missing") % {"field": min(missing)})


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise BadRule(_("document"), _("“%(field)s” stands twice in one object") % {"field": twice})
    return found


def _no_number(text: str) -> Any:
    raise BadRule(_("document"), _("“%(text)s” is no number of JSON") % {"text": text})
