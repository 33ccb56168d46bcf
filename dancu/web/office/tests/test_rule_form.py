"""A rule in a form: its lines are changed, moved and checked there, and go over into text and back."""

import datetime as dt
import json
import re
from html import unescape
from html.parser import HTMLParser

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from dancu.checkpoints.rule_kinds import PASSAGE
from dancu.rules import lookups
from dancu.rules.documents import read
from dancu.rules.tests.a_kind import A_KIND, Chance
from dancu.testing.officials import make_official, signed_in
from dancu.testing.pages import text
from dancu.web.office.rules import fields, forming
from dancu.web.office.rules.layout import laid_out

NEW = "/office/rules/passage/new/"


class _Fields(HTMLParser):
    """What a browser would send of a page's form."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sent: list[tuple[str, str]] = []
        self._select = self._area = ""
        self._is_in = False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        has = dict(attrs)
        if tag == "form":
            self._is_in = has.get("id") == "rule"
        if not self._is_in:
            return
        if tag == "input" and has.get("name"):
            if has.get("type") != "checkbox" or "checked" in has:
                self.sent.append((has["name"], has.get("value", "")))
        elif tag == "select":
            self._select = has["name"]
        elif tag == "option" and "selected" in has:
            self.sent.append((self._select, has["value"]))
        elif tag == "textarea":
            self._area = has["name"]
            self.sent.append((self._area, ""))

    def handle_data(self, data):
        if self._area:
            self.sent[-1] = (self._area, self.sent[-1][1] + data)

    def handle_endtag(self, tag):
        if tag == "textarea":
            name, value = self.sent[-1]
            self.sent[-1] = (name, value.removeprefix("\n"))
            self._area = ""


def typed(page) -> dict[str, object]:
    """The fields of the form on a page, as they would be sent."""
    found: dict[str, object] = {}
    for name, value in _Fields(page.content.decode()).sent:
        found[name] = [*(found[name] if isinstance(found.get(name), list) else [found[name]]), value] if name in found else value  # fmt: skip
    return found


@pytest.fixture
def desk(db) -> Client:
    """A browser in which somebody who makes rules is signed in."""
    return signed_in(Client(), make_official("son", "rule_maker"))


def press(desk, page, button, **changed):
    return desk.post(NEW, {**typed(page), **changed, "do": button})


def tomorrow() -> str:
    return f"{timezone.localdate() + dt.timedelta(days=1)}T00:00:00"


def shipped() -> dict:
    return json.loads(json.dumps(lookups.signed("passage")[0].document))


def test_the_form_holds_every_line_of_the_rule_in_force(desk):
    page = desk.get(NEW)
    sent = typed(page)
    assert sent["version"] == "3"
    assert sent["valid_from"] == tomorrow()
    assert (sent["clause-0-part-0-fact"], sent["clause-0-part-0-is"], sent["clause-0-part-0-value"]) == (
        "code",
        "is_not",
        "valid",
    )
    assert sent["clause-4-part-0-value"] == ["dead", "missing"]
    assert sent["clause-4-unknown"] == "next"
    assert "clause-0-unknown" not in sent
    assert "Line 10" in text(page)


def test_what_is_sent_as_it_stands_is_the_rule_as_it_stands(desk):
    sent = QueryDict(mutable=True)
    for name, value in typed(desk.get(NEW)).items():
        sent.setlist(name, value if isinstance(value, list) else [value])
    document = forming.of_post(sent, PASSAGE).document()
    expected = shipped() | {"version": 3, "valid_from": tomorrow() + "+07:00"}
    expected["clauses"] = [
        {key: value for key, value in each.items() if (key, value) != ("unknown", "next") or "person" in str(each)}
        for each in expected["clauses"]
    ]  # fmt: skip
    assert document == expected


def test_a_line_is_added_filled_in_moved_up_and_kept_as_a_draft(desk):
    page = press(desk, desk.get(NEW), "add-clause")
    assert 'id="clause-10-part-0-fact"' in page.content.decode()
    page = press(desk, page, "show", **{"clause-10-part-0-fact": "vehicle"})
    assert typed(page)["clause-10-part-0-is"] == "is"
    page = press(
        desk,
        page,
        "clause-10-up",
        **{
            "clause-10-part-0-value": "bus",
            "clause-10-then": "amber",
            "clause-10-vi": "Xe khách phải kiểm tra",
            "clause-10-en": "Coaches are looked at",
        },
    )
    assert typed(page)["clause-9-en"] == "Coaches are looked at"
    kept = desk.post(NEW, {**typed(page), "send": "send"}, follow=True)
    assert "It counts once somebody else has signed it" in text(kept)
    clause = json.loads(lookups.version("passage", 3)["document"])["clauses"][9]
    assert clause == {
        "when": {"===": [{"var": "vehicle"}, "bus"]},
        "then": "amber",
        "words": {"vi": "Xe khách phải kiểm tra", "en": "Coaches are looked at"},
    }


def test_conditions_of_one_line_are_joined_by_and_and_removed_again(desk):
    page = press(desk, desk.get(NEW), "clause-5-add")
    page = press(desk, page, "show", **{"clause-5-part-1-fact": "declared.contact"})
    form = forming.of_post(_sent(page), PASSAGE)
    assert form.document()["clauses"][5]["when"] == {
        "and": [shipped()["clauses"][5]["when"], {"var": "declared.contact"}]
    }
    page = press(desk, page, "clause-5-part-0-remove")
    assert forming.of_post(_sent(page), PASSAGE).document()["clauses"][5]["when"] == {"var": "declared.contact"}  # fmt: skip


def test_lines_are_removed_and_added_below_another(desk):
    page = press(desk, desk.get(NEW), "clause-0-remove")
    assert forming.of_post(_sent(page), PASSAGE).document()["clauses"][0] == shipped()["clauses"][1]
    page = press(desk, page, "clause-0-below")
    assert [each.then for each in forming.of_post(_sent(page), PASSAGE).clauses[:3]] == ["red", "", "red"]


def test_another_fact_begins_without_what_was_asked_of_the_one_before(desk):
    page = press(desk, desk.get(NEW), "show", **{"clause-4-part-0-fact": "vehicle"})
    assert typed(page)["clause-4-part-0-is"] == "is"
    assert typed(page)["clause-4-part-0-value"] == ""
    assert "clause-4-unknown" in typed(page)  # it was said: it stays


def test_what_is_left_open_is_told_at_its_field(desk):
    page = press(desk, desk.get(NEW), "add-clause")
    page = desk.post(NEW, {**typed(page), "citation": "", "check": "check"})
    assert page.status_code == 422
    html = page.content.decode()
    for field, words in (
        ("clause-10-part-0-fact", "Choose a fact"),
        ("clause-10-then", "Choose the answer of this line"),
        ("clause-10-vi", "Enter the words in Vietnamese"),
        ("citation", "Enter the decision or law"),
    ):
        assert f'<a href="#{field}">{words}' in html
        assert re.search(rf'id="{field}-error".*?{words}', html, re.DOTALL)


def test_a_line_that_reads_what_may_be_unknown_asks_what_is_answered_then(desk):
    page = press(desk, desk.get(NEW), "show", **{"clause-0-part-0-fact": "person"})
    filled = {"clause-0-part-0-value": "dead", "check": "check"}
    told = desk.post(NEW, {**typed(page), **filled})
    assert 'href="#clause-0-unknown"' in told.content.decode()
    assert "is not always known" in text(told)
    assert desk.post(NEW, {**typed(page), **filled, "clause-0-unknown": "red"}).status_code == 200


def test_what_a_form_cannot_show_stays_as_text_and_is_read_in_words(desk):
    document = shipped() | {"version": 3, "valid_from": tomorrow() + "+07:00"}
    strange = {"if": [{"var": "declared.contact"}, {"var": "declared.symptoms"}, False]}
    document["clauses"][0]["when"] = {"and": [{"var": "replaced"}, strange]}
    page = desk.post(NEW, {"document": json.dumps(document), "do": "as-form"})
    assert json.loads(typed(page)["clause-0-part-1-written"]) == strange
    assert "if Declared contact with a case, then Declared symptoms, else never" in text(page)
    back = desk.post(NEW, {**typed(page), "do": "as-text"})
    assert json.loads(_area(back)) == document
    wrong = desk.post(NEW, {**typed(page), "clause-0-part-1-written": "{", "check": "check"})
    assert 'href="#clause-0-part-1-written"' in wrong.content.decode()
    assert typed(wrong)["clause-0-part-1-written"] == "{"


def test_a_form_half_filled_in_goes_over_into_text_and_back(desk):
    page = press(desk, desk.get(NEW), "add-clause")
    page = press(desk, page, "show", **{"clause-10-part-0-fact": "identity", "valid_from": "to-morrow"})
    as_text = desk.post(NEW, {**typed(page), "do": "as-text"})
    again = desk.post(NEW, {"document": _area(as_text), "do": "as-form"})
    assert typed(again) == typed(page) | {"csrfmiddlewaretoken": typed(again)["csrfmiddlewaretoken"]}


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ("{", "this is no JSON"),
        ('{"kind": "passage", "note": 1}', "“note” is not known here"),
        ('{"kind": "illness"}', "kind: it is one of: passage"),
        ('{"kind": "passage", "clauses": [5]}', "clauses[0]: it is an object with"),
    ],
)
def test_text_that_no_form_holds_stays_text_and_says_why(desk, document, told):
    page = desk.post(NEW, {"document": document, "do": "as-form"})
    assert page.status_code == 422
    assert told in text(page)
    assert _area(page).strip() == document


def test_every_rule_that_comes_with_dancu_means_the_same_after_the_form():
    for rule in lookups.shipped():
        form = forming.of_document(rule.document, rule.kind)
        again = read(form.document())
        assert [each.then for each in again.clauses] == [each.then for each in rule.clauses]
        assert [each.unknown for each in again.clauses] == [each.unknown for each in rule.clauses]
        assert [each.when for each in again.clauses] == [each.when for each in rule.clauses]
        assert forming.of_document(form.document(), rule.kind) == form
        assert fields.drawn(form, {}).problems == []


@pytest.mark.usefixtures("a_kind")
@given(st.integers(0, 2**32))
def test_any_rule_means_the_same_after_the_form_and_is_the_same_form_again(seed):
    document = Chance(seed).rule()
    form = forming.of_document(document, A_KIND)
    assert forming.of_document(json.loads(laid_out(form.document())), A_KIND) == form
    rule, again = read(document), read(form.document())
    for nth in range(20):
        facts = Chance(seed + nth).facts()
        assert rule.decide(facts).brief == again.decide(facts).brief


@pytest.fixture
def a_kind(monkeypatch):
    monkeypatch.setattr("dancu.rules.documents.kinds", lambda: {"test": A_KIND})


def test_numbers_and_moments_have_fields_of_their_own():
    when = {"after": [{"plusTime": [{"var": "tested"}, 0, "day"]}, {"plusTime": [{"var": "now"}, -3, "day"]}]}
    document = {"clauses": [{"when": {"and": [when, {"<": [{"var": "test.hours"}, 72]}]}}]}
    view = fields.drawn(forming.of_document(document, A_KIND), {})
    tested, hours = view.lines[0].parts
    assert (tested.values, tested.value.value, tested.units.value, tested.beside.value) == ("moment", "-3", "day", "now")  # fmt: skip
    assert (hours.values, hours.value.value, hours.unit) == ("number", "72", "hours")


def _sent(page) -> QueryDict:
    sent = QueryDict(mutable=True)
    for name, value in typed(page).items():
        sent.setlist(name, value if isinstance(value, list) else [value])
    return sent


def _area(page) -> str:
    return unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", page.content.decode(), re.DOTALL)[1])


def test_a_line_that_contradicts_another_is_told_at_the_line(desk):
    page = press(desk, desk.get(NEW), "clause-0-below")
    page = press(desk, page, "show", **{"clause-1-part-0-fact": "code"})
    said = {
        "clause-1-part-0-is": "is_not", "clause-1-part-0-value": "valid", "clause-1-then": "green",
        "clause-1-vi": "Vẫn cho qua", "clause-1-en": "Through all the same",
    }  # fmt: skip
    told = desk.post(NEW, {**typed(page), **said, "check": "check"})
    assert 'href="#clause-1-part-0-value">it asks the same as line 1' in told.content.decode()


def test_a_rule_that_is_longer_than_a_form_is_edited_as_text(desk):
    clause = shipped()["clauses"][0]
    document = json.dumps(shipped() | {"clauses": [clause] * 81})
    page = desk.post(NEW, {"document": document, "do": "as-form"})
    assert "more than the form can hold" in text(page)
    assert _area(page).strip() == document
    full = desk.post(NEW, {"document": json.dumps(shipped() | {"clauses": [clause] * 75}), "do": "as-form"})
    assert full.status_code == 200
    assert len(typed(full)) < 1000
    assert press(desk, full, "add-clause").status_code == 422
