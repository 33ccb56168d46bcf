import re

import pytest
from django.test import Client
from django.urls import reverse

from dancu.accounts import actions, lookups, proposals, sign_in, waiting
from dancu.accounts.models import Official
from dancu.messaging import lookups as outbox
from dancu.testing.officials import PASSWORD, acting_as, agreed, code_of, make_official, signed_in

PROPOSALS = reverse("office:proposals")
HERE = "10.0.0.1"


@pytest.fixture
def waits(giang, chi) -> str:
    """The page of Giang's proposal to make Chi a data steward."""
    return page_of(
        proposals.propose_role(acting_as(giang), chi.pk, "data_steward", "nation", why="an order of the day")
    )


def page_of(proposal_id: int) -> str:
    return reverse("office:proposal", args=[proposal_id])


def text(response) -> str:
    return " ".join(re.sub("<[^>]+>", " ", response.content.decode()).split())


def come_in(client: Client, official: Official):
    client.post(reverse("office:sign-in"), {"username": official.username, "password": PASSWORD})
    return client.post(reverse("office:code"), {"code": code_of(official)})


def test_giang_sees_who_may_confirm_and_no_button_to_do_so(at_giangs_desk, khanh, waits):
    page = at_giangs_desk.get(waits)
    assert "Any of these administrators can confirm it: Vũ Kim Khánh" in text(page)
    assert b"/confirm/" not in page.content
    assert b"/withdraw/" in page.content


def test_giang_who_sends_the_confirmation_all_the_same_is_told_no(at_giangs_desk, khanh, chi, waits):
    told = at_giangs_desk.post(f"{waits}confirm/", follow=True)
    assert "You proposed this yourself" in text(told)
    assert len(lookups.grants(chi.pk)) == 1


def test_giang_who_makes_a_second_administrator_is_told_no_there_too(
    at_giangs_desk, giang, khanh, chi, waits
):
    ghost = lookups.official(actions.create_official(acting_as(giang), "ghost", "Ghost").official_id)
    agreed(giang, khanh, ghost.pk, "role", "administrator", "nation")
    proposal_id = int(waits.rstrip("/").rsplit("/", 1)[1])
    acting = acting_as(ghost)
    assert type(waiting.why_not(waiting.proposal(proposal_id), ghost.pk)).__name__ == "OnePairOfEyes"
    with pytest.raises(lookups.errors.AccountError):
        proposals.confirm(acting, proposal_id)


def test_khanh_sees_all_and_refuses_with_a_reason(at_khanhs_desk, chi, waits):
    listed = text(at_khanhs_desk.get(PROPOSALS))
    for words in ("Lê Thị Chi: Data steward · Whole country", "an order of the day", "Hoàng Giang (giang)"):
        assert words in listed
    empty = at_khanhs_desk.post(f"{waits}refuse/", {"answer": ""})
    assert empty.status_code == 422
    assert "Enter why you are refusing it" in text(empty)
    done = at_khanhs_desk.post(f"{waits}refuse/", {"answer": "there is no such order"}, follow=True)
    assert "Refused. Nothing has changed." in text(done)
    assert "there is no such order" in text(at_khanhs_desk.get(waits))
    assert len(lookups.grants(chi.pk)) == 1
    assert "is no longer waiting" in text(at_khanhs_desk.post(f"{waits}confirm/", follow=True))


def test_giang_withdraws(at_giangs_desk, waits):
    assert "Withdrawn. Nothing has changed." in text(at_giangs_desk.post(f"{waits}withdraw/", follow=True))


@pytest.mark.parametrize("decision", ["confirm", "refuse", "withdraw"])
def test_a_decision_is_sent_and_never_only_read(at_khanhs_desk, waits, decision):
    assert at_khanhs_desk.get(f"{waits}{decision}/").status_code == 405


def test_what_is_not_there_is_not_found(at_khanhs_desk, waits):
    assert at_khanhs_desk.get(page_of(999_999)).status_code == 404
    assert at_khanhs_desk.post(f"{page_of(999_999)}confirm/").status_code == 404
    assert at_khanhs_desk.post(f"{waits}destroy/").status_code == 404


def test_khanh_is_told_at_the_first_page_that_something_waits(at_khanhs_desk, waits):
    assert "1 proposal is waiting for a second administrator" in text(
        at_khanhs_desk.get(reverse("office:home"))
    )


def test_what_was_done_at_the_server_is_told_to_all_administrators(at_khanhs_desk, chi):
    actions.reset_password(None, chi.pk, "nobody else there")
    page = text(at_khanhs_desk.get(PROPOSALS))
    assert "Lê Thị Chi: New one-time password Done on the server" in page
    assert "nobody else there" in page


def test_chi_reads_what_was_proposed_for_her_account_before_anything_else(client, chi, waits):
    sign_in.record_signed_in(chi.pk, HERE)
    come = come_in(client, chi)
    assert come.url.startswith(reverse("office:own-account"))
    page = text(client.get(come.url))
    for words in ("Data steward · Whole country", "Waiting", "Hoàng Giang (giang)", "an order of the day"):
        assert words in page
    assert client.post(reverse("office:own-account"), {"next": "/commune/"}).url == "/commune/"
    client.post(reverse("office:sign-out"))
    assert not come_in(client, chi).url.startswith(reverse("office:own-account"))


def test_chi_stops_what_she_did_not_ask_for(client, chi, waits):
    signed_in(client, chi)
    proposal_id = int(waits.rstrip("/").rsplit("/", 1)[1])
    done = client.post(reverse("office:own-refuse", args=[proposal_id]), follow=True)
    assert "Stopped. Your account was not changed" in text(done)
    assert waiting.proposal(proposal_id).state == "refused"


def test_nobody_stops_what_was_proposed_for_another(client, waits):
    signed_in(client, make_official("dung", "vaccinator"))
    proposal_id = int(waits.rstrip("/").rsplit("/", 1)[1])
    client.post(reverse("office:own-refuse", args=[proposal_id]))
    client.post(reverse("office:own-refuse", args=[999_999]))
    assert waiting.proposal(proposal_id).state == "open"


def test_the_telephone_of_the_account_is_told_when_it_is_proposed_and_when_it_is_done(
    at_giangs_desk, at_khanhs_desk, chi
):
    Official.objects.filter(pk=chi.pk).update(phone="0912345678")
    asked = reverse("office:account-change", args=[chi.pk, "password"])
    proposed = at_giangs_desk.post(asked, {"why": "asked in person"})
    assert [name for name in ("Hoàng Giang", "Vũ Kim Khánh") if name in sent_to_officials()[-1]] == [
        "Hoàng Giang"
    ]
    at_khanhs_desk.post(f"{proposed.url}confirm/")
    told = sent_to_officials()
    assert len(told) == 2
    assert "Vũ Kim Khánh" in told[-1]


def sent_to_officials() -> list[str]:
    return [message.text for message in reversed(outbox.recent(10)) if message.reason == "account"]


def test_administrators_do_not_read_the_audit_and_auditors_keep_no_accounts(at_giangs_desk):
    assert at_giangs_desk.get(reverse("office:audit")).status_code == 403
    auditor = signed_in(Client(), make_official("yen", "auditor"))
    assert auditor.get(reverse("office:audit")).status_code == 200
    assert auditor.get(reverse("office:accounts")).status_code == 403
    assert auditor.get(PROPOSALS).status_code == 403
