"""A commune's list: members of households, who share a family name, a telephone and an address; a few of
them are keyed twice.
"""

import random

import polars as pl

FAMILY = "Nguyễn Trần Lê Phạm Hoàng Vũ Đặng Bùi Đỗ Hồ Ngô Dương Lý".split()
MIDDLE = "Văn Thị Đức Minh Ngọc Thu Hồng Quang Hữu Thanh Gia Bảo Xuân Kim".split()
GIVEN = "An Bình Chi Dũng Giang Hà Hải Hân Hiếu Hoa Huy Hương Khánh Lan Linh Long Mai Minh Nam Nga Nhung Phúc Quân Sơn Tâm Thảo Trang Tuấn Vy Yến".split()
STREETS = "Lê Lợi|Trần Phú|Nguyễn Huệ|Hai Bà Trưng|Quang Trung|Ngô Quyền|Lý Thường Kiệt|Phan Chu Trinh|Bà Triệu".split(
    "|"
)


def households(many: int = 300, twice: float = 0.03, sharing: float = 1.0, seed: int = 5) -> pl.DataFrame:
    """id, person, name, born, sex, phone, address. `twice`: the share of people who are keyed again;
    `sharing`: of households whose members have one telephone and one address.
    """
    draw = random.Random(seed)
    rows = []
    for household in range(many):
        family, shared = draw.choice(FAMILY), draw.random() < sharing
        phone, address, year = _phone(draw), _address(draw), draw.randint(1950, 1985)
        wife = draw.choice(FAMILY)
        for member in range(draw.randint(2, 6)):
            sex = member % 2 + 1 if member < 2 else draw.randint(1, 2)
            person = {
                "person": f"{household}-{member}",
                "name": f"{wife if member == 1 else family} {draw.choice(MIDDLE)} {draw.choice(GIVEN)}",
                "born": _day(draw, year + draw.randint(0, 5) if member < 2 else year + draw.randint(20, 38)),
                "sex": "Nam" if sex == 1 else "Nữ",
                "phone": phone if shared else _phone(draw),
                "address": address if shared else _address(draw),
            }
            rows.append(person)
            if draw.random() < twice:
                rows.append(_keyed_again(person, draw))
    draw.shuffle(rows)
    return pl.DataFrame([{"id": str(number), **row} for number, row in enumerate(rows)])


def _phone(draw: random.Random) -> str:
    return f"09{draw.randint(10**7, 10**8 - 1)}"


def _address(draw: random.Random) -> str:
    return f"{draw.randint(1, 300)} {draw.choice(STREETS)}"


def _day(draw: random.Random, year: int) -> str:
    return f"{draw.randint(1, 28):02}/{draw.randint(1, 12):02}/{year}"


def _keyed_again(person: dict[str, str], draw: random.Random) -> dict[str, str | None]:
    again: dict[str, str | None] = dict(person)
    if draw.random() < 0.4:
        place = draw.randrange(len(person["name"]) - 1)
        again["name"] = person["name"][:place] + person["name"][place + 1 :]
    if draw.random() < 0.2:
        again["born"] = person["born"][:-1] + draw.choice("0123456789")
    if draw.random() < 0.2:
        again["phone"] = None
    return again
