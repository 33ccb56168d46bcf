"""A file with few duplicates and many that are near: albums of one artist, in series, on two discs."""

import random

import polars as pl

WORDS = "river stone night summer golden broken silver heart road fire winter dream shadow light city ocean mountain dance paper mirror garden thunder velvet horizon echo".split()
SYLLABLES = "ka lo mi ran tes vor bel dun fa gri hol jen".split()
GENRES = "rock folk jazz blues soul country classical electronic".split()


def albums(artists: int = 110, twice: int = 40, seed: int = 11) -> pl.DataFrame:
    """id, cluster, artist, title, genre, year, tracks."""
    draw = random.Random(seed)
    rows = []
    for _ in range(artists):
        artist = " ".join(
            "".join(draw.choices(SYLLABLES, k=draw.randint(2, 3))) for _ in range(draw.randint(1, 2))
        )
        genre, year, series = draw.choice(GENRES), draw.randint(1965, 2005), _title(draw, 2)
        for number in range(draw.randint(3, 10)):
            title = f"{series} vol {number + 1}" if draw.random() < 0.4 else _title(draw, draw.randint(1, 3))
            tracks = [_title(draw, draw.randint(1, 3)) for _ in range(draw.randint(7, 12))]
            for disc in (f" disc {n}" for n in (1, 2)) if draw.random() < 0.1 else ("",):
                rows.append(
                    {
                        "artist": artist,
                        "title": title + disc,
                        "genre": genre,
                        "year": str(year + number),
                        "tracks": " / ".join(tracks),
                    }
                )
                tracks = [_title(draw, draw.randint(1, 3)) for _ in tracks]
    rows = [{"cluster": str(number), **row} for number, row in enumerate(rows)]
    rows += [_typed_again(row, draw) for row in draw.sample(rows, twice)]
    draw.shuffle(rows)
    return pl.DataFrame([{"id": str(number), **row} for number, row in enumerate(rows)])


def _title(draw: random.Random, words: int) -> str:
    return " ".join(draw.sample(WORDS, words))


def _typed_again(row: dict[str, str], draw: random.Random) -> dict[str, str | None]:
    again: dict[str, str | None] = {
        **row,
        "title": _slip(row["title"], draw),
        "tracks": _slip(row["tracks"], draw),
    }
    if draw.random() < 0.3:
        again["artist"] = _slip(row["artist"], draw)
    if draw.random() < 0.4:
        again["genre"] = draw.choice(GENRES)
    if draw.random() < 0.3:
        again["year"] = None
    return again


def _slip(text: str, draw: random.Random) -> str:
    place = draw.randrange(len(text) - 1)
    return text[:place] + text[place + 1 :]
