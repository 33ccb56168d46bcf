import pytest

from dancu.audit import lookups as audit
from dancu.checkpoints import lookups
from dancu.checkpoints.codes import pass_code
from dancu.credentials import qr
from dancu.testing.officials import make_official, signed_in
from dancu.testing.travellers import declare
from dancu.web.checkpoint.tests.pages import banner, scan, words


@pytest.fixture
def code(an, desk) -> str:
    """The code of An's pass, which Bình has examined."""
    declared = declare()
    scan(desk, declared.qr_text)
    return pass_code(declared.pass_id)


def test_the_slip_is_a_page_of_paper(code, desk, an):
    slip = desk.get(f"/checkpoint/slip/{code}.pdf")
    assert slip.headers["Content-Type"] == "application/pdf"
    assert slip.content.startswith(b"%PDF")
    assert slip.headers["Cache-Control"] == "no-store"
    assert audit.of_person(an)[0].action == "pass.slip"


def test_the_slips_page_shows_the_code_to_be_photographed(code, desk):
    page = desk.get(f"/checkpoint/slip/{code}/")
    assert "<svg" in page.content.decode()
    assert code in words(page)
    assert f"/checkpoint/slip/{code}.pdf" in page.content.decode()


@pytest.mark.parametrize(
    "address", ["/checkpoint/slip/{}.pdf", "/checkpoint/slip/{}/", "/checkpoint/pass/{}/revoke/"]
)
def test_a_pass_that_the_officer_has_not_handled_leads_nowhere(code, client, station, address):
    signed_in(client, make_official("bao", "checkpoint_officer"))
    client.post("/checkpoint/stations/", {"station": station, "direction": "in"})
    assert client.get(address.format(code)).status_code == 404
    assert client.get(address.format("sample")).status_code == 404
    assert client.get(address.format(pass_code(1234567890123))).status_code == 404


def test_a_pass_is_revoked_for_a_reason(code, desk, an):
    asked = desk.get(f"/checkpoint/pass/{code}/revoke/")
    assert "Revoke this pass: what is the reason?" in words(asked)
    assert "You cannot undo this" in words(asked)
    done = desk.post(f"/checkpoint/pass/{code}/revoke/", {"reason": "used_by_other"}, follow=True)
    assert f"Revoked: pass {code}." in words(done)
    shown = scan(desk, code)
    assert banner(shown) == ("stop", "Pass revoked")
    assert "Used by someone else" in words(shown)
    assert "pass.revoked" in {entry.action for entry in audit.of_person(an)}


def test_a_pass_is_not_revoked_without_a_reason(code, desk):
    refused = desk.post(f"/checkpoint/pass/{code}/revoke/", {"reason": " "})
    assert refused.status_code == 422
    assert "Choose or write why the pass is revoked" in words(refused)
    assert lookups.pass_in_full(lookups.pass_id_of(code))["revoked_at"] is None


def test_only_what_an_officer_keyed_in_is_revoked_as_that(code, desk, acting):
    page = f"/checkpoint/pass/{code}/revoke/"
    assert "Entered by mistake" not in words(desk.get(page))
    assert desk.post(page, {"reason": "keyed_in"}).status_code == 422
    assert lookups.pass_in_full(lookups.pass_id_of(code))["revoked_at"] is None
    assert "Entered by mistake" in words(
        desk.get(f"/checkpoint/pass/{pass_code(declare(acting).pass_id)}/revoke/")
    )


def test_a_pass_revoked_twice_says_so(code, desk):
    for told in (f"Revoked: pass {code}.", "This pass has already been revoked."):
        done = desk.post(f"/checkpoint/pass/{code}/revoke/", {"reason": "false"}, follow=True)
        assert told in words(done)


def test_the_code_on_the_slip_is_the_pass(code, desk):
    page = desk.get(f"/checkpoint/slip/{code}/").content.decode()
    assert qr.svg(lookups.pass_in_full(lookups.pass_id_of(code))["qr_text"]) in page
