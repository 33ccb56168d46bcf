"""Stewards who ask, and answer, at the same moment."""

import subprocess
import sys
from contextlib import suppress

import pytest
from django.db import connection

from dancu.discrepancies import lookups as reported
from dancu.discrepancies.actions import report_discrepancies, resolve
from dancu.review import errors, lookups
from dancu.review.actions import decide, propose, undo
from dancu.testing.cases import a_case, a_record, cases
from dancu.testing.officials import acting_as
from dancu.testing.people import ha, someone

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("published_areas")]


def test_two_processes_that_work_through_the_queue_never_get_the_same_case():
    cases([someone() for _person in range(30)])
    command = [sys.executable, "-m", "dancu.review.tests.work_through", connection.settings_dict["NAME"]]
    officials = [str(ha(username=name).pk) for name in ("ha", "hoa")]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    workers = [subprocess.Popen([*command, official], **pipes) for official in officials]
    for worker in workers:
        assert worker.stdout.readline() == "ready\n"
    for worker in workers:
        print(file=worker.stdin, flush=True)
    done = [worker.communicate(timeout=60)[0].split() for worker in workers]
    assert len(done[0]) + len(done[1]) == 30
    assert all(done)
    assert not set(done[0]) & set(done[1])


def test_of_two_who_ask_at_once_each_gets_another_case(at_once):
    cases([someone(), someone()])
    stewards = [acting_as(ha(username=name)) for name in ("ha", "hoa")]
    given = at_once(2, lambda: lookups.next_case(stewards.pop()).case_id)
    assert len(set(given)) == 2


def test_one_answer_of_two_sent_at_once_counts(at_once):
    cases([someone()])
    acting = acting_as(ha())
    case = lookups.next_case(acting)

    def answer() -> int:
        with suppress(errors.AlreadyDecided):
            decide(acting, case.case_id, "different")
            return 1
        return 0

    assert sum(at_once(2, answer)) == 1


def test_one_of_two_who_take_back_at_once_does(at_once):
    cases([someone()])
    acting = acting_as(ha())
    decide(acting, lookups.next_case(acting).case_id, "different")

    def take_back() -> int:
        with suppress(errors.NothingToUndo, errors.TooLateToUndo):
            undo(acting)
            return 1
        return 0

    assert sum(at_once(2, take_back)) == 1


def test_the_same_cases_proposed_at_once_are_there_once(at_once):
    an = someone()
    asked = [a_case(an, record_id=str(nth), declared={"phone": str(nth)}) for nth in range(200)]
    orders = [asked, asked[::-1]]
    assert sum(at_once(2, lambda: propose(orders.pop()))) == 200


def test_a_record_listed_and_signed_by_two_at_once_is_there_and_signed_once(at_once):
    an = someone(pin="001085001234")
    listed = at_once(2, lambda: report_discrepancies([a_record(an)]))
    assert sum(one.new for one in listed) == 1
    police = [acting_as(ha(username=name)) for name in ("ha", "hoa")]
    correction_id = reported.entries(police[0])[0][0].row["correction_id"]
    assert sum(at_once(2, lambda: resolve(police.pop(), {correction_id: "record_wrong"}))) == 1
