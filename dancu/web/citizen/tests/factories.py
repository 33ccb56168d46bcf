"""What An answers, question by question, and the walk through them as a browser without scripts makes it."""

import re
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

PHONE = "0901234567"
NUMBER = "079200001234"
NOBODYS = "079200009999"
WRONG_NAME = {"full_name": "Trần Thị Bưởi"}
CARD = "079200001234|025123456|Nguyễn Văn An|15022000|Nam|12 Lê Lợi, Phường Bến Thành|25042021"


def answers(**changes: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """An's answers by step. `changes`: step=its answers, in place of An's or beside them."""
    today = timezone.localdate()
    given: dict[str, dict[str, Any]] = {
        "who": {"who": "self"},
        "declarer": {"declarer_name": "Lê Thị Hoa", "declarer_phone": "0912345678"},
        "card": {"skip": "1"},
        "number": {"number_kind": "pin", "number": NUMBER},
        "identity": {
            "full_name": "Nguyễn Văn An",
            "birth_0": "15",
            "birth_1": "2",
            "birth_2": "2000",
            "sex": "1",
        },
        "nationality": {"nationality": "KOR"},
        "phone": {"phone": PHONE},
        "home": {
            "home_area": "Phường Bến Thành, Thành phố Hồ Chí Minh",
            "home_detail": "12 Lê Lợi",
            "permanent_here": "yes",
        },
        "permanent": {"permanent_area": "Phường Hải Vân, Thành phố Đà Nẵng"},
        "origin": {"origin_area": "Phường Bến Thành, Thành phố Hồ Chí Minh", "origin_detail": "12 Lê Lợi"},
        "destination": {
            "destination_area": "Phường Ninh Kiều, Thành phố Cần Thơ",
            "destination_detail": "Bến Ninh Kiều",
        },
        "when": date("departs_on", today) | date("arrives_on", today),
        "reason": {"reason": "work"},
        "vehicle": {"vehicle": "motorbike", "companions": "0"},
        "plate": {"plate": "59x1 234.56"},
        "health": {"symptoms": ["none"], "contact": "no"},
        "places": {"places": ""},
        "test": {"test_kind": "none", "doses": "2"},
        "result": {"test_result": "negative"} | date("tested_on", today),
    }
    for step, changed in changes.items():
        given[step] = given[step] | changed
    return given


def date(field: str, day: Any) -> dict[str, str]:
    return {f"{field}_0": str(day.day), f"{field}_1": str(day.month), f"{field}_2": str(day.year)}


def step_at(response: HttpResponse) -> str:
    """The step a redirect leads to."""
    return response["Location"].strip("/").split("/")[-1]


def answer(browser: Client, step: str, /, **given: Any) -> HttpResponse:
    """What answering leads to: a redirect, or where something is wrong the page that says so."""
    response = browser.post(f"/declare/{step}/", given)
    return browser.get(response["Location"]) if response["Location"] == f"/declare/{step}/" else response


def walk(phone: Client, /, **changes: dict[str, Any]) -> list[str]:
    """Answer every question that is asked, until all answers are to be checked; returns the steps asked."""
    given, asked = answers(**changes), []
    response = phone.get("/declare/")
    while (step := step_at(response)) != "check":
        assert step not in asked, f"{step} is asked twice: {errors_in(answer(phone, step, **given[step]))}"
        asked.append(step)
        page = phone.get(response["Location"])
        assert page.status_code == 200
        response = answer(phone, step, **given[step])
        assert response.status_code == 302, f"{step}: {errors_in(response)}"
    return asked


def send(phone: Client, **ticked: str) -> HttpResponse:
    """Send what was answered; `remember="on"` ticks that box. A pass that there is for the journey is
    replaced.
    """
    page = phone.get("/declare/check/").content.decode()
    ticked = ({"replace": "yes"} if 'name="replace"' in page else {}) | ticked
    found = re.search(r'name="declaration" value="([0-9a-f-]{36})"', page)
    assert found, page
    return phone.post("/declare/check/", {"honest": "on", "declaration": found[1], **ticked})


def declare(phone: Client, /, **changes: dict[str, Any]) -> HttpResponse:
    """The whole declaration; what sending it answers."""
    walk(phone, **changes)
    return send(phone)


def errors_in(response: HttpResponse) -> list[str]:
    """What the error summary says."""
    summary = re.search(r"govuk-error-summary__list.*?</ul>", response.content.decode(), re.DOTALL)
    return [text.strip() for text in re.findall(r"<li>(?:<a[^>]*>)?([^<]+)", summary[0])] if summary else []
