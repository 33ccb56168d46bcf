"""Synthetic people have the families that people have."""

import numpy as np
import polars as pl
import pytest

from dancu.register.descent import are_close
from dancu.synthetic.population.names import by_mother
from dancu.synthetic.population.tests.sample import ON, sample, with_relative

MATRILINEAL = [f"{code:02}" for code in range(1, 57) if by_mother(np.array([code]))[0]]
WITHOUT_SURNAME = ["13", "14", "22", "27", "54"]  # "A Nhưn", "Điểu Hớt"
HEAD, SPOUSE, CHILD, PARENT, GRANDCHILD = 1, 2, 3, 4, 6


def test_children_have_their_fathers_surname():
    children = with_relative("father").filter(~pl.col("ethnicity").is_in([*MATRILINEAL, *WITHOUT_SURNAME]))
    assert len(children) > 20_000
    assert (children["surname"] == children["other_surname"]).all()


def test_ede_children_have_their_mothers():
    children = with_relative("mother").filter(
        (pl.col("ethnicity") == "12") & (pl.col("other_ethnicity") == "12")
    )
    last_word = (
        pl.col("full_name").str.split(" ").list.last(),
        pl.col("other_full_name").str.split(" ").list.last(),
    )
    assert len(children) > 50
    assert children.select(last_word[0] == last_word[1]).to_series().all()


@pytest.mark.parametrize(("parent", "youngest", "oldest"), [("father", 15, 60), ("mother", 17, 43)])
def test_parents_were_of_an_age_to_be(parent: str, youngest: int, oldest: int):
    years = with_relative(parent).select(pl.col("other_age") - pl.col("age")).to_series()
    assert youngest <= years.min() <= years.max() <= oldest


def test_fathers_are_men_and_mothers_women():
    assert (with_relative("father")["other_sex"] == 1).all()
    assert (with_relative("mother")["other_sex"] == 2).all()


def test_many_grown_children_have_parents_in_another_household():
    grown = with_relative("mother").filter(pl.col("age") >= 25)
    elsewhere = grown["household_no"] != grown["other_household_no"]
    assert 0.3 < elsewhere.mean() < 0.95


def test_brothers_and_sisters_are_born_apart_or_are_twins():
    births = (
        with_relative("mother")
        .filter(pl.col("birth_precision") == "D")
        .sort("mother_pin", "birth_date")
        .select(
            "mother_pin", "birth_date", days=pl.col("birth_date").diff().dt.total_days().over("mother_pin")
        )
    )
    between = births["days"].drop_nulls()
    assert (between.is_between(1, 250)).sum() == 0
    assert 0 < (between == 0).sum() < 0.02 * len(between)


def test_spouses_name_each_other_and_are_not_brother_and_sister():
    couples = with_relative("spouse").filter(pl.col("pin").is_not_null())
    assert len(couples) > 20_000
    assert (couples["other_spouse_pin"] == couples["pin"]).all()
    assert (couples["sex"] != couples["other_sex"]).all()
    assert (couples["household_no"] == couples["other_household_no"]).all()
    assert (couples["father_pin"] == couples["other_father_pin"]).sum() == 0
    assert couples["age"].min() >= 17.9


def test_nobody_is_married_to_a_cousin_an_uncle_or_an_aunt():
    people = sample().filter(pl.col("pin").is_not_null())
    parents = {
        row["pin"]: [row[role] for role in ("father_pin", "mother_pin") if row[role]]
        for row in people.select("pin", "father_pin", "mother_pin").to_dicts()
    }
    couples = people.filter(pl.col("spouse_pin").is_not_null()).select("pin", "spouse_pin").rows()
    assert len(couples) > 1_000
    assert [couple for couple in couples if are_close(*couple, parents)] == []


def test_whoever_lost_a_spouse_is_widowed():
    bereaved = with_relative("spouse").filter((pl.col("other_status") == 2) & (pl.col("status") == 1))
    assert len(bereaved) > 0
    assert (bereaved["marital_status"] == 3).all()


def test_every_household_has_one_head_who_comes_first():
    households = sample().group_by("household_no", maintain_order=True).agg(
        heads=(pl.col("relation_to_head") == HEAD).sum(),
        first=pl.col("relation_to_head").first(),
        places=pl.struct("permanent_code", "permanent_address").n_unique(),
    )  # fmt: skip
    assert (households["heads"] == 1).all()
    assert (households["first"] == HEAD).all()
    assert (households["places"] == 1).all()
    assert households["household_no"].is_sorted()


@pytest.mark.parametrize(("relation", "sign"), [(CHILD, 1), (GRANDCHILD, 1), (PARENT, -1)])
def test_relations_to_the_head_agree_with_ages(relation: int, sign: int):
    head = sample().filter(pl.col("relation_to_head") == HEAD).select("household_no", head_age="age")
    related = sample().filter(pl.col("relation_to_head") == relation).join(head, on="household_no")
    assert len(related) > 100
    assert ((related["head_age"] - related["age"]) * sign).min() > 15


def test_every_parent_is_known_by_number_or_by_name_but_for_a_few():
    for parent in ("father", "mother"):
        both = sample()[f"{parent}_pin"].is_not_null() & sample()[f"{parent}_name"].is_not_null()
        neither = sample()[f"{parent}_pin"].is_null() & sample()[f"{parent}_name"].is_null()
        assert both.sum() == 0
        assert neither.mean() < 0.02


def test_brothers_and_sisters_name_the_same_absent_father():
    at_home = sample().filter(
        (pl.col("relation_to_head") == CHILD)
        & pl.col("father_pin").is_null()
        & pl.col("mother_pin").is_not_null()
    )
    named = (
        at_home.group_by("mother_pin")
        .agg(pl.len(), names=pl.col("father_name").n_unique())
        .filter(pl.col("len") > 1)
    )
    assert len(named) > 100
    assert (named["names"] == 1).all()


def test_nobody_lives_anywhere_before_birth_or_in_the_future():
    people = sample()
    for day in ("permanent_since", "temporary_since", "former_since", "card_issued_on", "status_on"):
        known = people.filter(pl.col(day).is_not_null())
        assert (known[day] >= known["birth_date"]).all(), day
        assert (known[day] <= ON).all(), day
    former = people.filter(pl.col("former_code").is_not_null())
    assert (former["former_since"] < former["former_until"]).all()
    assert (former["former_until"] == former["permanent_since"]).all()
    temporary = people.filter(pl.col("temporary_code").is_not_null())
    assert (temporary["temporary_until"] > ON).all()
    assert 0.02 < len(temporary) / len(people) < 0.07
