"""Days of the Vietnamese lunar calendar.

After Hồ Ngọc Đức, "Thuật toán tính âm lịch" (the astronomy is of Jean Meeus, Astronomical Algorithms, 1998):
a month begins on the day of the new moon and the eleventh month holds the winter solstice, both at 105° east,
UTC+7. Before 1968 the calendar in use was reckoned for Beijing's time and differs now and then; declarations
made wrong on purpose can bear that.
"""

import numpy as np

_ZONE = 7 / 24  # days ahead of UTC
_UNIX = 2440588  # Julian day number of 1 January 1970
_MONTH = 29.530588853


def lunar(days: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The lunar year, month (1 to 12; a leap month has the number of the one before) and day of days counted
    from 1970.

    Right for the years 1900 to 2100.
    """
    noon = days.astype(int) + _UNIX
    k = np.floor((noon - 2415021.076998695) / _MONTH).astype(int)
    begins = _new_moon(k + 1)
    begins = np.where(begins > noon, _new_moon(k), begins)
    year = days.astype("datetime64[D]").astype("datetime64[Y]").astype(int) + 1970
    eleventh = _eleventh_month(year)
    later = eleventh < begins
    year_of = np.where(later, year + 1, year)
    first = np.where(later, eleventh, _eleventh_month(year - 1))
    last = np.where(later, _eleventh_month(year + 1), eleventh)
    passed = np.floor((begins - first) / 29).astype(int)
    month = passed + 11
    leaps = last - first > 365
    if leaps.any():
        leap = _leap_month(first)
        month = np.where(leaps & (passed >= leap), month - 1, month)
    month = np.where(month > 12, month - 12, month)
    year_of = np.where((month >= 11) & (passed < 4), year_of - 1, year_of)
    return year_of, month, noon - begins + 1


def _new_moon(k: np.ndarray) -> np.ndarray:
    """The Julian day number, here, of the k-th new moon since 1 January 1900."""
    t = k / 1236.85
    jd = 2415020.75933 + 29.53058868 * k + 0.0001178 * t**2 - 0.000000155 * t**3
    jd += 0.00033 * np.sin(np.radians(166.56 + 132.87 * t - 0.009173 * t**2))
    sun = np.radians(359.2242 + 29.10535608 * k - 0.0000333 * t**2 - 0.00000347 * t**3)
    moon = np.radians(306.0253 + 385.81691806 * k + 0.0107306 * t**2 + 0.00001236 * t**3)
    node = np.radians(21.2964 + 390.67050646 * k - 0.0016528 * t**2 - 0.00000239 * t**3)
    shift = (0.1734 - 0.000393 * t) * np.sin(sun) + 0.0021 * np.sin(2 * sun) - 0.4068 * np.sin(moon)
    shift += 0.0161 * np.sin(2 * moon) - 0.0004 * np.sin(3 * moon) + 0.0104 * np.sin(2 * node)
    shift += -0.0051 * np.sin(sun + moon) - 0.0074 * np.sin(sun - moon) + 0.0004 * np.sin(2 * node + sun)
    shift += (
        -0.0004 * np.sin(2 * node - sun) - 0.0006 * np.sin(2 * node + moon) + 0.0010 * np.sin(2 * node - moon)
    )
    shift += 0.0005 * np.sin(2 * moon + sun)
    slowing = np.where(
        t < -11,
        0.001 + 0.000839 * t + 0.0002261 * t**2 - 0.00000845 * t**3 - 0.000000081 * t * t**3,
        -0.000278 + 0.000265 * t + 0.000262 * t**2,
    )
    return np.floor(jd + shift - slowing + 0.5 + _ZONE).astype(int)


def _sun_sector(day: np.ndarray) -> np.ndarray:
    """Which twelfth of the ecliptic the sun is in at midnight, here, when the Julian day begins: 0 from
    the March equinox.
    """
    t = (day - 2451545.5 - _ZONE) / 36525
    anomaly = np.radians(357.52910 + 35999.05030 * t - 0.0001559 * t**2 - 0.00000048 * t**3)
    longitude = 280.46645 + 36000.76983 * t + 0.0003032 * t**2
    longitude += (1.914600 - 0.004817 * t - 0.000014 * t**2) * np.sin(anomaly)
    longitude += (0.019993 - 0.000101 * t) * np.sin(2 * anomaly) + 0.000290 * np.sin(3 * anomaly)
    return np.floor((longitude % 360) / 30).astype(int)


def _eleventh_month(year: np.ndarray) -> np.ndarray:
    """The first day of the month that holds the winter solstice of a year."""
    end = (year + 1 - 1970).astype("datetime64[Y]").astype("datetime64[D]").astype(int) - 1 + _UNIX
    k = np.floor((end - 2415021) / _MONTH).astype(int)
    found = _new_moon(k)
    return np.where(_sun_sector(found) >= 9, _new_moon(k - 1), found)


def _leap_month(first: np.ndarray) -> np.ndarray:
    """How many months after the eleventh, which begins on `first`, the leap month is: the first without a
    change of sector.
    """
    k = np.floor((first - 2415021.076998695) / _MONTH + 0.5).astype(int)
    sectors = np.stack([_sun_sector(_new_moon(k + i)) for i in range(1, 15)])
    same = sectors[1:] == sectors[:-1]
    return np.argmax(same, axis=0) + 1
