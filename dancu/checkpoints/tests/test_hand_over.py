"""What one shift leaves to the next, until somebody has taken it over."""

import pytest
from django.db import ProgrammingError, transaction
from uuid_utils.compat import uuid7

from dancu.audit import lookups as audit
from dancu.checkpoints import actions, lookups
from dancu.checkpoints.errors import HandedOverOtherwise, NoSuchHandOver, NoSuchStation
from dancu.checkpoints.reasons import Reason
from dancu.db import grants
from dancu.testing.at_the_station import FEVER, cross
from dancu.testing.database import rows
from dancu.testing.officials import acting_as, make_official
from dancu.testing.travellers import declare


@pytest.fixture
def tam(db):
    """The officer of the next shift."""
    return acting_as(make_official("tam", "checkpoint_officer"))


def hands_over(acting, station, words="Two lanes are open", hand_over_id=None):
    hand_over_id = hand_over_id or uuid7()
    added = actions.hand_over(acting, hand_over_id=hand_over_id, station_id=station, words=words)
    return hand_over_id, added


def test_how_the_station_stands_is_written_beside_the_words(an, acting, station, tam):
    cross(acting, station, declare(), "secondary", FEVER)
    actions.report_incident(
        acting, incident_id=uuid7(), station_id=station, kind="altered", decision="secondary",
        reason=Reason("forged"),
    )  # fmt: skip
    actions.tap_queue(acting, station, 3)
    hands_over(acting, station)
    (told,) = lookups.to_take_over(tam, station)
    assert (told["words"], told["official_id"]) == ("Two lanes are open", acting.official_id)
    assert (told["held"], told["forged"], told["kept"], told["unsent"], told["step"]) == (2, 1, 0, 0, 3)


def test_it_waits_for_the_next_officer_until_one_has_taken_it_over(station, acting, tam):
    hand_over_id, _added = hands_over(acting, station, words="")
    assert lookups.to_take_over(acting, station) == []  # who wrote it knows
    assert actions.take_over(tam, hand_over_id=hand_over_id, station_id=station)
    assert lookups.to_take_over(tam, station) == []
    assert not actions.take_over(tam, hand_over_id=hand_over_id, station_id=station)  # pressed twice
    (earlier,) = lookups.hand_overs(station)
    assert (earlier["taken_by"], earlier["step"]) == (tam.official_id, None)


def test_who_comes_back_to_what_nobody_took_over_sees_it_themselves(station, acting):
    hands_over(acting, station)
    rows("UPDATE hand_over SET written_at = written_at - interval '13 hours'")
    assert len(lookups.to_take_over(acting, station)) == 1


def test_sent_twice_it_is_one_and_other_words_under_its_id_are_refused(station, acting, tam):
    hand_over_id, added = hands_over(acting, station)
    assert added
    assert hands_over(acting, station, hand_over_id=hand_over_id) == (hand_over_id, False)
    for who, words in ((acting, "Three lanes are open"), (tam, "Two lanes are open")):
        with pytest.raises(HandedOverOtherwise):
            hands_over(who, station, words, hand_over_id)
    assert len(lookups.hand_overs(station)) == 1


def test_another_station_s_is_neither_written_nor_taken(station, far_station, acting):
    hand_over_id, _added = hands_over(acting, station)
    bao = acting_as(make_official("bao", "checkpoint_officer", "station", far_station))
    with pytest.raises(NoSuchStation):
        hands_over(bao, station)
    with pytest.raises(NoSuchStation):
        actions.take_over(bao, hand_over_id=hand_over_id, station_id=station)
    with pytest.raises(NoSuchHandOver):
        actions.take_over(bao, hand_over_id=hand_over_id, station_id=far_station)
    with pytest.raises(NoSuchHandOver):
        actions.take_over(acting, hand_over_id=uuid7(), station_id=station)


def test_words_are_cut_and_never_stand_in_the_audit(station, acting, an):
    hands_over(acting, station, words="x\0" + "đ" * 2000)
    (told,) = lookups.hand_overs(station)
    assert len(told["words"]) == 1000
    assert "\0" not in told["words"]
    (entry,) = rows("SELECT action, detail FROM audit_entry WHERE action = 'hand_over.written'")
    assert entry == ("hand_over.written", f"station {station}")
    assert "hand_over.written" not in {each.action for each in audit.of_person(an)}


def test_who_serves_adds_to_what_is_kept_of_a_shift_and_rewrites_none(an, acting, station, tam):
    rows("CREATE ROLE serves_shifts")
    grants.grant("serves_shifts")
    rows("SET LOCAL ROLE serves_shifts")
    actions.tap_queue(acting, station, 1)
    hand_over_id, _added = hands_over(acting, station)
    actions.take_over(tam, hand_over_id=hand_over_id, station_id=station)
    lookups.station_figures(acting, station)
    for table in ("station_queue", "hand_over", "hand_over_taken", "override_review"):
        for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET official_id = 0"):
            if table == "station_queue":
                statement = statement.replace("official_id", "step")
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                rows(statement)
    rows("SET LOCAL ROLE NONE")
