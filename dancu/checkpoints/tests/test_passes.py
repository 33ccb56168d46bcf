import datetime as dt

import pytest
from django.utils import timezone

from dancu.areas import lookups as areas
from dancu.checkpoints import passes
from dancu.checkpoints.codes import new_pass_id
from dancu.credentials import qr
from dancu.credentials.errors import Altered, Expired, NotACredential, NotYetValid
from dancu.testing.travellers import journey

NOW = timezone.now().replace(microsecond=0)


@pytest.fixture(autouse=True)
def _country(country):
    pass


def test_a_pass_says_what_was_sealed_in_it():
    pass_id, declared = new_pass_id(), journey()
    facts = passes.unseal(passes.seal(pass_id, declared, True, NOW), NOW)
    assert facts == passes.PassFacts(
        pass_id=pass_id,
        full_name="Nguyễn Văn An",
        birth_year=2000,
        number_end="34",
        agrees=True,
        origin_code=areas.get(declared.origin_area).code,
        destination_code=areas.get(declared.destination_area).code,
        plate="59X1-12345",
        issued_at=NOW,
        expires_at=NOW + dt.timedelta(hours=72),
    )


def test_a_pass_counts_for_seventy_two_hours_and_not_a_second_longer():
    text = passes.seal(new_pass_id(), journey(), True, NOW)
    assert passes.unseal(text, NOW + dt.timedelta(hours=72))
    with pytest.raises(Expired):
        passes.unseal(text, NOW + dt.timedelta(hours=72, seconds=1))
    with pytest.raises(NotYetValid):
        passes.unseal(text, NOW - dt.timedelta(seconds=1))


@pytest.mark.parametrize("issued_at", [NOW - dt.timedelta(days=9), NOW + dt.timedelta(days=9)])
def test_a_pass_out_of_its_time_can_still_be_read(issued_at):
    text = passes.seal(new_pass_id(), journey(), False, issued_at)
    assert passes.unseal_whenever(text).full_name == "Nguyễn Văn An"


def test_a_changed_pass_is_never_read():
    text = passes.seal(new_pass_id(), journey(), True, NOW)
    forged = text[:-1] + ("0" if text[-1] != "0" else "1")
    for read in (lambda: passes.unseal(forged, NOW), lambda: passes.unseal_whenever(forged)):
        with pytest.raises((Altered, NotACredential)):
            read()


def test_the_qr_text_stays_short_for_the_longest_names_and_plates():
    longest = journey(
        full_name="Công Tằng Tôn Nữ Hồng Phượng Nguyễn Đặng Quỳnh Thượng Hương", plate="29MĐ1-12345"
    )
    text = passes.seal(new_pass_id(), longest, True, NOW)
    assert len(text) < 400
    assert qr.version(text) <= 13  # 69 modules to a side: readable from a phone's screen


def test_the_code_does_not_tell_whether_a_number_is_in_the_register():
    """One who tries numbers sees only that the identity does not agree, however it does not."""
    disagreeing = passes.unseal(passes.seal(new_pass_id(), journey(number="079200009999"), False, NOW), NOW)
    assert disagreeing.agrees is False
    assert disagreeing.number_end == "99"
