"""Two data stewards, in two processes, merge at the same moment."""

import pytest

from dancu.register import actions, merging, versions
from dancu.register.actions import ALWAYS
from dancu.register.errors import NoSuchPerson
from dancu.testing.at_once import run_at_once
from dancu.testing.database import rows
from dancu.testing.officials import acting_as
from dancu.testing.people import ha, someone

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("published_areas")]

_MERGE = """
import os
from dancu.accounts.lookups import acting, grants, official
from dancu.register import actions as register
from dancu.register.errors import RegisterError
ha = official(int(os.environ['HA']))
at_work = acting(ha, grants(ha.pk)[0].grant_id, '10.0.0.1')
pairs = [tuple(map(int, pair.split('-'))) for pair in os.environ['PAIRS'].split()]
if 'turned' in os.environ and os.getpid() % 2:
    pairs = [pair[::-1] for pair in pairs]
for keep, other in pairs:
    try:
        register.merge_people(at_work, keep, other, basis='test')
        print('merged', end=' ')
    except RegisterError as refused:
        print(type(refused).__name__, end=' ')
"""


def merged_at_once(pairs: list[tuple[int, int]], **environment: str) -> list[str]:
    words = " ".join(f"{keep}-{other}" for keep, other in pairs)
    return run_at_once(_MERGE, HA=str(ha().pk), PAIRS=words, **environment)


def test_of_two_stewards_who_merge_the_same_two_records_one_does():
    pairs = [(someone(), someone()) for _ in range(8)]
    told = [answer.split() for answer in merged_at_once(pairs)]
    assert [sorted(each) for each in zip(*told, strict=True)] == [["AlreadyMerged", "merged"]] * 8
    assert [merging.merged_into(other) for _keep, other in pairs] == [keep for keep, _other in pairs]


def test_two_stewards_who_would_keep_the_other_record_each_do_not_stop_one_another():
    pairs = [(someone(), someone()) for _ in range(8)]
    # Who comes so late that the record is gone when it is looked for is told that there is none.
    told = [
        answer.replace("NoSuchPerson", "AlreadyMerged").split()
        for answer in merged_at_once(pairs, turned="1")
    ]
    assert [sorted(each) for each in zip(*told, strict=True)] == [["AlreadyMerged", "merged"]] * 8
    assert rows("SELECT count(*) FROM person") == [(8,)]


def test_merges_of_people_who_are_each_others_relatives_do_not_stop_one_another():
    people = [someone() for _ in range(16)]
    for nth, person_id in enumerate(people):
        father = {"father_id": people[nth + 8]} if nth < 8 else {}
        versions.change(person_id, {"spouse_id": people[(nth + 4) % 16]} | father, ALWAYS)
    merged_at_once([(people[nth], people[nth + 1]) for nth in range(0, 16, 2)])
    now = dict(rows("SELECT other_id, person_id FROM person_merge"))
    assert len(now) == 8
    assert not {id_ for row in rows("SELECT spouse_id, father_id FROM person") for id_ in row} & set(now)


def test_a_record_that_is_corrected_while_it_is_merged_is_corrected_before_or_not_at_all(at_once):
    keep, other, acting = someone(), someone(), acting_as(ha())
    tries = [
        lambda: actions.merge_people(acting, keep, other, basis="test", fields=["phone"]),
        lambda: actions.correct(acting, other, {"phone": "0987654321"}, "test"),
    ]

    def one() -> str:
        try:
            tries.pop()()
        except NoSuchPerson:
            return "too late"
        return "done"

    told = at_once(2, one)
    (phone,) = rows("SELECT phone FROM person")[0]
    assert phone == (None if "too late" in told else "0987654321")
