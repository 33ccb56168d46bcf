"""Who may decide on levels, what of, and by which second person."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from dancu.accounts.lookups import Acting
from dancu.areas import lookups as areas
from dancu.risk import actions, errors, lookups
from dancu.risk.decision import RiskDecision
from dancu.testing.database import rows
from dancu.testing.officials import acting_as, agreed, make_official
from dancu.testing.risk import CITATION, decided, drafted
from dancu.testing.travellers import commune

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]


def ninh_kieu() -> int:
    return commune("Phường Ninh Kiều, Cần Thơ")


def can_tho() -> int:
    return areas.get(ninh_kieu()).province_id


@pytest.fixture
def son() -> Acting:
    return acting_as(make_official("son", "rule_maker"))


@pytest.fixture
def tam() -> Acting:
    return acting_as(make_official("tam", "rule_maker"))


def sign(acting: Acting, number: int):
    return actions.sign(acting, number, lookups.decision(number)["digest"])


def begins(hours: float = 1) -> dt.datetime:
    return timezone.now() + dt.timedelta(hours=hours)


def test_what_one_drafts_counts_once_another_has_signed_it(son, tam):
    number = drafted(son, {ninh_kieu(): 4})
    assert lookups.levels_at(begins(2)) == {}
    sign(tam, number)
    assert lookups.levels_at(begins(2)) == {ninh_kieu(): 4}
    assert lookups.levels_at(timezone.now()) == {}


def test_nobody_signs_their_own_nor_for_whom_the_same_hand_acts(son, giang, khanh):
    with pytest.raises(errors.OwnRiskDecision):
        sign(son, drafted(son, {ninh_kieu(): 4}))
    mine = acting_as(make_official("mine", "rule_maker"))
    agreed(giang, khanh, son.official_id, "password")
    agreed(giang, khanh, mine.official_id, "password")
    with pytest.raises(errors.OneHandSigns):
        sign(mine, drafted(son, {ninh_kieu(): 4}))


def test_the_table_takes_no_signature_of_its_drafter_nor_under_another_digest(son, tam):
    number = drafted(son, {ninh_kieu(): 4})
    digest = lookups.decision(number)["digest"]
    told = "INSERT INTO risk_signature (decision_id, drafted_by, digest, signed_by) VALUES (%s, %s, %s, %s)"
    for values in ([son.official_id, digest, son.official_id], [son.official_id, "0", tam.official_id]):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(told, [number, *values])


def test_what_was_signed_or_begins_unsigned_is_not_signed(son, tam):
    number = drafted(son, {ninh_kieu(): 4})
    sign(tam, number)
    with pytest.raises(errors.SignedAlready):
        sign(tam, number)
    late = drafted(son, {ninh_kieu(): 3})
    with connection.cursor() as cursor:
        cursor.execute("UPDATE risk_decision SET valid_from = now() WHERE decision_id = %s", [late])
    with pytest.raises(errors.NotAsDrafted):  # and neither what is not as it was drafted
        sign(tam, late)
    with pytest.raises(errors.BegunUnsigned):
        actions.may_sign(tam, lookups.decision(late))


def test_another_text_than_the_one_that_was_shown_is_not_signed(son, tam):
    number = drafted(son, {ninh_kieu(): 4})
    with pytest.raises(errors.NotAsDrafted):
        actions.sign(tam, number, "another")


def test_a_provinces_rule_maker_decides_for_it_alone(son, tam):
    there = acting_as(make_official("there", "rule_maker", "area", can_tho()))
    assert drafted(there, {can_tho(): 2, ninh_kieu(): 4})
    for elsewhere in (commune("Phường Hải Châu, Đà Nẵng"), areas.unit("48", timezone.localdate()).area_id):
        with pytest.raises(errors.AreaElsewhere, match="Đà Nẵng"):
            drafted(there, {ninh_kieu(): 4, elsewhere: 4})
    far = acting_as(make_official("far", "rule_maker", "area", areas.get(elsewhere).area_id))
    with pytest.raises(errors.AreaElsewhere):
        sign(far, drafted(son, {ninh_kieu(): 4}))


def test_a_station_s_officer_has_no_area_to_decide_for(station):
    acting = acting_as(make_official("binh", "checkpoint_officer", "station", station))
    assert lookups.own_areas(acting) == frozenset()


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        (lambda: RiskDecision("", begins(), {ninh_kieu(): 1}), errors.NoCitation),
        (lambda: RiskDecision("x" * 201, begins(), {ninh_kieu(): 1}), errors.NoCitation),
        (lambda: RiskDecision(CITATION, begins()), errors.EmptyDecision),
        (lambda: RiskDecision(CITATION, begins(), {ninh_kieu(): 5}), errors.NoLevel),
        (lambda: RiskDecision(CITATION, begins(), {ninh_kieu(): 0}), errors.NoLevel),
        (lambda: RiskDecision(CITATION, begins(0.01), {ninh_kieu(): 1}), errors.BeginsTooSoon),
        (lambda: RiskDecision(CITATION, begins(-1), {ninh_kieu(): 1}), errors.BeginsTooSoon),
        (lambda: RiskDecision(CITATION, begins(), {}, 999), errors.NoSuchDecision),
    ],
    ids=["no citation", "a long one", "empty", "level 5", "level 0", "at once", "past", "withdraws nothing"],
)
def test_what_is_no_decision_is_refused(son, said, wrong):
    with pytest.raises(wrong):
        actions.draft(son, said())


def test_a_commune_that_has_ended_is_refused_with_what_took_its_place(son):
    (old,) = [area for area in areas.units("26740") if area.path.startswith("Phường Bến Nghé")]
    with pytest.raises(
        errors.AreaEnded, match=r"Phường Bến Nghé, Quận 1.*Phường Sài Gòn, Thành phố Hồ Chí Minh"
    ):
        drafted(son, {old.area_id: 4})


def test_a_draft_is_thrown_away_by_who_may_decide_there_and_is_signed_no_more(son, tam):
    number, other = drafted(son, {ninh_kieu(): 4}), drafted(son, {ninh_kieu(): 3})
    actions.discard(tam, number)
    actions.discard(son, other)
    for each in (number, other):
        with pytest.raises(errors.NoSuchDecision):
            sign(tam, each)
    with pytest.raises(errors.SignedAlready):
        actions.discard(tam, decided({ninh_kieu(): 4}))


def test_a_decision_is_withdrawn_by_another_once_and_what_was_before_it_counts_again(son, tam):
    first, second = decided({ninh_kieu(): 2}, hours=1), decided({ninh_kieu(): 4}, hours=2)
    number = decided({}, hours=3, withdraws=second)
    assert [lookups.level_of(ninh_kieu(), begins(hours)) for hours in (1.5, 2.5, 3.5)] == [2, 4, 2]
    for wrong in (second, number, drafted(son, {ninh_kieu(): 1})):
        with pytest.raises(errors.CannotBeWithdrawn):
            drafted(son, {}, withdraws=wrong)
    there = acting_as(make_official("there", "rule_maker", "area", commune("Phường Hải Châu, Đà Nẵng")))
    with pytest.raises(errors.AreaElsewhere):
        drafted(there, {}, withdraws=first)


def test_each_step_stands_in_the_audit(son, tam):
    number = drafted(son, {ninh_kieu(): 4})
    sign(tam, number)
    other = drafted(son, {ninh_kieu(): 3})
    actions.discard(tam, other)
    told = rows("SELECT action, detail FROM audit_entry WHERE action ~ '^risk' ORDER BY at")
    assert [(action, int(detail)) for action, detail in told] == [
        ("risk.drafted", number),
        ("risk.signed", number),
        ("risk.drafted", other),
        ("risk.discarded", other),
    ]


def test_a_draft_is_seen_by_who_may_decide_for_all_of_it(son):
    number = drafted(son, {ninh_kieu(): 4})
    there = acting_as(make_official("there", "rule_maker", "area", can_tho()))
    far = acting_as(make_official("far", "rule_maker", "area", commune("Phường Hải Châu, Đà Nẵng")))
    chi = acting_as(make_official("chi", "commune_officer", "area", ninh_kieu()))
    row = lookups.decision(number)
    assert [lookups.may_see(each, row) for each in (son, there, far, chi)] == [True, True, False, False]
    signed = lookups.decision(decided({ninh_kieu(): 4}))
    assert all(lookups.may_see(each, signed) for each in (there, far, chi))
