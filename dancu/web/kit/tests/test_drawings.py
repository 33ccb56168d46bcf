"""Charts and maps: what is drawn is what the numbers say, within the drawing."""

from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from dancu.web.kit import charts, maps
from dancu.web.kit.columns import ListColumn
from dancu.web.kit.lists import Listing, ShownList

NUMBERS = st.one_of(st.none(), st.integers(0, 10**9))
PLACES = st.tuples(st.floats(8, 24), st.floats(102, 115))


@given(st.lists(st.tuples(NUMBERS, NUMBERS), max_size=40))
def test_columns_stay_within_the_drawing_whatever_the_numbers(pairs):
    drawn = charts.columns(
        "Doses",
        "",
        [f"{nth}/8" for nth in range(len(pairs))],
        [("a", [a for a, _b in pairs]), ("b", [b for _a, b in pairs])],
    )
    for bar in drawn.bars:
        assert bar.x >= 0
        assert bar.x + bar.width <= charts.WIDTH + 0.2
        assert bar.y >= charts.TOP - 0.2
        assert bar.y + bar.height <= charts.TOP + charts.HIGH + 0.2
    assert len([text for text in drawn.texts if text.words == "…"]) == sum(None in pair for pair in pairs)


def test_a_column_is_as_high_as_its_number_and_says_it():
    with translation.override("en"):
        drawn = charts.columns("Doses", "", ["3/8", "4/8"], [("first", [1000, 500]), ("second", [0, 500])])
    first, _nothing, half, upon = drawn.bars
    assert (first.height, half.height, upon.height) == (190, 95, 95)
    assert upon.y + upon.height == half.y
    assert (first.words, list(drawn.series)) == ("3/8: 1,000, first", ["first", "second"])


@given(st.lists(st.tuples(PLACES, NUMBERS), max_size=30), st.lists(PLACES, max_size=30))
def test_every_point_is_on_the_map_whatever_the_places(points, ground):
    drawn = maps.point_map("", [maps.MapPoint("x", place, number) for place, number in points], ground)
    assert len(drawn.circles) == len(points)
    for circle in drawn.circles:
        assert 0 <= circle.x <= drawn.width
        assert 0 <= circle.y <= drawn.height
        assert maps.LEAST <= circle.radius <= maps.LARGEST


def test_north_is_above_east_is_right_and_the_small_lie_upon_the_large():
    hue, can_tho, ha_noi = (
        maps.MapPoint("Huế", (16.46, 107.59), None),
        maps.MapPoint("Cần Thơ", (10.03, 105.78), 4),
        maps.MapPoint("Hà Nội", (21.03, 105.85), 400, "?area=1"),
    )
    with translation.override("vi"):
        north, south, middle = maps.point_map("", [hue, can_tho, ha_noi]).circles
    assert north.y < middle.y < south.y
    assert middle.x > max(north.x, south.x)
    assert north.radius == 10 * south.radius or south.radius == maps.LEAST
    assert (north.words, middle.words, middle.is_told) == ("Hà Nội: 400", "Huế: …", False)


def test_a_chart_and_a_map_stand_beside_their_table():
    listing: Listing[tuple[str, int]] = Listing("Doses", (ListColumn("day", "Day", lambda row: row[0]),))
    table = ShownList("Doses", [], [], [], "")
    chart = charts.columns("Doses", "By day.", ["3/8"], [("doses", [5])])
    drawn = render_to_string("kit/chart.html", {"chart": chart, "list": table})
    assert 'aria-label="Doses. By day."' in drawn
    assert listing.title in drawn
    where = maps.point_map("Where", [maps.MapPoint("<Huế>", (16.46, 107.59), 3, "?a=1&b=2")])
    drawn = render_to_string("kit/map.html", {"map": where, "list": table})
    assert "&lt;Huế&gt;" in drawn
    assert '<a href="?a=1&amp;b=2" tabindex="-1">' in drawn
    assert "<table" in drawn
