"""A declared identity is identified in the register and compared with it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dancu.areas import lookups as areas
from dancu.matching.answers import Answer, AnswerKind, ScoredCandidate, people_weights, who_is
from dancu.matching.choosing import PersonCandidates, candidates_for, chosen, may_choose
from dancu.matching.compare import ClaimedIdentity, IdentityComparison, Outcome, compare
from dancu.matching.duplicates.of_person import conflicting_facts, likeness, possible_duplicates
from dancu.matching.lines.asides import is_passport
from dancu.matching.lines.one_line import ReadLine, places_alone, read_line, read_name
from dancu.matching.normalising.addresses import normalise_address
from dancu.matching.normalising.names import normalise_name
from dancu.matching.normalising.numbers import NumberRepair, repairs
from dancu.matching.searching import (
    Hit,
    SearchResult,
    candidates_anywhere,
    search,
    search_page,
    search_readings,
)
from dancu.register import lookups as register
from dancu.register.candidates import by_ids
from dancu.register.lookups import FoundPerson, PresentHome
from dancu.values.birth_dates import PartialDate, birth_readings
from dancu.values.errors import BadValue, NumberRounded
from dancu.values.phones import parse_phone

__all__ = [
    "Answer",
    "AnswerKind",
    "BadValue",
    "ClaimedIdentity",
    "Hit",
    "IdentityComparison",
    "Outcome",
    "PartialDate",
    "PersonCandidates",
    "ReadLine",
    "SearchResult",
    "best_holder",
    "birth_readings",
    "candidates_anywhere",
    "candidates_for",
    "chosen",
    "compare",
    "compare_decided",
    "compare_with_holder",
    "conflicting_facts",
    "declared_identity",
    "identify",
    "is_passport",
    "likeness",
    "may_choose",
    "normalise_address",
    "normalise_name",
    "parse_phone",
    "places_alone",
    "possible_duplicates",
    "read_line",
    "read_name",
    "repairs",
    "search",
    "search_page",
    "search_readings",
    "thresholds",
    "who_is",
]


def thresholds() -> dict[str, float]:
    """The register's own thresholds, in bits: `match`, `ahead`, `review`."""
    return dict(people_weights().thresholds)


def declared_identity(
    number: str,
    full_name: str,
    birth: PartialDate | None,
    sex: int = 0,
    home_area: int | None = None,
    phone: str = "",
) -> ClaimedIdentity:
    """An identity to compare. The commune is widened to the units that it was in other eras."""
    here = areas.ids_below(home_area) if home_area else []
    province = areas.get(home_area).province_id if home_area else None
    return ClaimedIdentity(
        number.strip(),
        full_name,
        birth,
        sex,
        frozenset(here),
        frozenset(areas.ids_below(province) if province else []),
        home_area,
        phone,
    )


def identify(declared: ClaimedIdentity, by_official: bool = False) -> IdentityComparison:
    """Find the person whom a declaration means, and compare it with their record field by field.

    1. The holder of the number (a PIN, a cancelled PIN or a nine-digit CMND; of several holders of one CMND
    the best fit) is the person, if name, birth date and sex agree. If one of these is inexact and somebody
    else fits better (a twin, or a son of the same name, with the holder's number), the outcome is
    *disagrees*.

    2. Otherwise the whole declaration is weighed (answers.who_is). A match is the person, with the outcome
    *differences*, if the number was a slip of theirs (`levels["number"]` says which), or if an official, who
    has the person before them, gave no number; but not if the name differs, since twins are registered
    together and their numbers are neighbours.

    3. Otherwise the outcome is what the number made it, and the answer only names the person: a stranger who
    knows a name, a birth date and a commune learns nothing. The comparison is then `doubtful`, so that people
    are asked.
    """
    candidates = _candidates(declared)
    given = candidates[0].number if candidates and candidates[0].repair == "as_given" else None
    holder = _holder(declared, register.by_number(given) if given else [])
    if holder and holder.outcome.agrees and holder.is_exact:
        return holder
    found, otherwise = (
        who_is(declared),
        holder or IdentityComparison(Outcome.NOT_FOUND if given else Outcome.UNREADABLE),
    )
    if holder and holder.outcome.agrees:
        if not _is_another_meant(found, holder) and not _is_another_at_home(declared, holder):
            return holder
        otherwise = replace(holder, outcome=Outcome.DISAGREES)
    meant = found.best.person if found.best and found.kind == AnswerKind.MATCH else None
    homes = register.homes([meant.person_id if meant else 0])  # here too
    if found.best and meant:
        compared = compare(declared, meant, _areas(homes, meant))
        return _meant(compared, found.best, candidates, by_official, otherwise.outcome)
    return replace(otherwise, doubtful=found.kind in (AnswerKind.REVIEW, AnswerKind.SEVERAL))


def compare_with_holder(declared: ClaimedIdentity, person: FoundPerson) -> IdentityComparison:
    """The comparison of a declaration with the holder of its number, as `identify` makes it. It is
    *disagrees* also where the holder is inexact and somebody else, of whom nothing is told, fits better.
    Nobody else is looked up where the holder is exact or disagrees anyway.
    """
    holder = compare(declared, person, (), needed=())
    if holder.is_exact or not holder.outcome.agrees:
        return holder
    if _is_another_meant(who_is(declared), holder) or _is_another_at_home(declared, holder):
        return replace(holder, outcome=Outcome.DISAGREES)
    return holder


def compare_decided(declared: ClaimedIdentity, person_id: int) -> IdentityComparison:
    """The comparison with the person whom people decided a declaration means (who must be in the register):
    *confirmed*, or *differences* where something differs, or *disagrees* where they are dead or missing.
    """
    person = by_ids([person_id])[0]
    compared = compare(declared, person, _areas(register.homes([person_id]), person))
    repair = _repair(person, _candidates(declared))
    levels = compared.levels if repair == "as_given" else {"number": repair, **compared.levels}
    is_whole = compared.outcome == Outcome.CONFIRMED and repair == "as_given"
    outcome = (
        Outcome.DISAGREES if "status" in levels else Outcome.CONFIRMED if is_whole else Outcome.DIFFERENCES
    )
    return IdentityComparison(outcome, person, levels)


def _is_another_meant(found: Answer, holder: IdentityComparison) -> bool:
    """Whether somebody else than the holder of the number is the match, or as likely."""
    held_by = holder.person.person_id if holder.person else None
    return found.kind == AnswerKind.SEVERAL or (found.kind == AnswerKind.MATCH and found.person_id != held_by)


def _is_another_at_home(declared: ClaimedIdentity, holder: IdentityComparison) -> bool:
    """The same where no home was declared, with the holder's home. In a large register a name and a birth
    date alone do not lead to a twin, who lives, or was registered, where the holder does.
    """
    home = holder.person.home_area if holder.person else None
    if declared.home_area or not home:
        return False
    return _is_another_meant(
        who_is(replace(declared, home_area=home, home_areas=frozenset(areas.ids_below(home)))), holder
    )


def _candidates(declared: ClaimedIdentity) -> list[NumberRepair]:
    try:
        return repairs(declared.number, declared.sex, declared.birth.year if declared.birth else None)
    except NumberRounded:
        return []


def best_holder(declared: ClaimedIdentity, number: str) -> FoundPerson | None:
    """The holder of this number with whom `identify` compares: of several the one who fits best; None where
    nobody holds it.
    """
    holders = register.by_number(number)
    if len(holders) > 1 and (compared := _holder(declared, holders)):
        return compared.person
    return holders[0] if holders else None


def _holder(declared: ClaimedIdentity, holders: Sequence[FoundPerson]) -> IdentityComparison | None:
    """The comparison with the best holder of a number, by its outcome, then by how much agrees."""
    homes = register.homes(
        [person.person_id for person in holders] or [0]
    )  # as many steps whether or not there is one
    compared = [compare(declared, person, _areas(homes, person)) for person in holders]
    return min(compared, key=_fit, default=None)


def _fit(comparison: IdentityComparison) -> tuple[int, int]:
    return list(Outcome).index(comparison.outcome), list(comparison.levels.values()).count("different")


def _meant(
    compared: IdentityComparison,
    best: ScoredCandidate,
    candidates: Sequence[NumberRepair],
    by_official: bool,
    otherwise: Outcome,
) -> IdentityComparison:
    """The comparison with a match whom the number did not lead to."""
    repair = _repair(best.person, candidates)
    slip = repair not in ("as_given", "another", "not_declared")  # the dead are found, and do not travel
    levels = compared.levels if repair == "as_given" else {"number": repair, **compared.levels}
    counts = slip or (repair == "not_declared" and by_official)
    outcome, is_another = otherwise, compared.levels["name"] == "different"
    if counts and not is_another:
        outcome = Outcome.DISAGREES if "status" in levels else Outcome.DIFFERENCES
    return replace(
        compared, outcome=outcome, levels=levels, reasons=best.score.waterfall, doubtful=not outcome.agrees
    )


def _repair(person: FoundPerson, candidates: Sequence[NumberRepair]) -> str:
    """How the number declared relates to this person's: one of normalising.numbers.Repair, `another`, or
    `not_declared`.
    """
    theirs = {person.pin, getattr(person, "cmnd", None), getattr(person, "led_by", None)}
    return next(
        (one.repair for one in candidates if one.number in theirs),
        "another" if candidates else "not_declared",
    )


def _areas(homes: Mapping[int, list[PresentHome]], person: FoundPerson) -> list[int]:
    return [home["area_id"] for home in homes.get(person.person_id, [])]
