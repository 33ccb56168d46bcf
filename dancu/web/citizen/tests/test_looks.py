"""Who looked is told by day and office, with the count; each entry stands below."""

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from dancu.audit.actions import record
from dancu.audit.lookups import Look, looks_at
from dancu.testing.officials import acting_as, make_official
from dancu.web.citizen import own
from dancu.web.citizen.looks import by_day
from dancu.web.citizen.tests.test_sign_in import sign_in

NOON = dt.datetime(2026, 11, 29, 5, 0, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 29)


def look(
    day: dt.date = TODAY, role: str = "checkpoint_officer", action: str = "pass.examined", times: int = 1
) -> Look:
    return Look(day, "official", role, "nation", 0, "passage", action, times, NOON, NOON)


def test_fifty_looks_of_one_office_on_one_day_are_one_line():
    looks = by_day([look(times=50), look(action="register.view", times=2)])
    assert [(one.day, one.count) for one in looks] == [(TODAY, 52)]
    assert [entry.times for entry in looks[0].entries] == [50, 2]


def test_another_role_and_another_day_are_lines_of_their_own():
    looks = by_day(
        [look(), look(role="commune_officer"), look(action="register.view"), look(TODAY - dt.timedelta(1))]
    )
    assert [one.count for one in looks] == [2, 1, 1]


@pytest.mark.django_db
def test_a_day_ends_at_midnight_in_vietnam():
    midnight = dt.datetime(2026, 11, 28, 17, 0, tzinfo=dt.UTC)
    for at in (midnight - dt.timedelta(minutes=1), midnight, midnight + dt.timedelta(hours=23)):
        written(7, "register.view", at)
    assert [(one.day, one.times) for one in looks_at(7)] == [(TODAY, 2), (TODAY - dt.timedelta(1), 1)]


@pytest.mark.django_db
def test_no_number_of_looks_pushes_another_out_of_sight(an, phone):
    """The number was shown once; then the record was opened two thousand times, and strangers declared a
    thousand times.
    """
    written(an, "register.number_shown", timezone.now() - dt.timedelta(days=1))
    for action, times in (("register.view", 2000), ("declaration.compared", 1000)):
        written(an, action, timezone.now(), times)
    sign_in(phone, next_page="/me/")
    page = phone.get("/me/").content.decode()
    assert page.count("Saw the full number") == 2, "first of all, and under its day"
    assert (
        page.index("Less common") < page.index("Saw the full number") < page.index("Everything, day by day")
    )
    assert "2000 times" in page


def written(person_id: int, action: str, at: dt.datetime, times: int = 1) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_entry (person_id, at, entry_id, actor_kind, actor_id, actor_role, "
            "jurisdiction_kind, purpose, action)"
            " SELECT %s, %s, gen_random_uuid(), 'official', 5, 'data_steward', 'nation', "
            "'register_quality', %s FROM generate_series(1, %s)",
            [person_id, at, action, times],
        )


@pytest.mark.django_db
def test_many_days_come_page_by_page(an, phone, monkeypatch):
    monkeypatch.setattr(own, "A_PAGE", 1)
    sign_in(phone, next_page="/me/")
    page = phone.get("/me/").content.decode()
    assert 'href="#looks"' in page
    assert page.count('class="govuk-details dancu-look"') == 1
    assert "Page 1 of 2" in page
    assert "Page 2 of 2" in phone.get("/me/?page=2").content.decode()
    assert "Page 2 of 2" in phone.get("/me/?page=99").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "told"),
    [("contacts", "To trace the contacts of an ill person"), ("Bệnh viện hỏi", "Bệnh viện hỏi")],
)
def test_the_reason_for_which_all_journeys_were_seen_is_told(an, phone, given, told):
    record(acting_as(make_official("chi", "commune_officer")), "movements.all", [an], detail=given)
    record(
        acting_as(make_official("ha", "data_steward")), "register.view", [an], detail="not for the citizen"
    )
    sign_in(phone, next_page="/me/")
    page = phone.get("/me/").content.decode()
    assert page.count(f"Reason: {told}") == 2, "first of all, and under its day"
    assert "not for the citizen" not in page
