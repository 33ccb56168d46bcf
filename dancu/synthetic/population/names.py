"""Full names as people of each region, ethnic group, sex and age have them."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import polars as pl

from dancu.synthetic.population.name_lists import REGIONS, group_row, kinh_row, name_lists
from dancu.text.folding import folded

KINH = 1
_SURNAME_FIRST, _CLAN_LAST, _PREFIX_ONLY = 0, 1, 2


@dataclass(frozen=True)
class DrawnNames:
    """Names as positions in the list of words: what stands first, between and last, for each person."""

    first: np.ndarray
    middle: np.ndarray
    last: np.ndarray

    def text(self) -> pl.Series:
        """The names in full, without a space after an apostrophe (H'Hen, K'Brếu)."""
        before, word = _spaced()
        parts = (before.gather(self.first), before.gather(self.middle), word.gather(self.last))
        return pl.select(pl.concat_str(*parts)).to_series()

    def mailbox(self) -> pl.Series:
        """Last and first word without marks: "an.nguyen"."""
        plain = _plain()
        return pl.select(
            pl.concat_str(plain.gather(self.last), pl.lit("."), plain.gather(self.first))
        ).to_series()


def region(province: np.ndarray) -> np.ndarray:
    """Which of REGIONS an old province code (as a number) lies in."""
    return np.searchsorted([38, 48, 70], province, side="right")


def surnames(rng: np.random.Generator, ethnicity: np.ndarray, province: np.ndarray) -> np.ndarray:
    """A surname (or clan) for each, by where the family comes from, as positions in the list of words."""
    rows = np.where(ethnicity == KINH, region(province), len(REGIONS) + ethnicity)
    return name_lists().surnames(rng, rows)


def by_mother(ethnicity: np.ndarray) -> np.ndarray:
    """Whether the group's children take the mother's surname (Ê-đê, Gia-rai, Cơ-ho, Mnông …)."""
    return name_lists().forms.by_mother[ethnicity]


def name(
    rng: np.random.Generator,
    surname: np.ndarray,
    ethnicity: np.ndarray,
    sex: np.ndarray,
    birth_year: np.ndarray,
    province: np.ndarray,
) -> DrawnNames:
    """A name with the given surname for each. `province`: the old province code, as a number, that
    decides the region.
    """
    lists = name_lists()
    forms = lists.forms
    young = np.clip((birth_year - 1945) / 60, 0, 1)
    kinh_share = forms.kinh_old[ethnicity] * (1 - young) + forms.kinh_young[ethnicity] * young
    as_kinh = (ethnicity == KINH) | (rng.random(len(ethnicity)) < kinh_share)
    rows = np.where(as_kinh, kinh_row(birth_year, sex, region(province)), group_row(ethnicity, sex))
    middle, given = lists.middles(rng, rows), lists.givens(rng, rows)
    for _ in range(3):  # not Minh Minh, Lê Lê Anh or Nguyễn Hoàng Thị Hoàng
        twice = np.flatnonzero(_shares_a_word(surname, middle, given))
        middle[twice], given[twice] = lists.middles(rng, rows[twice]), lists.givens(rng, rows[twice])
    form = forms.form[ethnicity]
    return DrawnNames(
        np.where(form == _SURNAME_FIRST, surname, middle),
        np.where(form == _SURNAME_FIRST, middle, np.where(form == _CLAN_LAST, given, 0)),
        np.where(form == _CLAN_LAST, surname, given),
    )


def _shares_a_word(surname: np.ndarray, middle: np.ndarray, given: np.ndarray) -> np.ndarray:
    begins, ends = _ends()
    same = (ends[middle] == begins[given]) | (begins[middle] == surname) | (surname == given)
    return same & (middle > 0)


@cache
def _spaced() -> tuple[pl.Series, pl.Series]:
    words = pl.Series(name_lists().words)
    spaced = pl.select(
        pl.when((words == "") | words.str.ends_with("'")).then(words).otherwise(words + " ")
    ).to_series()
    return spaced, words


@cache
def _plain() -> pl.Series:
    words = pl.DataFrame({"word": name_lists().words})
    return words.select(folded(pl.col("word")).str.replace_all("[^a-z]", "")).to_series()


@cache
def _ends() -> tuple[np.ndarray, np.ndarray]:
    """For each entry of the list, the place of its first and its last word in the list (-1, -2 where they
    are not in it).
    """
    words = name_lists().words
    place = {word: at for at, word in enumerate(words)}
    begins = np.array([place.get(word.split(" ")[0], -1) for word in words])
    ends = np.array([place.get(word.split(" ")[-1], -2) for word in words])
    return begins, ends
