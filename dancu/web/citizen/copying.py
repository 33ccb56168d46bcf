"""The answers that a journey declared before gives of the next: of its steps, never of anybody's health."""

import datetime as dt

from django.utils import timezone

from dancu.areas import lookups as areas
from dancu.checkpoints.journeys import WITH_PLATE, WITH_SEAT
from dancu.checkpoints.rows import Declaration, PassInFull
from dancu.web.citizen.forms.base import Kept

Answers = dict[str, Kept]

AGAIN, COMPANION = "again", "companion"


def for_companion(shown: PassInFull) -> Answers:
    """The journey of a pass (a row of `pass_in_full`), for somebody who travels along: who they are, where
    they live and how they feel stays open."""
    other = shown["declared_by"] == "other"
    name, phone = (
        (shown["declarer_name"], shown["declarer_phone"]) if other else (shown["full_name"], shown["phone"])
    )
    route = {step: kept for step, kept in _route(shown).items() if step not in ("home", "permanent")}
    return route | {
        "way": {"way": [COMPANION]},
        "who": {"who": ["other"]},
        "declarer": {"declarer_name": [name], "declarer_phone": [phone]},
        "phone": {"phone": [""]},
        "when": _days(shown["departs_on"], shown["arrives_on"]),
        "places": {"places": [shown["places"]]},
    }


def anew(shown: Declaration) -> Answers:
    """A declaration (a row of it) once more, because something in it was ticked by mistake: who travels and
    how, on the days that were said; how they feel is asked again."""
    is_companion = shown["declared_by"] == "other" and not shown["home_area"]
    return (
        _route(shown)
        | _traveller(shown)
        | {
            "way": {"way": [COMPANION if is_companion else ""]},
            "who": {"who": [shown["declared_by"]]},
            "declarer": {
                "declarer_name": [shown["declarer_name"]],
                "declarer_phone": [shown["declarer_phone"]],
            },
            "card": {"skip": ["1"]},
            "when": _days(shown["departs_on"], shown["arrives_on"]),
        }
    )


def as_last_time(shown: PassInFull) -> Answers:
    """The same traveller and journey once more, departing today."""
    return _again(_route(shown) | _traveller(shown), shown["arrives_on"] - shown["departs_on"])


def as_remembered(remembered: Answers) -> Answers:
    """The same out of what this device remembers, which is what was answered then."""
    when = remembered.get("when", {})
    departed, arrived = (_day(when, field) for field in ("departs_on", "arrives_on"))
    lasts = arrived - departed if departed and arrived and arrived >= departed else dt.timedelta()
    return _again({step: kept for step, kept in remembered.items() if step != "when"}, lasts)


def _again(answers: Answers, lasts: dt.timedelta) -> Answers:
    today = timezone.localdate()
    return answers | {
        "way": {"way": [AGAIN]},
        "who": {"who": ["self"]},
        "card": {"skip": ["1"]},
        "when": _days(today, today + lasts),
    }


def _traveller(shown: Declaration) -> Answers:
    day, month = shown["birth_day"] or "", shown["birth_month"] or ""
    answers: Answers = {
        "number": {"number_kind": [shown["number_kind"]], "number": [shown["number"]]},
        "identity": {
            "full_name": [shown["full_name"]],
            "birth_0": [str(day)],
            "birth_1": [str(month)],
            "birth_2": [str(shown["birth_year"])],
            "sex": [str(shown["sex"])] if shown["sex"] else [],
        },
        "phone": {"phone": [shown["phone"]]},
    }
    return answers | (
        {"nationality": {"nationality": [shown["nationality"]]}} if shown["number_kind"] == "passport" else {}
    )


def _route(shown: Declaration) -> Answers:
    answers: Answers = {
        "origin": _commune("origin", shown["origin_area"], shown["origin_detail"]),
        "destination": _commune("destination", shown["destination_area"], shown["destination_detail"]),
        "reason": {"reason": [shown["reason"]], "reason_detail": [shown["reason_detail"]]},
        "vehicle": {"vehicle": [shown["vehicle"]], "companions": [str(shown["companions"])]},
    }
    if shown["home_area"]:  # an officer may have left it open
        home = shown["home_area"], shown["home_detail"]
        permanent = shown["permanent_area"], shown["permanent_detail"]
        here = {"permanent_here": ["yes" if permanent == home else "no"]}
        answers["home"] = _commune("home", *home) | here
        answers |= {} if permanent == home else {"permanent": _commune("permanent", *permanent)}
    if shown["vehicle"] in {*WITH_PLATE, *WITH_SEAT}:
        answers["plate"] = {"plate": [shown["plate"]], "seat": [""]}
    return answers


def _commune(end: str, area_id: int | None, detail: str) -> Kept:
    path, known = (areas.get(area_id).path, str(area_id)) if area_id else ("", "")
    return {f"{end}_area": [path], f"{end}_area_id": [known], f"{end}_detail": [detail]}


def _days(departs_on: dt.date, arrives_on: dt.date) -> Kept:
    return {
        f"{field}_{place}": [str(part)]
        for field, day in (("departs_on", departs_on), ("arrives_on", arrives_on))
        for place, part in enumerate((day.day, day.month, day.year))
    }


def _day(when: Kept, field: str) -> dt.date | None:
    try:
        day, month, year = (int(when[f"{field}_{place}"][0]) for place in range(3))
        return dt.date(year, month, day)
    except (KeyError, IndexError, ValueError):
        return None
