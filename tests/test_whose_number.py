"""Whose is this number? Every door gives one answer, and tells the number that counts now."""

import json
from pathlib import Path

import polars as pl
import pytest
from django.test import Client

from dancu.accounts import lookups as accounts
from dancu.accounts import tokens
from dancu.accounts.lookups import Acting
from dancu.checkpoints import lookups as checkpoints
from dancu.matching.batch.running import Job, compare_file
from dancu.matching.lookups import PartialDate, candidates_for, declared_identity, identify
from dancu.register import actions as register
from dancu.register import lookups
from dancu.register.merging import actions as merging
from dancu.testing.officials import acting_as, make_official
from dancu.testing.people import BORN, SINCE, ha, someone

pytestmark = [pytest.mark.usefixtures("published_areas"), pytest.mark.django_db]

COUNTS, LEFT, CARD = "001085001234", "001085005678", "012345678"
NAME = "Nguyễn Văn An"


@pytest.fixture
def steward() -> Acting:
    return acting_as(ha())


def merged_away(steward: Acting) -> int:
    keep, other = someone(pin=COUNTS), someone(pin=LEFT)
    merging.merge_people(steward, keep, other, basis="Trùng")
    return keep


def cancelled(steward: Acting) -> int:
    person_id = someone(pin=LEFT)
    register.replace_pin(steward, person_id, COUNTS, SINCE, "Cấp nhầm")
    return person_id


def of_an_old_card(_steward: Acting) -> int:
    return someone(pin=COUNTS, cmnd=CARD)


def of_a_merged_old_card(steward: Acting) -> int:
    keep, other = someone(pin=COUNTS, cmnd="098765432"), someone(cmnd=CARD)
    merging.merge_people(steward, keep, other, basis="Trùng")
    return keep


def as_it_stands(_steward: Acting) -> int:
    return someone(pin=COUNTS)


@pytest.mark.parametrize(
    ("become", "asked"),
    [
        (as_it_stands, COUNTS),
        (merged_away, LEFT),
        (cancelled, LEFT),
        (of_an_old_card, CARD),
        (of_a_merged_old_card, CARD),
    ],
)
def test_every_door_knows_whose_number_it_is(
    client: Client, tmp_path: Path, steward: Acting, become, asked
) -> None:
    person_id = become(steward)
    whole = {"full_name": NAME, "birth_date": BORN.isoformat(), "sex": 1}
    token = _token()
    for number in (asked, f"{asked[:3]} {asked[3:6]}.{asked[6:]}"):  # as on the card, and as people write it
        for more, outcome in (({}, "found"), (whole, "confirmed")):
            answers = [
                _asked(client, token, {"number": number} | more),
                *_asked(client, token, {"people": [{"number": number} | more]})["people"],
            ]
            assert [(told["outcome"], told["person"]["person_id"]) for told in answers] == [
                (outcome, person_id)
            ] * 2
            assert {told["person"]["number"] for told in answers} == {COUNTS}
        assert [one.person.person_id for one in checkpoints.identify(steward, number)] == [person_id]
        assert [one.person_id for one in lookups.search(steward, number=number).people] == [person_id]
        assert [one.person.person_id for one in candidates_for(steward, number).hits] == [person_id]
    comparison = identify(declared_identity(asked, NAME, PartialDate.of(BORN), 1))
    assert (comparison.outcome, comparison.person and comparison.person.person_id) == ("confirmed", person_id)
    file, out = tmp_path / "declared.csv", tmp_path / "result.parquet"
    pl.DataFrame({"number": [asked], "full_name": [NAME], "birth": ["12/03/1985"]}).write_csv(file)
    compare_file(Job(file, out))
    (row,) = pl.read_parquet(out).to_dicts()
    assert (row["answer"], row["person_id"], row["person_pin"]) == ("match", person_id, COUNTS)
    assert ("number:former" in row["differing"]) == (
        become not in (as_it_stands, of_an_old_card)
    )  # for the sender's list


def test_where_a_merge_is_undone_the_number_leads_to_its_own_record_again(
    client: Client, steward: Acting
) -> None:
    person_id = merged_away(steward)
    (merge,) = lookups.merges_of(person_id)
    merging.undo_merge(steward, merge.merge_id, basis="Hai người")
    told = _asked(client, _token(), {"number": LEFT})
    assert (told["outcome"], told["person"]["number"]) == ("found", LEFT)
    assert told["person"]["person_id"] != person_id


def _token() -> str:
    tokens._kept.clear()
    system = make_official("dung", "vaccinator")
    return tokens.create_token(system.pk, accounts.grants(system.pk)[0].grant_id, "hospital")


def _asked(client: Client, token: str, body: dict[str, object]) -> dict[str, object]:
    path = "/api/people/identify-many" if "people" in body else "/api/people/identify"
    headers = {"Authorization": f"Bearer {token}"}
    return client.post(path, json.dumps(body), content_type="application/json", headers=headers).json()
