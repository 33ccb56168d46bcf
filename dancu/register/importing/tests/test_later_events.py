"""A file tells of its day. What happened later, or what a steward wrote down later, no file undoes: it
stands, and the row's sender is told.
"""

import datetime as dt
from pathlib import Path

import pytest

from dancu.accounts.lookups import Acting
from dancu.register import actions, counting
from dancu.register.codes import CURRENT, TEMPORARY
from dancu.register.importing.tests.older import (
    DIED,
    ELSEWHERE,
    HERE,
    MARRIED,
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
    recorded_yesterday,
)
from dancu.register.importing.tests.test_rules_of_files import AN, HUNG, LAN, hung, lan, refused, warned
from dancu.register.importing.tests.test_updating import code
from dancu.testing.database import rows

pytestmark = [pytest.mark.usefixtures("published_areas"), pytest.mark.django_db]


def test_an_empty_status_leaves_the_dead_dead_and_the_widow_widowed(tmp_path: Path, acting: Acting) -> None:
    load(tmp_path, couple())
    actions.record_death(acting, one(AN), DIED, "Giấy chứng tử")
    was = homes(AN)
    report = load(tmp_path, couple(status=None, phone="0933333333"), NEW)
    assert (report.changed, report.rejected, refused(report)) == (1, 0, {})
    assert (record(AN)["status"], record(AN)["status_on"], record(AN)["home_since"]) == (2, DIED, None)
    assert record(AN)["phone"] == "0933333333"
    assert homes(AN) == was and was[-1][1] == DIED
    assert (record(LAN)["marital_status"], record(LAN)["spouse_id"]) == (3, one(AN))
    told = (
        "marital_status: the register knows a later death of the husband or wife of 20/10/2026, and keeps it"
    )
    assert warned(report)[2] == told
    told = (
        "marital_status: the register knows a later death of the husband or wife of 20/10/2026, and keeps it"
    )
    assert warned(load(tmp_path, couple(phone="0933333333"), dt.date.today())) == {2: told}
    assert (record(AN)["status"], record(LAN)["marital_status"]) == (2, 3)
    counting.fold()
    assert counting.recount() == []


@pytest.mark.parametrize("status", [1, 3])
def test_no_file_of_after_a_death_says_that_the_dead_live(
    tmp_path: Path, acting: Acting, status: int
) -> None:
    load(tmp_path, couple())
    actions.record_death(acting, one(AN), DIED, "Giấy chứng tử")
    before = record(AN), homes(AN)
    report = load(
        tmp_path, couple(status=status, status_on=NEW if status == 3 else None, phone="0933333333"), NEW
    )
    assert report.rejected == 1
    assert refused(report)[AN].startswith(
        "status: says that someone is alive or missing who, according to the register, died on 20/10/2026"
    )
    assert "return" in refused(report)[AN] and "undoes the death" in refused(report)[AN]
    assert (record(AN), homes(AN)) == before


def test_a_file_of_before_a_death_leaves_it_and_is_taken_in_all_else(tmp_path: Path, acting: Acting) -> None:
    load(tmp_path, couple())
    actions.record_death(acting, one(AN), DIED, "Giấy chứng tử")
    was = homes(AN)
    report = load(tmp_path, couple(status=1, phone="0933333333"), OLD)
    assert (report.rejected, report.changed) == (0, 1)
    assert warned(report) == {
        1: "status: the register knows a later death of 20/10/2026, and keeps it",
        2: "marital_status: the register knows a later death of the husband or wife of 20/10/2026, and "
        "keeps it",
    }
    assert (record(AN)["status"], record(AN)["status_on"], record(AN)["phone"]) == (2, DIED, "0933333333")
    assert homes(AN) == was
    assert record(LAN)["marital_status"] == 3


def test_a_death_that_came_with_a_file_is_taken_back_by_no_file(tmp_path: Path, acting: Acting) -> None:
    load(tmp_path, couple(status=2, status_on="2025-05-05"))
    report = load(tmp_path, couple(status=1), NEW)
    assert list(refused(report)) == [AN]
    assert record(AN)["status"] == 2


def test_the_day_of_a_death_that_a_steward_recorded_is_changed_by_no_file(
    tmp_path: Path, acting: Acting
) -> None:
    load(tmp_path, couple())
    actions.record_death(acting, one(AN), DIED, "Giấy chứng tử")
    for on in (OLD, NEW):
        report = load(tmp_path, couple(status=2, status_on="2026-09-30"), on)
        assert warned(report)[1] == "status: the register knows a later death of 20/10/2026, and keeps it"
        assert record(AN)["status_on"] == DIED


def test_who_came_back_is_not_dead_again_by_a_file_that_tells_the_death(
    tmp_path: Path, acting: Acting
) -> None:
    load(tmp_path, couple())
    actions.record_death(acting, one(AN), dt.date(2026, 9, 1), "Giấy chứng tử")
    actions.record_return(acting, one(AN), DIED, "Quyết định")
    was = homes(AN)
    for on in (OLD, NEW):
        report = load(tmp_path, couple(status=2, status_on="2026-09-01"), on)
        assert "; status: the register knows a later return of 20/10/2026, and keeps it" in warned(report)[1]
        assert (record(AN)["status"], record(AN)["status_on"]) == (1, None)
        assert homes(AN) == was


def test_a_death_that_was_undone_does_not_come_back_with_the_file_that_told_it(
    tmp_path: Path, acting: Acting
) -> None:
    load(tmp_path, couple())
    actions.record_death(acting, one(AN), dt.date(2026, 9, 1), "Giấy chứng tử")
    ((event_id,),) = rows("SELECT event_id FROM life_event WHERE kind = 'death'")
    actions.undo_event(acting, one(AN), event_id, "Nhầm người")
    was = homes(AN)
    report = load(tmp_path, couple(status=2, status_on="2026-09-01"), NEW)
    assert "status: the register knows a later undoing of an event" in warned(report)[1]
    assert (record(AN)["status"], homes(AN)) == (1, was)
    assert record(LAN)["marital_status"] == 2


def test_who_is_missing_comes_back_by_an_event_and_not_by_a_file(tmp_path: Path, acting: Acting) -> None:
    """Who went abroad, was declared missing, and came home again."""
    load(tmp_path, couple())
    actions.record_missing(acting, one(AN), dt.date(2026, 2, 1), "Quyết định")
    report = load(tmp_path, couple(status=1, phone="0933333333"), OLD)
    assert (
        "status: according to the register, this person has been missing since 01/02/2026"
        in warned(report)[1]
    )
    assert (record(AN)["status"], record(AN)["phone"]) == (3, "0933333333")
    actions.record_return(acting, one(AN), DIED, "Quyết định")
    for on in (OLD, NEW):
        report = load(tmp_path, couple(status=3, status_on="2026-02-01"), on)
        assert "status: the register knows a later return of 20/10/2026" in warned(report)[1]
        assert (record(AN)["status"], record(AN)["status_on"]) == (1, None)


@pytest.mark.parametrize("since", ["2010-01-01", None])
def test_a_file_of_before_a_move_does_not_undo_it(tmp_path: Path, acting: Acting, since: str | None) -> None:
    load(tmp_path, [an()])
    actions.record_move(
        acting, one(AN), area_id=code(THERE), address="5 Hàm Nghi", moved_on=MOVED, basis="Sổ"
    )
    was = homes(AN)
    assert was == [(dt.date(2010, 1, 1), MOVED, code(HERE)), (MOVED, None, code(THERE))]
    for there in (HERE, ELSEWHERE):
        report = load(tmp_path, [an(permanent_code=there, permanent_since=since)], OLD)
        assert warned(report) == {
            1: "permanent_code: the register knows a later move of 20/10/2026, and keeps it"
        }
        assert (homes(AN), record(AN)["home_address"]) == (was, "5 Hàm Nghi")
    report = load(
        tmp_path, [an(permanent_code=ELSEWHERE, permanent_since=since, email="an@example.com")], OLD
    )
    assert (report.changed, record(AN)["email"], homes(AN)) == (1, "an@example.com", was)


def test_a_list_that_lags_behind_does_not_undo_a_move_whatever_its_day(
    tmp_path: Path, acting: Acting
) -> None:
    """Its row says since when it means."""
    load(tmp_path, [an()])
    actions.record_move(
        acting, one(AN), area_id=code(THERE), address="5 Hàm Nghi", moved_on=MOVED, basis="Sổ"
    )
    was = homes(AN)
    report = load(tmp_path, [an()], NEW)
    assert (report.changed, homes(AN)) == (0, was)
    assert warned(report) == {
        1: "permanent_code: the register knows a later move of 20/10/2026, and keeps it"
    }


def test_a_file_that_tells_of_a_later_move_is_news(tmp_path: Path, acting: Acting) -> None:
    load(tmp_path, [an()])
    actions.record_move(
        acting, one(AN), area_id=code(THERE), address="5 Hàm Nghi", moved_on=MOVED, basis="Sổ"
    )
    later = dt.date(2026, 10, 25)
    report = load(tmp_path, [an(permanent_code=ELSEWHERE, permanent_since=f"{later}")], NEW)
    assert (report.changed, report.warned) == (1, 0)
    assert homes(AN)[1:] == [(MOVED, later, code(THERE)), (later, None, code(ELSEWHERE))]


def test_a_file_of_before_a_marriage_does_not_undo_it(tmp_path: Path, acting: Acting) -> None:
    single = [an(marital_status=1), lan(marital_status=1)]
    load(tmp_path, single)
    actions.record_marriage(acting, one(AN), one(LAN), MARRIED, "Giấy kết hôn")
    report = load(tmp_path, single, OLD)
    told = "marital_status: the register knows a later marriage of 21/10/2026, and keeps it"
    assert (report.changed, warned(report)) == (0, {1: told, 2: told})
    assert (record(AN)["marital_status"], record(AN)["spouse_id"]) == (2, one(LAN))
    assert (record(LAN)["marital_status"], record(LAN)["spouse_id"]) == (2, one(AN))


def test_a_file_of_before_a_divorce_does_not_marry_them_again(tmp_path: Path, acting: Acting) -> None:
    load(tmp_path, couple())
    actions.record_divorce(acting, one(AN), MARRIED, "Bản án")
    report = load(tmp_path, couple(), OLD)
    assert (report.changed, set(warned(report))) == (0, {1, 2})
    for pin in (AN, LAN):
        assert (record(pin)["marital_status"], record(pin)["spouse_id"]) == (4, None)


def test_a_household_that_was_divided_stays_so(tmp_path: Path, acting: Acting) -> None:
    people = [
        an(household_no="7", relation_to_head=1),
        lan(household_no="7", relation_to_head=9),
        hung(household_no="7", relation_to_head=9),
    ]
    load(tmp_path, people)
    actions.record_split(acting, one(AN), leave=[one(LAN)], head=one(LAN), on=MOVED, basis="Đơn")
    household = record(LAN)["household_id"]
    assert household != record(AN)["household_id"]
    report = load(tmp_path, people, OLD)
    assert warned(report) == {
        2: "household_no: the register knows a later division of the household of 20/10/2026, and keeps it"
    }
    assert (record(LAN)["household_id"], record(LAN)["relation"]) == (household, 1)
    recorded_yesterday()
    assert load(tmp_path, people, dt.date.today()).changed == 1, "a later file may say otherwise"


def test_what_a_steward_corrected_after_the_files_day_stands(tmp_path: Path, acting: Acting) -> None:
    load(tmp_path, [an()])
    actions.correct(acting, one(AN), {"phone": "0944444444", "full_name": "Nguyễn Văn Ân"}, "Căn cước")
    report = load(tmp_path, [an(email="an@example.com")], NEW)
    assert (report.changed, record(AN)["email"]) == (1, "an@example.com")
    assert (record(AN)["phone"], record(AN)["full_name"]) == ("0944444444", "Nguyễn Văn Ân")
    today = f"{dt.date.today():%d/%m/%Y}"
    assert warned(report)[1] == "; ".join(
        f"{field}: the register knows a later correction of {today}, and keeps it"
        for field in ("full_name", "phone")
    )
    report = load(tmp_path, [an()], dt.date.today())
    assert (report.changed, len(warned(report))) == (0, 1), (
        "a list of the morning undoes no correction of the day"
    )
    recorded_yesterday()
    assert load(tmp_path, [an()], dt.date.today()).changed == 1, "a file of a later day is news"


def test_what_a_steward_wrote_down_after_the_files_day_stands_though_it_happened_before(
    tmp_path: Path, acting: Acting
) -> None:
    load(tmp_path, [an()])
    actions.record_move(
        acting, one(AN), area_id=code(THERE), address="", moved_on=dt.date(2026, 9, 15), basis="Sổ"
    )
    was = homes(AN)
    report = load(tmp_path, [an(permanent_since=None)], OLD)
    assert (report.changed, report.warned, homes(AN)) == (0, 1, was)


def test_nobody_dies_by_a_file_before_they_married(tmp_path: Path, acting: Acting) -> None:
    load(tmp_path, [an(marital_status=1), lan(marital_status=1)])
    actions.record_marriage(acting, one(AN), one(LAN), MARRIED, "Giấy kết hôn")
    dead = [an(status=2, status_on="2026-10-10")]
    problem = refused(load(tmp_path, dead, NEW))[AN]
    assert problem.startswith(
        "status_on: “Marriage” of 21/10/2026 is recorded for Nguyễn Văn An, who would have died earlier"
    )
    report = load(tmp_path, dead, OLD + dt.timedelta(days=10))
    assert warned(report)[1].startswith("status: the register knows a later marriage of 21/10/2026")
    assert record(AN)["status"] == 1 and homes(AN)[-1][1] is None


def test_the_day_of_a_death_that_came_with_a_file_does_not_go_before_a_wedding_either(
    tmp_path: Path, acting: Acting
) -> None:
    load(tmp_path, [an(marital_status=1), lan(marital_status=1)])
    actions.record_marriage(acting, one(AN), one(LAN), dt.date(2025, 10, 21), "Giấy kết hôn")
    load(tmp_path, [an(status=2, status_on="2026-02-02")], NEW)
    assert record(AN)["status"] == 2
    report = load(tmp_path, [an(status=2, status_on="2025-02-02")], NEW)
    assert "“Marriage” of 21/10/2025" in refused(report)[AN]
    assert record(AN)["status_on"] == dt.date(2026, 2, 2)


def test_a_death_before_a_move_is_taken_and_told_or_left_where_the_file_could_not_know_of_it(
    tmp_path: Path, acting: Acting
) -> None:
    load(tmp_path, [an(), hung()])
    for pin in (AN, HUNG):
        actions.record_move(acting, one(pin), area_id=code(THERE), address="", moved_on=MOVED, basis="Sổ")
    report = load(tmp_path, [an(status=2, status_on="2026-09-10", permanent_since=None)], OLD)
    assert "status: the register knows a later move of 20/10/2026" in warned(report)[1]
    assert (record(AN)["status"], homes(AN)[-1]) == (1, (MOVED, None, code(THERE)))
    report = load(tmp_path, [hung(status=2, status_on="2026-10-15", permanent_code=THERE)], NEW)
    assert warned(report)[1].startswith(
        "status_on: A residence of Nguyễn Văn Hùng began on 20/10/2026, after this day"
    )
    assert record(HUNG)["status"] == 2 and all(to for _since, to, _where in homes(HUNG))


def test_a_home_for_now_that_ended_or_began_after_the_files_day_does(tmp_path: Path, acting: Acting) -> None:
    now = {"current_code": THERE, "temporary_code": THERE, "temporary_since": "2024-01-01"}
    load(tmp_path, [an(**now)])
    actions.record_move(
        acting, one(AN), kind=TEMPORARY, area_id=code(ELSEWHERE), address="", moved_on=MOVED, basis="Sổ"
    )
    actions.record_move(
        acting, one(AN), area_id=code(THERE), address="1 Pasteur", moved_on=MARRIED, basis="Sổ"
    )
    report = load(tmp_path, [an(**(now | {"current_code": HERE, "temporary_since": "2025-01-01"}))], OLD)
    assert {text.split(":")[0] for text in warned(report)[1].split("; ")} == {
        "permanent_code",
        "temporary_code",
        "current_code",
    }
    assert homes(AN, CURRENT)[-1] == (OLD, MARRIED, code(HERE)), "they moved for good later"
    assert [home for home in homes(AN, TEMPORARY) if home[1] is None] == [(MOVED, None, code(ELSEWHERE))]


def test_a_temporary_residence_that_lags_behind_does_not_end_the_one_that_was_recorded(
    tmp_path: Path, acting: Acting
) -> None:
    load(tmp_path, [an()])
    actions.record_move(
        acting, one(AN), kind=TEMPORARY, area_id=code(ELSEWHERE), address="", moved_on=MOVED, basis="Sổ"
    )
    report = load(tmp_path, [an(temporary_code=THERE, temporary_since="2024-01-01")], NEW)
    assert homes(AN, TEMPORARY) == [(dt.date(2024, 1, 1), MOVED, code(THERE)), (MOVED, None, code(ELSEWHERE))]
    assert warned(report) == {
        1: "temporary_code: the register knows a later move of 20/10/2026, and keeps it"
    }
