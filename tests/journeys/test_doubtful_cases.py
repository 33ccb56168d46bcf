"""Hà decides doubtful cases at the keys, and the health station, the police and the station again put a
record right.
"""

import datetime as dt
import re
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from dancu.discrepancies import lookups as discrepancies
from dancu.discrepancies.actions import Discrepancy, report_discrepancies
from dancu.register import actions as register
from dancu.review import lookups
from dancu.review.actions import Case, CaseCandidate, propose
from dancu.testing.cases import WATERFALL
from dancu.testing.officials import acting_as, make_official
from dancu.testing.travellers import AN, commune

from .at_work import sign_in
from .country import DESTINATION, HOME, Country
from .measuring import fits, measure
from .person import Person

PACE = 6  # seconds a case at most: ten a minute
QUESTION = "Are these the same person?"


def test_ten_cases_are_decided_at_the_keys_in_well_under_a_minute(
    desk: Callable[..., Person], small_country: Country
):
    doubtful(10, [small_country.an])
    ha = desk()
    sign_in(ha, make_official("ha", "data_steward"), "/office/review/")
    ha.sees("%(left)s left", left="10")
    began = time.monotonic()
    for nth, key in enumerate("sdnsdsdsds", start=1):
        expect(ha.page.get_by_text(f"{nth:02}/03/2022")).to_be_visible()
        expect(ha.page.get_by_role("heading", name=ha.words(QUESTION))).to_be_visible()
        ha.keys(key)
    ha.sees("No cases left to review")
    assert time.monotonic() - began < 10 * PACE / 2
    decided = lookups.labels()
    assert sorted(decided["decision"]) == ["different"] * 4 + ["same"] * 5


def test_two_records_that_are_one_person_lead_to_the_page_that_merges_and_stay_in_sight(
    desk: Callable[..., Person], phone: Callable[..., Person], small_country: Country
):
    an, other = small_country.an, neighbour()
    propose([Case("duplicate", [CaseCandidate(other, 5.5, WATERFALL)], left_person=an, threshold=6.0)])
    steward = make_official("ha", "data_steward")
    ha = desk("en")
    sign_in(ha, steward, "/office/review/?kind=duplicate")
    expect(ha.page.get_by_text(ha.words(QUESTION))).to_be_visible()
    ha.keys("s")
    ha.sees("The records have not been merged yet. You can merge them here.")
    expect(ha.page).to_have_url(re.compile(f"/office/person/{an}/merge/{other}/$"))
    for language in ("vi", "en"):
        ha = phone(language)
        measured = measure(ha.page)
        sign_in(ha, steward, "/office/review/")
        ha.sees("Same person, but not merged yet")
        ha.press(
            ha.page.get_by_role(
                "link", name=ha.words("Merge record no. %(left)s and no. %(right)s", left=an, right=other)
            )
        )
        expect(ha.page).to_have_url(re.compile(f"/office/person/{an}/merge/{other}/$"))
        assert fits(measured)


def test_which_person_a_reason_undo_and_help_are_each_a_key(
    desk: Callable[..., Person], small_country: Country
):
    doubtful(1, [small_country.an, neighbour()])
    ha = desk()
    sign_in(ha, make_official("ha", "data_steward"), "/office/review/")
    expect(ha.page.locator("[data-candidate='2']")).to_be_hidden()
    ha.keys("2")
    expect(ha.page.locator("[data-candidate='2']")).to_be_visible()
    expect(ha.page.locator("[data-candidate='1']")).to_be_hidden()
    ha.keys("?")
    expect(ha.page.get_by_role("dialog")).to_be_visible()
    ha.keys("s")  # behind the dialog no key decides
    ha.keys("Escape")
    expect(ha.page.get_by_role("dialog")).to_be_hidden()
    ha.keys("r")
    ha.types("sn d")  # letters of a reason are no answers
    expect(ha.field("Reason")).to_have_value("sn d")
    ha.keys("Escape")
    ha.keys("s")
    ha.sees("No cases left to review")
    assert dict(lookups.labels().select("person_id", "decision").iter_rows())[small_country.an] == "different"
    ha.keys("u")
    ha.sees("Answer undone. Here is the case again.")
    expect(ha.page.get_by_role("heading", name=ha.words(QUESTION))).to_be_focused()


def test_the_loop_from_the_stations_file_to_its_update(
    desk: Callable[..., Person], small_country: Country, tmp_path: Path
):
    chi, ha = desk("vi"), desk("en")
    sign_in(chi, make_official("lien", "vaccinator", "area", commune(HOME)), "/office/records/")
    chi.presses("Report discrepancies")
    (tmp_path / "list.csv").write_text(
        f"Mã bản ghi,Số định danh,Họ và tên,Ngày sinh\nv1,{AN['pin']},Nguyễn Văn Ân,15/02/2000\n,1,2,3\n",
        "utf-8",
    )
    chi.field("List of records (CSV file)").set_input_files(tmp_path / "list.csv")
    chi.presses("Report discrepancies")
    chi.sees("Record number is missing. Give every row your own record number.")

    steward = make_official("ha", "data_steward", "area", commune(HOME))
    sign_in(ha, steward, "/office/corrections/")
    ha.reads("Nguyễn Văn Ân")
    for key in ("1", "s"):  # verdict, signature
        ha.keys(key)
    ha.sees("No records are waiting for a verdict.")

    chi.opens("/office/records/")
    chi.sees("Correct what differs, then mark the record as corrected:")
    chi.press(chi.page.get_by_text("v1 ·"))
    chi.presses("Mark 1 as corrected")
    chi.sees("Corrected", "records")
    assert discrepancies.counts(acting_as(steward))["Trạm y tế Phường Bến Thành"] == {"updated": 1}


def test_without_scripts_a_case_is_decided_by_its_buttons(
    phone: Callable[..., Person], small_country: Country
):
    other = neighbour()
    doubtful(1, [small_country.an, other])
    ha = phone(java_script_enabled=False)
    sign_in(ha, make_official("ha", "data_steward"), "/office/review/")
    ha.press(ha.page.locator("label[for=who-2]"))
    ha.presses("Same person")
    ha.sees("No cases left to review")
    assert dict(lookups.labels().select("person_id", "decision").iter_rows())[other] == "same"
    ha.presses("Undo")
    ha.sees(QUESTION)


def test_the_pages_of_review_fit_a_phone_in_both_languages(
    phone: Callable[..., Person], small_country: Country
):
    steward, lien = (
        make_official("ha", "data_steward"),
        make_official("lien", "vaccinator", "area", commune(HOME)),
    )
    for language in ("vi", "en"):
        doubtful(3, [small_country.an, neighbour()], language)
        disagreeing(small_country.an, language)
        ha, station = phone(language), phone(language)
        measured = measure(ha.page)
        sign_in(ha, steward, "/office/review/")
        ha.presses("Same person")
        ha.sees("Recorded: %(decision)s.")
        ha.press(ha.page.locator(".dancu-review__reason summary"))
        ha.opens("/office/corrections/")
        ha.press(ha.page.locator("input[value=record_wrong]:enabled + label").first)
        ha.presses("Sign verdicts")
        ha.sees("It is not known whom this record is about.")
        ha.opens("/office/corrections/?status=verified")
        at_station = measure(station.page)
        sign_in(station, lien, "/office/records/")
        station.press(
            station.page.locator("summary", has_text=station.words("Send back to the police")).first
        )
        station.opens("/office/records/send/")
        assert {"/office/review/", "/office/corrections/"} <= measured.pages
        assert {"/office/records/", "/office/records/send/"} <= at_station.pages
        assert fits(measured)
        assert fits(at_station)


def doubtful(cases: int, people: list[int], sender: str = "01234") -> None:
    """So many cases in the order of their days, each about these people."""
    for nth in range(1, cases + 1):
        declared = {
            "full_name": "Nguyen Van An",
            "birth": "15/02/2000",
            "dose": f"{nth:02}/03/2022",
            "phone": f"09{nth:08}",
        }
        candidates = [
            CaseCandidate(one, 4.5 - place - nth / 100, WATERFALL) for place, one in enumerate(people)
        ]
        propose(
            [
                Case(
                    "record",
                    candidates,
                    declared,
                    record_id=str(nth),
                    source="march.csv",
                    sender=sender,
                    threshold=6.0,
                )
            ]
        )


def disagreeing(person_id: int, site: str) -> None:
    """Two records of a site: one of An's, one of nobody's."""
    held = {"number": AN["pin"], "full_name": "Nguyễn Văn Ân", "birth": "15/02/2000"}
    report_discrepancies(
        [
            Discrepancy(site, "v1", commune(HOME), held, person_id),
            Discrepancy(site, "v2", commune(HOME), held | {"number": "1"}),
        ]
    )


def neighbour() -> int:
    """Somebody of nearly An's name."""
    return register.add_person(
        None,
        full_name="Nguyễn Văn Ân",
        birth_date=dt.date(2000, 2, 16),
        sex=1,
        home_area=commune(DESTINATION),
        address="",
        valid_from=dt.date(2000, 2, 16),
        basis="birth certificate 2/2000",
    )
