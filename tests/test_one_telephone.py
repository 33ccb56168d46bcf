"""A telephone is one, however it is written and however old the register is: where it enters, and
wherever it is asked for.
"""

import datetime as dt
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import UUID

import polars as pl
import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import example, given
from hypothesis import strategies as st
from uuid_utils.compat import uuid7

from dancu.accounts.lookups import Acting
from dancu.checkpoints import actions as checkpoints
from dancu.checkpoints import lookups as passes
from dancu.checkpoints.journeys import Journey
from dancu.credentials import actions as credentials
from dancu.credentials import keyring
from dancu.db.rewriting import Column, rewrite
from dancu.isolation import lookups as isolation
from dancu.isolation.lookups import Filters
from dancu.matching.batch.running import Job, compare_file
from dancu.matching.lookups import ClaimedIdentity, PartialDate, search, who_is
from dancu.messaging.lookups import recent
from dancu.register import actions as register
from dancu.register import candidates, lookups, merging, versions
from dancu.register.errors import NothingChanged
from dancu.testing.database import rows
from dancu.testing.officials import acting_as, signed_in
from dancu.testing.pages import press
from dancu.testing.people import BEN_THANH, BORN, CAU_GIAY, area, chi, ha, someone
from dancu.values.errors import BadPhone
from dancu.values.phones import OLD_PREFIXES, PLAIN_PHONE, parse_phone, phones_column

pytestmark = [pytest.mark.usefixtures("published_areas"), pytest.mark.django_db]

NOW, OLD = "0381234567", "01681234567"
WRITTEN = (NOW, OLD, "0168 123 4567", "+84 168 1234567", "+84381234567", "0084381234567", "381234567")
STANDING = (
    *WRITTEN,
    "0168.123.4567",
    "+84 (0)1681234567",
    "841681234567",
    "1681234567.0",
)  # as registers were loaded and corrected before there was one form
MIGRATIONS = (
    "dancu.register.migrations.0013_one_telephone",
    "dancu.checkpoints.migrations.0019_one_telephone",
    "dancu.isolation.migrations.0014_one_telephone",
)
PIN = "001085001234"
NO_PHONES = ("0912345678901234", "091234567", "123", "không có")


@pytest.fixture(autouse=True)
def _signing_key() -> Iterator[None]:
    keyring.forget()
    credentials.create_key("pass")
    yield
    keyring.forget()


@pytest.fixture
def steward() -> Acting:
    candidates._size = (0.0, 0)
    return acting_as(ha())


def standing(phone: str, **fields: Any) -> int:
    """Somebody whose telephone stood in the register just so, until it was migrated."""
    person_id = someone(pin=PIN, phone=NOW, **fields)
    write_as(phone)
    migrate()
    return person_id


def write_as(phone: str) -> None:
    """Whatever telephone is NOW stands so, as before there was one form."""
    for table, column in (
        ("person", "phone"),
        ("declaration", "phone"),
        ("declaration", "declarer_phone"),
        ("arrival", "phone"),
        ("arrival", "declarer_phone"),
    ):
        rows(f"UPDATE {table} SET {column} = %s WHERE {column} = %s", phone, NOW)
    for table, column in (
        ("person_history", "record"),
        ("person_merge", "other"),
        ("person_merge", "taken"),
        ("life_event", "before"),
    ):
        rows(
            f"UPDATE {table} SET {column} = replace({column}::text, %s, %s)::jsonb",
            f'"{NOW}"',
            f'"{phone}"',
        )


def migrate() -> None:
    for name in MIGRATIONS:
        import_module(name).migrate(None, None)


def stored() -> list[Any]:
    """All that the migrations may touch."""
    tables = (
        "person",
        "person_history",
        "person_merge",
        "life_event",
        "person_change",
        "declaration",
        "arrival",
    )
    return [rows(f"SELECT to_jsonb(one) FROM {table} AS one ORDER BY 1") for table in tables]


def declare(phone: str, sent: tuple[UUID, ...] = (), **changes: Any) -> checkpoints.IssuedPass:
    """`sent`: what the same session declared before."""
    today = timezone.localdate()
    journey: dict[str, Any] = {
        "full_name": "Nguyễn Văn An",
        "birth": PartialDate.of(BORN),
        "number_kind": "pin",
        "number": PIN,
        "sex": 1,
        "origin_area": area(BEN_THANH),
        "destination_area": area(CAU_GIAY),
        "departs_on": today,
        "arrives_on": today,
        "reason": "work",
        "vehicle": "motorbike",
        "plate": "59X1-12345",
        "phone": phone,
    }
    return checkpoints.declare(Journey(**(journey | changes)), uuid7(), sender=checkpoints.Sender(sent=sent))


@pytest.mark.parametrize("written", WRITTEN)
def test_registration_and_correction_keep_one_form(steward: Acting, written: str) -> None:
    an = someone(phone=written)
    assert lookups.get(an)["phone"] == NOW
    register.correct(steward, an, {"phone": None}, "Đơn")
    register.correct(steward, an, {"phone": written}, "Đơn")
    assert lookups.get(an)["phone"] == NOW


@pytest.mark.parametrize("written", NO_PHONES)
def test_what_is_no_telephone_is_registered_and_corrected_by_nobody(steward: Acting, written: str) -> None:
    with pytest.raises(BadPhone):
        someone(phone=written)
    an = someone()
    with pytest.raises(BadPhone):
        register.correct(steward, an, {"phone": written}, "Đơn")
    assert lookups.get(an)["phone"] is None


@pytest.mark.parametrize(
    ("written", "kept"), [(OLD, NOW), ("0084381234567", NOW), *((written, None) for written in NO_PHONES)]
)
def test_the_correction_page_keeps_the_one_form_or_refuses(
    client: Client, written: str, kept: str | None
) -> None:
    an = someone()
    desk, address = signed_in(client, ha()), f"/office/person/{an}/correct/phone/"
    page = desk.post(address, {"value": written, "basis": "Đơn số 12/2026"})
    assert (b"govuk-error" in page.content) == (kept is None)
    if kept:
        press(desk, address, page)
    assert lookups.get(an)["phone"] == kept


@pytest.mark.parametrize("stands", STANDING)
def test_everybody_who_asks_finds_a_telephone_that_stood_in_an_older_form(
    steward: Acting, stands: str
) -> None:
    an = standing(stands)
    assert lookups.get(an)["phone"] == NOW
    for written in STANDING:
        assert [one.person_id for one in lookups.search(steward, phone=written).people] == [an], written
        assert [hit.person.person_id for hit in search(steward, phone=written)] == [an], written
        best = who_is(ClaimedIdentity("", "Nguyễn Văn An", PartialDate.of(BORN), 1, phone=written)).best
        said = {evidence.field: evidence.level for evidence in best.score.waterfall} if best else {}
        assert best and (best.person.person_id, said["phone"]) == (an, "same"), written


@pytest.mark.parametrize("stands", [NOW, OLD, "0168.123.4567"])
def test_a_file_finds_it_too(tmp_path: Path, steward: Acting, stands: str) -> None:
    an = standing(stands)
    file, out = tmp_path / "declared.csv", tmp_path / "result.parquet"
    many = len(STANDING)
    said = {
        "number": [""] * many,
        "full_name": ["Nguyễn Văn An"] * many,
        "birth": ["12/03/1985"] * many,
        "phone": STANDING,
    }
    pl.DataFrame(said).write_csv(file)
    compare_file(Job(file, out))
    rows = pl.read_parquet(out).to_dicts()
    assert [(row["answer"], row["person_id"]) for row in rows] == [("match", an)] * many
    assert all("phone same" in row["waterfall"] for row in rows)


@pytest.mark.parametrize("stands", STANDING)
@pytest.mark.parametrize("written", [NOW, OLD])
def test_a_citizen_signs_in_with_either_form(client: Client, stands: str, written: str) -> None:
    an = standing(stands)
    client.post("/sign-in/", {"number": PIN, "phone": written, "next": "/me/"})
    (message,) = recent(10)
    code = re.search(r"\b\d{6}\b", message.text)
    assert code and (message.recipient, message.person_id) == (NOW, an)
    assert client.post("/sign-in/code/", {"code": code[0]})["Location"] == "/me/"


@pytest.mark.parametrize(("first", "then"), [(OLD, NOW), (NOW, OLD)])
def test_declarations_keep_one_form_and_replace_each_other(first: str, then: str) -> None:
    declared = declare(first, declarer_phone=first)
    for stands in STANDING:
        write_as(stands)
        migrate()
        for table in ("declaration", "arrival"):
            assert rows(f"SELECT phone, declarer_phone FROM {table}") == [(NOW, NOW)]
    for written in WRITTEN:
        assert [row["pass_id"] for row in passes.passes_declared(PIN, written)] == [declared.pass_id]
    newer = declare(then, (declared.declaration_id,))
    assert {row["pass_id"]: bool(row["superseded_at"]) for row in passes.passes_declared(PIN, NOW)} == {
        declared.pass_id: True,
        newer.pass_id: False,
    }


def test_an_unknown_person_is_one_whichever_way_the_telephone_was_written() -> None:
    unknown = {"number": "", "number_kind": "none", "destination_area": area(CAU_GIAY)}
    first = declare(OLD, **unknown)
    write_as(OLD)
    migrate()
    again = declare(NOW, **unknown | {"destination_area": area(BEN_THANH)})
    assert {row["declaration_id"] for row in isolation.arrivals_of(first.person_id)} == {
        first.declaration_id,
        again.declaration_id,
    }


def test_a_communes_list_is_searched_by_either_form_and_does_not_call_them_different() -> None:
    acting = acting_as(chi())
    standing(OLD, home=area(CAU_GIAY))
    declare(NOW)
    for written in (*WRITTEN, "8123456"):
        (row,) = isolation.arrivals(acting, Filters(text=written))
        assert row["phone_differs"] is False


def test_to_migrate_twice_changes_nothing_and_what_is_no_telephone_stays(steward: Acting) -> None:
    an, nobody = someone(phone=NOW), someone(phone="0912345678")
    register.correct(steward, an, {"full_name": "Nguyễn Văn Ân"}, "Đơn")
    declare(NOW, declarer_phone=NOW)
    write_as(OLD)
    rows("UPDATE person SET phone = %s WHERE person_id = %s", "0912345678/9", nobody)
    (recorded,) = rows("SELECT recorded_at, valid_from FROM person WHERE person_id = %s", an)
    migrate()
    once = stored()
    migrate()
    assert stored() == once
    assert lookups.get(nobody)["phone"] == "0912345678/9"
    assert rows("SELECT recorded_at, valid_from FROM person WHERE person_id = %s", an) == [recorded]
    assert OLD not in str(once)


def test_what_is_undone_after_the_migration_comes_back_in_the_one_form(steward: Acting) -> None:
    an, other = someone(phone="0912345678"), someone(full_name="Nguyễn Văn Ân", phone=NOW)
    register.correct(steward, an, {"phone": NOW}, "Đơn")
    merge_id = merging.merge_people(steward, an, other, basis="một người", fields=["phone", "full_name"])
    write_as(OLD)
    migrate()
    merging.undo_merge(steward, merge_id, basis="hai người")
    assert [lookups.get(one)["phone"] for one in (an, other)] == [NOW, NOW]
    (event_id,) = next(iter(rows("SELECT event_id FROM life_event WHERE kind = 'correction'")))
    register.undo_event(steward, an, event_id, "Nhầm người")
    assert lookups.get(an)["phone"] == "0912345678"


def test_the_same_telephone_is_no_change_of_a_record_whose_past_had_it_otherwise(steward: Acting) -> None:
    an = someone(phone=NOW)
    versions.change(an, {"full_name": "Nguyễn Văn Ân"}, dt.date(2015, 1, 1))
    write_as(OLD)
    migrate()
    with pytest.raises(NothingChanged):
        register.correct(steward, an, {"phone": OLD}, "Đơn")


NATIONAL = st.one_of(
    st.from_regex(r"0[35789][0-9]{8}", fullmatch=True),
    st.from_regex(r"02[0-9]{9}", fullmatch=True),
    st.builds(
        "{}{}".format, st.sampled_from(sorted(OLD_PREFIXES)), st.from_regex(r"[0-9]{7}", fullmatch=True)
    ),
)
FORMS = (
    "{0}",
    "+84{1}",
    "84{1}",
    "0084{1}",
    "{1}",
    "{1}.0",
    "+84 (0){1}",
    "+840{1}",
    " {0}",
    "'{0}",
    "{0}/1",
)


@st.composite
def telephones(draw: st.DrawFn) -> str:
    number = draw(NATIONAL)
    at, sign = draw(st.integers(1, len(number) - 1)), draw(st.sampled_from(["", ".", " ", "-"]))
    number = number[:at] + sign + number[at:]
    return draw(st.sampled_from(FORMS)).format(number, number[1:])


ANY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


@given(
    st.lists(telephones() | ANY | st.from_regex(r"(\\+|00)?[1-9][0-9]{6,13}", fullmatch=True), max_size=20)
)
@example([*STANDING, *NO_PHONES, "+8613912345678", "008613912345678", "+84912345678", "024 3825 1234"])
def test_many_are_migrated_as_one_is_read(written: list[str]) -> None:
    rows("CREATE TEMPORARY TABLE thing (person_id bigint PRIMARY KEY, phone text)")
    rows(
        "INSERT INTO thing SELECT nth, said FROM unnest(%s::text[]) WITH ORDINALITY AS one (said, nth)",
        written,
    )
    rewrite(Column("thing", "phone", PLAIN_PHONE), phones_column)
    found = [phone for (phone,) in rows("SELECT phone FROM thing ORDER BY person_id")]
    rows("DROP TABLE thing")
    assert found == [read_or_same(text) for text in written]


@given(telephones() | ANY)
def test_what_may_come_back_is_migrated_as_one_is_read(written: str) -> None:
    assert import_module(MIGRATIONS[0])._meant(written) == read_or_same(written)


def read_or_same(text: str) -> str:
    try:
        return parse_phone(text)
    except BadPhone:
        return text
