"""Something on every page of the officials, and the addresses that lead to it."""

import datetime as dt

from django.db import connection
from django.urls import resolve, reverse
from django.utils import timezone

from dancu.accounts import proposals
from dancu.accounts.duties import ROLES
from dancu.accounts.models import Official
from dancu.areas import lookups as areas
from dancu.register import actions as register
from dancu.register.merging import actions as merging
from dancu.rules import actions
from dancu.rules import lookups as rules
from dancu.rules.rule import Rule
from dancu.testing.devices import enrolled
from dancu.testing.officials import acting_as, make_official
from dancu.testing.risk import decided, drafted
from dancu.testing.travellers import commune
from dancu.testing.travellers import declare as declared_before

from .country import DESTINATION, Country
from .test_doubtful_cases import disagreeing, doubtful


def something_everywhere(country: Country, official: Official) -> dict[str, object]:
    """A case, a correction, a merge, a journey; and by the names of the parts of addresses what leads to
    them.
    """
    declared = declared_before()
    second, third = (
        register.add_person(
            None,
            full_name="Nguyễn Văn Ân",
            birth_date=dt.date(2000, 2, day),
            sex=1,
            home_area=commune(DESTINATION),
            address="",
            valid_from=dt.date(2000, 2, 17),
            basis="birth certificate 2/2000",
        )
        for day in (16, 17)
    )
    doubtful(2, [country.an, second])
    disagreeing(country.an, "Trạm y tế Bến Thành")
    steward = acting_as(make_official("ha.merging", "data_steward"))
    giang = acting_as(make_official("giang.proposing", "administrator"))
    proposal_id = proposals.propose_role(
        giang,
        steward.official_id,
        "commune_officer",
        "area",
        commune(DESTINATION),
        "Công văn số 12 ngày 3/8/2021 của Công an thành phố Cần Thơ",
    )
    of_old = make_official("lam.of.old", "commune_officer", "area", min(areas.ended()))
    merge_id = merging.merge_people(steward, country.an, third, basis="Biên bản 7/2021")
    rule = drafted_rule()
    register.record_missing(steward, country.an, dt.date(2026, 1, 5), "Quyết định 3/2026")
    return {
        "person_id": country.an,
        "device_id": enrolled(giang, country.station).device_id,
        "other_id": second,
        "merge_id": merge_id,
        "official_id": official.pk,
        "proposal_id": proposal_id,
        "grant_id": official.grants.get().pk,
        "declaration_id": declared.declaration_id,
        "field": "full_name",
        "kind": "pin",
        "office:person-event kind": "death",
        "office:grant-confirm official_id": of_old.pk,
        "office:grant-confirm grant_id": of_old.grants.get().pk,
        "event_id": event_of(country.an),
        "change": "lock",
        "rule_id": rule.id,
        "decision_id": decision_of(official),
        "language": "vi",
        "station_id": country.station,
        "version": rule.version if ROLES[official.grants.get().role].duties & {"rules"} else 1,
        "office:rule-first kind": rule.kind.code,
    }


def drafted_rule() -> Rule:
    """The next version of the rule at checkpoints, which waits for its second signature."""
    version, begins = actions.next_version("passage"), timezone.now() + dt.timedelta(days=1)
    document = {**rules.signed("passage")[0].document, "version": version, "valid_from": begins.isoformat()}
    document["clauses"] = document["clauses"][1:]
    return actions.draft(acting_as(make_official("son.drafting", "rule_maker")), document)


def decision_of(official: Official) -> int:
    """A decision on levels of risk: signed, or for who may sign one a draft that waits."""
    of_commune = {commune(DESTINATION): 4}
    if ROLES[official.grants.get().role].duties & {"risk"}:
        return drafted(acting_as(make_official("dan.drafting", "rule_maker")), of_commune, hours=24)
    return decided(of_commune, hours=24)


def is_whole_page(answer) -> bool:
    """And neither a file nor a piece of a page."""
    return (
        answer.status_code == 200
        and not answer.streaming
        and answer.content.lstrip()[:9].lower() == b"<!doctype"
    )


def event_of(person_id: int) -> object:
    """An event of this person's life that can be undone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT event_id FROM life_event WHERE person_id = %s ORDER BY recorded_at DESC LIMIT 1",
            [person_id],
        )
        return cursor.fetchone()[0]


def address(name: str, path: str, there: dict[str, object]) -> str:
    """The page's address with what is there; as it is where it needs nothing."""
    parts = {
        part: there.get(f"{name} {part}", there.get(part, value))
        for part, value in resolve(path).kwargs.items()
    }
    return reverse(name, kwargs=parts)
