"""The rules in force, and what they answer.

A rule that came with the house (a module's `rules/*.json`) counts as signed. What two officials signed since
stands in the database, which is asked for news every few seconds: so a new version says beforehand from when
it counts.
"""

import datetime as dt
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import structlog
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from django.utils.translation import gettext as _

from dancu import modules
from dancu.areas import lookups as areas
from dancu.db.queries import Queries
from dancu.rules.documents import digest, parse, read
from dancu.rules.errors import BadRule, NoSuchRule
from dancu.rules.evaluating import Facts
from dancu.rules.kinds import Answer, kinds
from dancu.rules.rows import DraftedVersion, SignedVersion
from dancu.rules.rule import Decision, Rule
from dancu.rules.statements import expression, literal

_sql = Queries(__file__)
_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Edition:
    """All rules that two have signed, or that came with the house: each kind's versions by where they are
    for, what begins last first. `number` grows with every signature.
    """

    number: int
    rules: Mapping[str, Mapping[str, Sequence[Rule]]]
    statements: dict[tuple[str, int], str] = field(default_factory=dict)  # what `statement` remembers

    def in_force(self, kind: str, at: dt.datetime, area_code: str = "") -> Rule | None:
        """The version that counts there at that moment: the one that began last. Where that has ended, none
        of the area's own does.
        """
        every = self.rules.get(kind, {}).get(area_code, ())
        latest = next((rule for rule in every if rule.valid_from <= at), None)
        return latest if latest and latest.counts(at) else None


def in_force(kind: str, at: dt.datetime | None = None, area_id: int | None = None) -> Rule | None:
    """The rule by which this kind of thing is decided then (None: now) and there: that of the smallest area,
    else the country's. None where there is none.
    """
    moment = at or timezone.now()
    edition = current()
    if area_id is not None:
        for code in around(area_id):
            if found := edition.in_force(kind, moment, code):
                return found
    return edition.in_force(kind, moment)


def around(area_id: int) -> list[str]:
    """The codes of a unit and of those above it, the smallest first; of one that is no more, those of the
    unit that it became.
    """
    area = areas.get(area_id)
    if not area.stood(timezone.localdate()) and (today := areas.became(area_id)):
        area = today[0]
    return [area.code, *(areas.get(each).code for each in reversed(area.ancestors))]


def chain(kind: str, area_id: int, since: dt.datetime, until: dt.datetime) -> list[list[Rule]]:
    """The versions among which `in_force` chooses at any moment between the two: of the unit and of those
    above it, the smallest first, and of the country; of each what begins last first.
    """
    by_area = current().rules.get(kind, {})
    return [_between(by_area.get(code, ()), since, until) for code in [*around(area_id), ""]]


def _between(versions: Sequence[Rule], since: dt.datetime, until: dt.datetime) -> list[Rule]:
    """Those that begin before `until`, down to the one that began last at `since`."""
    begun = [rule for rule in versions if rule.valid_from <= until]
    latest = next((nth for nth, rule in enumerate(begun) if rule.valid_from <= since), len(begun))
    return begun[: latest + 1]


def decide(
    kind: str, facts: Facts, at: dt.datetime | None = None, area_id: int | None = None
) -> Decision | None:
    """What the rule in force answers; None where none is: the kind says what then (`RuleKind.without`)."""
    rule = in_force(kind, at, area_id)
    return rule.decide(facts) if rule else None


def answer(kind: str, facts: Facts, at: dt.datetime | None = None, area_id: int | None = None) -> Answer:
    """The same, the answer alone."""
    decision = decide(kind, facts, at, area_id)
    return decision.answer if decision else kinds()[kind].without


def statement(kind: str) -> str:
    """The answer of the rule in force as an SQL expression (statements.py), of a row with the columns that
    the kind names.
    """
    rule = in_force(kind)
    if rule is None:
        return literal(kinds()[kind].without)
    told = current().statements
    key = (rule.id, rule.version)
    if key not in told:
        told[key] = expression(rule)
    return told[key]


def came_with_the_house(rule: Rule) -> bool:
    """Whether nobody here drafted it."""
    return any(rule is each for each in shipped())


def differ_by_area(kind: str) -> bool:
    """Whether any rule of this kind is for less than the whole country."""
    return current().rules.get(kind, {}).keys() > {""}


def longest_answer(kind: str, facts: Facts) -> int:
    """The greatest number that any rule of any time answers to these facts."""
    by_area = current().rules.get(kind, {})
    every = (rule for versions in by_area.values() for rule in versions)
    return max(int(one) for one in (kinds()[kind].without, *(rule.decide(facts).answer for rule in every)))


def versions(rule_id: str | None = None) -> list[DraftedVersion]:
    """Every version that officials drafted, the latest first, also those that nobody signed."""
    return _sql.of(DraftedVersion).all("versions", rule_id=rule_id)


def version(rule_id: str, number: int) -> DraftedVersion:
    """One of them. Raises NoSuchRule."""
    found = next((row for row in versions(rule_id) if row["version"] == number), None)
    if found is None:
        raise NoSuchRule
    return found


def as_rule(row: SignedVersion | DraftedVersion) -> Rule:
    """The rule that a version (a row) says. Raises BadRule, also where it is not what was drafted."""
    document = parse(row["document"])
    if digest(document) != row["digest"]:
        raise BadRule(_("document"), _("it is not what was drafted"))
    return read(document)


def signed(rule_id: str) -> list[Rule]:
    """The versions of a rule that count, did or will, the latest first, those that came with the house
    too. Raises NoSuchRule.
    """
    found = [rule for rule in _every(current().rules) if rule.id == rule_id]
    if not found:
        raise NoSuchRule
    return found


def rules() -> list[Rule]:
    """Every version of every rule that two have signed, or that came with the house."""
    return list(_every(current().rules))


_kept: tuple[float, Edition] | None = None  # when the database was last asked, and what held then


def current() -> Edition:
    """The rules as the database has them, or had settings.RULES_KEPT_SECONDS ago at most (None: it is asked
    by `forget` alone).
    """
    how_long = settings.RULES_KEPT_SECONDS
    if _kept is None:
        return keep(edition_of(shipped()) if how_long is None else _asked(None))
    asked, known = _kept
    if how_long is not None and time.monotonic() - asked >= how_long:
        return keep(_asked(known))
    return known


def keep(edition: Edition) -> Edition:
    """These are the rules, for as long as the database need not be asked."""
    global _kept
    _kept = (time.monotonic(), edition)
    return edition


def forget() -> None:
    """This process has signed a rule: ask the database now."""
    keep(_asked(None))


def look_again() -> None:
    """Whoever is shown the rules sees what was signed a moment ago in another process."""
    if settings.RULES_KEPT_SECONDS is not None:
        keep(_asked(current()))


def edition_of(rules: Iterable[Rule], number: int = 0) -> Edition:
    """Rules in the order in which they are looked for: what begins last comes first."""
    found: dict[str, dict[str, list[Rule]]] = {}
    for rule in sorted(rules, key=lambda rule: (rule.valid_from, rule.version), reverse=True):
        found.setdefault(rule.kind.code, {}).setdefault(rule.area, []).append(rule)
    return Edition(number, found)


def _asked(known: Edition | None) -> Edition:
    number = _sql.all("edition")[0]["signatures"]
    if known and known.number == number:
        return known
    return edition_of(standing(), number)


def standing() -> list[Rule]:
    """What two have signed, as the database has it now, and what came with the house; but once a country has
    signed a version of a rule, no newer dancu takes its place.
    """
    own = list(_readable(_sql.of(SignedVersion).all("signed")))
    first: dict[str, int] = {}
    for rule in own:
        first.setdefault(rule.id, rule.version)  # the oldest comes first
    older = [rule for rule in shipped() if rule.id not in first or rule.version < first[rule.id]]
    return [*older, *own]


def _readable(rows: Iterable[SignedVersion]) -> Iterator[Rule]:
    """One version that this dancu can no longer read stops no country: the one before it counts, and the
    operator is told.
    """
    for row in rows:
        try:
            yield as_rule(row)
        except BadRule as problem:
            _log.error(
                "signed rule cannot be read",
                rule=row["rule_id"],
                version=row["version"],
                place=problem.args[0],
            )


@cache
def shipped() -> Sequence[Rule]:
    """The rules that came with the house and its modules."""
    folders = (modules.folder(name) / "rules" for name in modules.names())
    files = sorted(file for folder in folders for file in folder.glob("*.json"))
    return [_shipped(file) for file in files]


def _shipped(file: Path) -> Rule:
    try:
        return read(parse(file.read_text(encoding="utf-8")))
    except BadRule as problem:
        raise ImproperlyConfigured(f"{file}: {problem}") from problem


def _every(of: Mapping[str, Mapping[str, Sequence[Rule]]]) -> Iterable[Rule]:
    return (rule for by_area in of.values() for versions in by_area.values() for rule in versions)
