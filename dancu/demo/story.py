"""The main job, played over HTTP as three people's browsers would: declare → compare → QR → scan →
decision → the commune's list.
"""

import datetime as dt
import re
import time

from django.utils import timezone
from rich.console import Console

from dancu import modules
from dancu.areas import lookups as areas
from dancu.credentials import qr
from dancu.demo.browser import Answers, Browser, expect
from dancu.demo.preparing import Cast, CitizenOfDemo, Member

_FORM = "main form[method=post]"


def play(address: str, cast: Cast, console: Console) -> bool:
    """Play the main job and print each step with what came back. False, with the step named, at the first
    that fails.
    """
    story = Story(address, cast)
    for number, step in enumerate(modules.listed(lambda module: module.demo_steps), 1):
        began = time.perf_counter()
        try:
            came_back = modules.at(step.play)(story)
        except Exception as failure:
            console.print(f"[bold red]✗ {number}. {step.name} failed:[/] {type(failure).__name__}: {failure}")
            return False
        console.print(
            f"[green]✓[/] {number}. [bold]{step.name}[/] ({time.perf_counter() - began:.2f} s): {came_back}"
        )
    console.print("[bold green]The main job works.[/]")
    return True


class Story:
    """Who takes part, and what one step passes on to the next."""

    def __init__(self, address: str, cast: Cast) -> None:
        self.cast = cast
        self.an, self._address = Browser(address), address
        self._officials: dict[str, Browser] = {}
        self.qr_text = ""

    def official(self, username: str) -> Browser:
        """The browser of one of the cast's officials, who has signed in."""
        if username not in self._officials:
            browser = self._officials[username] = Browser(self._address)
            _sign_in(browser, self.cast.officials[username])
        return self._officials[username]

    def declare(self) -> str:
        """An answers one small question after the other, as the pages ask them, and sends the declaration."""
        answers, asked = _answers(self.cast), 0
        self.an.open("/declare/")
        while (step := _step(self.an.address)) != "check":
            expect(asked < 30, f"the questions do not end; the last was “{step}”")
            self.an.send(_FORM, answers.get(step, {}))
            expect(
                _step(self.an.address) != step, f"the answer to “{step}” was not taken: {self.an.problem()}"
            )
            asked += 1
        self.an.send(_FORM, {"honest": True})
        return f"{asked} questions answered, declaration sent"

    def compare(self) -> str:
        """Compared with the register; who has not signed in learns nothing of it, and the officer all."""
        expect("/declare/outcome/" not in self.an.address, f"not confirmed: {self.an.words()[:200]}")
        expect("/pass/" in self.an.address, f"no pass came, but {self.an.address}: {self.an.problem()}")
        return "compared with the register, which the officer will see; a pass was issued"

    def fetch_qr(self) -> str:
        """The pass as a picture, read as a camera would."""
        picture = self.an.download(f"{self.an.address.rstrip('/')}/slip.png")
        self.qr_text = qr.read(picture)[0]
        return (
            f"{len(picture):,} bytes of PNG hold a code of {len(self.qr_text)} characters, "
            f"{self.qr_text[:16]}…"
        )

    def scan(self) -> str:
        """Bình signs in with two factors, takes his station and scans."""
        binh = self.official("binh")
        binh.open("/checkpoint/")
        if "/stations/" in binh.address:
            binh.send(_FORM, {}, press={"name": "station"})
        binh.send("form[action$='/checkpoint/examine/']", {"text": self.qr_text})
        shown = binh.words()
        expect(
            self.cast.citizen["full_name"] in shown, f"the officer does not see who this is: {shown[:300]}"
        )
        return f"the officer sees: {shown[:110]}…"

    def decide(self) -> str:
        """Bình lets An through."""
        binh = self.official("binh")
        binh.send("form[action$='/checkpoint/decide/']", {}, press={"name": "decision", "value": "through"})
        recorded = binh.words("#desk [role=status]")
        expect(recorded, f"the crossing was not recorded: {binh.problem()}")
        return recorded

    def see_in_commune(self) -> str:
        """Chi signs in and finds An among those who are coming."""
        chi, name = self.official("chi"), self.cast.citizen["full_name"]
        chi.open("/commune/")
        chi.send("form[role=search]", {"q": name})
        shown = chi.words()
        expect(name in shown, "An is not in the commune's list")
        expect(self.cast.station in shown, "the list does not tell of the crossing")
        return f"{self.cast.destination} sees {name}, past {self.cast.station}"


def card_text(citizen: CitizenOfDemo) -> str:
    """What the QR code on the citizen's card says: seven fields, unsigned (the chip card of 2021)."""
    sex = "Nam" if citizen["sex"] == 1 else "Nữ"
    born, issued = (citizen[field].replace("/", "") for field in ("birth_date", "card_issued_on"))
    return "|".join(
        (citizen["pin"], citizen["cmnd"], citizen["full_name"], born, sex, citizen["home"], issued)
    )


def _answers(cast: Cast) -> dict[str, Answers]:
    """What An answers at each step, by the step's name; a step that is not here is left as it is shown."""
    citizen, today = cast.citizen, timezone.localdate()
    day, month, year = citizen["birth_date"].split("/")
    return {
        "who": {"who": "self"},
        "card": {"code": card_text(citizen)},
        "number": {"number_kind": "pin", "number": citizen["pin"]},
        "identity": {
            "full_name": citizen["full_name"],
            "birth_0": day,
            "birth_1": month,
            "birth_2": year,
            "sex": str(citizen["sex"]),
        },
        "phone": {"phone": citizen["phone"]},
        "home": {"home_area": areas.get(citizen["home_area"]).path, "permanent_here": "yes"},
        "destination": {"destination_area": cast.destination, "destination_detail": "25 Trần Hưng Đạo"},
        "when": {**_date("departs_on", today), **_date("arrives_on", today + dt.timedelta(days=1))},
        "reason": {"reason": "family"},
        "vehicle": {"vehicle": "motorbike", "companions": "0"},
        "plate": {"plate": "59F1-123.45"},
        "health": {"symptoms": ("none",), "contact": "no"},
        "test": {"test_kind": "none", "doses": "2"},
    }


def _date(field: str, date: dt.date) -> dict[str, str | bool | tuple[str, ...]]:
    return {f"{field}_{place}": str(part) for place, part in enumerate((date.day, date.month, date.year))}


def _sign_in(browser: Browser, member: Member) -> None:
    browser.open("/office/sign-in/")
    browser.send("main form", {"username": member.username, "password": member.password})
    expect("/code/" in browser.address, f"{member.username}'s password was not taken: {browser.problem()}")
    browser.send("main form", {"code": browser.words("#demo-code")})
    expect(
        "/sign-in/" not in browser.address,
        f"{member.username}'s second factor was not taken: {browser.problem()}",
    )


def _step(address: str) -> str:
    found = re.search(r"/declare/([a-z-]*)/?", address)
    return found[1] if found else address
