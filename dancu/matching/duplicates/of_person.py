"""How alike two records of the register are; and the possible duplicates of one record."""

from collections.abc import Iterator

from dancu.accounts.lookups import Acting
from dancu.areas import lookups as areas
from dancu.audit import actions as audit
from dancu.linkage.model.scoring import Score
from dancu.matching.answers import scorer
from dancu.matching.compare import ClaimedIdentity
from dancu.matching.nearby import nearby
from dancu.matching.query import register_record
from dancu.matching.searching import MOST_MEANT, Hit, candidate
from dancu.register import candidates
from dancu.register import lookups as register
from dancu.register.candidates import Block, Candidate
from dancu.register.codes import FEMALE, MALE, MARRIED, SEPARATED
from dancu.register.lookups import RegisteredPerson
from dancu.text.sounds import given_key
from dancu.values.birth_dates import PartialDate

_APART = 400  # days: two birth dates further apart are no slip of a year


def likeness(left_id: int, right_id: int) -> Score:
    """The score of two records as one person's, field by field, in bits. The caller has made sure that the
    reader may see both. Raises NoSuchPerson.
    """
    return _compared(register.get(left_id), register.get(right_id))


def conflicting_facts(left: RegisteredPerson, right: RegisteredPerson) -> list[str]:
    """What two records of one person cannot both have: "sex"; "birth_date" where they are far apart;
    "numbers" where each has one in use; "deaths" on two days; "spouses" where each is married to somebody
    else.
    """
    born = abs((left["birth_date"] - right["birth_date"]).days) > _APART
    died = left["status"] == right["status"] == register.DEAD and left["status_on"] != right["status_on"]
    told = {
        "sex": {left["sex"], right["sex"]} == {MALE, FEMALE},
        "birth_date": born,
        "numbers": bool(left["pin"] and right["pin"]),
        "deaths": bool(died and left["status_on"] and right["status_on"]),
        "spouses": len({spouse for row in (left, right) if (spouse := _married_to(row))}) > 1,
    }
    return [name for name, is_so in told.items() if is_so]


def _married_to(row: RegisteredPerson) -> int | None:
    spouse = row["spouse_id"]
    return register.merged_into(spouse) if spouse and row["marital_status"] in (MARRIED, SEPARATED) else None


def possible_duplicates(acting: Acting, person_id: int) -> list[Hit]:
    """The records of the official's jurisdiction that may be duplicates of this one, at most 10, the
    likeliest first. Each is written to the audit. Raises NoSuchPerson.
    """
    row = register.get(person_id)
    near: dict[int, Candidate] = {}
    for block in _blocks(acting, row):
        near |= {person.person_id: person for person in block.people if person.person_id != person_id}
    least, rows = scorer().weights.thresholds["review"], register.people(near)
    weighed = {other: _compared(row, rows[other]) for other in near if other in rows}
    likely = {other: score for other, score in weighed.items() if score.weight >= least}
    seen = register.may_see_of(acting, likely) if likely else set()
    best = sorted(seen, key=lambda other: -likely[other].weight)[:MOST_MEANT]
    if best:
        audit.record(acting, "register.search", best, detail=f"perhaps a duplicate of {person_id}")
    return [Hit(near[other], exact=False, waterfall=likely[other].as_json()) for other in best]


def _blocks(acting: Acting, row: RegisteredPerson) -> Iterator[Block]:
    here = areas.ids_below(row["home_area"]) if row["home_area"] else []
    born = PartialDate.of(row["birth_date"], row["birth_precision"])
    yield candidates.holders([number for number in (row["pin"], row["cmnd"]) if number])
    yield candidates.with_phone([row["phone"]] if row["phone"] else [])
    yield candidates.home_and_born(here, [row["birth_date"]])
    yield candidates.given_and_born([given_key(row["full_name"])], [row["birth_date"]])
    declared = ClaimedIdentity(
        "", row["full_name"], born, home_areas=frozenset(here), home_area=row["home_area"]
    )
    yield Block(list(nearby(declared, None).people.values()))
    if here:
        wider = ClaimedIdentity("", row["full_name"], born)
        yield Block(list(nearby(wider, register.visible_areas(acting)).people.values()))


def _compared(left: RegisteredPerson, right: RegisteredPerson) -> Score:
    scoring = scorer()
    fields = dict(scoring.model.fields)
    return scoring.score(*(register_record(candidate(row, None), fields) for row in (left, right)))
