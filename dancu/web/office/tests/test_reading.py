"""Nobody copies the register page by page: an hour has so many records, and who goes beyond is seen."""

import pytest
from django.test import Client

from dancu.accounts import reading
from dancu.audit import lookups as audit
from dancu.testing.officials import make_official, signed_in
from dancu.testing.people import someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]


@pytest.fixture
def desk():
    return signed_in(Client(), make_official("hai", "data_steward"))


def test_after_so_many_records_in_an_hour_the_next_is_not_opened(desk, monkeypatch):
    monkeypatch.setattr(reading, "MOST_AN_HOUR", 3)
    an = someone()
    answers = [desk.get(f"/office/person/{an}/") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert "You have opened 3 records within an hour" in answers[3].content.decode()
    done = [entry.action for entry in audit.of_person(0)]
    assert done.count("register.reading_stopped") == 1


def test_searches_and_numbers_count_too(desk, monkeypatch):
    monkeypatch.setattr(reading, "MOST_AN_HOUR", 2)
    an = someone(pin="001085001234")
    assert desk.post("/office/search/", {"line": "001085001234"}, follow=True).status_code == 200
    assert desk.post(f"/office/person/{an}/number/pin/").status_code in (200, 302)
    assert desk.post("/office/search/", {"line": "001085001234"}, follow=True).status_code == 429
