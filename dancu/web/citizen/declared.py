"""A journey out of the answers of all steps."""

from typing import Any

from dancu.checkpoints.journeys import Journey
from dancu.web.citizen.forms.base import Answers
from dancu.web.citizen.forms.health import symptoms_of, test_of

_NO_HOME = {"home_area": None, "home_detail": ""}  # of a companion, who is not asked
NUMBERLESS = ("passport", "none")  # what the register, which is searched by number, cannot confirm


def journey_of(answers: Answers) -> Journey:
    """The journey that was declared. Steps that were not asked leave what Journey holds for them."""
    number, identity, home = answers["number"], answers["identity"], answers.get("home", _NO_HOME)
    test, health = answers["test"], answers["health"]
    permanent = answers.get(
        "permanent", {"permanent_area": home["home_area"], "permanent_detail": home["home_detail"]}
    )
    return Journey(
        declared_by=answers["who"]["who"],
        declarer_name=_of(answers, "declarer", "declarer_name"),
        declarer_phone=_of(answers, "declarer", "declarer_phone"),
        number_kind=number["number_kind"],
        number=number["number"],
        full_name=identity["full_name"],
        birth=identity["birth"],
        sex=identity["sex"],
        nationality=_of(answers, "nationality", "nationality") or "VNM",
        phone=answers["phone"]["phone"],
        home_area=home["home_area"] and home["home_area"].area_id,
        home_detail=home["home_detail"],
        permanent_area=permanent["permanent_area"] and permanent["permanent_area"].area_id,
        permanent_detail=permanent["permanent_detail"],
        origin_area=answers["origin"]["origin_area"].area_id,
        origin_detail=answers["origin"]["origin_detail"],
        destination_area=answers["destination"]["destination_area"].area_id,
        destination_detail=answers["destination"]["destination_detail"],
        departs_on=answers["when"]["departs_on"],
        arrives_on=answers["when"]["arrives_on"],
        reason=answers["reason"]["reason"],
        reason_detail=answers["reason"]["reason_detail"],
        vehicle=answers["vehicle"]["vehicle"],
        companions=answers["vehicle"]["companions"],
        plate=_of(answers, "plate", "plate"),
        seat=_of(answers, "plate", "seat"),
        symptoms=symptoms_of(health),
        contact=health["contact"] == "yes",
        places=answers["places"]["places"],
        test_kind=test_of(test),
        doses=test["doses"],
        test_result=_of(answers, "result", "test_result"),
        tested_on=_of(answers, "result", "tested_on") or None,
    )


def _of(answers: Answers, step: str, field: str) -> Any:
    return answers.get(step, {}).get(field, "")
