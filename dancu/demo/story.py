"""The main job, played over HTTP as two browsers would: declare → compare → QR → scan → decision → the commune's list."""

import datetime as dt
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import mechanicalsoup
from django.utils import timezone
from rich.console import Console

from dancu.areas import lookups as areas
from dancu.credentials import qr
from dancu.demo.preparing import Cast, Member


class StepFailed(Exception):
    """{0}"""


@dataclass
class Story:
    """What the steps pass on to each other."""

    address: str
    cast: Cast
    citizen: mechanicalsoup.StatefulBrowser = field(default_factory=lambda: _browser())
    officer: mechanicalsoup.StatefulBrowser = field(default_factory=lambda: _browser())
    commune: mechanicalsoup.StatefulBrowser = field(default_factory=lambda: _browser())
    pass_address: str = ""
    qr_text: str = ""


def play(address: str, cast: Cast, console: Console) -> bool:
    """Play the main job and print each step with what came back. False, with the step named, at the first that fails."""
    story = Story(address, cast)
    steps: tuple[tuple[str, Callable[[Story], str]], ...] = (
        ("declare", declare),
        ("compare", compare),
        ("QR", fetch_qr),
        ("scan", scan),
        ("decision", decide),
        ("commune list", see_in_commune),
    )
    for number, (name, step) in enumerate(steps, 1):
        began = time.perf_counter()
        try:
            came_back = step(story)
        except Exception as failure:
            console.print(f"[bold red]✗ {number}. {name} failed:[/] {type(failure).__name__}: {failure}")
            return False
        console.print(f"[green]✓[/] {number}. [bold]{name}[/] ({time.perf_counter() - began:.2f} s): {came_back}")
    console.print("[bold green]The main job works.[/]")
    return True


def declare(story: Story) -> str:
    """An answers one small question after the other, as the form asks them, and sends the declaration."""
    browser, asked = story.citizen, 0
    browser.open(f"{story.address}/declare/")
    while (step := _step(browser.url)) != "check":
        _expect(asked < 30, f"the questions do not end; the last was {step}")
        browser.select_form("main form[method=post]")
        for name, value in _answers(story.cast, step).items():
            browser[name] = value
        _submit(browser)
        _expect(_step(browser.url) != step, f"the answer to “{step}” was not taken: {_problem(browser)}")
        asked += 1
    browser.select_form("main form[method=post]")
    browser["honest"] = True
    _submit(browser)
    return f"{asked} questions answered, declaration sent"


def compare(story: Story) -> str:
    """The register's answer: all that a citizen learns is whether it agrees."""
    if "/declare/outcome/" in story.citizen.url:
        raise StepFailed(f"the declaration was not confirmed: {_words(story.citizen, 'main')[:200]}")
    _expect("/pass/" in story.citizen.url, f"no pass came, but {story.citizen.url}")
    story.pass_address = story.citizen.url
    return "it agrees with the register; a pass was issued"


def fetch_qr(story: Story) -> str:
    """The pass as a picture, read back as a camera would."""
    picture = story.citizen.session.get(f"{story.pass_address.rstrip('/')}/slip.png", timeout=30)
    _expect(picture.ok, f"the picture was answered with {picture.status_code}")
    story.qr_text = qr.read(picture.content)[0]
    return (
        f"{len(picture.content):,} bytes of PNG hold a code of {len(story.qr_text)} characters, {story.qr_text[:16]}…"
    )


def scan(story: Story) -> str:
    """Bình signs in with two factors, takes his station and scans."""
    browser = story.officer
    _sign_in(browser, story.address, story.cast.officials["binh"])
    browser.open(f"{story.address}/checkpoint/")
    if "/stations/" in browser.url:
        browser.select_form("main form[method=post]")
        browser.get_current_form().choose_submit(browser.page.find("button", {"name": "station"}))
        _submit(browser)
    browser.select_form("form[action$='/checkpoint/examine/']")
    browser["text"] = story.qr_text
    _submit(browser)
    shown = _words(browser, "main")
    _expect(story.cast.citizen["full_name"] in shown, f"the officer does not see who this is: {shown[:300]}")
    return f"the officer sees: {shown[:110]}…"


def decide(story: Story) -> str:
    """Let through."""
    browser = story.officer
    form = browser.select_form("form[action$='/checkpoint/decide/']")
    form.choose_submit(browser.page.find("button", {"name": "decision", "value": "through"}))
    _submit(browser)
    return _words(browser, "[role=status], .dancu-recorded, main")[:90]


def see_in_commune(story: Story) -> str:
    """Chi signs in and finds An in the list of those who are coming."""
    browser = story.commune
    _sign_in(browser, story.address, story.cast.officials["chi"])
    name = story.cast.citizen["full_name"]
    browser.open(f"{story.address}/commune/?text={name}")
    shown = _words(browser, "main")
    _expect(name in shown, "An is not in the commune's list")
    _expect(story.cast.station in shown, "the list does not tell of the crossing")
    return f"{story.cast.destination} sees {name}, past {story.cast.station}"


def card_text(citizen: dict[str, Any]) -> str:
    """What the QR code on the citizen's card says (2021: seven fields, unsigned)."""
    sex = "Nam" if citizen["sex"] == 1 else "Nữ"
    born, issued = (citizen[field].replace("/", "") for field in ("birth_date", "card_issued_on"))
    return "|".join((citizen["pin"], citizen["cmnd"], citizen["full_name"], born, sex, citizen["home"], issued))


def _answers(cast: Cast, step: str) -> dict[str, str | tuple[str, ...]]:
    citizen, today = cast.citizen, timezone.localdate()
    tomorrow = today + dt.timedelta(days=1)
    day, month, year = citizen["birth_date"].split("/")
    answers: dict[str, dict[str, str | tuple[str, ...]]] = {
        "who": {"who": "self"},
        "card": {"code": card_text(citizen)},
        "number": {"number_kind": "pin", "number": citizen["pin"]},
        "identity": {"full_name": citizen["full_name"], "birth_0": day, "birth_1": month, "birth_2": year, "sex": str(citizen["sex"])},
        "phone": {"phone": citizen["phone"]},
        "home": {"home_area": areas.get(citizen["home_area"]).path, "permanent_here": "yes"},
        "destination": {"destination_area": cast.destination, "destination_detail": "25 Trần Hưng Đạo"},
        "when": {f"{field}_{n}": str(part) for field, date in (("departs_on", today), ("arrives_on", tomorrow))
                 for n, part in enumerate((date.day, date.month, date.year))},
        "reason": {"reason": "family"},
        "vehicle": {"vehicle": "motorbike", "companions": "0"},
        "plate": {"plate": "59F1-123.45"},
        "health": {"symptoms": ("none",), "contact": "no"},
        "test": {"test_kind": "none", "doses": "2"},
    }  # fmt: skip
    return answers.get(step, {})


def _sign_in(browser: mechanicalsoup.StatefulBrowser, address: str, member: Member) -> None:
    browser.open(f"{address}/office/sign-in/")
    browser.select_form("main form")
    browser["username"], browser["password"] = member.username, member.password
    _submit(browser)
    _expect("/code/" in browser.url, f"{member.username}'s password was not taken: {_problem(browser)}")
    browser.select_form("main form")
    browser["code"] = _words(browser, "#demo-code")
    _submit(browser)
    _expect("/sign-in/" not in browser.url, f"{member.username}'s second factor was not taken: {_problem(browser)}")


def _browser() -> mechanicalsoup.StatefulBrowser:
    browser = mechanicalsoup.StatefulBrowser(soup_config={"features": "lxml"}, raise_on_404=True)
    browser.session.headers["Accept-Language"] = "vi"
    browser.session.trust_env = False  # our own server on this machine, whatever proxy the environment names
    return browser


def _submit(browser: mechanicalsoup.StatefulBrowser) -> None:
    answer = browser.submit_selected(timeout=30)
    _expect(answer.ok, f"{browser.url} answered {answer.status_code}")


def _step(address: str) -> str:
    found = re.search(r"/declare/([a-z-]*)/?", address)
    return found[1] if found else address


def _problem(browser: mechanicalsoup.StatefulBrowser) -> str:
    return _words(browser, ".govuk-error-summary, .govuk-error-message") or _words(browser, "main")[:200]


def _words(browser: mechanicalsoup.StatefulBrowser, where: str) -> str:
    found = browser.page.select_one(where)
    return " ".join(found.get_text(" ").split()) if found else ""


def _expect(is_so: object, otherwise: str) -> None:
    if not is_so:
        raise StepFailed(otherwise)
