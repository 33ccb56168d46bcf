import datetime as dt
import json
import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dancu.accounts.models import Official
from dancu.areas import lookups as areas
from dancu.checkpoints.codes import pass_code
from dancu.rules import actions, lookups
from dancu.testing.at_the_station import cross
from dancu.testing.officials import acting_as, make_official, signed_in
from dancu.testing.pages import links, text
from dancu.testing.rules import WORDS, in_force, signing
from dancu.testing.travellers import declare

pytestmark = pytest.mark.django_db
RULES = reverse("office:rules")
RED = {"when": {"var": "declared.symptoms"}, "then": "red", "words": {"vi": "Có triệu chứng", "en": "Fever"}}


@pytest.fixture
def son() -> Official:
    return make_official("son", "rule_maker", full_name="Đinh Văn Sơn")


@pytest.fixture
def tam() -> Official:
    return make_official("tam", "rule_maker", full_name="Lý Thanh Tâm")


@pytest.fixture
def at_sons_desk(son) -> Client:
    """A browser in which Sơn, who makes rules, is signed in."""
    return signed_in(Client(), son)


@pytest.fixture
def at_tams_desk(tam) -> Client:
    """A browser in which Tâm, who makes rules too, is signed in."""
    return signed_in(Client(), tam)


@pytest.fixture
def at_chis_desk(chi) -> Client:
    """A browser in which Chi, who makes no rules, is signed in."""
    return signed_in(Client(), chi)


def passage(number: int = 2, what: str = "rule") -> str:
    return reverse(f"office:{what}", args=["passage", number])


def shipped() -> dict:
    return json.loads(json.dumps(lookups.signed("passage")[0].document))


def following(*more: dict, **said) -> dict:
    """The country's rule at checkpoints with these clauses before all others, but those that ask the same,
    from tomorrow on.
    """
    tomorrow = (timezone.now() + dt.timedelta(days=1)).isoformat()
    document = shipped()
    others = [each for each in document["clauses"] if each["when"] not in [one["when"] for one in more]]
    clauses = [*more, *others]
    return document | {"version": 3, "valid_from": tomorrow, "clauses": clauses} | said


def drafted(by: Official, *more: dict, **said) -> dict:
    document = following(*more, **said)
    actions.draft(acting_as(by), document)
    return document


def form_of(page) -> str:
    return unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", page.content.decode(), re.DOTALL)[1])


def sign(client: Client, number: int = 3):
    digest = lookups.version("passage", number)["digest"]
    return client.post(passage(number, "rule-sign"), {"digest": digest}, follow=True)


def table_of(page) -> str:
    return text(re.search(r"<table.*?</table>", page.content.decode(), re.DOTALL)[0])


def test_any_official_reads_which_rules_are_in_force(at_chis_desk):
    page = at_chis_desk.get(RULES)
    assert "The colour of a pass at a checkpoint" in text(page)
    assert "Whole country · version 2 · since 01/07/2026" in text(page)
    assert "Waiting for a second signature" not in text(page)
    assert passage() in links(page, "The colour of a pass at a checkpoint")


def test_a_rule_is_read_in_words(at_chis_desk):
    page = at_chis_desk.get(passage())
    assert "Came with dancu" in text(page)
    assert "New version" not in text(page)
    table = table_of(page)
    assert "If The answer is Because If nobody knows Code is not" in table
    assert "red: stop The code is not valid" in table
    assert "The register holds this person as dead or missing the next line is tried" in table
    assert table.endswith("Otherwise green: let through Nothing to stop for")


def test_a_rule_that_knows_everything_says_nothing_of_what_nobody_knows(at_chis_desk):
    assert "If nobody knows" not in table_of(at_chis_desk.get(reverse("office:rule", args=["pass-hours", 1])))


def test_the_facts_that_a_rule_may_read_stand_below_it(at_chis_desk):
    page = text(at_chis_desk.get(passage()))
    assert "not always known person a text alive : alive" in page
    assert "dead : dead" in page


def test_what_is_not_there_is_not_found(at_sons_desk):
    for path in (passage(99), "/office/rules/no-such-rule/1/", "/office/rules/no-such-rule/new/"):
        assert at_sons_desk.get(path).status_code == 404
    for kind in ("pass-hours", "no-such-kind"):
        assert at_sons_desk.get(reverse("office:rule-first", args=[kind])).status_code == 404


def test_sons_text_holds_the_rule_in_force_as_the_next_version_from_tomorrow_on(at_sons_desk):
    begun = json.loads(form_of(at_sons_desk.get(reverse("office:rule-new", args=["passage"]) + "?as=text")))
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    assert begun == shipped() | {"version": 3, "valid_from": f"{tomorrow}T00:00:00+07:00", "valid_to": None}


def test_son_drafts_and_is_led_to_the_version_that_waits(at_sons_desk):
    document = following(RED)
    new = reverse("office:rule-new", args=["passage"])
    kept = at_sons_desk.post(new, {"document": json.dumps(document), "send": "x"}, follow=True)
    assert kept.redirect_chain == [(passage(3), 302)]
    assert "It counts once somebody else has signed it" in text(kept)
    assert "You drafted this version yourself" in text(kept)
    assert "passage, version 3" in text(at_sons_desk.get(RULES))
    assert "drafted by Đinh Văn Sơn" in text(at_sons_desk.get(RULES))


def test_what_is_checked_is_shown_in_words_and_not_kept(at_sons_desk):
    new = reverse("office:rule-new", args=["passage"])
    page = at_sons_desk.post(new, {"document": json.dumps(following(RED)), "check": "x"})
    assert "Declared symptoms new red: stop Fever" in table_of(page)
    assert lookups.versions("passage") == []


@pytest.mark.parametrize("button", ["check", "send"])
@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("{", "document: this is no JSON: line 1, column 2"),
        ('{"id": 1' + "0" * 5000 + "}", "too many digits"),
        (r'{"\ud800": 1}', "half a letter"),
        ("", "Enter the rule"),
        (json.dumps({"id": "passage"}), "is missing"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_is_kept(at_sons_desk, button, given, told):
    new = reverse("office:rule-new", args=["passage"])
    page = at_sons_desk.post(new, {"document": given, button: "x"})
    assert page.status_code == 422
    assert told in text(page)
    assert form_of(page).strip() == given


def test_a_condition_that_reads_what_is_not_there_is_told_with_its_place(at_sons_desk):
    document = following(RED | {"when": {"var": "fever"}})
    page = at_sons_desk.post(
        reverse("office:rule-new", args=["passage"]), {"document": json.dumps(document), "send": "x"}
    )
    assert "clauses[0].when: a rule of this kind knows no fact “fever”" in text(page)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"version": 7}, "The next version of this rule is number 3"),
        ({"valid_from": "2020-01-01T00:00:00+07:00"}, "would begin in the past"),
        ({"id": "another", "version": 1}, "“passage” already decides this"),
    ],
)
def test_what_cannot_be_kept_is_told_at_the_form(at_sons_desk, said, told):
    document = json.dumps(following(RED, **said))
    page = at_sons_desk.post(
        reverse("office:rule-new", args=["passage"]), {"document": document, "send": "x"}
    )
    assert page.status_code == 422
    assert told in text(page)
    assert form_of(page).strip() == document


def test_tam_signs_what_son_drafted_and_it_counts_from_its_time_on(
    at_tams_desk, son, django_capture_on_commit_callbacks
):
    drafted(son, RED)
    assert "Read it as a whole" in text(at_tams_desk.get(passage(3)))
    with signing(), django_capture_on_commit_callbacks(execute=True):
        page = sign(at_tams_desk)
        assert "Signed. It counts from" in text(page)
    with signing():
        lookups.forget()
        page = at_tams_desk.get(passage(3))
        assert "Begins later" in text(page)
        assert "Drafted by Đinh Văn Sơn" in text(page)
        assert "signed by Lý Thanh Tâm" in text(page)
        assert "Begins later" in text(at_tams_desk.get(RULES))
        assert [rule.version for rule in lookups.signed("passage")] == [3, 2, 1]


def test_son_does_not_sign_what_he_drafted(at_sons_desk, son):
    drafted(son, RED)
    assert "rule-sign" not in at_sons_desk.get(passage(3)).content.decode()
    assert "Read it as a whole" not in text(at_sons_desk.get(passage(3)))
    assert "You drafted this version yourself" in text(sign(at_sons_desk))
    assert lookups.version("passage", 3)["signed_by"] is None


def test_what_is_not_the_document_that_was_shown_is_not_signed(at_tams_desk, son):
    drafted(son, RED)
    page = at_tams_desk.post(passage(3, "rule-sign"), {"digest": "0" * 64}, follow=True)
    assert "not the document that was shown" in text(page)
    assert lookups.version("passage", 3)["signed_by"] is None


def test_a_rule_maker_of_a_province_signs_nothing_of_the_country(son, published_areas):
    [hanoi] = areas.units("01")[-1:]
    far = signed_in(Client(), make_official("far", "rule_maker", "area", hanoi.area_id))
    drafted(son, RED)
    assert "only make rules for your own area" in text(far.get(passage(3)))
    assert "New version" not in text(far.get(passage()))
    assert "only make rules for your own area" in text(sign(far))


def test_a_draft_is_seen_by_those_who_make_rules_alone(at_chis_desk, at_tams_desk, son):
    drafted(son, RED)
    assert at_chis_desk.get(passage(3)).status_code == 404
    assert at_chis_desk.get(passage(3, "rule-document")).status_code == 404
    assert passage(3) not in at_chis_desk.get(passage()).content.decode()
    assert passage(3) in at_tams_desk.get(passage()).content.decode()


def test_new_lines_are_marked_moved_ones_too_and_those_that_are_gone_are_listed(at_tams_desk, son):
    document = shipped()
    first, second, third, *others = (each for each in document["clauses"] if each["when"] != RED["when"])
    drafted(son, clauses=[second, RED, first, *others])
    page = at_tams_desk.get(passage(3))
    assert "Declared symptoms new red: stop Fever" in table_of(page)
    assert table_of(page).count(" moved ") == 1
    gone = text(page.content.decode().split("that are gone")[1].split("</table>")[0])
    assert third["words"]["en"] in gone
    assert first["words"]["en"] not in gone


def test_another_answer_otherwise_is_marked_and_the_one_before_is_listed(at_tams_desk, son):
    drafted(son, otherwise={"then": "amber", "words": WORDS})
    page = at_tams_desk.get(passage(3))
    assert "Otherwise new amber: look again For that reason" in table_of(page)
    assert "Otherwise green: let through" in text(page.content.decode().split("that are gone")[1])


def test_a_draft_that_nobody_signed_in_time_is_told_for_a_week(at_tams_desk, son, monkeypatch):
    drafted(son, RED)
    now = timezone.now()
    for days, is_told in ((3, True), (9, False)):
        later = now + dt.timedelta(days=days)
        with monkeypatch.context() as patched:
            patched.setattr("dancu.web.office.rules.versions.timezone.now", lambda at=later: at)
            page = text(signed_in(at_tams_desk, Official.objects.get(username="tam")).get(RULES))
        assert ("Not signed in time" in page) == is_told


def test_the_document_is_downloaded_under_its_name_as_it_is_signed(at_chis_desk):
    answer = at_chis_desk.get(passage(2, "rule-document"))
    assert answer["Content-Disposition"] == 'attachment; filename="passage.2.json"'
    assert answer.json() == shipped()
    assert answer.content.startswith(b'{\n  "id": "passage",\n  "version": 2,\n  "kind": "passage",')


def test_a_province_begins_its_own_rule_with_the_countrys(published_areas):
    [hanoi] = areas.units("01")[-1:]
    there = signed_in(Client(), make_official("there", "rule_maker", "area", hanoi.area_id))
    assert reverse("office:rule-first", args=["passage"]) in links(there.get(RULES), "New rule")
    address = reverse("office:rule-first", args=["passage"])
    begun = json.loads(form_of(there.get(address + "?as=text")))
    assert (begun["id"], begun["version"], begun["area"]) == ("passage-01", 1, "01")
    assert begun["clauses"] == shipped()["clauses"]
    page = there.post(address, {"document": json.dumps(begun), "send": "x"}, follow=True)
    assert f"For {hanoi.path}" in text(page)
    assert "passage-01, version 1" in text(page)


def test_where_no_rule_is_in_force_the_answer_of_its_kind_is_told(at_chis_desk):
    with in_force(shipped() | {"valid_from": "2121-01-01T00:00:00+07:00"}):
        assert "No rule is in force. The answer is always: red: stop." in text(at_chis_desk.get(RULES))


def test_a_draft_is_tried_on_yesterdays_crossings(at_tams_desk, son, an, binh, station):
    declared = declare(vehicle="bus", plate="59B-12345")
    cross(acting_as(binh), station, declared)
    drafted(son, {"when": {"===": [{"var": "vehicle"}, "bus"]}, "then": "red", "words": WORDS})
    assert passage(3, "rule-replay") in links(at_tams_desk.get(passage(3)), "Try it on what was decided")
    today = timezone.localdate()
    page = at_tams_desk.get(passage(3, "rule-replay"), {"from": today})
    assert "1 would have been answered otherwise" in text(page)
    assert "1 would have been: red: stop, instead of: green: let through" in text(page)
    assert "Line 1: For that reason: 1" in text(page)
    assert "Cầu Mỹ Thuận: 1" in text(page)
    assert pass_code(declared.pass_id) in text(page)
    assert "An" not in re.findall(r"\w+", table_of(page))
    yesterday = at_tams_desk.get(passage(3, "rule-replay"), {"from": today - dt.timedelta(days=2)})
    assert "Nothing was decided there in that time" in text(yesterday)
    elsewhere = at_tams_desk.get(passage(3, "rule-replay"), {"from": today, "place": station})
    assert "Decided in that time 1 The same by both 0 Not known 0" in text(elsewhere)


@pytest.mark.parametrize(
    ("asked", "status"),
    [({"from": "2026-01-01", "to": "2026-03-01"}, 422), ({"from": "x", "to": "2026-13-45"}, 200)],
)
def test_days_that_cannot_be_tried_are_told(at_tams_desk, son, asked, status):
    drafted(son, RED)
    page = at_tams_desk.get(passage(3, "rule-replay"), asked)
    assert page.status_code == status
    assert ("at most 7" in text(page)) == (status == 422)


def test_what_is_not_kept_cannot_be_tried(at_tams_desk, at_chis_desk):
    assert at_tams_desk.get(reverse("office:rule-replay", args=["pass-hours", 2])).status_code == 404
    assert "Try it" not in text(at_tams_desk.get(reverse("office:rule", args=["pass-hours", 2])))
    assert at_chis_desk.get(passage(2, "rule-replay")).status_code == 403


def test_tam_refuses_a_draft_with_words_that_son_reads(at_tams_desk, at_sons_desk, son):
    drafted(son, RED)
    page = at_tams_desk.post(passage(3, "rule-end"), {"words": ""}, follow=True)
    assert "Say in a few words why you refuse it" in text(page)
    page = at_tams_desk.post(passage(3, "rule-end"), {"words": "Thiếu căn cứ"}, follow=True)
    assert "Nobody can sign this draft any more" in text(page)
    told = text(at_sons_desk.get(passage(3)))
    assert "Refused by Lý Thanh Tâm" in told
    assert "Thiếu căn cứ" in told
    assert "Refused" in text(at_sons_desk.get(RULES))
    assert "rule-end" not in at_sons_desk.get(passage(3)).content.decode()
    assert "was refused or withdrawn" in text(sign(at_tams_desk))


def test_son_withdraws_his_draft_which_waits_no_more(at_sons_desk, son):
    drafted(son, RED)
    page = at_sons_desk.post(passage(3, "rule-end"), follow=True)
    assert "Withdrawn by Đinh Văn Sơn" in text(page)
    assert "No version is waiting" in text(at_sons_desk.get(RULES))
