"""Who looked is told by day and office, with the count; each entry stands below."""

import datetime as dt

import pytest

from dancu.audit.lookups import SeenByCitizen
from dancu.web.citizen import own
from dancu.web.citizen.looks import by_day
from dancu.web.citizen.tests.test_sign_in import sign_in

NOON = dt.datetime(2026, 11, 29, 5, 0, tzinfo=dt.UTC)


def entry(minutes: int, role: str = "checkpoint_officer") -> SeenByCitizen:
    return SeenByCitizen(
        NOON - dt.timedelta(minutes=minutes), "official", role, "nation", 0, "passage", "pass.examined"
    )


def test_fifty_looks_of_one_office_on_one_day_are_one_line():
    looks = by_day([entry(minutes) for minutes in range(50)])
    assert [(look.day, look.count) for look in looks] == [(dt.date(2026, 11, 29), 50)]
    assert looks[0].entries[0][0] == NOON


def test_another_role_and_another_day_are_lines_of_their_own():
    looks = by_day([entry(0), entry(1, "commune_officer"), entry(2), entry(24 * 60)])
    assert [look.count for look in looks] == [2, 1, 1]


def test_a_day_ends_at_midnight_in_vietnam():
    looks = by_day([entry(12 * 60 - 1), entry(12 * 60 + 1)])
    assert [look.day for look in looks] == [dt.date(2026, 11, 29), dt.date(2026, 11, 28)]


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
