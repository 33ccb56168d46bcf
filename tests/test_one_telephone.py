"""A telephone is one, however it is written and however old the register is: where it enters, and
wherever it is asked for.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import polars as pl
import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from uuid_utils.compat import uuid7

from dancu.accounts.lookups import Acting
from dancu.checkpoints import actions as checkpoints
from dancu.checkpoints import lookups as passes
from dancu.checkpoints.journeys import Journey
from dancu.credentials import actions as credentials
from dancu.credentials import keyring
from dancu.isolation import lookups as isolation
from dancu.isolation.lookups import Filters
from dancu.matching.batch.running import Job, compare_file
from dancu.matching.lookups import ClaimedIdentity, PartialDate, search, who_is
from dancu.messaging.lookups import recent
from dancu.register import actions as register
from dancu.register import candidates, lookups
from dancu.testing.officials import acting_as, signed_in
from dancu.testing.pages import press
from dancu.testing.people import BEN_THANH, BORN, CAU_GIAY, area, chi, ha, someone
from dancu.values.errors import BadPhone

pytestmark = [pytest.mark.usefixtures("published_areas"), pytest.mark.django_db]

NOW, OLD = "0381234567", "01681234567"
WRITTEN = (NOW, OLD, "0168 123 4567", "+84 168 1234567", "+84381234567", "0084381234567", "381234567")
STANDING = (
    NOW,
    OLD,
    "0084381234567",
    "+841681234567",
)  # as registers were loaded and corrected before there was one form
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
    """Somebody whose telephone stands in the register just so."""
    person_id = someone(pin=PIN, **fields)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE person SET phone = %s WHERE person_id = %s", [phone, person_id])
    return person_id


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
def test_everybody_who_asks_finds_a_telephone_that_stands_in_an_older_form(
    steward: Acting, stands: str
) -> None:
    an = standing(stands)
    for written in WRITTEN:
        assert [one.person_id for one in lookups.search(steward, phone=written).people] == [an], written
        assert [hit.person.person_id for hit in search(steward, phone=written)] == [an], written
        best = who_is(ClaimedIdentity("", "Nguyễn Văn An", PartialDate.of(BORN), 1, phone=written)).best
        said = {evidence.field: evidence.level for evidence in best.score.waterfall} if best else {}
        assert best and (best.person.person_id, said["phone"]) == (an, "same"), written


@pytest.mark.parametrize("stands", [NOW, OLD])
def test_a_file_finds_it_too(tmp_path: Path, steward: Acting, stands: str) -> None:
    an = standing(stands)
    file, out = tmp_path / "declared.csv", tmp_path / "result.parquet"
    said = {
        "number": ["", ""],
        "full_name": ["Nguyễn Văn An"] * 2,
        "birth": ["12/03/1985"] * 2,
        "phone": [NOW, OLD],
    }
    pl.DataFrame(said).write_csv(file)
    compare_file(Job(file, out))
    rows = pl.read_parquet(out).to_dicts()
    assert [(row["answer"], row["person_id"]) for row in rows] == [("match", an)] * 2
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
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone, declarer_phone FROM declaration")
        assert cursor.fetchall() == [(NOW, NOW)]
        cursor.execute("UPDATE declaration SET phone = %s", [first])  # as one that was declared before
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
    with connection.cursor() as cursor:
        cursor.execute("UPDATE arrival SET phone = %s", [OLD])
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
