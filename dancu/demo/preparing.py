"""What the demo's country needs before it runs. Each step finds out for itself whether it is done, so a
set-up that was broken off goes on.
"""

import json
import random
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypedDict

from django.core.management import call_command
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from dancu import modules, private
from dancu.accounts import actions as accounts
from dancu.accounts import sign_in
from dancu.accounts.duties import ROLES
from dancu.accounts.models import Official
from dancu.areas import actions as areas_actions
from dancu.areas import lookups as areas
from dancu.areas.lookups import Area
from dancu.checkpoints import actions as checkpoints
from dancu.credentials import actions as credentials
from dancu.db.embedded import HOME
from dancu.register import importing, lookups
from dancu.synthetic import population as synthetic

SEED = 2021
STATIONS = (  # name, road, latitude, longitude
    ("Cầu Mỹ Thuận", "QL1", 10.2697, 105.9069),
    ("Cầu Rạch Miễu", "QL60", 10.3436, 106.3690),
    ("Dầu Giây", "QL1 – QL20", 10.9433, 107.1420),
    ("Pháp Vân", "CT01", 20.9560, 105.8560),
    ("Hầm Hải Vân", "QL1", 16.1950, 108.1330),
)
DESTINATION = "Phường Ninh Kiều, Cần Thơ"
HOME_PROVINCE = "Thành phố Hồ Chí Minh"


@dataclass(frozen=True)
class Member:
    """One of the demo's cast. `jurisdiction`: in words."""

    username: str
    full_name: str
    role: str
    jurisdiction: str
    password: str


class CitizenOfDemo(TypedDict):
    """Who declares in the demo, and what is printed on the card."""

    person_id: int
    pin: str
    full_name: str
    sex: int
    birth_date: str  # both days as 31/12/1990
    phone: str
    home: str
    home_area: int
    cmnd: str  # "": none
    card_issued_on: str


@dataclass(frozen=True)
class DemoPlaces:
    """Where the cast works: each a number and what it is called (modules.DemoOfficial.where)."""

    station_id: int
    station_name: str
    destination_area: Area

    def station(self) -> tuple[int, str]:
        return self.station_id, self.station_name

    def destination(self) -> tuple[int, str]:
        """The commune that the demo's citizen travels to."""
        return self.destination_area.area_id, self.destination_area.path

    def province(self) -> tuple[int, str]:
        """In which it lies."""
        return self.destination_area.province_id, str(areas.get(self.destination_area.province_id))

    def nation(self) -> tuple[int, str]:
        return 0, "nation"


@dataclass(frozen=True)
class Cast:
    """Who to be: the officials, and a citizen from the register with what is printed on the card."""

    officials: dict[str, Member]
    citizen: CitizenOfDemo
    station: str
    station_id: int
    destination: str
    destination_area: int


class MadeBefore(Exception):
    """This data was created by an earlier version of the demo. Start again with: bin/demo --fresh"""


class PeopleOfAnother(Exception):
    """This database may hold real people. A demo shows everyone's codes and messages, so it runs only on an
    empty register, or on one it created itself. Remove DANCU_DATABASE_URL, or set DANCU_HOME to another
    directory.
    """


def prepare(people: int, console: Console) -> Cast:
    """Tables, areas, keys, people, stations, cast, and some traffic; returns who to be. Raises
    MadeBefore, PeopleOfAnother.
    """
    if lookups.has_old_tables():
        raise MadeBefore
    with console.status("Tables"):
        call_command("migrate", verbosity=0, interactive=False)
    if not lookups.is_a_demos():
        raise PeopleOfAnother
    with console.status("Administrative units of both eras"):
        areas_actions.import_published()
        credentials.create_key("pass")
    _populate(people, console)
    file = HOME / "demo.json"
    if file.exists():
        return _read(file)
    stations = {name: _open_station(name, road, *place) for name, road, *place in STATIONS}
    cast = _cast(stations)
    for scene in modules.listed(lambda module: module.demo_scenes):
        with console.status(scene.title):
            modules.at(scene.play)(cast, random.Random(SEED))  # noqa: S311 – play, no secret
    _write(file, cast)
    return cast


def introduce(cast: Cast, address: str, console: Console) -> None:
    """Print where to go and who to be."""
    console.print(f"\n[bold green]dancu runs:[/] [bold]{address}/[/]   (Ctrl-C stops it)\n")
    citizen = cast.citizen
    table = Table(title="Who to be", title_justify="left")
    for heading in ("Role", "Area", "Username", "Password", "Start at"):
        table.add_column(heading, overflow="fold", no_wrap=heading in ("Username", "Password"))
    for member in cast.officials.values():
        table.add_row(
            member.role.replace("_", " "),
            member.jurisdiction,
            member.username,
            member.password,
            ROLES[member.role].start,
        )
    console.print(table)
    console.print("The second factor is shown on the page that asks for it, since this is a demo.\n")
    console.print(
        f"Citizen, at {address}/ : {citizen['full_name']}, number {citizen['pin']}, born "
        f"{citizen['birth_date']}, "
        f"phone {citizen['phone']}; codes by SMS are on {address}/demo/messages/\n"
        f"Going to {cast.destination}, past the station {cast.station}. Everybody in this register is "
        f"invented.\n"
    )


def _populate(people: int, console: Console) -> None:
    there = lookups.number_of_people()
    if there:
        if there < people * 0.9:
            console.print(
                f"The register already holds {there:,} people. To start again: bin/demo --fresh --people "
                f"{people}"
            )
        return
    file = HOME / f"demo-{people}.parquet"
    with Progress(
        TextColumn("{task.description:>22}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
    ) as bar:
        making = bar.add_task("Making people", total=people)
        synthetic.generate(people, SEED, file, None, lambda done: bar.update(making, completed=done))
        loading = bar.add_task("Loading the register", total=people)

        def progress(step: str, rows: int) -> None:
            if step == importing.READING:
                bar.advance(loading, rows)
            else:
                bar.update(loading, description=f"Loading: {step}")

        importing.import_files([file], HOME / "demo-rejected.csv", timezone.localdate(), progress)
        bar.update(loading, description="Loaded the register", completed=people)
    file.unlink(missing_ok=True)


def _open_station(name: str, road: str, latitude: float, longitude: float) -> int:
    communes = areas.communes(timezone.localdate())
    near = min(
        (area for area in communes if area.latitude is not None and area.longitude is not None),
        key=lambda area: (area.latitude - latitude) ** 2 + (area.longitude - longitude) ** 2,  # type: ignore[operator]
    )
    return checkpoints.open_station(name, near.area_id, latitude, longitude, road)


def _cast(stations: dict[str, int]) -> Cast:
    destination = areas.find(DESTINATION, level=areas.COMMUNE)[0]
    home = areas.find(HOME_PROVINCE, level=areas.PROVINCE)[0]
    station = STATIONS[0][0]
    places = DemoPlaces(stations[station], station, destination)
    officials = {
        username: _official(username, one.full_name, one.role, one.jurisdiction, *one.where(places))
        for username, one in modules.in_order(lambda module: module.demo_officials).items()
    }
    return Cast(
        officials, _citizen(home.area_id), station, stations[station], destination.path, destination.area_id
    )


def _official(
    username: str, full_name: str, role: str, kind: str, jurisdiction_id: int, where: str
) -> Member:
    password = f"{username}-{secrets.token_hex(5)}"
    official = Official.objects.filter(username=username).first()
    if official is None:
        official = Official.objects.get(
            pk=accounts.create_official(None, username, full_name, with_second_factor=True).official_id
        )
        accounts.grant_role(None, official.pk, role, kind, jurisdiction_id)
    sign_in.change_password(official, password, "127.0.0.1")
    return Member(username, full_name, role, where, password)


def _citizen(province_id: int) -> CitizenOfDemo:
    person = lookups.get(lookups.example_person(areas.ids_below(province_id)))
    assert person["home_area"]  # as every example person
    home = areas.get(person["home_area"])
    return {
        "person_id": person["person_id"],
        "pin": person["pin"] or "",
        "full_name": person["full_name"],
        "sex": person["sex"],
        "birth_date": f"{person['birth_date']:%d/%m/%Y}",
        "phone": person["phone"] or "",
        "home": home.path,
        "home_area": home.area_id,
        "cmnd": person["cmnd"] or "",
        "card_issued_on": f"{person['card_issued_on']:%d/%m/%Y}",
    }


def _write(file: Path, cast: Cast) -> None:
    """Passwords stand in it: nobody else of this machine reads it."""
    with private.opened(file) as target:
        target.write(json.dumps(asdict(cast), ensure_ascii=False, indent=1).encode())


def _read(file: Path) -> Cast:
    file.chmod(0o600)
    kept = json.loads(file.read_text("utf-8"))
    kept["officials"] = {name: Member(**member) for name, member in kept["officials"].items()}
    return Cast(**kept)
