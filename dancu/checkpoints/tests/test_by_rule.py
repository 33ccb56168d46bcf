"""What a signed rule says reaches the desk, and a crossing keeps by which rule it was decided."""

import datetime as dt

import pytest
from django.db import connection
from django.utils.translation import override

from dancu.checkpoints.rule_kinds import PASSAGE
from dancu.register import actions as register
from dancu.testing.at_the_station import cross, look
from dancu.testing.risk import in_force as level_in_force
from dancu.testing.rules import document, in_force
from dancu.testing.travellers import declare, journey
from dancu.web.checkpoint.verdicts import of_examination

pytestmark = pytest.mark.django_db
NO_MOTORBIKES = {
    "when": {"===": [{"var": "vehicle"}, "motorbike"]},
    "then": "red",
    "words": {"vi": "Xe máy không được qua tỉnh", "en": "No motorbikes across the province"},
}


def ruled_by():
    with connection.cursor() as cursor:
        cursor.execute("SELECT ruled_by FROM crossing")
        return [brief for (brief,) in cursor.fetchall()]


def test_the_officer_reads_why_and_by_which_decision(an, acting, station):
    with in_force(document("passage", NO_MOTORBIKES, otherwise="green")), override("en"):
        verdict = of_examination(look(acting, station, declare(vehicle="motorbike", plate="59A-12345")))
    assert verdict.answer == "stop"
    assert "No motorbikes across the province (Quyết định 7)" in verdict.reasons


def test_what_a_rule_lets_through_is_called_so_and_the_code_s_own_trouble_is_told(an, acting, station):
    revoked = {"when": {"===": [{"var": "code"}, "revoked"]}, "then": "green"}
    declared = declare()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO revocation (person_id, pass_id, revoked_by, reason_code, reason) VALUES (%s, %s, 1, 'shared', '')",
            [declared.person_id, declared.pass_id],
        )
    with in_force(document("passage", revoked, otherwise="red")), override("en"):
        verdict = of_examination(look(acting, station, declared))
    assert (verdict.answer, verdict.words) == ("go", "Let through")
    assert any("Pass revoked" in str(reason) for reason in verdict.reasons)


def test_a_rule_may_ask_for_the_living(an, acting, station):
    living = {"when": {"===": [{"var": "person"}, "alive"]}, "then": "green", "unknown": "red"}
    with in_force(document("passage", living, otherwise="amber")):
        declared = declare()
        assert look(acting, station, declared).colour == "green"
        register.record_missing(None, an, dt.date(2026, 1, 5), "Quyết định 3/2026")
        assert look(acting, station, declared).colour == "amber"


def test_a_crossing_keeps_by_which_rule_it_was_decided(an, acting, station):
    cross(acting, station, declare())
    (brief,) = ruled_by()
    assert brief == "passage 2 0 green"


def test_memory_that_holds_nothing_is_asked_of_the_rule_too(an, acting, station):
    with in_force(document("remembered", otherwise="amber")):
        assert look(acting, station, declare()).colour == "amber"


def test_the_desk_s_facts_are_all_that_the_catalogue_promises(an, acting, station):
    """Whatever a rule of passage may read is known of a traveller whom the register knows, between communes
    that have a level.
    """
    said = journey()
    level_in_force({said.origin_area: 2, said.destination_area: 4})
    for name, fact in PASSAGE.facts.items():
        if fact.type == "text":
            known = {"when": {"in": [{"var": name}, list(fact.values)]}, "then": "green"}
        else:
            known = {"when": {"if": [{"var": name}, True, {"!": [{"var": name}]}]}, "then": "green"}
        clause = {**known, "unknown": "red"}
        with in_force(document("passage", clause, otherwise="red")):
            assert look(acting, station, declare()).colour == "green", name
