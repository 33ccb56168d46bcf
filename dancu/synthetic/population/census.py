"""What the country looked like on 1 April 2019, by the census: the margins that a synthetic population
keeps.
"""

import numpy as np

from dancu.register.codes import DIVORCED, MARRIED, SEPARATED, SINGLE, WIDOWED

GROUP_YEARS = 5
AGE_SHARES = np.array([8.2, 8.4, 7.7, 6.6, 7.0, 8.8, 8.6, 7.7, 7.0, 6.5, 6.0, 5.4, 4.4, 3.0, 1.7, 1.2, 1.8])
"""% of people aged 0–4, 5–9 … 75–79, 80 and over."""

SEX_RATIO = 99.1
SEX_RATIOS = np.array([111.5, 111, 109, 107, 104, 102, 101, 101, 100, 98.5, 95, 91, 86, 79, 72, 64, 48])
"""Men to 100 women in each age group, before they are brought to SEX_RATIO above 15. Estimated, but for
the first.
"""

HOUSEHOLD_SHARES = np.array([11, 15, 20, 30, 13, 7, 4])
"""% of households with 1 … 6, 7 and more people: 65 % have 2–4, 20 % have 5–6."""
MEAN_HOUSEHOLD = 3.58  # 96,208,984 people in 26,870,079 households

MARITAL_SHARES = {SINGLE: 22.5, MARRIED: 69.2, WIDOWED: 6.2, DIVORCED: 1.8, SEPARATED: 0.3}
"""% of those aged 15 and over."""

URBAN_SHARE = 0.344


def people_by_sex_and_age() -> np.ndarray:
    """Shares of the whole by sex (rows: male, female) and age group (columns)."""
    ages = AGE_SHARES / AGE_SHARES.sum()
    ratios = SEX_RATIOS.copy()
    grown = slice(3, None)
    for _ in range(50):
        men = (ages * ratios / (100 + ratios)).sum()
        ratios[grown] *= SEX_RATIO / (100 * men / (1 - men))
    men = ages * ratios / (100 + ratios)
    return np.array([men, ages - men])


def age_group(ages: np.ndarray) -> np.ndarray:
    """Which of AGE_SHARES each age in years belongs to."""
    return np.minimum(ages // GROUP_YEARS, len(AGE_SHARES) - 1)
