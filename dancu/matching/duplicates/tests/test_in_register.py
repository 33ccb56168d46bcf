"""Duplicates inside the register: found in shares as in the whole, and put before people once for ever."""

import datetime as dt
import json

import pytest
from click.testing import CliRunner
from django.db import connection

from dancu.linkage.finding import LinkOptions, LinkResult, working_database
from dancu.linkage.model.model import BadModel
from dancu.matching.batch.tests.country import people
from dancu.matching.commands import match
from dancu.matching.duplicates.in_register import _work, find_in_register
from dancu.matching.duplicates.proposing import ProposalCounts, propose
from dancu.register import actions as register
from dancu.review import actions, lookups
from dancu.testing.officials import acting_as
from dancu.testing.people import ha, someone

pytestmark = [pytest.mark.usefixtures("published_areas"), pytest.mark.django_db]


def run(sql: str, values: list | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or [])


def double(people: int) -> None:
    """So many people stand in the register twice, the second time without a number and with something
    amiss.
    """
    run(
        """INSERT INTO person SELECT (jsonb_populate_record(p, jsonb_build_object(
               'person_id', p.person_id + 1000000000, 'pin', NULL, 'recorded_at', now(),
               'cmnd', CASE WHEN p.person_id %% 2 = 0 THEN NULL ELSE p.cmnd END,
               'phone', CASE WHEN p.person_id %% 3 = 0 THEN p.phone END,
               'birth_date', CASE WHEN p.person_id %% 5 = 0 THEN p.birth_date + 365 ELSE p.birth_date END))).*
           FROM person p WHERE p.person_id %% 7 = 0 AND p.phone IS NOT NULL ORDER BY p.person_id LIMIT %s""",
        [people],
    )


def found_in(share: int) -> tuple[dict[tuple[str, str], float], int]:
    with working_database("1GB") as db:
        found = find_in_register(db, LinkOptions(share=share), lambda line: None)
        return weights(found), found.records or 0


def weights(found: LinkResult) -> dict[tuple[str, str], float]:
    ids = dict(found.db.execute("SELECT rid, _id FROM ids").fetchall())
    pairs = zip(found.left.tolist(), found.right.tolist(), found.weight.tolist(), strict=True)
    return {(ids[a], ids[b]): round(weight, 6) for a, b, weight in pairs}


def test_shares_find_the_same_pairs_with_the_same_weights_as_the_whole(tmp_path):
    people(tmp_path, 3000)
    double(60)
    whole, records = found_in(1_000_000)
    assert 40 < len(whole) < 200
    assert records > 3000
    for share in (2_000, 700):
        assert found_in(share) == (whole, records), share


def test_a_key_by_which_the_register_cannot_be_divided_is_told():
    with pytest.raises(BadModel, match=r"name_given_sound: it has none of birth, home, phone"):
        _work([["number"], ["name_given_sound"]], 10, 5)


def test_an_empty_register_has_no_duplicates():
    assert found_in(5) == ({}, 0)


@pytest.fixture
def twice() -> tuple[int, int]:
    """An stands in the register twice, the second time without his number."""
    return someone(pin="001085001234", phone="0912345678"), someone(
        full_name="Nguyễn Van An", phone="0912345678"
    )


def asked() -> ProposalCounts:
    with working_database("1GB") as db:
        return propose(find_in_register(db, LinkOptions(), lambda line: None))


def answered(decision: str, username: str = "ha") -> None:
    acting = acting_as(ha(username=username))
    case = lookups.next_case(acting, "duplicate")
    assert case and case.left
    actions.decide(acting, case.case_id, decision, case.candidates[0].person["person_id"])


def test_two_records_that_may_be_one_person_are_asked_about_once_with_both_and_why(twice):
    assert asked() == (1, 0, 0, 0)
    assert asked() == (0, 1, 0, 0)
    case = lookups.next_case(acting_as(ha()), "duplicate")
    assert case.left["person_id"], case.candidates[0].person["person_id"] == twice
    levels = {step["field"]: step["level"] for step in case.candidates[0].waterfall}
    assert (levels["phone"], levels["birth_date"], levels["number"]) == ("same", "same", "missing")
    assert sum(step["weight"] for step in case.candidates[0].waterfall) == pytest.approx(
        case.candidates[0].score, abs=0.1
    )


def test_the_pair_on_which_most_hangs_is_asked_about_first(twice):
    lone = [someone(full_name="Lê Thị Cúc", sex=2, phone="0987654321") for _record in range(2)]
    run(
        "INSERT INTO life_event SELECT %s, gen_random_uuid(), 'move', now(), now(), 0, '', '{}' FROM "
        "generate_series(1, 5)",
        [lone[1]],
    )
    assert asked().new == 2
    case = lookups.next_case(acting_as(ha()), "duplicate")
    assert case.left["person_id"] == lone[0]
    assert case.value >= 5


def test_different_people_are_not_asked_about_again_nor_is_who_was_merged_into_one_of_them(twice):
    asked()
    answered("different")
    assert asked() == (0, 0, 0, 1)
    third = someone(full_name="Nguyễn Văn An", phone="0912345678", cmnd="012345678")
    assert asked().new == 2
    register.merge_people(acting_as(ha(username="hoa")), third, twice[1], basis="Biên bản 1/2022")
    assert asked().settled == 1  # the third's record has what was said of the second's
    assert asked().new == 0


def test_two_records_parted_again_are_not_asked_about(twice):
    acting = acting_as(ha())
    merge = register.merge_people(acting, *twice, basis="Biên bản 1/2022")
    assert asked() == (0, 0, 0, 0)
    register.undo_merge(acting, merge, basis="Biên bản 2/2022")
    assert asked() == (0, 0, 0, 1)


def test_who_are_two_for_certain_are_not_asked_about(twice):
    run("UPDATE person SET father_id = %s WHERE person_id = %s", twice)
    assert asked() == (0, 0, 1, 0)
    run("ALTER TABLE person DROP CONSTRAINT person_gone_after_birth", [])  # of before that rule
    run(
        "UPDATE person SET father_id = NULL, status = 2, home_since = NULL, status_on = '1980-01-01' WHERE "
        "person_id = %s",
        [twice[1]],
    )
    assert asked() == (0, 0, 1, 0)


def test_the_command_puts_pairs_before_people_and_says_so(twice, tmp_path):
    out = tmp_path / "clusters.csv"
    someone(full_name="Trần Văn Bình", birth_date=dt.date(1950, 1, 2))
    ran = CliRunner().invoke(match, ["dedupe", "--register", "--review", "--out", str(out), "--json"])
    assert ran.exit_code == 0, ran.output
    said = json.loads(ran.stdout)
    assert (said["records"], said["people"], said["review"]["new"]) == (3, 2, 1)
    assert out.read_text().splitlines()[0] == "id,cluster,size,weight"
    assert len(out.read_text().splitlines()) == 3  # those in clusters only
    ran = CliRunner().invoke(match, ["dedupe", "--register", "--review"])
    assert "for review      0 new pairs, 1 already waiting or answered" in ran.stdout
    ran = CliRunner().invoke(match, ["dedupe", "people.csv", "--review"])
    assert (ran.exit_code, "--review needs --register" in ran.output) == (2, True)
