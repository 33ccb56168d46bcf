"""A file in the manner of historical sources: whole names beside parts of them, nicknames, slips, much
that is missing.
"""

import random

import polars as pl

GIVEN = "william john thomas george james mary elizabeth sarah anne margaret henry robert charles edward alice jane ellen frederick arthur walter".split()
NICK = {
    "william": "will",
    "thomas": "tom",
    "james": "jim",
    "elizabeth": "eliza",
    "margaret": "maggie",
    "henry": "harry",
    "robert": "bob",
    "edward": "ted",
    "frederick": "fred",
}
ROOTS = "ash birch brad chad clay dun ell farn gold hart holl king lang mill north pem raven shep stan thorn wal wood york".split()
ENDS = "bourne bury by combe croft field ford ham hurst ley man more ridge shaw son stead ton ville ward well worth".split()
TRADES = "politician clergyman painter botanist writer judge soldier merchant actor physician".split()
PLACES = [
    (f"{root}{end}", f"{root[:2]}{n}")
    for n, (root, end) in enumerate(zip(ROOTS, ENDS[:20] * 2, strict=False), 1)
]


def hard_file(people: int = 600, seed: int = 7) -> pl.DataFrame:
    """Two to six records a person: id, cluster, full_name, first_name, surname, dob, birth_place,
    postcode, gender, occupation.
    """
    draw = random.Random(seed)
    rows = []
    for number in range(people):
        first, last = draw.choice(GIVEN), draw.choice(ROOTS) + draw.choice(ENDS)
        place, area = draw.choice(PLACES)
        postcode = f"{area} {draw.randint(1, 9)}{draw.choice('abcdefgh')}{draw.choice('abcdefgh')}"
        dob = f"{draw.randint(1780, 1900)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
        truth = {
            "first_name": first,
            "surname": last,
            "dob": dob,
            "birth_place": place,
            "postcode": postcode,
            "gender": draw.choice(["male", "female"]),
            "occupation": draw.choice(TRADES),
        }
        for copy in range(draw.randint(2, 6)):
            rows.append({"id": f"{number}-{copy}", "cluster": str(number), **_spoilt(truth, draw)})
    draw.shuffle(rows)
    return pl.DataFrame(rows)


def _spoilt(truth: dict[str, str], draw: random.Random) -> dict[str, str | None]:
    row: dict[str, str | None] = dict(truth)
    if draw.random() < 0.2:
        row["first_name"] = NICK.get(truth["first_name"], truth["first_name"][:1])
    for name, often in (("first_name", 0.1), ("surname", 0.15), ("dob", 0.12), ("postcode", 0.15)):
        if draw.random() < often:
            row[name] = _slip(row[name] or "", draw)
    if draw.random() < 0.08:
        row["dob"] = f"{truth['dob'][:4]}-01-01"
    if draw.random() < 0.05:
        row["first_name"], row["surname"] = row["surname"], row["first_name"]
    row["full_name"] = (
        f"{row['first_name']} {row['surname']}"
        if draw.random() < 0.7
        else f"{row['surname']}, {row['first_name']}"
    )
    for name in ("first_name", "surname", "dob", "birth_place", "postcode", "gender", "occupation"):
        if draw.random() < 0.12:
            row[name] = None
    return row


def _slip(text: str, draw: random.Random) -> str:
    place = draw.randrange(max(len(text) - 1, 1))
    kind = draw.randrange(3)
    if kind == 0:
        return text[:place] + text[place + 1 : place + 2] + text[place : place + 1] + text[place + 2 :]
    if kind == 1:
        return text[:place] + text[place + 1 :]
    return (
        text[:place] + draw.choice("0123456789" if text[place].isdigit() else "aeiorst") + text[place + 1 :]
    )
