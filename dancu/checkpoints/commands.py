"""`dancu stations …`: where officers stand."""

import click
from django.utils import timezone

from dancu.areas import lookups as areas
from dancu.checkpoints import actions, lookups


@click.group()
def stations() -> None:
    """Checkpoint stations."""


@stations.command("open")
@click.argument("name")
@click.option("--area", "code", required=True, help="Code of the commune it is in, as of today.")
@click.option("--lat", "latitude", required=True, type=click.FloatRange(-90, 90), help="Degrees north.")
@click.option("--lon", "longitude", required=True, type=click.FloatRange(-180, 180), help="Degrees east.")
@click.option("--road", default="", help="The road it is on, such as QL1.")
def open_(name: str, code: str, latitude: float, longitude: float, road: str) -> None:
    """Open the station NAME, change its details, or open it again."""
    area = areas.unit(code, timezone.localdate())
    if area is None or area.level != areas.COMMUNE:
        raise click.BadParameter(
            f"no commune has the code {code} today; bin/dancu areas find shows codes.", param_hint="--area"
        )
    station_id = actions.open_station(name, area.area_id, latitude, longitude, road)
    click.echo(f"{station_id}  {name}  {area.path}")


@stations.command("list")
def list_() -> None:
    """List open stations."""
    for station in lookups.all_stations():
        area = areas.get(station["area_id"])
        click.echo(f"{station['station_id']:>5}  {station['name']:30}  {station['road']:12}  {area.path}")


@stations.command()
@click.argument("name")
def close(name: str) -> None:
    """Close the station NAME. What was recorded there is kept."""
    for station in lookups.all_stations():
        if name in (station["name"], str(station["station_id"])):
            actions.close_station(station["station_id"])
            click.echo(f"{station['name']} has been closed.")
            return
    raise click.ClickException(f"No open station is called {name}. To see them all: dancu stations list")
