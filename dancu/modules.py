"""What each module brings to the house, said by the module itself.

A module is a package with a file `module.py`, whose `MODULE` is a Module. Those under `dancu/` are found
there; those of a country's own, in any package that Python finds, are named in DANCU_MODULES, with commas
between. Whoever keeps a list (navigation, audit, permissions, merging, commands, demo …) reads it from here
and never names a module. `dancu new module NAME` writes one.

What takes Django's set-up, or long to import, is named by where it stands: "dancu.areas.commands:areas".
"""

import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import timedelta
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from operator import attrgetter
from pathlib import Path
from pkgutil import resolve_name
from typing import Any, NoReturn, TypeVar, get_origin

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise

Words = str | Promise
Plural = Any  # of ngettext_lazy: words with %(count)s
Place = str  # where a function or command stands: "package.module:name"
T = TypeVar("T")

ANY = "any"  # the duty of a page for every official in any role: the office's home, one's own password
HOUSE = Path(__file__).resolve().parent
FILE = "module.py"


@dataclass(frozen=True)
class Role:
    """What a role may do, what kinds of jurisdiction it is given in, for what purpose, how long it may sit
    idle.

    `alone`: whoever has it, had it or will have it has no other role, before or after. `start`: the page
    where its work begins. `place`: where it stands in a list of roles.
    """

    name: Words
    duties: frozenset[str]
    jurisdictions: tuple[str, ...]
    purpose: str
    idle: timedelta = timedelta(minutes=30)
    alone: bool = False
    start: str = "/office/"
    place: int = 100


@dataclass(frozen=True)
class Jurisdiction:
    """A kind of place that a role is given for. `words_of`: gives the words of one, by its number."""

    name: Words
    words_of: Place
    place: int = 100


@dataclass(frozen=True)
class AuditAction:
    """How an entry of the audit is told, to auditors and to the person it is about. `rare`: told to the
    person first, since it is done seldom and tells much. `for_a_reason`: its detail is the reason, which
    the person is told.
    """

    words: Words
    rare: bool = False
    for_a_reason: bool = False


@dataclass(frozen=True)
class WorkPage:
    """A page in the navigation of whoever has the duty, by its URL name, and on the office's home where it
    has an `explanation`. `in_navigation`: what it is called there, where that is not its title. `wider`,
    `whole`: the explanation for a role of more than a commune, of the whole country. `place`: in the order
    of both lists.
    """

    duty: str
    url_name: str
    title: Words
    explanation: Words = ""
    place: int = 100
    in_navigation: Words = ""
    wider: Words = ""
    whole: Words = ""


@dataclass(frozen=True)
class OperatorCommand:
    """A command of `dancu`: where it stands and what it is for. `needs_database`: whether the database is
    started for it.
    """

    at: Place
    purpose: str
    needs_database: bool = True
    place: int = 100


@dataclass(frozen=True)
class PersonTable:
    """What rows are called that hang on a person by `person_id`, and which merging therefore carries: in the
    question before a merge. `told`: what of it is kept, as the person reads it on their own record; "" where
    the record shows it already.
    """

    rows: Plural
    told: Words = ""


@dataclass(frozen=True)
class AnnouncedRules:
    """Something that rules decide (dancu.rules.kinds.RuleKind). The rules themselves come with the module as
    `rules/*.json`.
    """

    at: Place
    place: int = 100


@dataclass(frozen=True)
class BackgroundJob:
    """Work that nobody waits for: a function without arguments, which may be begun again after it was broken
    off. `what`: what it does, for the operator.

    `when`: times as cron writes them, of the country's clock ("30 2 * * *"): each is kept once, however many
    workers there are, and one that was missed is made up for once. Or `every`: so often it looks for what
    waits; where it gives a number above 0 it is begun again at once. One worker at a time does it. `waiting`:
    a function that counts what waits, for the operator.
    """

    at: Place
    what: Words
    when: str = ""
    every: timedelta | None = None
    waiting: Place = ""
    place: int = 100


@dataclass(frozen=True)
class Metric:
    """A figure for operators, by its name in Prometheus (dancu_…, of a counter without _total): numbers of
    things, seconds, bytes, never of a person, and by no place below a province. `help`: what it is, in
    English.

    `at`: a function without arguments that gives the number; where it has `labels`, a mapping of their values
    (a tuple, or a text where there is one label) to the number. It is asked every few seconds and has one:
    nothing is counted there that may be many, but to a bound. `counts_up`: it only grows.
    """

    help: str
    at: Place
    labels: tuple[str, ...] = ()
    counts_up: bool = False


@dataclass(frozen=True)
class BundlePart:
    """Something that devices carry (docs/devices.md). `content`: a function of a kind of place and its number
    that gives what is carried, by key, as JSON takes it; asked again where it is older than `kept`. `places`:
    kinds of place whose devices carry it; none: all. `is_for_all`: it is the same everywhere, and asked for
    "" and 0.
    """

    content: Place
    places: tuple[str, ...] = ()
    is_for_all: bool = True
    kept: timedelta = timedelta(seconds=30)


@dataclass(frozen=True)
class WiderSums:
    """The same sums of wider units, which are too many cells to add up for a page. `column`: what such a unit
    is called in them; 0 is all units together. `units`: a function that gives a mapping of values of the
    first dimension to the unit that each counts for.
    """

    column: str
    units: Place


@dataclass(frozen=True)
class Rollup:
    """Sums kept as things happen. Its code is the beginning of the names of its tables, which the module's
    migration makes (dancu.rollups.tables).

    `dimensions`: by what is counted apart, column and type (smallint, integer or date); the first says where,
    and is the distribution column. `measures`: what is added up, whole numbers. `counted`: a function that
    gives the SELECT which counts everything anew: the dimensions, then the measures.
    """

    what: Words
    dimensions: Mapping[str, str]
    measures: Sequence[str]
    counted: Place
    wider: WiderSums | None = None
    place: int = 100


@dataclass(frozen=True)
class ColumnGrants:
    """A table that whoever serves never rewrites. `made_by_the_database`: columns that nobody fills in;
    `changed`: the only ones that change later, and that no new row says, but for those `said_at_once`.
    `by_the_owner`: what only the owner's functions say: so a proposal begins open, with whoever proposed it
    (the table asks for them), and is decided once, and what has ended stays so.
    """

    made_by_the_database: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    said_at_once: tuple[str, ...] = ()
    by_the_owner: tuple[str, ...] = ()


@dataclass(frozen=True)
class MonthlyTable:
    """A table that is kept in months (dancu.db.partitions), and for how long. `ground`: why so long, for the
    operator. `kept_months`: how many months after it has ended a month may be let go; None: never. `least`:
    the operator may set another number (DANCU_KEPT_MONTHS), but none below; None: no number may be set, since
    something else reads the rows for as long as it stands.
    """

    ground: Words
    kept_months: int | None = None
    least: int | None = None

    def __post_init__(self) -> None:
        if self.kept_months is not None and (self.least is None or not 1 <= self.least <= self.kept_months):
            raise ValueError(f"{self.kept_months} months to keep: say what is the least, from 1 to as many.")


@dataclass(frozen=True)
class DemoOfficial:
    """Somebody of the demo's cast. `where`: gives the number of the place that the role is for, and its
    words, of the demo's places (demo.preparing.DemoPlaces).
    """

    full_name: str
    role: str
    jurisdiction: str
    where: Callable[[Any], tuple[int, str]]
    place: int = 100


@dataclass(frozen=True)
class DemoScene:
    """What has happened in the demo's country before it opens: a function of its cast and a random.Random.
    `title`: shown while it runs.
    """

    title: str
    play: Place
    place: int = 100


@dataclass(frozen=True)
class DemoStep:
    """A step of what `bin/demo --once` plays: a function of the demo.story.Story, which says what came
    back and raises if that is not right.
    """

    name: str
    play: Place
    place: int = 100


@dataclass(frozen=True)
class Module:
    """What a module brings, by code or name; each list has one reader, which stands behind it."""

    duties: Mapping[str, Words] = field(default_factory=dict)  # accounts/duties.py, like the next four
    purposes: Mapping[str, Words] = field(default_factory=dict)
    jurisdictions: Mapping[str, Jurisdiction] = field(default_factory=dict)
    roles: Mapping[str, Role] = field(default_factory=dict)
    duties_of_roles: Mapping[str, Sequence[str]] = field(default_factory=dict)  # to roles of other modules
    audit_actions: Mapping[str, AuditAction] = field(default_factory=dict)  # audit/wording.py
    pages: Sequence[WorkPage] = ()  # web/context.py, web/office/home.py
    urls: Mapping[str, str] = field(default_factory=dict)  # urls.py: by prefix
    commands: Mapping[str, OperatorCommand] = field(default_factory=dict)  # cli.py
    person_tables: Mapping[str, PersonTable] = field(default_factory=dict)  # web/shared/belongings.py
    credentials: Mapping[str, timedelta] = field(default_factory=dict)  # credentials/claims.py: longest life
    kept_tables: Mapping[str, ColumnGrants] = field(default_factory=dict)  # db/grants.py
    monthly_tables: Mapping[str, MonthlyTable] = field(default_factory=dict)  # db/retention.py
    jobs: Mapping[str, BackgroundJob] = field(default_factory=dict)  # work/kinds.py
    metrics: Mapping[str, Metric] = field(default_factory=dict)  # metrics/collecting.py
    rollups: Mapping[str, Rollup] = field(default_factory=dict)  # rollups/sums.py
    rules: Mapping[str, AnnouncedRules] = field(default_factory=dict)  # rules/kinds.py
    inbox: Mapping[str, Place] = field(default_factory=dict)  # devices/kinds.py: an ItemKind each
    bundle: Mapping[str, BundlePart] = field(default_factory=dict)  # devices/bundle.py
    device_places: Mapping[str, Place] = field(default_factory=dict)  # devices/kinds.py: by kind, a function
    demo_officials: Mapping[str, DemoOfficial] = field(default_factory=dict)  # demo/preparing.py
    demo_scenes: Sequence[DemoScene] = ()  # demo/preparing.py
    demo_steps: Sequence[DemoStep] = ()  # demo/story.py


class TwiceAnnounced(ImproperlyConfigured):
    """Two modules bring the same thing, so one of them would be lost."""


def names() -> list[str]:
    """The packages of all modules: those of the house, pages first, then those named in DANCU_MODULES."""
    here = (file.parent.relative_to(HOUSE.parent).parts for file in HOUSE.rglob(FILE) if file.parent != HOUSE)
    ours = sorted(
        (".".join(parts) for parts in here), key=lambda name: (not name.startswith("dancu.web"), name)
    )
    others = [name.strip() for name in os.environ.get("DANCU_MODULES", "").split(",")]
    return list(dict.fromkeys([*ours, *filter(None, others)]))


@cache
def installed() -> Mapping[str, Module]:
    """Each module by its package. Raises ImproperlyConfigured where one is named that is none, or speaks of
    what nobody brings; TwiceAnnounced.
    """
    found = {name: _read(name) for name in names()}
    _check(found)
    return found


def folder(name: str) -> Path:
    """Where the package of a module lies."""
    (place,) = (find_spec(name) or _none(name)).submodule_search_locations or _none(name)
    return Path(place)


def others() -> list[str]:
    """Those of a country's own: what DANCU_MODULES names."""
    return [name for name in names() if not name.startswith(f"{HOUSE.name}.")]


def brought(
    of: Callable[[Module], Mapping[str, T]], by_all: Mapping[str, Module] | None = None
) -> dict[str, T]:
    """What all modules bring of one kind, by code. Raises TwiceAnnounced."""
    found: dict[str, T] = {}
    by: dict[str, str] = {}
    for name, module in (by_all or installed()).items():
        for code, thing in of(module).items():
            if code in by:
                raise TwiceAnnounced(f"{by[code]} and {name} both bring “{code}”.")
            found[code], by[code] = thing, name
    return found


def in_order(of: Callable[[Module], Mapping[str, T]]) -> dict[str, T]:
    """The same, in the order of each one's `place`."""
    return dict(sorted(brought(of).items(), key=lambda one: _place(one[1])))


def listed(of: Callable[[Module], Sequence[T]]) -> list[T]:
    """What all modules bring of a kind that has no code, in the order of each one's `place`."""
    return sorted((thing for module in installed().values() for thing in of(module)), key=_place)


def at(place: Place) -> Any:
    """What stands at "package.module:name"."""
    return resolve_name(place)


def _place(thing: Any) -> int:
    return thing.place


def _check(found: Mapping[str, Module]) -> None:
    """Nothing is brought twice, and what is spoken of is there."""
    for each in fields(Module):
        if each.name not in ("duties_of_roles", "urls") and get_origin(each.type) is Mapping:
            brought(attrgetter(each.name), found)
    brought(lambda module: {prefix: urls for prefix, urls in module.urls.items() if prefix}, found)
    duties, roles = (brought(attrgetter(of), found) for of in ("duties", "roles"))
    kinds, purposes = (brought(attrgetter(of), found) for of in ("jurisdictions", "purposes"))
    for name, module in found.items():
        given = module.duties_of_roles.items()
        _known(name, "duties_of_roles", module.duties_of_roles, roles)
        _known(name, "duties_of_roles", (duty for _role, all_of in given for duty in all_of), duties)
        _known(name, "pages", (page.duty for page in module.pages), {ANY, *duties})
        if lonely := [code for code in module.duties_of_roles if roles[code].alone]:
            raise ImproperlyConfigured(
                f"{name}.module, duties_of_roles: “{lonely[0]}” has the duties of its own module alone."
            )
        for code, role in module.roles.items():
            _known(name, f"roles, {code}", role.duties, duties)
            _known(name, f"roles, {code}", role.jurisdictions, kinds)
            _known(name, f"roles, {code}", [role.purpose], purposes)


def _known(name: str, field_name: str, said: Iterable[str], known: Collection[str]) -> None:
    if unknown := sorted(set(said).difference(known)):
        raise ImproperlyConfigured(
            f"{name}.module, {field_name}: no module brings “{', '.join(unknown)}”. Those that are: "
            f"{', '.join(sorted(known))}."
        )


def _none(name: str) -> NoReturn:
    raise ImproperlyConfigured(
        f"DANCU_MODULES: there is no module “{name}”; it takes a package {name} with a file {FILE}."
    )


def _read(name: str) -> Module:
    try:
        found = import_module(f"{name}.module")
    except ModuleNotFoundError as missing:
        if missing.name and f"{name}.module".startswith(missing.name):
            _none(name)
        raise
    if not isinstance(module := getattr(found, "MODULE", None), Module):
        raise ImproperlyConfigured(f"{name}.module has no MODULE, which says what the module brings.")
    return module
