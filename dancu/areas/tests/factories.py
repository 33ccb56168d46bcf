"""A tiny country of two eras, for tests that need to know every unit: An Bình's three old communes became
two.
"""

from datetime import date
from typing import Any

from dancu.areas import actions, lookups

OLD, REFORM = date(1980, 1, 1), date(2025, 7, 1)
BEFORE, SINCE = date(2021, 8, 11), date(2026, 1, 1)


def small_country() -> None:
    """Province 01 with district 001 and its communes Lúa, Ngô, Khoai; since 2025 the communes Đồng Lúa and
    Bãi Ngô.

    All of Lúa and most of Ngô went to Đồng Lúa, the rest of Ngô and Khoai to Bãi Ngô. Province 02 has the one
    commune Đảo, in a district of its own, which became a special zone of province 01.
    """
    old, new = {"valid_from": OLD, "valid_to": REFORM}, {"valid_from": REFORM}
    units = [
        unit("01", "Tỉnh An Bình", **old),
        unit("02", "Tỉnh Hải Đảo", **old),
        unit("001", "Huyện Đồng Quê", parent_code="01", **old),
        unit("002", "Huyện Đảo", parent_code="02", **old),
        unit("00001", "Xã Lúa", parent_code="001", latitude=21.0, longitude=105.8, aliases=["Xã Gạo"], **old),
        unit("00002", "Xã Ngô", parent_code="001", latitude=10.8, longitude=106.7, **old),
        unit("00003", "Xã Khoai", parent_code="001", **old),
        unit("00009", "Huyện Đảo", parent_code="002", **old),
        unit("01", "Tỉnh An Bình", **new),
        unit("00001", "Xã Đồng Lúa", parent_code="01", **new),
        unit("00003", "Phường Bãi Ngô", parent_code="01", **new),
        unit("00009", "Đặc khu Đảo", parent_code="01", **new),
    ]
    actions.import_rows(
        units,
        [
            link("01", "01"),
            link("02", "01"),
            link("00001", "00001"),
            link("00002", "00001"),
            link("00002", "00003", main=False),
            link("00003", "00003"),
            link("00009", "00009"),
        ],
    )


def unit(code: str, name: str, **other: Any) -> dict[str, Any]:
    """One row of a list of units; its level is told by the length of its code, its kind by the name."""
    kinds = ("Tỉnh", "Huyện", "Phường", "Xã", "Đặc khu")
    row = {
        "line": 1, "code": code, "valid_from": OLD, "valid_to": None, "level": {2: 1, 3: 2}.get(len(code), 3),
        "kind": next(kind for kind in kinds if name.startswith(kind)), "name": name, "short_name": None,
        "parent_code": None, "latitude": None, "longitude": None, "aliases": [],
    }  # fmt: skip
    return row | other


def link(old_code: str, new_code: str, main: bool = True) -> dict[str, Any]:
    """One row of a list of links, from the old era of the small country to its new one."""
    return {
        "line": 1,
        "old_code": old_code,
        "old_valid_from": OLD,
        "new_code": new_code,
        "new_valid_from": REFORM,
        "main": main,
    }


def area_id(code: str, on: date) -> int:
    """The id of the unit that bore the code on that day."""
    found = lookups.unit(code, on)
    assert found, f"nobody bears {code} on {on}"
    return found.area_id
