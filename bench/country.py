"""The bench's own register and officials, made once and kept."""

import random
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from dancu.accounts import lookups as accounts
from dancu.accounts.models import Official
from dancu.accounts.tokens import create_token, revoke_token
from dancu.areas import actions as areas
from dancu.areas import lookups as area_lookups
from dancu.checkpoints import actions as checkpoints
from dancu.credentials import actions as credentials
from dancu.db.embedded import HOME
from dancu.register import lookups
from dancu.synthetic import population as synthetic


def tables() -> None:
    """Tables, areas, a key."""
    call_command("migrate", verbosity=0, interactive=False)
    areas.import_published()
    credentials.create_key("pass")


def prepare(people: int, fresh: bool) -> None:
    """A population file, and unless `fresh` people."""
    population(people)
    if not fresh and lookups.number_of_people() == 0:
        from bench import importing

        for _figure in importing.measure(0):
            pass


def population(people: int | None = None) -> Path:
    """The file of the bench's population."""
    made = sorted(HOME.glob("bench-[0-9]*.parquet"))
    if people is None:
        return made[-1]
    file = HOME / f"bench-{people}.parquet"
    if not file.exists():
        synthetic.generate(people, 2021, file)
    return file


def some_pins(most: int) -> list[str]:
    """Numbers of people drawn at random over the whole register."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pin FROM person WHERE pin IS NOT NULL AND random() < %s LIMIT %s",
            [min(1.0, 1.5 * most / max(1, lookups.number_of_people())), most],
        )
        pins = [pin for (pin,) in cursor.fetchall()]
    random.Random(7).shuffle(pins)
    return pins


def official(username: str, role: str, kind: str = "nation", jurisdiction_id: int = 0) -> Official:
    """An official for the bench, made if missing."""
    from dancu.testing.officials import make_official

    return Official.objects.filter(username=username).first() or make_official(
        username, role, kind, jurisdiction_id
    )


def token() -> str:
    """A token of a system that may identify."""
    system = official("bench-system", "vaccinator")
    revoke_token(system.pk, "bench")
    return create_token(system.pk, accounts.grants(system.pk)[0].grant_id, "bench")


def station() -> int:
    """A station to scan at."""
    area = area_lookups.find("Ninh Kiều", level=area_lookups.COMMUNE)[0]
    return checkpoints.open_station("Bench", area.area_id, 10.03, 105.78)
