import pytest

from dancu.accounts import actions, errors, lookups
from dancu.accounts.duties import ANY, DUTIES, JURISDICTIONS, PURPOSES, ROLES, roles_with
from dancu.testing.officials import CAST, acting_as, make_official


def cast() -> None:
    for username, (_, role) in CAST.items():
        make_official(username, role)


def test_an_official_is_found_without_marks_by_either_name(db):
    cast()
    assert [o.username for o in lookups.officials("ĐỖ thu")] == ["ha"]
    assert [o.username for o in lookups.officials("do thu ha")] == ["ha"]
    assert [o.username for o in lookups.officials("binh")] == ["binh"]


def test_officials_are_listed_by_role_with_the_roles_of_today(db):
    cast()
    ha = lookups.official_named("ha")
    actions.grant_role(None, ha.pk, "commune_officer", "area", 7)
    assert [o.username for o in lookups.officials(role="commune_officer")] == ["chi", "ha"]
    assert lookups.officials("do thu ha")[0].roles == ["commune_officer", "data_steward"]
    for grant in lookups.grants(ha.pk):
        actions.end_grant(None, grant.grant_id)
    assert lookups.officials("do thu ha")[0].roles == []


def test_pages_of_officials_follow_each_other(db):
    cast()
    first = lookups.officials(limit=4)
    second = lookups.officials(limit=4, after=first[-1].username)
    assert [o.username for o in first + second] == sorted(CAST)


def test_signs_of_the_search_language_are_taken_as_written(chi):
    assert lookups.officials("%") == []
    assert lookups.officials("_") == []


def test_an_unknown_official_is_an_error(db):
    with pytest.raises(errors.NoSuchOfficial):
        lookups.official(1)
    with pytest.raises(errors.NoSuchOfficial):
        lookups.official_named("nobody")


def test_everyone_has_the_duty_of_any_page_and_only_their_own_else(chi):
    acting = acting_as(chi)
    assert acting.may(ANY)
    assert {duty for duty in DUTIES if acting.may(duty)} == {
        "arrivals",
        "search",
        "person",
        "statistics",
        "site_list",
        "stations",
    }


def test_the_roles_and_duties_hang_together():
    for role in ROLES.values():
        assert role.duties <= DUTIES.keys()
        assert role.purpose in PURPOSES
        assert set(role.jurisdictions) <= JURISDICTIONS.keys()
    assert roles_with("search") == {"commune_officer", "data_steward"}
    assert roles_with(ANY) == ROLES.keys()
    assert all(roles_with(duty) for duty in DUTIES)
