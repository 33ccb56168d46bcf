"""The form of a rule as its page draws it: each field with its id, what may be chosen, and what is wrong."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dancu.certlogic.instants import UNITS
from dancu.modules import Words
from dancu.rules.documents import LANGUAGES
from dancu.rules.errors import BadRule
from dancu.rules.kinds import Fact, RuleKind
from dancu.rules.reading import condition as read
from dancu.rules.rule import TRY_NEXT
from dancu.rules.sentences import COMPARISONS, SEVERAL, WITHOUT_VALUE
from dancu.rules.wording import asked
from dancu.web.office.rules.forming import WRITTEN, ClauseFields, PartFields, RuleFields, parsed
from dancu.web.office.rules.mistakes import Mistakes


@dataclass(frozen=True)
class Choice:
    """One of a list."""

    value: str
    words: Words
    is_chosen: bool = False


@dataclass(frozen=True)
class Input:
    """A field. `choices`: of a list; none where it is typed."""

    id: str
    label: Words
    value: str = ""
    choices: Sequence[Choice] = ()
    error: str = ""


@dataclass(frozen=True)
class PartView:
    """A condition. `values`: "one", "several", "lines" (typed, one a line), "number", "text", "moment",
    "written" (JSON), "" where nothing is to be given. `asked`: what is written, in words.
    """

    id: str
    number: int
    fact: Input
    comparison: Input | None
    values: str
    value: Input
    unit: Words = ""
    units: Input | None = None
    beside: Input | None = None
    beside_time: str = ""
    asked: str = ""


@dataclass(frozen=True)
class LineView:
    """A line. `unknown`: where something that it reads may not be known."""

    id: str
    number: int
    parts: Sequence[PartView]
    then: Input
    unknown: Input | None
    words: Sequence[Input]
    is_first: bool
    is_last: bool


@dataclass(frozen=True)
class RuleView:
    """All of the form. `problems`: (the field's id, what is wrong), in their order."""

    head: dict[str, Input]
    lines: Sequence[LineView]
    otherwise: Input
    otherwise_words: Sequence[Input]
    unit: Words
    problems: Sequence[tuple[str, str]]


def drawn(form: RuleFields, wrong: Mistakes) -> RuleView:
    """The form with what is wrong at each field."""
    head = {
        name: Input(name, label, value, error=wrong.get(name, ""))
        for name, label, value in (
            ("id", _("Short name of the rule"), form.id),
            ("area", _("Code of the province or commune"), form.area),
            ("valid_from", _("Counts from"), form.valid_from),
            ("valid_to", _("Counts until"), form.valid_to),
            ("citation", _("By law"), form.citation),
            ("title_vi", _("Title in Vietnamese"), form.title["vi"]),
            ("title_en", _("Title in English"), form.title["en"]),
        )
    }
    for language in LANGUAGES:
        there = head[f"title_{language}"]
        head[f"title_{language}"] = Input(
            f"title-{language}", there.label, there.value, error=wrong.get(f"title-{language}", "")
        )
    last = len(form.clauses) - 1
    lines = [_line(each, nth, nth == last, form.kind, wrong) for nth, each in enumerate(form.clauses)]
    otherwise = Input(
        "otherwise-then",
        _("The answer is"),
        form.otherwise,
        _answers(form.kind, form.otherwise),
        wrong.get("otherwise-then", ""),
    )
    view = RuleView(
        head, lines, otherwise, _words("otherwise", form.otherwise_words, wrong), form.kind.unit, ()
    )
    order = {name: at for at, name in enumerate(_ids(view))}
    problems = sorted(wrong.items(), key=lambda problem: order.get(problem[0], -1))
    known = [(name if name in order else "", words) for name, words in problems]
    return RuleView(head, lines, otherwise, view.otherwise_words, form.kind.unit, known)


def facts_to_choose(kind: RuleKind, chosen: str) -> list[Choice]:
    """All that a condition may read."""
    known = [Choice(name, fact.words, name == chosen) for name, fact in kind.facts.items()]
    return [Choice("", _("Choose a fact"), not chosen), *known]


def values_to_choose(fact: Fact, chosen: Sequence[str]) -> list[Choice]:
    """All that a fact can be, and what is said of it though it can never be so."""
    strange = [
        Choice(each, each, True) for each in chosen if fact.values and each and each not in fact.values
    ]
    return [*(Choice(value, words, value in chosen) for value, words in fact.values.items()), *strange]


def _line(clause: ClauseFields, nth: int, is_last: bool, kind: RuleKind, wrong: Mistakes) -> LineView:
    name = f"clause-{nth}"
    parts = [_part(each, f"{name}-part-{at}", at + 1, kind, wrong) for at, each in enumerate(clause.parts)]
    unknown = None
    if f"{name}-unknown" in wrong or clause.unknown or any(_may_miss(each, kind) for each in clause.parts):
        ways = [Choice(TRY_NEXT, _("try the next line"), clause.unknown == TRY_NEXT)]
        ways += _answers(kind, clause.unknown)[1:] if kind.answers else []
        unknown = Input(
            f"{name}-unknown",
            _("If nobody knows"),
            clause.unknown,
            [Choice("", _("Choose what is answered"), not clause.unknown), *ways] if kind.answers else (),
            wrong.get(f"{name}-unknown", ""),
        )
    answers = _answers(kind, clause.then)
    then = Input(
        f"{name}-then", _("The answer is"), clause.then, answers, wrong.get(f"{name}-then", "")
    )  # fmt: skip
    return LineView(name, nth + 1, parts, then, unknown, _words(name, clause.words, wrong), nth == 0, is_last)


def _part(part: PartFields, name: str, number: int, kind: RuleKind, wrong: Mistakes) -> PartView:
    chosen = facts_to_choose(kind, part.chosen)
    chosen.append(Choice(WRITTEN, _("(a condition written in CertLogic)"), part.written is not None))
    fact_input = Input(f"{name}-fact", _("Fact"), part.chosen, chosen, wrong.get(f"{name}-fact", ""))
    if part.written is not None:
        error = wrong.get(f"{name}-written", "")
        value = Input(f"{name}-written", _("Condition in CertLogic"), part.written, error=error)
        return PartView(name, number, fact_input, None, "written", value, asked=_in_words(part.written, kind))
    said = part.sentence
    fact = kind.facts.get(said.fact)
    if fact is None:
        return PartView(name, number, fact_input, None, "", Input("", ""))
    every = COMPARISONS[fact.type]
    now = said.comparison if said.comparison in every else next(iter(every))
    comparison = Input(
        f"{name}-is",
        _("Compared how"),
        now,
        [Choice(code, words, code == now) for code, words in every.items()],
    )
    first, how = said.values[0] if said.values else "", _how(fact, now)
    field = "values" if how == "lines" else "value"
    value = Input(
        f"{name}-{field}",
        _("Values, one a line") if how == "lines" else _("Value"),
        "\n".join(said.values) if how == "lines" else first,
        [
            *([Choice("", _("Choose a value"), not first)] if how == "one" else []),
            *values_to_choose(fact, said.values if how == "several" else [first]),
        ],
        wrong.get(f"{name}-{field}", ""),
    )
    if fact.type != "moment":
        return PartView(name, number, fact_input, comparison, how, value, unit=fact.unit)
    moments = [
        Choice(other, each.words, other == said.beside)
        for other, each in kind.facts.items()
        if each.type == "moment" and other != said.fact
    ]
    beside = Input(
        f"{name}-beside",
        _("counted from"),
        said.beside,
        [Choice("", _("Choose a moment"), not said.beside), *moments],
        wrong.get(f"{name}-beside", ""),
    )
    named = {
        "day": _("days after"), "hour": _("hours after"), "month": _("months after"), "year": _("years after")
    }  # fmt: skip
    unit = said.unit or "day"
    units = Input(
        f"{name}-unit",
        _("Unit"),
        unit,
        [
            Choice(each, named[each], each == unit)
            for each in ("day", "hour", "month", "year")
            if each in UNITS
        ],
    )
    typed = "" if said.beside in kind.facts else said.beside
    return PartView(
        name, number, fact_input, comparison, how, value, units=units, beside=beside, beside_time=typed
    )


def _how(fact: Fact, comparison: str) -> str:
    """How values of a fact are given."""
    if comparison in WITHOUT_VALUE:
        return ""
    if fact.type == "moment":
        return "moment"
    if comparison in SEVERAL:
        return "several" if fact.values else "lines"
    return "one" if fact.values else "number" if fact.type == "number" else "text"


def _may_miss(part: PartFields, kind: RuleKind) -> bool:
    if part.written is None:
        fact = kind.facts.get(part.sentence.fact)
        return fact is not None and fact.may_be_missing
    return any(fact.may_be_missing and f'"{name}"' in part.written for name, fact in kind.facts.items())


def _in_words(written: str, kind: RuleKind) -> str:
    try:
        return asked(read(parsed(written), kind.facts, ""))
    except BadRule:
        return ""


def _answers(kind: RuleKind, chosen: str) -> list[Choice]:
    """None where an answer is a number."""
    if not kind.answers:
        return []
    every = [Choice(str(answer), words, str(answer) == chosen) for answer, words in kind.answers.items()]
    return [Choice("", _("Choose an answer"), not chosen), *every]


def _words(name: str, words: Mapping[str, str], wrong: Mistakes) -> list[Input]:
    labels = {"vi": _("Reason in Vietnamese"), "en": _("Reason in English")}
    return [
        Input(each, labels[language], words[language], error=wrong.get(each, ""))
        for language in LANGUAGES
        for each in [f"{name}-{language}"]
    ]


def _ids(view: RuleView) -> Iterable[str]:
    """Of all fields, as they stand on the page."""
    yield from (each.id for each in view.head.values())
    for line in view.lines:
        for part in line.parts:
            yield part.fact.id
            yield part.value.id
            yield f"{part.id}-beside"
        yield line.then.id
        yield f"{line.id}-unknown"
        yield from (each.id for each in line.words)
    yield view.otherwise.id
    yield from (each.id for each in view.otherwise_words)
