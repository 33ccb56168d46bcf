import csv
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dancu.discrepancies.actions import Discrepancy, report_discrepancies
from dancu.testing.cases import a_record
from dancu.testing.officials import make_official, signed_in
from dancu.testing.pages import links, meaning, text
from dancu.testing.people import BEN_THANH, CAU_GIAY, HA_NOI, YEN_HOA, area, chi, ha, someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

PIN = "001085001234"
HEAD = "Mã bản ghi,Số định danh,Họ và tên,Ngày sinh,Giới tính"
ROW = f"v1,{PIN},Nguyễn Văn Ân,12/03/1985,Nam"


@pytest.fixture
def police():
    """A browser in which Hà, the steward of Hà Nội, is signed in."""
    return signed_in(Client(), ha(HA_NOI))


@pytest.fixture
def station():
    """A browser in which Chi, of the commune Cầu Giấy, is signed in."""
    return signed_in(Client(), chi())


def send(client, data: bytes | str, **sent):
    """A list from a site."""
    data = data.encode("utf-8") if isinstance(data, str) else data
    known = {
        "site": "Trạm y tế Cầu Giấy",
        "commune": "Phường Cầu Giấy, Thành phố Hà Nội",
        "commune_id": str(area(CAU_GIAY)),
    }
    file = SimpleUploadedFile("list.csv", data, "text/csv")
    return client.post("/office/records/send/", known | {"file": file} | sent, follow=True)


def number_of(page) -> str:
    """The number of the record on the page."""
    return re.search(r"/(?:corrections|records)/(\d+)/", page.content.decode())[1]


def test_the_loop_of_2022_on_the_pages_of_both_sides(police, station):
    someone(pin=PIN)
    assert "Reported: 1 new, 0 changed, 0 already reported." in text(send(station, f"{HEAD}\n{ROW}\n"))
    assert "1 Waiting for the police 0 Verified 0 Corrected" in text(station.get("/office/records/"))

    page = police.get("/office/corrections/")
    said = text(page)
    assert "Trạm y tế Cầu Giấy · v1" in said
    assert "Full name differs Nguyễn Văn Ân Nguyễn Văn An" in said
    number = number_of(page)
    signed = police.post(
        "/office/corrections/sign/",
        {f"verdict-{number}": "record_wrong", f"note-{number}": "Theo CCCD"},
        follow=True,
    )
    assert "1 discrepancy has been verified and signed." in text(signed)

    told = text(station.get("/office/records/"))
    assert "The site's record is wrong. Correct what differs, then mark the record as corrected:" in told
    assert "Full name Nguyễn Văn Ân → correct value: Nguyễn Văn An" in told
    assert "Note: Theo CCCD" in told
    done = station.post("/office/records/updated/", {"record": number}, follow=True)
    assert "1 record is marked as corrected." in text(done)
    assert "corrected by the site" in text(police.get("/office/corrections/?status=updated"))


def test_where_the_register_is_wrong_the_police_are_led_to_the_pages_that_correct_it(police):
    an = someone(pin=PIN)
    report_discrepancies([a_record(an)])
    number = number_of(police.get("/office/corrections/"))
    page = police.post("/office/corrections/sign/", {f"verdict-{number}": "register_wrong"}, follow=True)
    assert links(page, "Full name") == [f"/office/person/{an}/correct/full_name/"]
    assert police.get(links(page, "Full name")[0]).status_code == 200


def test_a_record_of_nobody_waits_until_the_police_say_whom_it_is_about(police):
    someone(pin=PIN)
    report_discrepancies([a_record(None, number="")])
    page = police.get("/office/corrections/")
    assert "It is not known whom this record is about." in text(page)
    (find,) = links(page, "Find the person")
    offer = police.get(find)
    assert "Full name Nguyễn Văn Ân" in text(offer), "what the site sent"
    assert "Nguyễn Văn An" in text(offer), "who may be meant by it"
    assert "Nobody in your area was found." in text(police.post(find, {"person": "001085009999"}))
    found = police.post(find, meaning(police, find, "001 085 001 234"), follow=True)
    assert "Personal number not given 001085001234" in text(found)


def test_nothing_chosen_or_nonsense_is_told(police, station):
    report_discrepancies([a_record(someone(pin=PIN))])
    number = number_of(police.get("/office/corrections/"))
    assert "Nothing was signed." in text(police.post("/office/corrections/sign/", {}, follow=True))
    assert "is not a verdict" in text(
        police.post("/office/corrections/sign/", {f"verdict-{number}": "x"}, follow=True)
    )
    assert "Nothing was signed." in text(
        police.post("/office/corrections/sign/", {"verdict-x": "cannot_tell"}, follow=True)
    )
    assert "No records were marked." in text(
        station.post("/office/records/updated/", {"record": [number, "x"]}, follow=True)
    )


def test_either_side_sends_a_record_back(police, station):
    report_discrepancies([a_record(someone(pin=PIN))])
    number = number_of(police.get("/office/corrections/"))
    police.post("/office/corrections/sign/", {f"verdict-{number}": "cannot_tell"})
    assert "The police could not tell who this is." in text(station.get("/office/records/"))
    back = station.post(f"/office/records/{number}/reopen/", {"note": "Có CCCD mới"}, follow=True)
    assert "The record is waiting for the police again." in text(back)
    again = text(police.get("/office/corrections/"))
    assert "sent back 1 time" in again
    assert "Note: Có CCCD mới" in again
    assert "There is no such discrepancy" in text(
        police.post("/office/corrections/999999/reopen/", follow=True)
    )


def test_a_site_of_another_commune_sees_and_saves_nothing(station):
    report_discrepancies([a_record(someone(pin=PIN))])
    stranger = signed_in(Client(), chi(YEN_HOA, "yen"))
    assert "No discrepancies yet." in text(stranger.get("/office/records/"))
    assert len(saved(stranger)) == 1
    assert len(saved(station)) == 2


def saved(client) -> list[list[str]]:
    file = b"".join(client.get("/office/records.csv").streaming_content)
    return list(csv.reader(io.StringIO(file.decode("utf-8-sig"), newline="")))


def test_the_list_is_saved_with_what_is_right_and_no_cell_is_a_formula(police, station):
    report_discrepancies([a_record(someone(pin=PIN), full_name="=1+1")])
    number = number_of(police.get("/office/corrections/"))
    police.post("/office/corrections/sign/", {f"verdict-{number}": "record_wrong"})
    heads, row = saved(station)
    told = dict(zip(heads, row, strict=True))
    assert (told["Full name"], told["Correct value: Full name"], told["Status"]) == (
        "'=1+1",
        "Nguyễn Văn An",
        "Verified",
    )
    assert told["Personal number"] == PIN
    assert told["Correct value: Birth date"] == ""
    assert b"".join(station.get("/office/records.xlsx").streaming_content).startswith(b"PK")


def test_the_empty_list_is_one_that_can_be_sent(station):
    head = b"".join(station.get("/office/records/empty.csv").streaming_content)
    assert "Reported: 1 new" in text(
        send(station, head + f"v1,{PIN},Nguyễn Văn An,12/03/1985,Nam,,\r\n".encode())
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("v1,2,3", "These columns are missing from the file: Mã bản ghi, Số định danh, Họ và tên, Ngày sinh"),
        (
            "Mã bản ghi,Họ và tên,Ngày sinh\nv1,An,1985",
            "These columns are missing from the file: Số định danh.",
        ),
        (b"PK\x03\x04\x00\x00", "This is not a CSV file"),
        (
            HEAD + "\n" + "\n".join(f"v{nth},{PIN},An,1985," for nth in range(5_001)),
            "The file has more than 5000 rows",
        ),
        (b"\xff\xfe\x00", "This is not a CSV file"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(station, data, reason):
    page = send(station, data)
    assert page.status_code == 422
    assert reason in text(page)


def test_rows_that_cannot_be_used_are_told_one_by_one_and_the_rest_is_listed(station):
    bad = f",{PIN},An,1985,\n\nv1,{PIN},Khác,1985,\nv3,,,1985,\nv4,{PIN},{'x' * 301},1985,\nv5,{PIN},An\x01,1985,\n"
    said = text(send(station, f"{HEAD}\n{ROW}\n{bad}"))
    assert "Reported: 1 new, 0 changed, 0 already reported. 5 rows were left out:" in said
    for words in (
        "3 Record number is missing.",
        "5 Record number “v1” is in the file twice.",
        "6 Personal number and name are both missing.",
        "7 Họ và tên: longer than 300 characters.",
        "8 Họ và tên: contains invalid characters.",
    ):
        assert words in said, words


@pytest.mark.parametrize(
    "data",
    [
        f"{HEAD}\n{ROW}\n".encode("utf-16"),
        f"{HEAD}\n{ROW}\n".replace(",", ";").encode("utf-8-sig"),
        f"record_id\tpin\tname\tbirth_date\nv1\t{PIN}\tNguyễn Văn Ân\t1985-03-12\n".encode(),
        b"record_id,number,name,birth\nv1,001085001234,Nguy\xd4n V\xa8n \xa2n,12/03/1985\n",
    ],
    ids=["UTF-16", "semicolons", "English heads, tabs", "TCVN3"],
)
def test_a_list_is_read_as_spreadsheets_and_old_fonts_write_it(station, data):
    assert "Reported: 1 new" in text(send(station, data))
    assert "Nguyễn Văn Ân" in text(station.get("/office/records/"))


def test_a_form_that_says_too_little_or_of_another_commune_is_told(station):
    page = send(
        station, f"{HEAD}\n{ROW}\n", commune="Phường Bến Thành, Hồ Chí Minh", commune_id=str(area(BEN_THANH))
    )
    assert "This commune is not in your area" in text(page)
    empty = station.post("/office/records/send/", {})
    assert empty.status_code == 422
    for words in ("Enter the name of the site", "Enter the commune", "Choose a file"):
        assert words in text(empty)


def test_the_form_knows_the_officials_own_health_station(station):
    page = station.get("/office/records/send/").content.decode()
    assert 'value="Health station of Phường Cầu Giấy"' in page
    assert 'value="Phường Cầu Giấy, Thành phố Hà Nội"' in page


def test_a_vaccinator_of_a_facility_lists_and_sees_their_own():
    dung = signed_in(Client(), make_official("dung", "vaccinator", "facility", 7))
    assert "Reported: 1 new" in text(send(dung, f"{HEAD}\n{ROW}\n"))
    other = signed_in(Client(), make_official("diep", "vaccinator", "facility", 8))
    assert "No discrepancies yet." in text(other.get("/office/records/"))


def test_long_lists_come_in_pages_and_by_site(police):
    an = someone(pin=PIN)
    for site in ("A", "B"):
        report_discrepancies(
            [Discrepancy(site, f"{site}{nth}", area(CAU_GIAY), a_record().declared, an) for nth in range(20)]
        )
    page = text(police.get("/office/corrections/"))
    assert "40 Waiting for the police" in page
    assert page.count("Nguyễn Văn Ân") == 25
    assert text(police.get("/office/corrections/?page=2")).count("Nguyễn Văn Ân") == 15
    assert text(police.get("/office/corrections/?site=B")).count("Nguyễn Văn Ân") == 20
    for nonsense in ("page=0", "page=x", "page=999999", "status=x", "site=%00"):
        assert police.get(f"/office/corrections/?{nonsense}").status_code == 200
