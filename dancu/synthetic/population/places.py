"""Where people live and come from: communes of both eras, how many live in each, of which ethnic groups.

Everything is worked out on the communes as they were before 1 July 2025; `Places.in_era` says what became of
them.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import polars as pl

from dancu.synthetic.population.communes import KINDS, WARD, communes, parts, population, reform_day, rows
from dancu.synthetic.population.drawing import RangeDraw

_PROVINCES, _GROUPS = 100, 57
_KINH, _HOA = 1, 4

# Of those who live there, how many came from another province; elsewhere 3 %. And how many times as many as
# usual leave. Estimated from the census's migration of 2014–2019, which knows only the last five years.
_ARRIVED = {
    1: 0.17,
    22: 0.06,
    27: 0.14,
    48: 0.17,
    56: 0.06,
    66: 0.09,
    67: 0.20,
    68: 0.10,
    70: 0.15,
    74: 0.48,
    75: 0.26,
    77: 0.17,
    79: 0.30,
    92: 0.10,
}
_ARRIVED_ELSEWHERE = 0.03
_LEFT = {
    1: 0.3,
    34: 1.8,
    36: 1.8,
    37: 1.3,
    38: 2.0,
    40: 2.0,
    42: 2.0,
    44: 1.4,
    46: 1.3,
    48: 0.4,
    49: 1.3,
    51: 1.6,
    52: 1.5,
    74: 0.1,
    79: 0.3,
    82: 1.4,
    83: 1.6,
    84: 1.5,
    86: 1.4,
    87: 1.6,
    89: 1.8,
    91: 1.3,
    93: 1.5,
    94: 1.8,
    95: 1.6,
    96: 1.8,
}


@dataclass(frozen=True)
class Places:
    """Communes, and who lives in them. A commune is known by its place in `codes`, the old ones first.

    `province`, `urban`, `arrived`: by old commune, the province's old code as a number, whether it is a ward
    or a town, and the share who came from another province; `new_province`: by new commune. People are
    counted in pairs of commune and ethnic group, in two orders: by commune, and by group and then commune.
    """

    codes: pl.Series
    province: np.ndarray
    urban: np.ndarray
    arrived: np.ndarray
    new_province: np.ndarray
    parts_start: np.ndarray
    parts: np.ndarray
    pair_commune: np.ndarray
    pair_group: np.ndarray
    commune_start: np.ndarray
    by_commune: RangeDraw
    group_commune: np.ndarray
    group_start: np.ndarray  # by group and province
    by_group: RangeDraw
    by_leaving: RangeDraw
    by_work: RangeDraw

    def homes(self, rng: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray]:
        """Communes to live in, and the ethnic groups of those who do, for `n` households."""
        everywhere = np.zeros(n, int)
        pair = self.by_commune(rng, everywhere, everywhere + len(self.pair_commune))
        return self.pair_commune[pair], self.pair_group[pair]

    def neighbours(self, rng: np.random.Generator, commune: np.ndarray) -> np.ndarray:
        """The ethnic group of someone else in each commune."""
        pair = self.by_commune(rng, self.commune_start[commune], self.commune_start[commune + 1])
        return self.pair_group[pair]

    def origins(self, rng: np.random.Generator, group: np.ndarray) -> np.ndarray:
        """Communes that people of each group leave for other provinces."""
        return self.group_commune[
            self.by_leaving(rng, self.group_start[group, 0], self.group_start[group, -1])
        ]

    def nearby(self, rng: np.random.Generator, group: np.ndarray, commune: np.ndarray) -> np.ndarray:
        """Communes of the same province where the group lives; it must live in it."""
        row = self.province[commune]
        return self.group_commune[
            self.by_group(rng, self.group_start[group, row], self.group_start[group, row + 1])
        ]

    def workplaces(self, rng: np.random.Generator, n: int) -> np.ndarray:
        """Communes that people go to for work and study."""
        everywhere = np.zeros(n, int)
        return self.by_work(rng, everywhere, everywhere + len(self.province))

    def in_era(self, commune: np.ndarray, part: np.ndarray, new: np.ndarray) -> np.ndarray:
        """The old communes themselves, or where `new`, the communes they went into in 2025. Where one was
        divided, `part` (0 to 1) says which."""
        start, stop = self.parts_start[commune], self.parts_start[commune + 1]
        which = np.minimum((start + part * (stop - start)).astype(int), stop - 1)
        return np.where(new, self.parts[which], commune)

    def province_of(self, commune: np.ndarray) -> np.ndarray:
        """The province, in its era, of communes of either era: its code as a number."""
        return np.concatenate([self.province, self.new_province])[commune]


@cache
def places() -> Places:
    """Worked out once, from `dancu.areas.published` and the lists beside this file: takes a second."""
    old, new = communes()
    province = old["province"].cast(pl.Int64).to_numpy()
    people = population(old)
    commune, group, count = _pairs(old, people)
    arrived = np.array([_ARRIVED.get(code, _ARRIVED_ELSEWHERE) for code in range(_PROVINCES)])[province]
    left = np.array([_LEFT.get(code, 1.0) for code in range(_PROVINCES)])[province]
    order = np.lexsort((commune, group))
    keys = group[order] * _PROVINCES + province[commune[order]]
    parts_start, parts_ = parts(old["code"], new["code"])
    work = people * arrived * np.where(old["kind"] == WARD, 1.5, 1)
    return Places(
        codes=pl.concat([old["code"], new["code"]]),
        province=province,
        urban=old["kind"].is_in(list(KINDS)).to_numpy(),
        arrived=arrived,
        new_province=new["province"].cast(pl.Int64).to_numpy(),
        parts_start=parts_start,
        parts=parts_,
        pair_commune=commune,
        pair_group=group,
        commune_start=np.searchsorted(commune, np.arange(len(old) + 1)),
        by_commune=RangeDraw(count),
        group_commune=commune[order],
        group_start=np.searchsorted(
            keys, np.add.outer(np.arange(_GROUPS) * _PROVINCES, np.arange(_PROVINCES + 1))
        ),
        by_group=RangeDraw(count[order]),
        by_leaving=RangeDraw((count * left[commune])[order]),
        by_work=RangeDraw(work),
    )


def born_after_reform(days: np.ndarray) -> np.ndarray:
    """Whether days (since 1970) lie in the era of the communes of 2025."""
    return days >= reform_day()


def _pairs(old: pl.DataFrame, people: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """People by commune and ethnic group (commune, group, people), in the order of communes.

    Groups other than the Kinh live together, by district and by commune, and but for the Hoa in the country
    rather than in town. Who lives where is the same in every population.
    """
    rng = np.random.Generator(np.random.SFC64(54))
    province = old["province"].cast(pl.Int64).to_numpy()
    district = old["district"].rank("dense").cast(pl.Int64).to_numpy() - 1
    urban = old["kind"].is_in(list(KINDS)).to_numpy()
    wanted = np.zeros((_PROVINCES, _GROUPS))
    for row in rows("ethnic-groups.csv"):
        wanted[int(row["province_code"]), int(row["ethnicity"])] = float(row["people"])
    found = np.zeros((len(old), _GROUPS))
    for code in np.unique(province):
        here, living = np.flatnonzero(province == code), np.flatnonzero(wanted[code])
        of_district = rng.gamma(0.6, size=(district[here].max() + 1, len(living)))[district[here]]
        together = of_district * rng.gamma(0.9, size=(len(here), len(living)))
        together *= np.where(urban[here, None] & (living != _HOA), 0.4, 1)
        together[:, living == _KINH] = np.where(urban[here, None], 3, 1)
        count = together * wanted[code, living] + 1e-9
        for _ in range(40):  # to the totals of the groups and of the communes
            count *= (wanted[code, living] / count.sum(axis=0))[None]
            count *= (people[here] / count.sum(axis=1))[:, None]
        found[np.ix_(here, living)] = count
    commune, group = np.nonzero(found > 0.5)
    return commune, group, found[commune, group]
