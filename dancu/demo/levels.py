"""Levels of risk in the demo's country: two in a province, a draft that waits for its second signature, and a
province's own rule that has whoever comes from a red commune checked.
"""

import datetime as dt
import random
from typing import TYPE_CHECKING

from django.utils import timezone

from dancu.accounts import lookups as accounts
from dancu.accounts.lookups import Acting
from dancu.areas import lookups as areas
from dancu.demo.browser import expect
from dancu.risk import actions, lookups
from dancu.risk.decision import RiskDecision
from dancu.rules import actions as rule_actions
from dancu.rules import lookups as rules

if TYPE_CHECKING:
    from dancu.demo.preparing import Cast
    from dancu.demo.story import Story

_RED, _RULES_OF = "Phường Cái Răng, Cần Thơ", "48"  # Đà Nẵng, where no step of the story goes
_SOON = rule_actions.SOONEST + dt.timedelta(seconds=10)
_FROM_RED = {
    "when": {"===": [{"var": "origin.level"}, 4]},
    "then": "amber",
    "unknown": "next",
    "words": {"vi": "Đi từ vùng đỏ: kiểm tra lần hai", "en": "From a red zone: second check"},
}


def decide(cast: "Cast", _chance: random.Random) -> None:
    """Sơn drafts, Tâm signs; all begins in a minute. A second draft waits for her."""
    son, tam = _acting("son"), _acting("tam")
    red = areas.find(_RED, level=areas.COMMUNE)[0]
    soon = timezone.now() + _SOON
    number = actions.draft(
        son, RiskDecision("Quyết định 3012/QĐ-UBND", soon, {red.province_id: 2, red.area_id: 4})
    )
    actions.sign(tam, number, lookups.decision(number)["digest"])
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    tomorrow = midnight + dt.timedelta(days=1)
    actions.draft(son, RiskDecision("Quyết định 3040/QĐ-UBND", tomorrow, {cast.destination_area: 3}))
    country = rules.in_force("passage")
    assert country
    own = rule_actions.draft(
        son,
        {
            **country.document,
            "id": f"passage-{_RULES_OF}",
            "version": 1,
            "area": _RULES_OF,
            "valid_from": soon.isoformat(),
            "citation": "Công văn 5512/UBND-SYT",
            "clauses": [*country.document["clauses"], _FROM_RED],
        },
    )
    rule_actions.sign(tam, own.id, own.version)


def sign(story: "Story") -> str:
    """Tâm sees what the draft that waits comes to, signs it, and finds the level in the list of its day."""
    tam, place = story.official("tam"), areas.get(story.cast.destination_area)
    waiting = next(row for row in lookups.decisions() if not row["signed_by"])
    tam.open(f"/office/risk/decisions/{waiting['decision_id']}/")
    effect = tam.words(".dancu-figures")
    tam.send("form[action$='/sign/']", {})
    on = timezone.localdate(waiting["valid_from"])
    tam.open(f"/office/risk/?on={on}&level=3&province={areas.get(place.province_id).code}")
    expect(place.name in tam.words(), f"the level is not in the list: {tam.words()[:200]}")
    return f"level 3 for {place.name} from {on:%d/%m/%Y}: {effect}"


def _acting(username: str) -> Acting:
    official = accounts.official_named(username)
    return accounts.acting(official, accounts.grants(official.pk)[0].grant_id, "127.0.0.1")
