"""Whichever of two files is loaded first, whatever number or record a row names, and whatever happened
between: the later word stands.
"""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dancu.accounts.lookups import Acting
from dancu.register import actions, counting, lookups, merging, versions
from dancu.register.codes import CURRENT, TEMPORARY
from dancu.register.importing.tests.older import (
    ELSEWHERE,
    FIRST,
    HERE,
    MOVED,
    NEW,
    OLD,
    THERE,
    an,
    couple,
    homes,
    load,
    one,
    record,
)
from dancu.register.importing.tests.test_rules_of_files import AN, LAN, lan, refused, warned
from dancu.register.importing.tests.test_updating import code
from dancu.testing.database import rolled_back, rows
from dancu.testing.officials import acting_as
from dancu.testing.people import ha, someone

pytestmark = [pytest.mark.usefixtures("published_areas"), pytest.mark.django_db]


def test_an_older_file_does_not_undo_a_later_one(tmp_path: Path, acting: Acting) -> None:
    load(tmp_path, [an()])
    later = an(phone="0933333333", permanent_code=THERE, permanent_since=None, permanent_address="5 Hàm Nghi")
    older = an(phone="0944444444", email="an@example.com", permanent_since=None)
    load(tmp_path, [later], NEW)
    report = load(tmp_path, [older], OLD)
    assert warned(report)[1] == "; ".join(
        f"{field}: the register knows a later word of 01/11/2026, and keeps it"
        for field in ("permanent_code", "phone")
    )
    assert (record(AN)["phone"], record(AN)["email"], record(AN)["home_area"]) == (
        "0933333333",
        "an@example.com",
        code(THERE),
    )


def test_what_an_older_file_tells_holds_from_its_day_on(tmp_path: Path, acting: Acting) -> None:
    load(tmp_path, [an()])
    actions.record_move(
        acting, one(AN), area_id=code(THERE), address="5 Hàm Nghi", moved_on=MOVED, basis="Sổ"
    )
    load(tmp_path, [an(phone="0933333333")], OLD)
    now, who = timezone.now(), one(AN)
    phones = {on: (versions.person_as_of(who, on, now) or {}) for on in (FIRST, OLD, MOVED, NEW)}
    assert {on: said["phone"] for on, said in phones.items()} == {
        FIRST: "0912345678",
        OLD: "0933333333",
        MOVED: "0933333333",
        NEW: "0933333333",
    }
    assert [said["home_area"] for said in phones.values()] == [code(HERE)] * 2 + [code(THERE)] * 2
    load(tmp_path, [an(phone="0955555555")], OLD)
    assert record(AN)["phone"] == "0955555555", "a file of the same day is no older one"


def test_of_people_whom_a_later_file_brought_an_older_one_tells_only_what_is_not_known(
    tmp_path: Path, acting: Acting
) -> None:
    load(tmp_path, [an()], NEW)
    report = load(tmp_path, [an(phone="0944444444", email="an@example.com")], OLD)
    assert (report.changed, record(AN)["phone"], record(AN)["email"]) == (1, "0912345678", "an@example.com")
    assert warned(report) == {1: "phone: the register knows a later word of 01/11/2026, and keeps it"}


@pytest.mark.parametrize("days", [(OLD, NEW), (NEW, OLD)])
def test_a_file_loaded_again_for_another_day_changes_nothing(
    tmp_path: Path, acting: Acting, days: tuple[dt.date, dt.date]
) -> None:
    people = couple(
        permanent_since=None, temporary_code=THERE, temporary_since="2024-01-01", current_code=THERE
    )
    load(tmp_path, people, days[0])
    before = record(AN), record(LAN), homes(AN), homes(AN, TEMPORARY), homes(AN, CURRENT)
    report = load(tmp_path, people, days[1])
    assert (report.new, report.changed, report.warned) == (0, 0, 0)
    assert (record(AN), record(LAN), homes(AN), homes(AN, TEMPORARY), homes(AN, CURRENT)) == before


def test_who_got_another_number_later_is_known_by_the_one_of_the_files_day(
    tmp_path: Path, acting: Acting
) -> None:
    load(tmp_path, [an(), lan()])
    new = "079085000999"
    actions.replace_pin(acting, one(AN), new, MOVED, "Cấp nhầm")
    who = one(new)
    report = load(
        tmp_path, [an(phone="0933333333"), lan(father_pin=None, spouse_pin=AN, marital_status=2)], OLD
    )
    assert (report.new, report.rejected) == (0, 0)
    assert (record(new)["person_id"], record(new)["phone"], record(LAN)["spouse_id"]) == (
        who,
        "0933333333",
        who,
    )
    assert warned(report)[1] == "pin: the register knows a later new number of 20/10/2026, and keeps it"
    both = load(tmp_path, [an(phone="0955555555"), an(pin=new, phone="0966666666")], OLD)
    assert (list(refused(both)), record(new)["phone"]) == ([AN], "0966666666")
    assert refused(both)[AN] == "is the same person as another row: the number was replaced"
    assert refused(load(tmp_path, [an()], NEW)) == {
        AN: f"pin: was cancelled and replaced by {new}: write that one, if this is the same person"
    }


def test_of_a_record_that_was_merged_nothing_undoes_what_came_later(tmp_path: Path, acting: Acting) -> None:
    village = an(pin=None, household_no="H-7", phone="0912345678")
    load(tmp_path, [village])
    ((left,),) = rows(
        "SELECT person_id FROM person WHERE pin IS NULL AND full_name = 'Nguyễn Văn An' AND household_id < 0"
    )
    kept = someone(pin=AN, valid_from=dt.date(2015, 1, 1))
    merging.merge_people(acting, kept, left, basis="Biên bản")
    actions.record_move(acting, kept, area_id=code(THERE), address="", moved_on=MOVED, basis="Sổ")
    actions.correct(acting, kept, {"phone": "0977777777"}, "Căn cước")
    was = record(AN), homes(AN)
    report = load(
        tmp_path,
        [village | {"permanent_code": ELSEWHERE, "permanent_since": None, "phone": "0966666666"}],
        OLD,
    )
    assert (report.new, report.changed, report.warned) == (0, 0, 1)
    assert (record(AN), homes(AN)) == was


_EVENTS: dict[str, Callable[[Acting, int, int, dt.date], None]] = {
    "move": lambda acting, an, _lan, on: actions.record_move(
        acting, an, area_id=code(THERE), address="", moved_on=on, basis="Sổ"
    ),
    "marriage": lambda acting, an, lan, on: actions.record_marriage(acting, an, lan, on, "Giấy"),
    "missing": lambda acting, an, _lan, on: actions.record_missing(acting, an, on, "Quyết định"),
    "death": lambda acting, an, _lan, on: actions.record_death(acting, an, on, "Giấy chứng tử"),
    "number": lambda acting, an, _lan, on: actions.replace_pin(acting, an, "079085000999", on, "Cấp nhầm"),
}
_ORDER = ["marriage", "number", "move", "missing", "death"]  # one does not keep the next from happening
_FIELDS = {
    "move": ("home_area", "home_since", "home_address"), "marriage": ("marital_status", "spouse_id"),
    "missing": ("status", "status_on"),
    "death": ("status", "status_on", "home_since"), "number": ("pin",),
}  # fmt: skip
_said = st.fixed_dictionaries(
    {},
    optional={
        "permanent_code": st.sampled_from([HERE, ELSEWHERE]),
        "permanent_since": st.sampled_from(["2010-01-01", None]),
        "marital_status": st.sampled_from([1, 4, None]),
        "status": st.sampled_from([1, None]),
        "phone": st.sampled_from(["0933333333", None]),
        "current_code": st.sampled_from([HERE, ELSEWHERE, None]),
        "email": st.just("an@example.com"),
        "household_no": st.sampled_from(["8", None]),
    },
)


@given(
    happened=st.lists(st.sampled_from(_ORDER), min_size=1, unique=True),
    days=st.lists(st.integers(1, 27), min_size=5, max_size=5),
    files=st.lists(st.tuples(st.integers(0, 28), _said), min_size=1, max_size=3),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_order_what_happened_after_a_files_day_stands(
    tmp_path: Path, happened, days, files
) -> None:
    """Files of any days and any content: none makes otherwise what an event of after its day has made."""
    october = [dt.date(2026, 10, 1) + dt.timedelta(days=day) for day in sorted(days)]
    events = [(kind, on) for kind, on in zip(_ORDER, october, strict=True) if kind in happened]
    with rolled_back():
        acting = acting_as(ha())
        load(tmp_path, [an(marital_status=1), lan(marital_status=1)])
        who, wife = one(AN), one(LAN)
        for kind, on in events:
            _EVENTS[kind](acting, who, wife, on)
        for day, said in files:
            on = dt.date(2026, 10, 1) + dt.timedelta(days=day)
            before, was = (
                dict(lookups.get(who)),
                rows("SELECT * FROM residence WHERE person_id = %s AND kind = 1 ORDER BY 2, 3", who),
            )
            report = load(
                tmp_path,
                [
                    an(marital_status=None, **{k: v for k, v in said.items() if k != "marital_status"})
                    | _text(said)
                ],
                on,
            )
            after = dict(lookups.get(who))
            for kind, happened_on in events:
                if happened_on > on:
                    assert {name: after[name] for name in _FIELDS[kind]} == {
                        name: before[name] for name in _FIELDS[kind]
                    }, (kind, report)
            if any(kind in ("move", "death") and happened_on > on for kind, happened_on in events):
                assert (
                    rows("SELECT * FROM residence WHERE person_id = %s AND kind = 1 ORDER BY 2, 3", who)
                    == was
                )
            dead = "death" in happened
            assert (after["status"] == 2) == dead
            assert (after["home_since"] is None) == dead
            if dead:
                assert lookups.homes([who]) == {}
            assert after["marital_status"] != 1 or after["spouse_id"] is None
        counting.fold()
        assert counting.recount() == []


def _text(said: dict[str, Any]) -> dict[str, str | None]:
    return {"marital_status": str(said["marital_status"])} if said.get("marital_status") else {}
