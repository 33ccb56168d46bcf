import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dancu.accounts import actions, lookups, sign_in, waiting
from dancu.accounts.models import Official
from dancu.areas import lookups as areas
from dancu.testing.officials import CAST, PASSWORD, make_official, signed_in

ACCOUNTS = reverse("office:accounts")
TODAY = timezone.localdate()


def page_of(official: Official) -> str:
    return reverse("office:account", args=[official.pk])


def do(client: Client, official: Official, change: str):
    return client.post(reverse("office:account-change", args=[official.pk, change]), follow=True)


def grant(client: Client, official: Official, **given):
    return client.post(
        reverse("office:grant-new", args=[official.pk]), {"why": "an order of the day"} | given
    )


def confirmed(client: Client, proposed):
    """The other administrator confirms what this answer led to the page of."""
    assert proposed.status_code == 302, errors_of(proposed)
    return client.post(f"{proposed.url}confirm/", follow=True)


def propose(client: Client, official: Official, change: str):
    return client.post(
        reverse("office:account-change", args=[official.pk, change]), {"why": "asked in person"}
    )


def half_in(response, which: str) -> str | None:
    found = re.search(rf'id="{which}-half">([^<]+)<', response.content.decode())
    return found and found[1]


def errors_of(response) -> str:
    found = re.search(r'govuk-error-summary__list">(.*?)</ul>', response.content.decode(), re.DOTALL)
    return " ".join(re.sub("<[^>]+>", " ", found[1]).split()) if found else ""


def test_giang_finds_an_official_by_name_without_marks(at_giangs_desk):
    for username in ("ha", "binh"):
        make_official(username, CAST[username][1])
    page = at_giangs_desk.post(ACCOUNTS, {"q": "do thu ha"}, follow=True).content.decode()
    assert "Đỗ Thu Hà" in page
    assert "Trần Văn Bình" not in page
    assert (
        "No officials match" in at_giangs_desk.post(ACCOUNTS, {"q": "nobody"}, follow=True).content.decode()
    )


def test_giang_finds_officials_by_role(at_giangs_desk):
    for username in ("ha", "binh"):
        make_official(username, CAST[username][1])
    page = at_giangs_desk.get(ACCOUNTS, {"role": "checkpoint_officer"}).content.decode()
    assert "Trần Văn Bình" in page
    assert "Đỗ Thu Hà" not in page


def test_a_long_list_goes_on_on_the_next_page(at_giangs_desk, monkeypatch):
    monkeypatch.setattr("dancu.web.office.administration.accounts.PAGE", 2)
    for username in ("ha", "binh", "chi"):
        make_official(username, CAST[username][1])
    first = at_giangs_desk.get(ACCOUNTS).content.decode()
    assert "Đỗ Thu Hà" not in first
    following = re.search(r'href="(\?[^"]+)">Next page', first)[1].replace("&amp;", "&")
    second = at_giangs_desk.get(ACCOUNTS + following).content.decode()
    assert "Đỗ Thu Hà" in second
    assert "Next page" not in second


def test_giang_makes_an_account_and_is_led_to_its_first_role(at_giangs_desk):
    asked = {"full_name": "Phạm Thùy Dung", "username": "dung", "phone": "0912 345 678"}
    made = at_giangs_desk.post(reverse("office:account-new"), asked)
    dung = lookups.official_named("dung")
    assert made.url == reverse("office:grant-new", args=[dung.pk])
    assert dung.phone == "0912345678"
    assert not dung.has_usable_password()
    assert "No password yet" in at_giangs_desk.get(page_of(dung)).content.decode()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"username": ""}, "Enter a username"),
        ({"username": "giang"}, "taken"),
        ({"username": "Phạm Dung"}, "2 to 40"),
        ({"full_name": ""}, "full name"),
        ({"phone": "call me"}, "phone number"),
    ],
)
def test_what_is_wrong_with_a_new_account_is_told_at_its_field(at_giangs_desk, given, told):
    asked = {"full_name": "Phạm Thùy Dung", "username": "dung", "phone": ""} | given
    assert told in errors_of(at_giangs_desk.post(reverse("office:account-new"), asked))


def test_giang_proposes_a_role_in_the_whole_country_and_khanh_confirms_it(
    at_giangs_desk, at_khanhs_desk, chi
):
    proposed = grant(at_giangs_desk, chi, role="data_steward", kind="nation")
    assert [g.role for g in lookups.grants(chi.pk)] == ["commune_officer"]
    assert "Data steward · Whole country" in at_giangs_desk.get(page_of(chi)).content.decode()
    assert "Confirmed and carried out." in confirmed(at_khanhs_desk, proposed).content.decode()
    assert [g.role for g in lookups.grants(chi.pk)] == ["commune_officer", "data_steward"]
    assert "Data steward · Whole country" in at_giangs_desk.get(page_of(chi)).content.decode()


def test_giang_proposes_a_role_in_a_commune_by_its_name(at_giangs_desk, at_khanhs_desk, chi, published_areas):
    asked = {"role": "commune_officer", "kind": "area", "area": "xã bó hạ bắc ninh"}
    confirmed(at_khanhs_desk, grant(at_giangs_desk, chi, **asked))
    new = lookups.grants(chi.pk)[-1]
    assert new.jurisdiction_kind == "area"
    assert areas.get(new.jurisdiction_id).level == areas.COMMUNE
    assert areas.get(new.jurisdiction_id).path in at_giangs_desk.get(page_of(chi)).content.decode()


def test_of_several_areas_with_one_name_giang_chooses_one(
    at_giangs_desk, at_khanhs_desk, chi, published_areas
):
    asked = {"role": "commune_officer", "kind": "area", "area": "tân tiến"}
    offered = grant(at_giangs_desk, chi, **asked)
    assert "Several areas" in errors_of(offered)
    ids = re.findall(r'name="area_id"[^>]*value="(\d+)"', offered.content.decode())
    assert len(ids) > 1
    confirmed(at_khanhs_desk, grant(at_giangs_desk, chi, **asked, area_id=ids[1]))
    assert lookups.grants(chi.pk)[-1].jurisdiction_id == int(ids[1])


def test_the_only_area_that_is_called_nearly_so_is_asked_for_and_never_taken(
    at_giangs_desk, chi, published_areas
):
    asked = {"role": "commune_officer", "kind": "area", "area": "Chợ Bến Thành"}
    offered = grant(at_giangs_desk, chi, **asked)
    assert "Only this area" in errors_of(offered)
    assert len(lookups.grants(chi.pk)) == 1
    [only] = re.findall(r'name="area_id"[^>]*value="(\d+)"', offered.content.decode())
    assert grant(at_giangs_desk, chi, **asked, area_id=only).status_code == 302


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "Choose a role"),
        ({"role": "vaccinator"}, "Choose what the role is for"),
        ({"role": "vaccinator", "kind": "station"}, "only be given for: "),
        ({"role": "administrator", "kind": "area", "area": "Bến Nghé"}, "only be given for: Whole country"),
        ({"role": "vaccinator", "kind": "facility"}, "facility"),
        ({"role": "vaccinator", "kind": "facility", "facility": "x"}, "whole number"),
        ({"role": "commune_officer", "kind": "area"}, "name of the area"),
        ({"role": "commune_officer", "kind": "area", "area": "Atlantis"}, "No current area"),
        ({"role": "checkpoint_officer", "kind": "station"}, "Choose the checkpoint"),
        ({"role": "commune_officer", "kind": "nation"}, "already"),
        ({"role": "data_steward", "kind": "nation", "why": " "}, "Enter a reason"),
        ({"role": "auditor", "kind": "nation"}, "An auditor can have no other role"),
    ],
)
def test_what_is_wrong_with_a_grant_is_told(at_giangs_desk, chi, published_areas, given, told):
    assert told in errors_of(grant(at_giangs_desk, chi, **given))
    assert len(lookups.grants(chi.pk)) == 1


def test_a_role_holds_through_its_last_day(at_giangs_desk, at_khanhs_desk, chi):
    last = TODAY + timedelta(days=30)
    days = {"last_day_0": last.day, "last_day_1": last.month, "last_day_2": last.year}
    confirmed(at_khanhs_desk, grant(at_giangs_desk, chi, role="data_steward", kind="nation", **days))
    held = [[g.role for g in lookups.grants(chi.pk, day)] for day in (last, last + timedelta(days=1))]
    assert held == [["commune_officer", "data_steward"], ["commune_officer"]]


def test_a_last_day_before_the_first_is_told(at_giangs_desk, chi):
    days = {"last_day_0": 1, "last_day_1": 9, "last_day_2": 2021}
    told = errors_of(grant(at_giangs_desk, chi, role="data_steward", kind="nation", **days))
    assert "end before it begins" in told


def test_giang_ends_a_role_after_a_question(at_giangs_desk, chi):
    where = reverse("office:grant-end", args=[chi.pk, lookups.grants(chi.pk)[0].grant_id])
    assert b"Do you want to end this role?" in at_giangs_desk.get(where).content
    assert lookups.grants(chi.pk)
    page = at_giangs_desk.post(where, follow=True).content.decode()
    assert "The role has ended." in page
    assert "Not in force" in page
    assert lookups.grants(chi.pk) == []


def test_a_role_is_ended_only_at_the_account_it_belongs_to(at_giangs_desk, chi, db):
    ha = make_official("ha", "data_steward")
    where = reverse("office:grant-end", args=[chi.pk, lookups.grants(ha.pk)[0].grant_id])
    assert at_giangs_desk.post(where).status_code == 404
    assert lookups.grants(ha.pk)


def test_giang_locks_alone_and_unlocks_with_khanh(at_giangs_desk, at_khanhs_desk, chi):
    assert (
        b"Do you want to lock this account?"
        in at_giangs_desk.get(reverse("office:account-change", args=[chi.pk, "lock"])).content
    )
    assert "The account is locked." in do(at_giangs_desk, chi, "lock").content.decode()
    assert sign_in.check_password("chi", PASSWORD, "10.0.0.1") is None
    proposed = propose(at_giangs_desk, chi, "unlock")
    assert sign_in.check_password("chi", PASSWORD, "10.0.0.1") is None
    confirmed(at_khanhs_desk, proposed)
    assert sign_in.check_password("chi", PASSWORD, "10.0.0.1") == chi


def test_giang_sees_and_lifts_the_lock_after_wrong_tries(at_giangs_desk, chi):
    for _ in range(5):
        sign_in.record_failure(chi.pk, "10.0.0.1")
    page = at_giangs_desk.get(page_of(chi)).content.decode()
    assert "Locked after failed attempts" in page
    assert "Allow sign-in again" in page
    assert "The official can sign in again." in do(at_giangs_desk, chi, "forgive").content.decode()
    assert sign_in.check_password("chi", PASSWORD, "10.0.0.1") == chi


def test_giang_and_khanh_each_see_one_half_of_a_new_password(at_giangs_desk, at_khanhs_desk, chi):
    proposed = propose(at_giangs_desk, chi, "password")
    assert sign_in.check_password("chi", PASSWORD, "10.0.0.1") == chi
    assert half_in(at_giangs_desk.get(proposed.url), "first") is None
    done = confirmed(at_khanhs_desk, proposed)
    assert "no-store" in done["Cache-Control"]
    second = half_in(done, "second")
    assert half_in(at_khanhs_desk.get(proposed.url), "first") is None
    assert second not in at_khanhs_desk.get(proposed.url).content.decode()
    first = half_in(at_giangs_desk.get(proposed.url), "first")
    assert sign_in.check_password("chi", f"{first}-{second}", "10.0.0.1") == chi
    assert "Has a one-time password" in at_giangs_desk.get(page_of(chi)).content.decode()


def test_an_authenticator_is_forgotten_where_both_agree(at_giangs_desk, at_khanhs_desk, chi):
    proposed = propose(at_giangs_desk, chi, "authenticator")
    assert sign_in.has_device(chi)
    confirmed(at_khanhs_desk, proposed)
    assert not sign_in.has_device(chi)
    assert "No authenticator app yet" in at_giangs_desk.get(page_of(chi)).content.decode()


@pytest.mark.parametrize("change", ["unlock", "password", "authenticator"])
def test_giang_proposes_nothing_for_the_own_account(at_giangs_desk, giang, khanh, change):
    asked = reverse("office:account-change", args=[giang.pk, change])
    assert "another administrator" in errors_of(at_giangs_desk.post(asked, {"why": "I need it"}))
    assert waiting.waiting() == []


@pytest.mark.parametrize("change", ["lock", "forgive"])
def test_giang_changes_nothing_of_the_own_account(at_giangs_desk, giang, change):
    make_official("khanh", "administrator")
    before = Official.objects.values().get(pk=giang.pk)
    assert "another administrator" in do(at_giangs_desk, giang, change).content.decode()
    after = Official.objects.values().get(pk=giang.pk)
    assert {k: v for k, v in after.items() if k != "last_seen_at"} == {
        k: v for k, v in before.items() if k != "last_seen_at"
    }
    assert "another administrator" in errors_of(
        grant(at_giangs_desk, giang, role="data_steward", kind="nation")
    )


def test_the_own_page_offers_no_change(at_giangs_desk, giang):
    page = at_giangs_desk.get(page_of(giang)).content.decode()
    assert "This is your own account" in page
    assert "Lock account" not in page
    assert "/end/" not in page


def test_the_last_administrator_who_could_help_is_not_locked(at_giangs_desk, giang):
    khanh = make_official("khanh", "administrator")
    desk = signed_in(Client(), khanh)
    assert "The account is locked." in do(desk, giang, "lock").content.decode()
    actions.unlock(None, giang.pk)
    actions.end_grant(None, lookups.grants(giang.pk)[0].grant_id)
    with pytest.raises(lookups.errors.AccountError):
        actions.lock(None, khanh.pk)


def test_what_is_not_there_is_not_found(at_giangs_desk, chi):
    assert at_giangs_desk.get(reverse("office:account", args=[999_999])).status_code == 404
    assert at_giangs_desk.post(reverse("office:account-change", args=[chi.pk, "destroy"])).status_code == 404
    assert at_giangs_desk.get(reverse("office:grant-end", args=[chi.pk, 999_999])).status_code == 404


def test_a_role_of_the_past_is_remembered_with_its_days(at_giangs_desk, chi):
    chi.grants.update(valid_from=date(2021, 8, 1), valid_to=date(2021, 9, 1))
    page = at_giangs_desk.get(page_of(chi)).content.decode()
    assert "01/08/2021" in page
    assert "31/08/2021" in page
    assert "Not in force" in page


@pytest.mark.parametrize("asked", ["q", "role", "after"])
def test_a_null_character_finds_nobody_and_does_no_harm(at_giangs_desk, asked):
    assert at_giangs_desk.get(ACCOUNTS, {asked: "zz\0"}).status_code == 200


@pytest.mark.parametrize("letter", ["ế", "İ", "한"])
def test_a_long_name_of_any_script_is_kept_whole(at_giangs_desk, letter):
    at_giangs_desk.post(reverse("office:account-new"), {"full_name": letter * 120, "username": "a" * 40})
    assert lookups.official_named("a" * 40).full_name == letter * 120


@pytest.mark.parametrize(
    "given",
    [
        {"role": "vaccinator", "kind": "facility", "facility": "9" * 20},
        {
            "role": "vaccinator",
            "kind": "nation",
            "last_day_0": "31",
            "last_day_1": "12",
            "last_day_2": "9999",
        },
    ],
)
def test_a_place_or_a_day_beyond_all_bounds_is_told(at_giangs_desk, chi, given):
    assert errors_of(grant(at_giangs_desk, chi, **given))
    assert len(lookups.grants(chi.pk)) == 1
