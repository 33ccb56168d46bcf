import re

import pytest
from django.urls import reverse
from django.utils import timezone

from dancu.audit import actions
from dancu.testing.officials import acting_as

AUDIT = reverse("office:audit")
AN = 1_000_001


def actions_on(page: str) -> list[str]:
    return re.findall(r'<th scope="row"[^>]*>([^<]+)</th>', page)


def read(client, **asked) -> str:
    return client.post(AUDIT, asked, follow=True).content.decode()


def test_the_auditor_sees_who_did_what_where_and_why(at_yens_desk, chi):
    actions.record(acting_as(chi), "register.view", [AN])
    page = read(at_yens_desk)
    assert "Opened the record" in page
    assert "chi · Commune officer · Whole country" in page
    assert f"Record no. {AN}" in page
    assert "Arrivals, residence and isolation" in page


def test_entries_are_found_by_official_person_action_and_day(at_yens_desk, chi):
    today = timezone.localdate()
    actions.record(acting_as(chi), "register.view", [AN])
    actions.record(acting_as(chi), "register.search", [AN + 1])
    assert "Opened the record" not in actions_on(read(at_yens_desk, official="yen"))
    assert actions_on(read(at_yens_desk, official="chi")) == [
        "Found the record in a search",
        "Opened the record",
    ]
    assert actions_on(read(at_yens_desk, person=AN)) == ["Opened the record"]
    assert actions_on(read(at_yens_desk, action="register.search")) == ["Found the record in a search"]
    day = {"since_0": today.day, "since_1": today.month, "since_2": today.year}
    assert actions_on(read(at_yens_desk, person=AN, **day)) == ["Opened the record"]
    last = {"until_0": 1, "until_1": 1, "until_2": today.year - 1}
    assert actions_on(read(at_yens_desk, person=AN, **last)) == []


def test_reading_the_audit_is_in_the_audit(at_yens_desk, chi):
    read(at_yens_desk, official="chi")
    page = read(at_yens_desk, official="yen")
    assert actions_on(page)[0] == "Read the audit log"
    assert f"official {chi.pk}" in page


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"official": "nobody"}, "no official"),
        ({"person": "079200001234x"}, "digits only"),
        ({"person": "9" * 20}, "digits only"),
        ({"until_0": "31", "until_1": "12", "until_2": "9999"}, "must be"),
        ({"until_0": "1", "until_1": "1", "until_2": "0001"}, "must be"),
        ({"official": "gi\0ang"}, "Null characters"),
        ({"since_0": "31", "since_1": "2", "since_2": "2021"}, "This date does not exist"),
        (
            {"since_0": 2, "since_1": 9, "since_2": 2021, "until_0": 1, "until_1": 9, "until_2": 2021},
            "before the first",
        ),
    ],
)
def test_what_cannot_be_searched_for_is_told(at_yens_desk, asked, told):
    page = at_yens_desk.post(AUDIT, asked)
    assert page.status_code == 422
    assert told in page.content.decode()


def test_older_entries_follow_on_the_next_page(at_yens_desk, chi, monkeypatch):
    monkeypatch.setattr("dancu.web.office.administration.audit.PAGE", 2)
    for person in range(3):
        actions.record(acting_as(chi), "register.view", [AN + person])
    first = read(at_yens_desk, official="chi")
    older = re.search(r'href="(\?[^"]+)">Older entries', first)[1].replace("&amp;", "&")
    second = at_yens_desk.get(AUDIT + older).content.decode()
    assert [re.findall(r"Record no. (\d+)", page) for page in (first, second)] == [
        [str(AN + 2), str(AN + 1)],
        [str(AN)],
    ]


def test_a_made_up_place_begins_at_the_first_page(at_yens_desk, chi):
    actions.record(acting_as(chi), "register.view", [AN])
    for place in ("x", "2026-01-01~x", "2026-01-01T00:00~0198f6a4-0000-7000-8000-000000000000", "~"):
        assert "Opened the record" in at_yens_desk.get(AUDIT, {"before": place}).content.decode()
