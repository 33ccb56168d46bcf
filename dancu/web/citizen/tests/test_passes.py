import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from uuid_utils.compat import uuid7

from dancu.checkpoints import actions as checkpoints
from dancu.checkpoints import lookups
from dancu.credentials import qr
from dancu.isolation.lookups import arrivals_of
from dancu.testing.travellers import journey
from dancu.web.citizen.tests.test_sign_in import sign_in
from dancu.web.citizen.tokens import pass_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def declared(an: int):
    return checkpoints.declare(journey(), uuid7())


def make_older(pass_id: int, days: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE pass SET expires_at = expires_at - make_interval(days => %s) WHERE pass_id = %s",
            [days, pass_id],
        )


def test_the_pass_shows_its_code_and_what_an_officer_asks_for(declared, phone):
    page = phone.get(pass_page(declared.pass_id)).content.decode()
    for words in (
        "<svg",
        lookups.pass_code(declared.pass_id),
        "Nguyễn Văn An",
        "Bến Thành",
        "Ninh Kiều",
        "59X1-123.45",
    ):
        assert words in page
    assert "079200001234" not in page


def test_the_full_screen_is_a_page_of_its_own(declared, phone):
    page = phone.get(pass_page(declared.pass_id, "citizen:pass-full")).content.decode()
    assert "<svg" in page
    assert lookups.pass_code(declared.pass_id) in page


def test_the_picture_holds_the_very_code_that_was_signed(declared, phone):
    response = phone.get(pass_page(declared.pass_id, "citizen:pass-png"))
    assert response["Content-Type"] == "image/png"
    assert qr.read(response.content) == [declared.qr_text]


def test_the_slip_can_be_saved(declared, phone):
    response = phone.get(pass_page(declared.pass_id, "citizen:pass-pdf"))
    assert response.content.startswith(b"%PDF-")
    assert (
        response["Content-Disposition"]
        == f'attachment; filename="dancu-{lookups.pass_code(declared.pass_id)}.pdf"'
    )


@pytest.mark.parametrize(
    "name", ["citizen:pass", "citizen:pass-full", "citizen:pass-png", "citizen:pass-withdraw"]
)
def test_no_page_of_a_pass_is_stored_or_indexed(declared, phone, name):
    response = phone.get(pass_page(declared.pass_id, name))
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert "noindex" in response["X-Robots-Tag"]


def test_who_knows_a_code_does_not_know_its_page(declared, phone):
    code = lookups.pass_code(declared.pass_id)
    for token in (code, f"{code}.", f"{code}.{'A' * 43}", str(declared.pass_id)):
        assert phone.get(f"/pass/{token}/").status_code == 404


def test_the_signature_of_one_pass_opens_no_other(declared, phone):
    other = checkpoints.declare(journey(), uuid7())
    _code, signature = pass_page(other.pass_id).strip("/").split("/")[-1].split(".")
    mixed = f"{lookups.pass_code(declared.pass_id)}.{signature}"
    for page in ("", "full/", "slip.pdf", "slip.png", "withdraw/"):
        assert phone.get(f"/pass/{mixed}/{page}").status_code == 404
    assert phone.post(f"/pass/{mixed}/withdraw/").status_code == 404
    assert not lookups.pass_in_full(declared.pass_id)["revoked_at"]


def test_a_withdrawn_pass_shows_no_code_and_the_communes_know(declared, phone):
    assert (
        "Withdraw the pass?"
        in phone.get(pass_page(declared.pass_id, "citizen:pass-withdraw")).content.decode()
    )
    response = phone.post(pass_page(declared.pass_id, "citizen:pass-withdraw"))
    page = phone.get(response["Location"]).content.decode()
    assert "This pass was withdrawn" in page
    assert "<svg viewBox" not in page
    assert "dancu-pass__code" not in page
    assert arrivals_of(declared.person_id)[0]["state"] == "withdrawn"


def test_withdrawing_twice_is_withdrawing_once(declared, phone):
    for _ in range(2):
        assert phone.post(pass_page(declared.pass_id, "citizen:pass-withdraw")).status_code == 302


def test_a_pass_that_no_longer_counts_has_no_slip_and_no_full_screen(declared, phone):
    phone.post(pass_page(declared.pass_id, "citizen:pass-withdraw"))
    for name in ("citizen:pass-full", "citizen:pass-pdf", "citizen:pass-png", "citizen:pass-withdraw"):
        assert phone.get(pass_page(declared.pass_id, name))["Location"] == pass_page(declared.pass_id)


def test_an_expired_pass_says_so(declared, phone):
    make_older(declared.pass_id, 4)
    page = phone.get(pass_page(declared.pass_id)).content.decode()
    assert "This pass expired at" in page
    assert "dancu-pass__code" not in page


def test_a_month_after_its_last_hour_the_page_is_gone(declared, phone):
    make_older(declared.pass_id, 40)
    assert phone.get(pass_page(declared.pass_id)).status_code == 404


def test_who_signed_in_reads_that_the_journey_is_over_once_the_commune_has_met_them(declared, phone):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE arrival SET state = 'met', met_at = now(), met_by = 1")
    assert "The journey is over" not in phone.get(pass_page(declared.pass_id)).content.decode()
    sign_in(phone)
    assert "The journey is over" in phone.get(pass_page(declared.pass_id)).content.decode()


@pytest.mark.parametrize("is_own", [False, True])
def test_an_officer_reads_that_perhaps_somebody_else_withdrew_it_unless_its_citizen_was_signed_in(
    declared, phone, is_own
):
    if is_own:
        sign_in(phone)
    phone.post(pass_page(declared.pass_id, "citizen:pass-withdraw"))
    reason = lookups.pass_in_full(declared.pass_id)["revoked_reason"]
    assert reason == ("Công dân tự hủy" if is_own else "Đã hủy trên trang của giấy, có thể do người khác")


def test_the_pass_speaks_vietnamese(declared):
    page = Client(headers={"Accept-Language": "vi"}).get(pass_page(declared.pass_id)).content.decode()
    assert "Giấy đi đường" in page
    assert f"{timezone.localtime(declared.expires_at):%H:%M %d/%m/%Y}" in page
    assert declared.expires_at - timezone.now() > dt.timedelta(hours=71)
