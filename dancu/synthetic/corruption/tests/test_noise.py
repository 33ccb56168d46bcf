"""Declarations made wrong on purpose: every fault at its rate, the truth beside it, nobody drawn twice
for tuning and for reporting.
"""

import datetime as dt
from functools import cache
from pathlib import Path
from random import Random

import polars as pl
import pytest
from click.testing import CliRunner

from dancu.matching.commands import match
from dancu.register.errors import NotAPopulationFile
from dancu.synthetic import corruption as noise
from dancu.synthetic.corruption import names
from dancu.synthetic.corruption.declaring import _TEXT_FAULTS
from dancu.synthetic.corruption.rates import FAULTS
from dancu.synthetic.population.tests.sample import ON, sample

pytestmark = pytest.mark.slow

RECORDS = 20_000
_NOT_OF_THE_NAME = [group for group in FAULTS if group not in _TEXT_FAULTS]


@pytest.fixture(scope="session")
def people(tmp_path_factory) -> Path:
    file = tmp_path_factory.mktemp("noise") / "people.parquet"
    sample().drop("age", "surname", "words").write_parquet(file)
    return file


def declared(
    people: Path, seed: int = 2, profile: str = "paper", outsiders: float = 0.1, records: int = RECORDS
):
    return _declared(people, seed, profile, outsiders, records)


@cache
def _declared(people: Path, seed: int, profile: str, outsiders: float, records: int) -> pl.DataFrame:
    out = people.with_name(f"{seed}-{profile}-{outsiders}-{records}.parquet")
    noise.generate(people, records, seed, profile, out, ON, outsiders)
    return pl.read_parquet(out)


def meant(people: Path, **wanted) -> pl.DataFrame:
    """The records of people who are in the register, beside what the register says of them."""
    register = pl.read_parquet(people).select(pl.all().name.prefix("held_"))
    return declared(people, **wanted).join(register, left_on="truth_pin", right_on="held_pin", how="inner")


def befalls(records: pl.DataFrame, code: str) -> pl.DataFrame:
    return records.filter(pl.col("faults").list.contains(code))


def test_the_file_has_what_a_sender_sends_and_whom_it_means(people):
    records = declared(people)
    assert records.columns == [*noise.DECLARED, *noise.TRUTH]
    assert len(records) == RECORDS == records["record_id"].n_unique()
    assert all(records.schema[column] == pl.String for column in noise.DECLARED)
    assert records.select(pl.col(noise.DECLARED).null_count()).sum_horizontal().item() == 0


def _expected(people: Path, profile: str) -> dict[str, tuple[int, float]]:
    """By code: how many of the records it can befall, and its rate."""
    records, rates, dice = meant(people, profile=profile), noise.read_rates(profile), Random(1)
    held = records["held_full_name"].to_list()
    expected = {}
    for group, faults in _TEXT_FAULTS.items():
        for code, make in faults.items():
            can = [make(name, dice) != name for name in held]
            expected[code] = (sum(can), rates[group][code])
    day = pl.col("held_birth_date").dt.day()
    month, year = pl.col("held_birth_date").dt.month(), pl.col("held_birth_date").dt.year()
    exact = pl.col("held_birth_precision") == "D"
    can_be = {
        "birth": {
            "swapped": exact & (day <= 12) & (day != month),
            "first_of_january": exact & ~((day == 1) & (month == 1)),
            "lunar": exact & (year < 1975),
            "blank": pl.lit(True),
        },
        "sex": {},
        "number": {"cmnd": pl.col("held_cmnd").is_not_null(), "number_of_another": pl.lit(False)},
        "phone": {
            "phone_missing": pl.col("held_phone").is_not_null(),
            "phone_digit_wrong": pl.col("held_phone").is_not_null(),
        },
        "home": {"current_for_permanent": pl.col("held_current_code").is_not_null()},
    }
    hidden = (
        "relatives_number",
        "relatives_phone",
    )  # whom the household's next member is, the file does not say
    for group, some in can_be.items():
        for code, rate in rates[group].items():
            can = some.get(code, exact if group == "birth" else pl.lit(True))
            if code not in hidden:
                expected[code] = (records.with_columns(can=can.fill_null(False))["can"].sum(), rate)
    return expected


@pytest.mark.parametrize("profile", noise.PROFILES)
def test_every_fault_occurs_at_its_rate(people, profile):
    records = meant(people, profile=profile)
    found = dict(records.explode("faults")["faults"].value_counts().iter_rows())
    for code, (can, rate) in _expected(people, profile).items():
        wanted = can * rate
        # five standard deviations, and a tenth for faults that stand in each other's way (a name already cut
        # has no Thị left)
        assert abs(found.get(code, 0) - wanted) <= 5 * wanted**0.5 + 0.12 * wanted, (
            code,
            found.get(code, 0),
            wanted,
        )


def test_in_a_list_of_the_size_of_the_reports_every_fault_of_the_paper_profile_is_there(people):
    found = set(declared(people).explode("faults")["faults"])
    assert {code for group in FAULTS for code in noise.read_rates("paper")[group]} - found == set()


def test_paper_disagrees_in_name_or_birth_as_often_as_the_report_of_2022_found(people):
    rates = noise.read_rates("paper")
    typed_otherwise = {"tone_placement", "unicode_form", "foreign_d", "unmarked", "font_tcvn3", "font_vni"}
    wrong = {
        code for group in ("name_form", "name_spelling", "typing", "birth") for code in rates[group]
    } - typed_otherwise
    records = meant(people)
    assert records["faults"].list.set_intersection(list(wrong)).list.len().gt(0).mean() == pytest.approx(
        0.26, abs=0.03
    )
    assert (records["number"] == "").mean() == pytest.approx(0.046, abs=0.006)


def test_what_no_fault_befell_is_what_the_register_says(people):
    clean = meant(people).filter(pl.col("faults").list.len() == 0)
    assert len(clean) > 1000
    assert clean.filter(pl.col("full_name") != pl.col("held_full_name")).is_empty()
    assert clean.filter(pl.col("number").str.replace_all(" ", "") != pl.col("truth_pin")).is_empty()
    assert clean.filter(
        pl.col("commune_code") != "", pl.col("commune_code") != pl.col("held_permanent_code")
    ).is_empty()
    exact = clean.filter(pl.col("held_birth_precision") == "D")
    assert exact.filter(
        ~pl.col("birth").str.contains(pl.col("held_birth_date").dt.year().cast(pl.String))
    ).is_empty()


def test_the_truth_is_a_living_persons_number_or_row(people):
    records, register = declared(people), pl.read_parquet(people).with_row_index("row", offset=1)
    within = records.filter("in_register")
    assert (within["kind"] == "person").all()
    assert within.filter(pl.col("truth_pin").is_null() == pl.col("truth_row").is_null()).is_empty()
    assert meant(people)["held_status"].unique().to_list() == [1]
    rows = (
        within.filter(pl.col("truth_row").is_not_null())["truth_row"]
        .str.split(":")
        .list.last()
        .cast(pl.UInt32)
    )
    assert len(rows) > 10
    assert register.filter(pl.col("row").is_in(rows.implode()))["pin"].is_null().all()


def test_a_wrong_number_is_wrong_in_the_way_that_its_fault_says(people):
    records = meant(people).with_columns(number=pl.col("number").str.replace_all(" ", ""))
    cmnd = befalls(records, "cmnd")
    assert (cmnd["number"] == cmnd["held_cmnd"]).all()
    lost = befalls(records, "zero_lost")
    assert (lost["number"].str.zfill(12) == lost["truth_pin"]).all()
    for code, places in (("transposed", 2), ("digit_wrong", 1)):
        for number, pin in befalls(records, code).select("number", "truth_pin").iter_rows():
            assert sum(a != b for a, b in zip(number, pin, strict=True)) == places
    relatives = befalls(records, "relatives_number").join(
        pl.read_parquet(people).select("pin", holder="household_no"), left_on="number", right_on="pin"
    )
    assert len(relatives) > 50
    assert (relatives["holder"] == relatives["held_household_no"]).all()


def test_the_same_seed_gives_the_same_file(people, tmp_path):
    for name in ("a", "b"):
        noise.generate(people, 3000, 4, "declaration", tmp_path / name, ON, 0.2)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_seed_to_tune_with_and_one_to_report_never_draw_the_same_person(people):
    tuning, reporting = meant(people, seed=2, records=5000), meant(people, seed=3, records=5000)
    assert len(tuning) > 4000
    assert tuning.join(reporting, on="truth_pin").is_empty()
    households = tuning.join(reporting, on="held_household_no")["held_household_no"].n_unique()
    assert households < 60  # those that a thousand rows end in


def test_outsiders_are_in_no_population_file(people):
    outside = declared(people, seed=2, profile="declaration", outsiders=1.0, records=5000)
    register = pl.read_parquet(people)
    assert not outside["in_register"].any()
    assert outside.select(pl.col("truth_pin", "truth_row").is_null().all()).row(0) == (True, True)
    own = outside.filter(
        ~pl.col("faults")
        .list.set_intersection(["number_of_another", "relatives_number", "digit_wrong", "transposed"])
        .list.len()
        .gt(0)
    )
    assert own.filter(
        pl.col("number").str.replace_all(" ", "").is_in(register["pin"].drop_nulls().implode())
    ).is_empty()
    strangers = outside.filter(pl.col("kind") == "outsider").with_columns(
        day=pl.col("birth").str.to_date("%d/%m/%Y", strict=False)
    )
    assert strangers.join(
        register,
        left_on=["full_name", "day", "commune_code"],
        right_on=["full_name", "birth_date", "permanent_code"],
    ).is_empty()


def test_outsiders_are_like_people_who_are_in_the_register(people):
    outside = declared(people, seed=2, profile="declaration", outsiders=1.0, records=5000)
    kinds = dict(outside["kind"].value_counts(normalize=True).iter_rows())
    assert kinds == pytest.approx(noise.read_rates("declaration")["outsiders"], abs=0.03)
    register = pl.read_parquet(people).select(pl.all().name.prefix("held_"))
    clean = outside.filter(pl.col("faults").list.len() == 0).join(
        register, left_on="like_pin", right_on="held_pin"
    )
    namesakes = clean.filter(pl.col("kind") == "outsider_namesake")
    assert (namesakes["full_name"] == namesakes["held_full_name"]).all()
    twins = clean.filter(
        pl.col("kind") == "outsider_twin",
        pl.col("birth").str.contains("....-..-"),
        pl.col("held_birth_precision") == "D",
    )
    assert (twins["birth"] == twins["held_birth_date"].cast(pl.String)).all()
    for kind in ("outsider_twin", "outsider_relative"):
        alike = clean.filter(pl.col("kind") == kind, pl.col("commune_code") != "")
        assert len(alike) > 20
        assert (alike["full_name"] != alike["held_full_name"]).all()
        assert (alike["commune_code"] == alike["held_permanent_code"]).all()
        assert (
            alike["full_name"].str.split(" ").list.first()
            == alike["held_full_name"].str.split(" ").list.first()
        ).mean() > 0.9


def test_without_numbers_nobody_declares_one(people):
    records = declared(people, profile="no_number")
    assert set(records["number"]) == {""}


def test_more_declarations_than_people_are_made_by_drawing_some_again(people, tmp_path):
    noise.generate(people, 60_000, 2, "declaration", tmp_path / "many.parquet", ON, 0.0)
    many = pl.read_parquet(tmp_path / "many.parquet")
    assert len(many) == 60_000
    assert many["truth_pin"].n_unique() < 30_000


def test_parts_in_a_directory_are_one_population(people, tmp_path):
    register = pl.read_parquet(people)
    (tmp_path / "parts").mkdir()
    register[:25_000].write_parquet(tmp_path / "parts" / "part-0001.parquet")
    register[25_000:].write_parquet(tmp_path / "parts" / "part-0002.parquet")
    noise.generate(tmp_path / "parts", 4000, 2, "declaration", tmp_path / "out.parquet", ON, 0.1)
    drawn = pl.read_parquet(tmp_path / "out.parquet")["truth_pin"].drop_nulls()
    places = register.with_row_index("row").filter(pl.col("pin").is_in(drawn.implode()))["row"]
    assert (places < 25_000).mean() == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize(
    "of_the_records", [{"records": 0}, {"seed": -1}, {"outsiders": 1.5}, {"profile": "none"}]
)
def test_what_cannot_be_declared_is_told(people, tmp_path, of_the_records):
    asked = {"records": 10, "seed": 1, "profile": "paper", "outsiders": 0.1} | of_the_records
    with pytest.raises(noise.CannotDeclare, match="declaration, no_number, paper"):
        noise.generate(people, **asked, out=tmp_path / "out.parquet", on=ON)


def test_a_file_that_is_no_population_is_refused(tmp_path):
    (tmp_path / "x.parquet").write_bytes(b"PAR1 and no more")
    with pytest.raises(NotAPopulationFile):
        noise.generate(tmp_path / "x.parquet", 10, 1, "paper", tmp_path / "out.parquet", ON, 0.0)


def test_the_command_writes_declarations_and_says_where(people, tmp_path):
    out = tmp_path / "declared.parquet"
    wanted = [
        "noise",
        str(people),
        "--records",
        "500",
        "--seed",
        "7",
        "--profile",
        "paper",
        "--on",
        f"{ON}",
        "--out",
        str(out),
    ]
    told = CliRunner().invoke(match, wanted)
    assert told.exit_code == 0, told.output
    assert "500 declarations" in told.output
    assert len(pl.read_parquet(out)) == 500
    refused = CliRunner().invoke(match, ["noise", str(out), "--records", "1", "--out", str(out)])
    assert refused.exit_code == 1
    assert len(pl.read_parquet(out)) == 500


def test_before_the_reform_an_address_names_a_district(tmp_path, people):
    noise.generate(people, 500, 2, "declaration", tmp_path / "then.parquet", dt.date(2021, 8, 1), 0.0)
    addresses = pl.read_parquet(tmp_path / "then.parquet").filter(pl.col("faults").list.len() == 0)["address"]
    assert addresses.str.contains("Quận|Huyện|Thị xã|Thành phố").any()


@pytest.mark.parametrize(
    ("fault", "name", "wrong"),
    [
        (names.middle_dropped, "Nguyễn Văn An", "Nguyễn An"),
        (names.thi_dropped, "Nguyễn Thị Thu Hòa", "Nguyễn Thu Hòa"),
        (names.thi_dropped, "Nguyễn Văn An", "Nguyễn Văn An"),
        (names.surname_regional, "Hoàng Văn An", "Huỳnh Văn An"),
        (names.dual_shortened, "Nguyễn Hoàng Minh Anh", "Nguyễn Minh Anh"),
        (names.dual_shortened, "Tôn Thất Minh Anh", "Tôn Minh Anh"),
        (names.one_word, "Nguyễn Văn An", "An"),
        (names.minority_reordered, "Y Blô Niê", "Niê Y Blô"),
        (names.minority_reordered, "A Lềnh", "Lềnh A"),
        (names.minority_reordered, "Nguyễn Văn An", "Nguyễn Văn An"),
        (names.given_first, "Y Blô Niê", "Y Blô Niê"),
    ],
)
def test_parts_of_a_name_go_astray_as_they_do(fault, name, wrong):
    assert fault(name, Random(3)) == wrong
