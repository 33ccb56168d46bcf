"""A reform widens nobody's area: who was given a unit that has ended sees what it covered, and no more
until an administrator confirms.
"""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from dancu.accounts import actions, proposals, tokens, waiting
from dancu.accounts import errors as refusals
from dancu.accounts import lookups as grants
from dancu.accounts.lookups import Acting
from dancu.accounts.models import Official
from dancu.accounts.tokens import acting_by_token, create_token
from dancu.areas import index
from dancu.areas import lookups as areas
from dancu.areas.lookups import COMMUNE, DISTRICT
from dancu.register import lookups
from dancu.register.counting.statistics import statistics
from dancu.register.errors import NoSuchPerson, NotYourArea
from dancu.testing.officials import acting_as, make_official, signed_in
from dancu.testing.people import BEFORE, BEN_THANH, area, someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

REFORM = dt.date(2025, 7, 1)


def dien_bien() -> int:
    found = [each for each in areas.find("Phường Điện Biên, Quận Ba Đình", BEFORE) if each.level == COMMUNE]
    return found[0].area_id


def officer(area_id: int, username: str = "chi") -> Official:
    return make_official(username, "commune_officer", "area", area_id)


def test_of_every_unit_that_has_ended_only_what_it_was_and_what_lies_wholly_within_it_is_seen() -> None:
    now = index.current()
    old = areas.get_many(areas.ended()).values()
    assert {unit.level for unit in old} >= {COMMUNE, DISTRICT}
    for unit in old:
        own = {unit.area_id, *now.below.get(unit.area_id, ())}
        seen = set(areas.jurisdiction(unit.area_id))
        assert own <= seen <= set(areas.ids_below(unit.area_id)) | {unit.area_id}
        for later in areas.get_many(seen).values():
            if later.valid_from >= REFORM and later.level == COMMUNE:
                assert now.predecessors_of(later.area_id) <= seen, (unit.path, later.path)


def test_until_the_day_of_the_reform_nothing_changes() -> None:
    eve = REFORM - dt.timedelta(days=1)
    assert areas.jurisdiction(dien_bien(), eve) == areas.ids_below(dien_bien())
    assert areas.jurisdiction(dien_bien(), REFORM) != areas.ids_below(dien_bien())


def test_a_unit_of_today_is_seen_with_all_that_it_was_made_from() -> None:
    for unit in areas.communes(timezone.localdate())[::200]:
        assert areas.jurisdiction(unit.area_id) == areas.ids_below(unit.area_id)


def test_who_was_given_a_divided_ward_sees_none_of_those_that_took_its_parts() -> None:
    became = areas.became(dien_bien())
    assert len(became) > 1
    assert not {unit.area_id for unit in became} & set(areas.jurisdiction(dien_bien()))
    old, new = someone(dien_bien()), someone(became[0].area_id)
    chi = acting_as(officer(dien_bien()))
    assert lookups.view(chi, old)
    with pytest.raises(NoSuchPerson):
        lookups.view(chi, new)
    assert statistics(chi).area.area_id == dien_bien()  # type: ignore[union-attr]
    with pytest.raises(NotYourArea):
        statistics(chi, became[0].area_id)


def test_who_was_given_a_district_that_was_abolished_keeps_the_communes_that_lie_wholly_in_it() -> None:
    now, kept = index.current(), 0
    for district in (unit for unit in areas.get_many(areas.ended()).values() if unit.level == DISTRICT):
        seen = areas.get_many(areas.jurisdiction(district.area_id)).values()
        today = {unit.area_id for unit in seen if unit.stood(timezone.localdate())}
        below = {district.area_id, *now.below[district.area_id]}
        became = {unit.area_id for unit in areas.became(district.area_id)}
        assert today == {unit for unit in became if now.predecessors_of(unit) <= below}
        kept += bool(today)
    assert kept > 400


def test_an_area_that_there_is_not_shows_nobody() -> None:
    an = someone()
    with pytest.raises(NoSuchPerson):
        lookups.view(acting_as(officer(99_999_999)), an)


def test_two_administrators_give_a_role_areas_of_today_and_it_is_seen_from_then_on() -> None:
    became = areas.became(dien_bien())
    new = someone(became[0].area_id)
    chi, (giang, khanh) = officer(dien_bien()), administrators()
    (old,) = grants.grants(chi.pk)
    token = create_token(chi.pk, old.grant_id, "lists")
    (proposed,) = proposals.propose_in_place(giang, old.grant_id, [became[0].area_id], "the ward was divided")
    assert [grant.grant_id for grant in grants.grants(chi.pk)] == [old.grant_id]
    proposals.confirm(khanh, proposed)
    (now,) = grants.grants(chi.pk)
    assert (now.role, now.jurisdiction_id) == ("commune_officer", became[0].area_id)
    assert lookups.view(acting_as(chi), new)
    tokens._kept.clear()
    assert acting_by_token(token, "10.0.0.1").jurisdiction_id == became[0].area_id
    with pytest.raises(refusals.NotGranted):
        proposals.propose_in_place(giang, old.grant_id, [became[0].area_id], "again")


def test_of_several_areas_each_is_agreed_on_and_no_systems_token_takes_one_of_them() -> None:
    became = areas.became(dien_bien())
    chi, (giang, khanh) = officer(dien_bien()), administrators()
    (old,) = grants.grants(chi.pk)
    token = create_token(chi.pk, old.grant_id, "lists")
    first, second = proposals.propose_in_place(
        giang, old.grant_id, [unit.area_id for unit in became[:2]], "divided"
    )
    proposals.confirm(khanh, first)
    assert [grant.jurisdiction_id for grant in grants.grants(chi.pk)] == [became[0].area_id]
    there = Official.objects.get(pk=chi.pk).session_number
    proposals.confirm(khanh, second)
    assert Official.objects.get(pk=chi.pk).session_number == there, "who is at work in the first area goes on"
    assert how_often_ended(old.grant_id) == 1
    assert {grant.jurisdiction_id for grant in grants.grants(chi.pk)} == {unit.area_id for unit in became[:2]}
    tokens._kept.clear()
    with pytest.raises(refusals.NotGranted):
        acting_by_token(token, "10.0.0.1")


def test_a_role_that_was_ended_while_another_waited_in_its_place_is_not_ended_again() -> None:
    chi, (giang, khanh) = officer(dien_bien()), administrators()
    (old,) = grants.grants(chi.pk)
    (proposed,) = proposals.propose_in_place(
        giang, old.grant_id, [areas.became(dien_bien())[0].area_id], "divided"
    )
    actions.end_grant(giang, old.grant_id)
    proposals.confirm(khanh, proposed)
    assert how_often_ended(old.grant_id) == 1


def how_often_ended(grant_id: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM audit_entry WHERE action = 'accounts.role_ended' AND detail ~ %s",
            [rf"grant {grant_id}\y"],
        )
        return cursor.fetchone()[0]


def test_nobody_proposes_their_own_role_nor_for_no_area() -> None:
    chi, (giang, _khanh) = officer(dien_bien()), administrators()
    (old,) = grants.grants(chi.pk)
    with pytest.raises(refusals.JurisdictionMissing):
        proposals.propose_in_place(giang, old.grant_id, [], "none")
    with pytest.raises(refusals.NotGranted):
        proposals.propose_in_place(
            acting_as(chi), old.grant_id, [areas.became(dien_bien())[0].area_id], "mine"
        )
    assert [grant.grant_id for grant in grants.grants(chi.pk)] == [old.grant_id]


def test_the_pages_say_why_and_let_an_administrator_propose() -> None:
    became = areas.became(dien_bien())
    chi, giang = officer(dien_bien()), make_official("giang", "administrator")
    khanh = acting_as(make_official("khanh", "administrator"))
    (old,) = grants.grants(chi.pk)
    theirs = signed_in(Client(headers={"accept-language": "en"}), chi)
    for page in ("/office/", "/commune/", "/office/search/", "/office/statistics/"):
        assert theirs.get(page).content.decode().count("has not existed since 01/07/2025") == 1, page
    office = signed_in(Client(headers={"accept-language": "en"}), giang)
    assert "has not existed" not in office.get("/office/").content.decode()
    assert "are for areas that no longer exist" in office.get("/office/accounts/").content.decode()
    assert chi.full_name in office.get("/office/accounts/to-confirm/").content.decode()
    url = f"/office/accounts/{chi.pk}/roles/{old.grant_id}/confirm/"
    assert all(unit.path in office.get(url).content.decode() for unit in became)
    refused = office.post(url, {}).content.decode()
    assert "Choose at least one area" in refused
    assert "Enter a reason" in refused
    assert (
        office.post(url, {"areas": [str(area(BEN_THANH))], "why": "x"}).status_code == 200
    )  # none of what it became
    chosen = [str(became[0].area_id), str(became[1].area_id)]
    assert office.post(url, {"areas": chosen, "why": "The ward was divided"}).status_code == 302
    for proposal in waiting.waiting():
        proposals.confirm(khanh, proposal.proposal_id)
    assert {grant.jurisdiction_id for grant in grants.grants(chi.pk)} == {
        became[0].area_id,
        became[1].area_id,
    }
    assert "are for areas that no longer exist" not in office.get("/office/accounts/").content.decode()
    assert office.get(url).status_code == 404


def administrators() -> list[Acting]:
    return [acting_as(make_official(name, "administrator")) for name in ("giang", "khanh")]
