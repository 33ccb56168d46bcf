"""The office's pages of levels of risk: list, map, files, drafts and what they change, two signatures."""

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dancu.areas import lookups as areas
from dancu.risk import lookups
from dancu.testing.database import rows
from dancu.testing.officials import acting_as, make_official, signed_in
from dancu.testing.pages import links, text
from dancu.testing.people import someone
from dancu.testing.risk import decided, drafted, in_force
from dancu.testing.travellers import commune, declare

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]
LEVELS, NEW = reverse("office:risk-levels"), reverse("office:risk-draft")


@pytest.fixture
def ninh_kieu() -> areas.Area:
    return areas.get(commune("Phường Ninh Kiều, Cần Thơ"))


@pytest.fixture
def hai_chau() -> areas.Area:
    return areas.get(commune("Phường Hải Châu, Đà Nẵng"))


@pytest.fixture
def at_sons_desk(db) -> Client:
    """A browser in which Sơn is signed in, who makes rules for the whole country."""
    return signed_in(Client(), make_official("son", "rule_maker", full_name="Đinh Văn Sơn"))


@pytest.fixture
def at_tams_desk(db) -> Client:
    """A browser in which Tâm is signed in, who does so too."""
    return signed_in(Client(), make_official("tam", "rule_maker", full_name="Lý Thanh Tâm"))


def page_of(number: int, what: str = "decision") -> str:
    return reverse(f"office:risk-{what}", args=[number])


def said(area: areas.Area | None = None, level: str = "4", **more) -> dict:
    """What the form sends; tomorrow at midnight."""
    day = timezone.localdate() + dt.timedelta(days=1)
    sent = {
        "citation": "Quyết định 2345/QĐ-UBND",
        "begins_on_0": day.day,
        "begins_on_1": day.month,
        "begins_on_2": day.year,
        "begins_at": "00:00",
        "send": "x",
    }
    if area:
        sent |= {"commune_1": area.path, "commune_1_id": area.area_id, "level_1": level}
    return sent | more


def figures(page) -> dict[str, str]:
    found = re.findall(r"<dt[^>]*>(.*?)</dt><dd[^>]*>(.*?)</dd>", page.content.decode())
    return {re.sub(r"<[^>]+>", "", words).strip(): number.strip() for words, number in found}


def is_over(code: str) -> bool:
    every = areas.units(code)
    return bool(every) and not any(area.stood(timezone.localdate()) for area in every)


def numbers_of(page) -> list[str]:
    return re.findall(r'dancu-level--(\d)"', page.content.decode())


def test_the_list_says_each_communes_level_in_a_number_and_in_words(at_sons_desk, ninh_kieu):
    number = in_force({ninh_kieu.area_id: 4, ninh_kieu.province_id: 2})
    page = at_sons_desk.get(LEVELS, {"province": "92", "level": "4"})
    assert "Phường Ninh Kiều Thành phố Cần Thơ 4 red: very high risk" in text(page)
    assert "Quyết định 12/QĐ-UBND" in text(page)
    assert page_of(number) in links(page, "Phường Ninh Kiều")
    assert '<circle class="dancu-map__point dancu-map__point--level-4"' in page.content.decode()
    assert "Phường Ninh Kiều: 4, red: very high risk" in page.content.decode()
    everything = at_sons_desk.get(LEVELS, {"province": "92"})
    circles = re.findall(r"dancu-map__point--level-(\d)", everything.content.decode())
    assert circles == sorted(circles)  # the highest are drawn last, above the others
    assert figures(everything)["4 red: very high risk"] == "1"
    assert figures(everything)["2 yellow: medium risk"] != "0"


def test_the_list_of_another_day_is_as_decided_for_then(at_sons_desk, ninh_kieu):
    decided({ninh_kieu.area_id: 3}, hours=24)
    after = timezone.localdate() + dt.timedelta(days=2)
    now = at_sons_desk.get(LEVELS, {"province": "92", "level": "3"})
    then = at_sons_desk.get(LEVELS, {"province": "92", "level": "3", "on": after.isoformat()})
    assert "No commune matches these filters" in text(now)
    assert "Phường Ninh Kiều Thành phố Cần Thơ 3 orange: high risk" in text(then)
    assert f"At the end of {after:%d/%m/%Y}" in text(then)
    assert f'value="{after}" type="date"' in then.content.decode()


@pytest.mark.parametrize("on", ["2026-13-01", "x", "1900-01-01", "2026-01-01' OR 1"])
def test_a_day_that_is_none_is_passed_over(at_sons_desk, on):
    assert "As of now." in text(at_sons_desk.get(LEVELS, {"on": on}))


def test_before_the_reform_the_communes_of_then_are_listed(at_sons_desk):
    page = text(at_sons_desk.get(LEVELS, {"on": "2025-06-01", "province": "79"}))
    assert "not decided" in page
    file = at_sons_desk.get("/office/risk.csv", {"on": "2025-06-01", "province": "79"})
    assert "Phường Bến Nghé, Quận 1" in b"".join(file.streaming_content).decode()


def test_whoever_has_an_area_sees_its_communes(ninh_kieu, hai_chau):
    in_force({ninh_kieu.area_id: 4, hai_chau.area_id: 3})
    there = make_official("there", "commune_officer", "area", hai_chau.area_id)
    page = signed_in(Client(), there).get(LEVELS)
    assert numbers_of(page).count("3") > numbers_of(page).count("4")
    assert "Phường Hải Châu Thành phố Đà Nẵng 3" in text(page)
    assert "Ninh Kiều" not in text(page)
    assert "Draft a decision" not in text(page)


def test_the_list_is_a_file_that_can_be_sent_back_with_levels_changed(at_sons_desk, ninh_kieu):
    in_force({ninh_kieu.area_id: 4})
    answer = at_sons_desk.get("/office/risk.csv", {"province": "92"})
    file = b"".join(answer.streaming_content).decode()
    line = next(line for line in file.splitlines() if line.startswith(f"{ninh_kieu.code},"))
    sent = file.replace(line, line.replace(",4,", ",3,", 1)).encode()
    page = at_sons_desk.post(NEW, said(file=SimpleUploadedFile("levels.csv", sent)), follow=True)
    assert "Phường Ninh Kiều, Thành phố Cần Thơ 3 orange: high risk" in text(page)
    assert at_sons_desk.get("/office/risk.xlsx").status_code == 200


def test_what_a_draft_changes_is_shown_before_it_is_signed(at_sons_desk, ninh_kieu, country):
    in_force({ninh_kieu.area_id: 2})
    for nth in range(5):
        someone(home_area=ninh_kieu.area_id, pin=f"0792000012{nth}0")
    from dancu.checkpoints import actions as checkpoints

    checkpoints.open_station("Chốt Ninh Kiều", ninh_kieu.area_id, 10.03, 105.78, "QL1")
    for nth in range(3):
        declare(number=f"07920000130{nth}", phone=f"09012345{nth}0", full_name="Lê Văn Bảy")
    page = at_sons_desk.post(NEW, said(ninh_kieu), follow=True)
    assert "Kept. It counts once somebody else has signed it." in text(page)
    assert figures(page) == {
        "Communes whose level changes": "1",
        "People who live there": "5",
        "Stations that stand there": "1",
        "Journeys under way that begin there": "0",
        "Journeys under way that end there": "3",
        "Journeys under way that do either": "3",
    }
    assert "2 yellow: medium risk → then 4 red: very high risk 1 5" in text(page)
    assert "Chốt Ninh Kiều Phường Ninh Kiều, Thành phố Cần Thơ 2 yellow" in text(page)
    told = rows("SELECT detail FROM audit_entry WHERE action = 'register.statistics'")
    assert [detail.split()[0] for (detail,) in told] == ["risk"]


def test_a_number_of_one_or_two_is_not_told(at_sons_desk, ninh_kieu, country):
    someone(home_area=ninh_kieu.area_id, pin="079200001230")
    declare()
    page = at_sons_desk.post(NEW, said(ninh_kieu), follow=True)
    assert figures(page)["People who live there"] == "…"
    assert figures(page)["Journeys under way that end there"] == "…"


def test_a_draft_that_changes_nothing_says_so(at_sons_desk, ninh_kieu):
    in_force({ninh_kieu.area_id: 4})
    assert "No commune’s level changes." in text(at_sons_desk.post(NEW, said(ninh_kieu), follow=True))


def test_another_person_signs_and_the_list_of_that_day_shows_it(at_sons_desk, at_tams_desk, ninh_kieu):
    drafts = at_sons_desk.post(NEW, said(ninh_kieu), follow=True)
    number = lookups.decisions()[0]["decision_id"]
    assert "You drafted this decision yourself" in text(drafts)
    digest = lookups.decision(number)["digest"]
    own = at_sons_desk.post(page_of(number, "sign"), {"digest": digest}, follow=True)
    assert "You drafted this decision yourself" in text(own)
    assert "Waiting for a second signature" in text(at_tams_desk.get(reverse("office:risk-decisions")))
    assert "Your signature" in text(at_tams_desk.get(page_of(number)))
    wrong = at_tams_desk.post(page_of(number, "sign"), {"digest": "x"}, follow=True)
    assert "not the decision that was shown to you" in text(wrong)
    signed = at_tams_desk.post(page_of(number, "sign"), {"digest": digest}, follow=True)
    assert "Signed. It counts from 00:00" in text(signed)
    assert "Drafted by Đinh Văn Sơn" in text(signed)
    assert "signed by Lý Thanh Tâm" in text(signed)
    after = timezone.localdate() + dt.timedelta(days=1)
    then = at_tams_desk.get(LEVELS, {"level": "4", "on": after.isoformat()})
    assert "Phường Ninh Kiều Thành phố Cần Thơ 4 red: very high risk" in text(then)


def test_a_draft_is_thrown_away_after_a_question(at_sons_desk, at_tams_desk, ninh_kieu):
    at_sons_desk.post(NEW, said(ninh_kieu))
    number = lookups.decisions()[0]["decision_id"]
    asked = at_tams_desk.get(page_of(number, "discard"))
    assert "Throw this draft away?" in text(asked)
    gone = at_tams_desk.post(page_of(number, "discard"), {"press": "1"}, follow=True)
    assert "The draft is thrown away." in text(gone)
    assert at_tams_desk.get(page_of(number)).status_code == 404
    assert lookups.decisions() == []


def test_a_decision_is_withdrawn_by_a_draft_that_says_so(at_sons_desk, at_tams_desk, ninh_kieu):
    in_force({ninh_kieu.area_id: 2}, hours_ago=5)
    number = in_force({ninh_kieu.area_id: 4})
    page = at_sons_desk.get(page_of(number))
    (withdrawing,) = links(page, "Draft a decision that withdraws this one")
    assert "It withdraws: Quyết định 12/QĐ-UBND" in text(at_sons_desk.get(withdrawing))
    draft = at_sons_desk.post(withdrawing, said(), follow=True)
    assert "4 red: very high risk → then 2 yellow: medium risk 1" in text(draft)
    new = max(row["decision_id"] for row in lookups.decisions())
    at_tams_desk.post(page_of(new, "sign"), {"digest": lookups.decision(new)["digest"]})
    assert "Withdrawn from 00:00" in text(at_tams_desk.get(page_of(number)))
    assert "Draft a decision that withdraws this one" not in text(at_tams_desk.get(page_of(number)))


def test_whoever_may_not_decide_there_sees_no_draft(hai_chau, ninh_kieu, at_sons_desk):
    number = drafted(acting_as(make_official("dan", "rule_maker")), {ninh_kieu.area_id: 4})
    there = signed_in(Client(), make_official("there", "rule_maker", "area", hai_chau.province_id))
    assert there.get(page_of(number)).status_code == 404
    assert there.post(page_of(number, "sign"), {"digest": "x"}).status_code == 404
    assert there.post(page_of(number, "discard")).status_code == 404
    assert "There are no decisions yet." in text(there.get(reverse("office:risk-decisions")))
    assert at_sons_desk.get(page_of(number)).status_code == 200
    assert at_sons_desk.get(page_of(999_999)).status_code == 404


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"citation": ""}, "Enter the number and date of the decision"),
        ({"begins_on_2": "2020"}, "or later"),
        ({"begins_at": "25:00"}, "Enter the hour and minute, such as 00:00 or 18:30"),
        ({"level_1": ""}, "Choose the level of “Phường Ninh Kiều”"),
        ({"level_2": "3"}, "Say for which area this level is"),
        ({"commune_1": "", "commune_1_id": "", "level_1": ""}, "Name at least one commune or province"),
        ({"commune_1": "Không có đâu", "commune_1_id": ""}, "We could not find this commune"),
        ({"commune_2": "Phường Ninh Kiều, Cần Thơ", "level_2": "3"}, "is named twice"),
        ({"level_1": "5"}, "5"),
    ],
    ids=["citation", "past", "hour", "no level", "no commune", "nothing", "no such", "twice", "level 5"],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(at_sons_desk, ninh_kieu, change, told):
    page = at_sons_desk.post(NEW, said(ninh_kieu) | change)
    assert page.status_code == 422
    assert told in text(page)
    assert lookups.decisions() == []


def test_today_is_taken_where_the_hour_has_not_come(at_sons_desk, ninh_kieu):
    today = timezone.localdate()
    sent = said(ninh_kieu) | {"begins_on_0": today.day, "begins_on_1": today.month, "begins_on_2": today.year}
    page = at_sons_desk.post(NEW, sent | {"begins_at": "00:00"})
    assert "would begin in the past, or within a minute" in text(page)


def test_a_provinces_rule_maker_is_told_at_the_field_what_lies_elsewhere(ninh_kieu, hai_chau):
    there = signed_in(Client(), make_official("there", "rule_maker", "area", hai_chau.province_id))
    page = there.post(NEW, said(ninh_kieu))
    assert "“Phường Ninh Kiều, Thành phố Cần Thơ” does not lie in your area" in text(page)
    kept = there.post(NEW, said(province=hai_chau.province_id, province_level="2"), follow=True)
    assert "Thành phố Đà Nẵng 2 yellow: medium risk" in text(kept)


def test_rows_of_a_file_that_cannot_be_used_are_told_one_by_one_and_nothing_is_kept(at_sons_desk, ninh_kieu):
    ended = next(code for code in map(str, range(26000, 27000)) if is_over(code))
    lines = [
        "Mã xã,Cấp độ",
        f"{ninh_kieu.code},3",
        f"{ninh_kieu.code},4",
        "99999,2",
        f"{ninh_kieu.code},9",
        f"{ended},1",
        ",2",
        "1,2,3",
        "",
    ]
    file = SimpleUploadedFile("levels.csv", "\n".join(lines).encode())
    page = at_sons_desk.post(NEW, said(file=file))
    told = text(page)
    assert page.status_code == 422
    assert "Nothing was kept. 6 rows were left out:" in told
    assert "3 “Phường Ninh Kiều, Thành phố Cần Thơ” is named twice" in told
    assert "4 “99999” is the code of no commune or province." in told
    assert "took its place: " in told
    assert "5 “9” is no level. Write 1, 2, 3 or 4, or leave it empty." in told
    assert "7 The code of the commune or province is missing." in told
    assert "8 This row does not have as many values as the first line has names." in told
    assert lookups.decisions() == []


@pytest.mark.parametrize("content", [b"a,b\n1,2\n", b"\xff\xfe\x00", b"\x00\x01", "mã\n1\n".encode()])
def test_what_is_no_list_of_levels_is_said_at_the_file(at_sons_desk, content):
    page = at_sons_desk.post(NEW, said(file=SimpleUploadedFile("levels.csv", content)))
    assert "cannot be read as a list of levels" in text(page)
