"""Any sequence of presses: when one is taken back it is as if it had not been."""

import random
from contextlib import suppress

import pytest
from django.db import transaction

from dancu.checkpoints import actions
from dancu.checkpoints.ask_list import asking_key, to_ask_about
from dancu.checkpoints.codes import pass_code
from dancu.checkpoints.errors import NotHeld, TooLateToUndoCrossing
from dancu.checkpoints.reasons import Reason
from dancu.checkpoints.tests.test_taking_back import HAI_CHAU, by_mistake, stops, waiting
from dancu.testing.at_the_station import NAMELESS, arrival, cross, look, state_of
from dancu.testing.travellers import commune, declare

PRESSES = [("secondary", code) for code in ("fever", "positive", "no_paper", "no_test", "other_holder")]
PRESSES += [("back", code) for code in ("positive", "not_permitted", "false")]
PRESSES += [("through", code) for code in ("well", "negative", "papers", "other_person")]


def seen(acting, station, passes):
    """What the desk shows of each, the communes, and whom devices are told to ask about, which are those of
    whom the desk remembers something.
    """
    remembered = {one.pass_id for one in passes if look(acting, station, one).memory.stops}
    asked = to_ask_about("", 0)
    assert {one.pass_id for one in passes if asking_key(pass_code(one.pass_id)) in asked} >= remembered
    return [
        (
            look(acting, station, one).colour,
            stops(acting, station, one),
            state_of(one),
            arrival(one)["warnings"],
            arrival(one)["warned_elsewhere"],
        )
        for one in passes
    ] + [sorted(waiting(acting, station))]


def pressed(acting, station, passes, presses):
    return [
        cross(acting, station, passes[which], decision, Reason(code)) for which, decision, code in presses
    ]


class Enough(Exception):
    pass


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("are_strangers", [False, True])
def test_what_is_taken_back_is_as_if_it_had_not_been(an, acting, station, seed, are_strangers):
    chance = random.Random(f"{seed} {are_strangers}")
    who = (
        NAMELESS | {"home_area": None, "phone": "0977000000", "full_name": "Lê Thị Hoa", "sex": 2}
        if are_strangers
        else {}
    )
    passes = [declare(**who), declare(**who, destination_area=commune(HAI_CHAU))]
    presses = [(chance.randrange(2), *chance.choice(PRESSES)) for _ in range(chance.randint(1, 4))]
    presses.insert(chance.randint(0, len(presses)), (chance.randrange(2), *chance.choice(PRESSES[:8])))
    # What was pressed while two were told apart knew it, and was of one alone: that is not made good when
    # they are one again.
    which = chance.choice([nth for nth, press in enumerate(presses) if press[2] != "other_person"])
    left = presses[:which] + presses[which + 1 :]
    results = {}
    with suppress(Enough), transaction.atomic():
        pressed(acting, station, passes, left)
        results["never"] = seen(acting, station, passes)
        raise Enough
    with suppress(Enough), transaction.atomic():
        actions.undo_crossing(acting, pressed(acting, station, passes, presses)[which])
        results["undone"] = seen(acting, station, passes)
        raise Enough
    with suppress(Enough, NotHeld, TooLateToUndoCrossing), transaction.atomic():
        by_mistake(
            acting, station, passes[presses[which][0]], pressed(acting, station, passes, presses)[which]
        )
        results["by mistake"] = seen(acting, station, passes)
        raise Enough
    for how, result in results.items():
        assert result == results["never"], (how, presses, which)
