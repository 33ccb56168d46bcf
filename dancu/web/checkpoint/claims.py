"""Who a traveller without a declaration is said to be, beside whom the register knows."""

from dataclasses import dataclass, replace

from dancu.checkpoints.lookups import Traveller
from dancu.matching import lookups as matching
from dancu.matching.lookups import IdentityComparison, Outcome, PartialDate
from dancu.web.checkpoint.differences import Identity, registered_birth, sex_in_words


@dataclass(frozen=True)
class Claimed:
    """Who the traveller is said to be, by a card, a typed number or the officer. `birth` None, `name` "":
    not said yet.
    """

    number: str = ""
    number_kind: str = "none"
    name: str = ""
    birth: PartialDate | None = None
    sex: int = 0
    home_area: int | None = None
    nationality: str = ""


def best_traveller(claimed: Claimed, travellers: list[Traveller], picked: str) -> Traveller | None:
    """The one the officer picked of several who hold an old number, or the one whom the card fits best."""
    outcomes = list(Outcome)
    ranked = sorted(
        travellers,
        key=lambda traveller: outcomes.index(compared(completed(claimed, traveller), traveller).outcome),
    )
    return next(
        (traveller for traveller in ranked if str(traveller.person.person_id) == picked),
        ranked[0] if ranked else None,
    )


def completed(claimed: Claimed, traveller: Traveller | None) -> Claimed:
    """What was not said is filled in from the register; where the card and the register differ, what the
    card says stands.
    """
    if traveller is None:
        return claimed
    person, born = traveller.person, traveller.person.birth_date
    known = {"D": (born.month, born.day), "M": (born.month, None), "Y": (None, None)}[person.birth_precision]
    return replace(
        claimed,
        name=claimed.name or person.full_name,
        birth=claimed.birth or PartialDate(born.year, *known),
        sex=claimed.sex or person.sex,
        home_area=traveller.home.area_id if traveller.home else claimed.home_area,
    )


def compared(claimed: Claimed, traveller: Traveller | None) -> IdentityComparison:
    """How that compares with the register's record. The card's address is left out: people move and keep
    their card.
    """
    if traveller is None:
        return IdentityComparison(
            Outcome.NOT_FOUND if claimed.number_kind in ("pin", "cmnd") else Outcome.UNREADABLE
        )
    declared = matching.ClaimedIdentity(claimed.number, claimed.name, claimed.birth, claimed.sex)
    return matching.compare(declared, traveller.person, ())


def claimed_identity(claimed: Claimed) -> Identity:
    """As text."""
    birth, sex = str(claimed.birth or ""), sex_in_words(claimed.sex)
    return Identity(claimed.name, birth, sex, claimed.home_area, claimed.number_kind)


def registered_identity(traveller: Traveller) -> Identity:
    """The register's record as text."""
    person = traveller.person
    born = registered_birth(person.birth_date, person.birth_precision)
    return Identity(
        person.full_name, born, sex_in_words(person.sex), traveller.home and traveller.home.area_id
    )
