"""A newer declaration takes the place of the pass before it, for the same journey of the same traveller
and no other.
"""

import datetime as dt

import pytest
from django.utils import timezone
from uuid_utils.compat import uuid7

from dancu.areas import lookups as areas
from dancu.checkpoints import actions, lookups
from dancu.checkpoints.actions import Sender
from dancu.checkpoints.identifying import _follow
from dancu.checkpoints.reasons import Reason
from dancu.checkpoints.superseding import would_replace
from dancu.checkpoints.tests.test_actions import cross, rows
from dancu.credentials import actions as credentials
from dancu.credentials import keyring
from dancu.isolation.lookups import arrivals_of
from dancu.matching.lookups import PartialDate
from dancu.testing.at_once import at_once
from dancu.testing.officials import acting_as, make_official
from dancu.testing.travellers import add_an, commune, declare, journey

NOBODY = {"number": "", "number_kind": "none", "phone": ""}
OTHER_PHONE = "0999999999"
NOBODYS = Sender()  # a session that sent nothing before


def is_live(declared) -> bool:
    shown = lookups.pass_in_full(declared.pass_id)
    return not shown["superseded_at"] and not shown["revoked_at"]


def counting(passes: list[dict]) -> list[dict]:
    return [row for row in passes if not row["superseded_at"] and not row["revoked_at"]]


def in_days(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def test_a_newer_declaration_of_the_same_session_replaces_the_pass(an):
    first, second = declare(), declare(plate="51F-99999")
    shown = lookups.pass_in_full(first.pass_id)
    assert shown["superseded_at"]
    assert shown["superseded_by"] == second.declaration_id
    assert is_live(second)
    assert [row["pass_id"] for row in counting(lookups.passes_of(an))] == [second.pass_id]
    assert {row["state"] for row in arrivals_of(an)} == {"declared", "withdrawn"}


def test_of_five_declarations_the_last_one_counts(an):
    declared = [declare() for _ in range(5)]
    assert [is_live(one) for one in declared] == [False] * 4 + [True]


@pytest.mark.parametrize(
    "other",
    [
        {"phone": OTHER_PHONE},  # a stranger who knows the number, the name and the birth date
        {"phone": ""},
        {"number": "079200007777", "phone": OTHER_PHONE},
        {"destination_area": "Phường Hải Châu, Đà Nẵng"},
        {"departs": 4},
    ],
)
def test_another_telephone_number_destination_or_time_replaces_nothing(an, other):
    changes = dict(other)
    if "destination_area" in changes:
        changes["destination_area"] = commune(changes["destination_area"])
    if departs := changes.pop("departs", 0):
        changes |= {"departs_on": in_days(departs), "arrives_on": in_days(departs)}
    first, second = declare(), declare(**changes)
    assert is_live(first)
    assert is_live(second)


@pytest.mark.parametrize("days", [-3, 3])
def test_departures_three_days_apart_are_one_journey(an, days):
    first = declare()
    declare(departs_on=in_days(days), arrives_on=in_days(days))
    assert not is_live(first)


def test_the_way_back_keeps_the_way_there(an):
    there = declare()
    back = declare(
        origin_area=commune("Phường Ninh Kiều, Cần Thơ"),
        destination_area=commune("Phường Bến Thành, Hồ Chí Minh"),
    )
    assert is_live(there)
    assert is_live(back)


def test_the_commune_before_the_reform_is_the_same_commune(an):
    today = areas.get(commune("Phường Ninh Kiều, Cần Thơ"))
    before = next(
        old for old in areas.predecessors(today.area_id) if areas.successors(old.area_id)[0] == today
    )
    first = declare(destination_area=before.area_id)
    second = declare(destination_area=today.area_id)
    third = declare(destination_area=before.area_id)
    assert [is_live(one) for one in (first, second, third)] == [False, False, True]


def test_a_declarers_telephone_replaces_nothing_for_it_is_anybodys(an):
    first = declare(declared_by="other", declarer_phone="0912345678", phone="")
    declare(phone="0912345678")
    assert is_live(first)


@pytest.mark.parametrize(
    "change", [{"full_name": "Kẻ Lạ Mặt"}, {"birth": PartialDate(1961)}, {"phone": "0977000000"}]
)
def test_a_stranger_who_knows_number_and_telephone_spoils_nobodys_pass(an, change):
    first = declare()
    declare(**change)
    assert is_live(first)


def test_who_knows_all_four_from_another_session_spoils_nobodys_pass(an, acting, station):
    first = declare()
    strangers = declare(sender=NOBODYS)
    assert is_live(first)
    actions.revoke_pass(strangers.pass_id, "withdrawn")
    assert is_live(first)
    examined = lookups.examine(acting, station, text=first.qr_text)
    assert (examined.status, examined.colour) == ("valid", "green")
    assert sorted(row["state"] for row in arrivals_of(an)) == ["declared", "withdrawn"]


def test_a_strangers_illness_in_somebodys_name_is_asked_about_with_the_pass_that_stands_beside_it(
    an, acting, station
):
    first = declare()
    declare(sender=NOBODYS, symptoms=("fever",), phone=OTHER_PHONE)
    examined = lookups.examine(acting, station, text=first.qr_text)
    assert is_live(first)
    assert (examined.status, examined.colour) == ("valid", "amber")


def test_a_pass_that_the_citizen_replaced_is_replaced_by_its_own_session_too(an, acting, station):
    """So the session's pages tell of its own, and of nothing else."""
    strangers = declare(sender=NOBODYS, phone=OTHER_PHONE)
    own = declare(sender=Sender(person_id=an))
    again = declare(sender=Sender(sent=(strangers.declaration_id,)), phone=OTHER_PHONE)
    shown = lookups.pass_in_full(strangers.pass_id)
    assert shown["newer"] == [own.declaration_id, again.declaration_id]
    assert shown["superseded_by"] == own.declaration_id
    assert is_live(own)
    assert is_live(again)
    assert lookups.examine(acting, station, pass_id=strangers.pass_id).declaration["pass_id"] == own.pass_id


def test_of_what_was_declared_with_a_slip_who_signed_in_is_asked_about_whatever_is_replaced(an):
    slipped = {"full_name": "Nguyễn Văn Ban", "birth": PartialDate(2000, 3, 15)}
    first = declare(sender=NOBODYS, **slipped)
    assert first.person_id < 0
    asked = would_replace(journey(**slipped), Sender(person_id=an))
    declare(sender=Sender(person_id=an), **slipped)
    assert bool(asked) == (not is_live(first))


def test_a_pass_that_an_officer_revoked_stays_revoked_whatever_is_declared_afterwards(an, acting, station):
    first = declare()
    actions.revoke_pass(first.pass_id, "", acting, reason_code="false")
    declare()
    assert lookups.examine(acting, station, pass_id=first.pass_id).status == "revoked"


def test_two_without_a_number_and_without_a_telephone_are_not_taken_for_one(an):
    first, second = declare(**NOBODY), declare(**NOBODY)
    assert is_live(first)
    assert is_live(second)


def test_what_the_same_session_sent_is_replaced_whatever_is_missing(an):
    first = declare(**NOBODY)
    sender = Sender(sent=(first.declaration_id,))
    second = actions.declare(journey(**NOBODY | {"full_name": "NGUYEN VAN AN"}), uuid7(), sender=sender)
    assert not is_live(first)
    assert is_live(second)


def test_a_family_that_sends_from_one_telephone_keeps_every_pass(an):
    mother = declare(full_name="Lê Thị Hoa", birth=PartialDate(1975, 3, 1), number="079175001111", sex=2)
    sender = Sender(sent=(mother.declaration_id,))
    child = actions.declare(
        journey(full_name="Nguyễn Thị Mai", birth=PartialDate(2015, 6, 1), number="", number_kind="none"),
        uuid7(),
        sender=sender,
    )
    assert is_live(mother)
    assert is_live(child)


def test_a_citizen_who_signed_in_replaces_their_own_pass_and_nobody_elses(an):
    own = declare(phone=OTHER_PHONE)
    other = declare(full_name="Lê Thị Hoa", sex=2, phone=OTHER_PHONE)  # with An's number
    actions.declare(journey(phone=""), uuid7(), sender=Sender(person_id=an))
    assert not is_live(own)
    assert is_live(other)


def test_a_citizen_who_signed_in_and_declares_for_another_replaces_nothing_of_theirs(an):
    own = declare()
    mother = journey(
        full_name="Lê Thị Hoa", birth=PartialDate(1975, 3, 1), number="079175001111", sex=2, phone=""
    )
    actions.declare(mother, uuid7(), sender=Sender(person_id=an))
    assert is_live(own)


def test_what_an_officer_keys_in_replaces_the_persons_pass(an, acting):
    first = declare(phone=OTHER_PHONE)
    second = declare(acting, phone="", declared_by="officer")
    assert not is_live(first)
    assert is_live(second)


def test_a_revoked_or_expired_pass_is_not_replaced(an, monkeypatch):
    revoked = declare()
    actions.revoke_pass(revoked.pass_id, "lost")
    monkeypatch.setattr(
        "dancu.checkpoints.declaring.timezone.now", lambda: dt.datetime.now(dt.UTC) - dt.timedelta(days=4)
    )
    expired = declare()
    monkeypatch.undo()
    declare()
    assert not lookups.pass_in_full(revoked.pass_id)["superseded_at"]
    assert not lookups.pass_in_full(expired.pass_id)["superseded_at"]


def test_one_who_was_held_stays_on_the_communes_list_as_held(an, acting, station):
    first = declare()
    cross(acting, station, first.pass_id, decision="secondary", reason=Reason("fever"))
    declare()
    assert sorted(row["state"] for row in arrivals_of(an)) == ["declared", "held"]


def test_the_same_declaration_again_replaces_nothing(an):
    first = declare()
    again = actions.declare(journey(), first.declaration_id)
    assert again == first
    assert is_live(first)


@pytest.mark.django_db(transaction=True)
def test_of_two_declarations_at_once_exactly_one_pass_remains(published_areas):
    keyring.forget()
    credentials.create_key("pass")
    an = add_an()
    at_once(4, lambda: declare(sender=Sender(person_id=an)))
    assert len(counting(lookups.passes_of(an))) == 1
    assert rows("pass") == 4


@pytest.mark.django_db(transaction=True)
def test_an_officer_and_the_citizen_at_once_leave_one_pass_where_both_are_surely_him(published_areas):
    keyring.forget()
    credentials.create_key("pass")
    an = add_an()
    acting = acting_as(make_official("binh", "checkpoint_officer"))
    said = [journey(phone=""), journey()]
    senders = [{"acting": acting}, {"sender": Sender(person_id=an)}]
    pairs = list(zip(said, senders, strict=True))
    at_once(2, lambda: actions.declare(pairs[0][0], uuid7(), **pairs.pop()[1]))
    assert len(counting(lookups.passes_of(an))) == 1


def test_only_who_sent_it_or_signed_in_is_told_that_there_is_a_pass(an):
    first = declare()
    assert would_replace(journey(), Sender()) == []
    assert [row["pass_id"] for row in would_replace(journey(), Sender(sent=(first.declaration_id,)))] == [
        first.pass_id
    ]
    assert [row["pass_id"] for row in would_replace(journey(), Sender(person_id=an))] == [first.pass_id]
    assert would_replace(journey(number="079175001111"), Sender(person_id=an)) == []
    assert would_replace(journey(departs_on=in_days(9)), Sender(person_id=an)) == []


def test_a_pass_that_is_put_under_another_person_takes_along_that_it_was_replaced(an):
    first = declare(number="079200007777", full_name="Trần Văn Sai")
    declare(number="079200007777", full_name="Trần Văn Sai")
    _follow({first.declaration_id: an}, None)
    assert lookups.pass_in_full(first.pass_id)["person_id"] == an
    assert lookups.pass_in_full(first.pass_id)["superseded_at"]


def test_a_code_that_was_replaced_many_times_leads_to_the_newest(an):
    binh = acting_as(make_official("binh", "checkpoint_officer"))
    first, *_between, last = [declare() for _each in range(25)]
    shown = lookups.examine(
        binh,
        actions.open_station("Cầu Cần Thơ", commune("Phường Ninh Kiều, Cần Thơ"), 10, 105),
        pass_id=first.pass_id,
    )
    assert (shown.status, shown.declaration["pass_id"]) == ("valid", last.pass_id)
