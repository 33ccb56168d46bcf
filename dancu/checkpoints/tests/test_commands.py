from click.testing import CliRunner

from dancu.areas import lookups as areas
from dancu.checkpoints import lookups
from dancu.checkpoints.commands import stations
from dancu.testing.travellers import commune


def run(*words: str):
    return CliRunner().invoke(stations, words)


def open_my_thuan(code: str, *more: str):
    return run("open", "Cầu Mỹ Thuận", "--area", code, "--lat", "10.2697", "--lon", "105.9069", *more)


def test_a_station_is_opened_listed_closed_and_opened_again(country):
    code = areas.get(commune("Phường Tân Ngãi, Vĩnh Long")).code
    assert open_my_thuan(code, "--road", "QL1").exit_code == 0
    listed = run("list").output
    assert "Cầu Mỹ Thuận" in listed
    assert "QL1" in listed
    assert "Phường Tân Ngãi" in listed
    assert "has been closed" in run("close", "Cầu Mỹ Thuận").output
    assert lookups.all_stations() == []
    assert open_my_thuan(code).exit_code == 0
    assert len(lookups.all_stations()) == 1


def test_a_station_stands_in_a_commune_of_today(country):
    for code in ("99999", areas.find("Vĩnh Long", level=areas.PROVINCE)[0].code):
        refused = open_my_thuan(code)
        assert refused.exit_code == 2
        assert "no commune has the code" in refused.output


def test_a_place_is_on_the_globe(country):
    assert run("open", "Nowhere", "--area", "1", "--lat", "1026", "--lon", "105").exit_code == 2


def test_a_station_that_is_not_there_cannot_be_closed(country):
    assert "No open station is called Cầu Ông Cộ" in run("close", "Cầu Ông Cộ").output
