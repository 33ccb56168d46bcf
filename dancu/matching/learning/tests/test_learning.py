"""The register's own weights, learnt again on a small population, and the curve by which their threshold
is chosen.
"""

import datetime as dt
from dataclasses import replace
from xml.etree import ElementTree

import polars as pl
import pytest

from dancu.linkage.model.weights import NotItsWeights, load_weights
from dancu.matching import answers
from dancu.matching.learning import curve, learning
from dancu.matching.learning.curve import Seen
from dancu.synthetic import corruption as noise
from dancu.synthetic import population as synthetic

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

ON = dt.date(2026, 11, 23)


@pytest.fixture(scope="module")
def files(tmp_path_factory, django_db_setup, django_db_blocker):
    folder = tmp_path_factory.mktemp("learning")
    people, declared = folder / "people.parquet", folder / "declared.parquet"
    synthetic.generate(6000, 5, people, ON)
    return people, declared


def test_weights_are_learnt_without_knowing_who_is_meant(files, tmp_path):
    people, declared = files
    noise.generate(people, 2500, 4, "declaration", declared, ON, 0.05)
    rows = pl.read_parquet(declared).select(noise.DECLARED)
    weights = learning.learn(answers.people_model(), rows, learning.read_people([people]), ON)
    assert weights.levels["given_name"]["same"][0] == pytest.approx(0.94, abs=0.05)
    assert weights.levels["number"]["same"] == (pytest.approx(0.97, abs=0.05), 2e-8)
    assert weights.bits("birth_date", "same") > 10 > 0 > weights.bits("birth_date", "different")
    weights.save(tmp_path / "weights.json")
    assert (
        load_weights(tmp_path / "weights.json", answers.people_model()).levels.keys() == weights.levels.keys()
    )
    other = replace(weights, digest="another")
    other.save(tmp_path / "weights.json")
    with pytest.raises(NotItsWeights, match="another model"):
        load_weights(tmp_path / "weights.json", answers.people_model())


def seen(weight: float, right: bool = True, match: bool = True) -> Seen:
    return Seen(weight, match, right and match, True, True)


def test_the_threshold_is_the_lowest_from_which_on_precision_holds():
    points = curve.curve(
        [seen(20)] * 900 + [seen(4, right=False)] + [seen(3)] * 50 + [seen(0, match=False)] * 49
    )
    best = curve.chosen(points, 0.9995)
    assert best
    assert (best.threshold, best.precision, best.recall) == (4.5, 1.0, 0.9)
    assert points[0].wrong == 1


def test_no_threshold_is_chosen_where_the_surest_are_wrong():
    assert curve.chosen(curve.curve([seen(30, right=False)])) is None


def test_the_curve_is_a_picture(tmp_path):
    curve.drawing(curve.curve([seen(20), seen(3)]), tmp_path / "curve.svg")
    picture = ElementTree.parse(tmp_path / "curve.svg").getroot()
    assert len(picture.findall(".//{*}circle")) == len(curve.THRESHOLDS)
