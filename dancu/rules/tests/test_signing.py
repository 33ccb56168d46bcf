"""A version is drafted by one and signed by another, and never edited."""

import datetime as dt

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from dancu.areas import lookups as areas
from dancu.audit import lookups as audit
from dancu.db import grants
from dancu.rules import actions, errors, lookups
from dancu.testing.officials import acting_as, make_official
from dancu.testing.rules import WORDS, signing

pytestmark = pytest.mark.django_db
FIRST = 1 + max(rule.version for rule in lookups.shipped() if rule.id == "pass-hours")  # of a country's own
FREIGHT = {"when": {"===": [{"var": "reason"}, "goods"]}, "then": 168, "words": WORDS}


@pytest.fixture(autouse=True)
def _signing():
    with signing():
        yield


@pytest.fixture
def son():
    return acting_as(make_official("son", "rule_maker"))


@pytest.fixture
def tam():
    return acting_as(make_official("tam", "rule_maker"))


def later(hours=1) -> str:
    return (timezone.now() + dt.timedelta(hours=hours)).isoformat()


def pass_hours(version=FIRST, **said):
    return {
        "id": "pass-hours",
        "version": version,
        "kind": "pass-hours",
        "valid_from": later(),
        "citation": "1234/QĐ-TTg",
        "title": WORDS,
        "clauses": [FREIGHT],
        "otherwise": {"then": 48, "words": WORDS},
        **said,
    }


def passage(area, **said):
    return {
        **pass_hours(1),
        "id": f"passage-{area}",
        "kind": "passage",
        "area": area,
        "clauses": [],
        "otherwise": {"then": "amber", "words": WORDS},
        **said,
    }


def hours(at=None, **facts) -> int:
    return lookups.answer("pass-hours", {"reason": "work", **facts}, at)


def test_what_two_have_signed_counts_from_its_time_on(son, tam):
    actions.draft(son, pass_hours())
    lookups.forget()
    soon = timezone.now() + dt.timedelta(hours=2)
    assert hours(soon) == 72
    actions.sign(tam, "pass-hours", FIRST)
    lookups.forget()
    assert (hours(), hours(soon), hours(soon, reason="goods")) == (72, 48, 168)
    (drafted, signed) = [
        audit.search(timezone.now() - dt.timedelta(hours=1), timezone.now(), action=f"rules.{deed}", limit=1)[
            0
        ]
        for deed in ("drafted", "signed")
    ]
    assert (drafted.actor_id, signed.actor_id) == (son.official_id, tam.official_id)
    assert drafted.detail == signed.detail == f"pass-hours {FIRST}"


def test_nobody_signs_what_they_drafted(son):
    actions.draft(son, pass_hours())
    with pytest.raises(errors.OwnDraft):
        actions.sign(son, "pass-hours", FIRST)


def test_nor_does_the_table_let_them(son):
    actions.draft(son, pass_hours())
    for digest, by in (
        ("0" * 64, son.official_id + 1),
        (lookups.version("pass-hours", FIRST)["digest"], son.official_id),
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO rule_signature (rule_id, version, drafted_by, digest, signed_by)"
                " VALUES ('pass-hours', %s, %s, %s, %s)",
                [FIRST, son.official_id, digest, by],
            )
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_two_accounts_of_one_hand_are_one_pair_of_eyes(son, tam):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE official SET made_by_id = %s WHERE id = %s", [son.official_id, tam.official_id]
        )
    actions.draft(son, pass_hours())
    with pytest.raises(errors.OneHand):
        actions.sign(tam, "pass-hours", FIRST)


def test_a_version_is_the_next_one_and_a_signed_one_is_signed_once(son, tam):
    for version in (FIRST - 1, FIRST + 1):
        with pytest.raises(errors.NotTheNext, match=str(FIRST)):
            actions.draft(son, pass_hours(version))
    actions.draft(son, pass_hours())
    with pytest.raises(errors.NotTheNext, match=str(FIRST + 1)):
        actions.draft(tam, pass_hours())
    actions.sign(tam, "pass-hours", FIRST)
    with pytest.raises(errors.AlreadySigned):
        actions.sign(tam, "pass-hours", FIRST)
    with pytest.raises(errors.NoSuchRule):
        actions.sign(tam, "pass-hours", FIRST + 1)


def test_nothing_begins_in_the_past(son, tam, monkeypatch):
    for hours_ahead in (-1, 0.01):
        with pytest.raises(errors.TooLate):
            actions.draft(son, pass_hours(valid_from=later(hours_ahead)))
    actions.draft(son, pass_hours())
    in_two_hours = timezone.now() + dt.timedelta(hours=2)
    monkeypatch.setattr(actions.timezone, "now", lambda: in_two_hours)
    with pytest.raises(errors.NoLongerNext):
        actions.sign(tam, "pass-hours", FIRST)


def test_an_older_draft_is_not_signed_after_a_newer_one(son, tam):
    actions.draft(son, pass_hours())
    actions.draft(son, pass_hours(FIRST + 1))
    actions.sign(tam, "pass-hours", FIRST + 1)
    with pytest.raises(errors.NewerSigned, match=str(FIRST + 1)):
        actions.sign(tam, "pass-hours", FIRST)


def test_one_rule_alone_decides_a_kind_of_thing_in_a_place(son):
    with pytest.raises(errors.AnotherRuleThere, match="pass-hours"):
        actions.draft(son, pass_hours(1, id="longer-passes"))


def test_a_rule_does_not_become_one_of_another_kind(son):
    with pytest.raises(errors.AnotherRuleThere):
        actions.draft(son, {**passage("", version=FIRST), "id": "pass-hours"})


def test_a_province_decides_for_itself_and_for_nobody_else(country, son, tam):
    can_tho, da_nang = province("92"), province("48")
    here = acting_as(make_official("bay", "rule_maker", "area", can_tho))
    for elsewhere in ("48", ""):
        with pytest.raises(errors.RuleElsewhere):
            actions.draft(here, passage(elsewhere, id="passage-of-ours"))
    actions.draft(here, passage("92"))
    actions.sign(tam, "passage-92", 1)
    lookups.forget()
    soon = timezone.now() + dt.timedelta(hours=2)
    facts = {"code": "valid", "identity": "confirmed", "remembered": "green", "replaced": False} | {
        f"declared.{sign}": False for sign in ("symptoms", "contact", "positive")
    }
    answers = [lookups.answer("passage", facts, soon, area) for area in (can_tho, da_nang, None)]
    assert answers == ["amber", "green", "green"]
    assert lookups.answer("passage", facts, None, can_tho) == "green"


def test_what_is_decided_for_the_whole_country_has_no_area(son):
    with pytest.raises(errors.BadRule, match="area"):
        actions.draft(son, pass_hours(area="92"))


def test_a_signed_version_that_can_no_longer_be_read_leaves_the_one_before_it(son, tam, monkeypatch):
    actions.draft(son, pass_hours())
    actions.sign(tam, "pass-hours", FIRST)
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE rule_version SET document = replace(document::text, '"reason"', '"gone"')::jsonb"""
        )
    lookups.forget()
    assert hours(timezone.now() + dt.timedelta(hours=2)) == 72


def test_who_serves_adds_versions_and_signatures_and_changes_none(son, tam):
    actions.draft(son, pass_hours())
    actions.sign(tam, "pass-hours", FIRST)
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE serves_in_a_test")
        grants.grant("serves_in_a_test")
        cursor.execute("SET LOCAL ROLE serves_in_a_test")
        for statement in (
            "UPDATE rule_version SET document = '{}'",
            "DELETE FROM rule_version",
            "UPDATE rule_signature SET signed_by = 1",
            "DELETE FROM rule_signature",
        ):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                cursor.execute(statement)
        cursor.execute("SET LOCAL ROLE NONE")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_draft_at_once_one_has_the_next_version(at_once):
    makers = [acting_as(make_official(name, "rule_maker")) for name in ("son", "tam")]
    waiting = iter(makers)

    def drafts():
        try:
            return actions.draft(next(waiting), pass_hours()).version
        except errors.NotTheNext:
            return None

    assert sorted(at_once(2, drafts), key=str) == [FIRST, None]


def province(code: str) -> int:
    return areas.unit(code, timezone.localdate()).area_id


def test_two_versions_that_begin_at_once_and_answer_otherwise_are_refused(son, tam):
    at = later()
    actions.draft(son, pass_hours(valid_from=at))
    actions.sign(tam, "pass-hours", FIRST)
    with pytest.raises(errors.SameBeginning, match=str(FIRST)):
        actions.draft(son, pass_hours(FIRST + 1, valid_from=at, clauses=[]))
    actions.draft(son, pass_hours(FIRST + 1, valid_from=at, citation="1235/QĐ-TTg"))


def test_of_two_drafts_that_begin_at_once_only_one_is_signed(son, tam):
    at = later()
    actions.draft(son, pass_hours(valid_from=at))
    actions.draft(son, pass_hours(FIRST + 1, valid_from=at, clauses=[]))
    actions.sign(tam, "pass-hours", FIRST)
    with pytest.raises(errors.SameBeginning):
        actions.sign(tam, "pass-hours", FIRST + 1)


def test_a_draft_that_contradicts_itself_is_refused(son):
    with pytest.raises(errors.BadRule, match="answers otherwise"):
        actions.draft(son, pass_hours(clauses=[FREIGHT, FREIGHT | {"then": 24}]))


def test_a_draft_is_refused_with_words_and_is_signed_by_nobody(son, tam):
    actions.draft(son, pass_hours())
    with pytest.raises(errors.WordsNeeded):
        actions.end_draft(tam, "pass-hours", FIRST, "  ")
    actions.end_draft(tam, "pass-hours", FIRST, " 48 giờ\nlà ngắn quá ")
    assert lookups.version("pass-hours", FIRST)["ended_words"] == "48 giờ là ngắn quá"
    for again in (
        lambda: actions.sign(tam, "pass-hours", FIRST),
        lambda: actions.end_draft(son, "pass-hours", FIRST, ""),
    ):
        with pytest.raises(errors.DraftEnded):
            again()
    assert actions.next_version("pass-hours") == FIRST + 1


def test_who_drafted_withdraws_without_words(son, tam):
    actions.draft(son, pass_hours())
    actions.end_draft(son, "pass-hours", FIRST, "")
    with pytest.raises(errors.DraftEnded):
        actions.sign(tam, "pass-hours", FIRST)


def test_what_is_signed_is_neither_refused_nor_withdrawn(son, tam):
    actions.draft(son, pass_hours())
    actions.sign(tam, "pass-hours", FIRST)
    with pytest.raises(errors.AlreadySigned):
        actions.end_draft(son, "pass-hours", FIRST, "đổi ý")
