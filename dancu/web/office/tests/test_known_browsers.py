"""Nobody is kept out of the browser they work with by those who try their password elsewhere."""

import pytest
from django.core import signing
from django.test import Client

from dancu.accounts import actions, sign_in
from dancu.testing.officials import PASSWORD, code_of, make_official
from dancu.web.office.sign_in import known_browsers, signing_in
from dancu.web.office.tests.test_signing_in import CODE, HOME, come_in, enter, error_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def locked(chi):
    """Chi's browser, after a stranger tried five passwords elsewhere."""
    own = Client()
    assert come_in(own, chi).url == HOME
    own.post("/office/sign-out/")
    for _ in range(5):
        enter(Client(REMOTE_ADDR="10.9.9.9"), "chi", "wrong")
    chi.refresh_from_db()
    assert sign_in.is_locked(chi)
    return own


def test_a_browser_that_is_known_lets_its_official_in(locked, chi):
    assert enter(locked, "chi", PASSWORD).url == CODE
    assert locked.post(CODE, {"code": code_of(chi)}).url == HOME


def test_a_browser_that_is_not_known_does_not(locked, chi):
    assert "locked" in error_of(enter(Client(), "chi", PASSWORD))


def test_a_cookie_made_by_somebody_else_tells_nothing(locked, chi):
    forged = Client()
    forged.cookies["dancu_known"] = signing.dumps(
        ["x", [chi.pk]], key="guessed", salt="dancu.web.office.sign_in.known_browsers"
    )
    assert "locked" in error_of(enter(forged, "chi", PASSWORD))


def test_a_browser_known_to_one_opens_no_other(locked, chi):
    dung = make_official("dung", "vaccinator")
    for _ in range(5):
        enter(Client(), "dung", "wrong")
    assert "locked" in error_of(enter(locked, "dung", PASSWORD))
    dung.refresh_from_db()
    assert sign_in.is_locked(dung)


def test_wrong_tries_in_a_known_browser_lock_nobody_and_are_few(locked, chi):
    answers = [enter(locked, "chi", "wrong") for _ in range(known_browsers.TRIES + 1)]
    assert all(error_of(answer) for answer in answers)
    assert "locked" in error_of(enter(locked, "chi", PASSWORD)), "then it is a browser like any other"


def test_a_whole_shift_gets_in_from_an_address_that_tries_for_others(locked, chi, monkeypatch):
    monkeypatch.setattr(signing_in, "TRIES", 1)
    for _ in range(3):
        enter(Client(), "nobody", "wrong")
    assert enter(locked, "chi", PASSWORD).url == CODE


def test_whom_an_administrator_locked_stays_out(locked, chi):
    actions.lock(None, chi.pk)
    assert "locked" in error_of(enter(locked, "chi", PASSWORD))


def test_a_tablet_knows_all_of_its_station(chi):
    tablet, names = Client(), [f"officer{n}" for n in range(3)]
    for name in names:
        come_in(tablet, make_official(name, "vaccinator"))
        tablet.post("/office/sign-out/")
    for name in names:
        for _ in range(5):
            enter(Client(), name, "wrong")
    for name in names:
        assert enter(tablet, name, PASSWORD).url == CODE
